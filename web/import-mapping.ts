// In: previewed sheets and the fields that a person changed. Out: the explicit mapping that the import takes, or why there is none.
// Invariant: pure; one mapping per import, for one sheet or for sheets with the same columns.
import { importFields } from '../datasets/vocabulary.ts';
import type { ImportReply } from '../server/api.ts';

export type Sheet = ImportReply['sheets'][number];
/** By sheet index, then column: the field chosen for it. */
export type Changed = Readonly<Record<number, Readonly<Record<string, string>>>>;
export interface ExplicitMapping { [key: string]: unknown; sheet?: string; kind: Sheet['kind']; columns: Record<string, string> }

/** How a column's field was found, in words. */
export const howNames: Readonly<Record<string, string>> = { explicit: '指定', saved: '沿用上次', synonym: '列名相符', guess: '猜测', unused: '不导入' };

/** Field of each column after the changes: a field that moves leaves the column it was on. */
export function applied(sheet: Sheet, changes: Readonly<Record<string, string>>): { column: string; field: string | null; how: string }[] {
  const taken = new Set(Object.values(changes));
  return sheet.mapping.map((m) => {
    const chosen = changes[m.column];
    if (chosen) return { column: m.column, field: chosen, how: 'explicit' };
    return m.field !== null && taken.has(m.field) ? { ...m, field: null, how: 'unused' } : m;
  });
}

export function mappingOf(sheets: readonly Sheet[], changed: Changed): { body?: ExplicitMapping; problem?: string } {
  const touched = sheets.flatMap((sheet, i) => (Object.keys(changed[i] ?? {}).length ? [{ sheet, columns: columnsOf(applied(sheet, changed[i] ?? {})) }] : []));
  const [first, ...others] = touched;
  if (!first) return {};
  if (others.length) return { problem: '一次导入只能改一张表的列。请把要改列的表分开导入。' };
  return { body: { ...(sheets.length > 1 ? { sheet: first.sheet.sheet } : {}), kind: first.sheet.kind, columns: first.columns } };
}

const columnsOf = (mapping: readonly { column: string; field: string | null }[]): Record<string, string> =>
  Object.fromEntries(mapping.flatMap((m) => (m.field === null || !(m.field in importFields) ? [] : [[m.field, m.column]])));
