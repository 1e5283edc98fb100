// In: all data rows of a unit tree 单位树: code or name, name, parent. Out: complete unit rows, parents before children, and rejects.
// Invariant: what comes out is one tree with one root; a row in a circle or under an unknown parent is refused.
import type { Row } from '../../../datasets/schema.ts';
import type { SheetRow } from '../../readers/sheet.ts';
import { placeUnits, type LooseUnit, type Orphan } from '../../unit-tree.ts';
import type { Field } from '../fields.ts';
import { cellOf, labelOf, type Problem, type SheetContext } from '../sheet-context.ts';
import { entriesByLevel, entryOf, indentOf, levelColumns, type UnitEntry } from '../unit-rows.ts';

const why: Record<Orphan['why'], [string, string]> = {
  cycle: ['上级关系成环', '核对上级单位，使每个单位都能上溯到集团'],
  no_parent: ['上级单位不在表中，或已被退回', '补上上级单位一行，或改正上级单位的编码、名称'],
  twins: ['表中有几个同名的上级单位，分不清是哪一个', '在上级单位前写上它的上级，如 东沟煤矿综采一队，或改用编码'],
};

/** Reads the whole sheet at once: a row can only be judged beside its parent. */
export function readUnits(context: SheetContext, rows: readonly SheetRow[]): { units: Row<'unit'>[]; problems: Map<number, Problem[]> } {
  const problems = new Map<number, Problem[]>();
  const refuse = (row: number, field: Field, cell: Problem['cell'], reason: string, remedy: string) =>
    problems.set(row, [{ column: labelOf(context, field) || (levelColumns(context)[0]?.label ?? ''), cell, reason, remedy }]);
  const nameField = (['unit_name', 'unit', 'title'] as const).find((field) => context.columns.has(field)) ?? 'unit_code';
  const byLevel = levelColumns(context).length > 0;
  const indented = !context.columns.has('parent') && rows.some((row) => indentOf(cellOf(context, row, nameField)) > 0);
  const open = indented ? [] : null;
  const line: (string | null)[] = [];
  const found = new Map<string, UnitEntry>();
  for (const row of rows) {
    const own = entryOf(context, row, nameField, open);
    const entries = byLevel ? entriesByLevel(context, row, line) : own ? [own] : [];
    if (entries.length === 0) { refuse(row.row, nameField, null, '单位名称为空', '填写单位名称'); continue; }
    const fresh = entries.filter(({ key }) => !found.has(key));
    if (fresh.length === 0) refuse(row.row, entries[0]?.code === null ? nameField : 'unit_code', entries.at(-1)?.name, `与第 ${found.get(entries.at(-1)?.key ?? '')?.row ?? 0} 行的单位重复`, '删去重复行，或改用不同的编码');
    for (const entry of fresh) found.set(entry.key, entry);
  }
  const named = new Map<string, number>();
  for (const { name } of found.values()) named.set(name, (named.get(name) ?? 0) + 1);
  const idOf = (entry: UnitEntry): string => {
    const parent = entry.parent === null ? undefined : found.get(entry.parent);
    return entry.code ?? ((named.get(entry.name) ?? 0) < 2 || entry.parent === null ? entry.name : (parent ? idOf(parent) : entry.parent) + entry.name);
  };
  const loose = [...found.values()].map((entry): LooseUnit & { row: number } => {
    const parent = entry.parent === null ? undefined : found.get(entry.parent);
    return { row: entry.row, unit_id: idOf(entry), parent: parent && (byLevel || indented) ? idOf(parent) : entry.parent, name: entry.name, kind: entry.kind, aliases: entry.aliases };
  });
  const rowOf = new Map(loose.map(({ unit_id, row }) => [unit_id, row]));
  const { units, orphans } = placeUnits(loose);
  for (const orphan of orphans) refuse(rowOf.get(orphan.unit_id) ?? 0, 'parent', orphan.unit_id, ...why[orphan.why]);
  return { units, problems };
}
