// In: all data rows of a unit tree 单位树: code or name, name, parent. Out: complete unit rows, parents before children, and rejects.
// Invariant: what comes out is one tree under one root; a row in a circle or under an unknown parent is refused.
import type { Row } from '../../../datasets/schema.ts';
import type { SheetRow } from '../../readers/sheet.ts';
import { placeUnits, type LooseUnit } from '../../unit-tree.ts';
import { optionalText } from '../clean-text.ts';
import type { Field } from '../fields.ts';
import { cellOf, labelOf, type Problem, type SheetContext } from '../sheet-context.ts';

/** Reads the whole sheet at once: a row can only be judged beside its parent. */
export function readUnits(context: SheetContext, rows: readonly SheetRow[]): { units: Row<'unit'>[]; problems: Map<number, Problem[]> } {
  const problems = new Map<number, Problem[]>();
  const refuse = (row: number, field: Field, cell: Problem['cell'], reason: string, remedy: string) => problems.set(row, [{ column: labelOf(context, field), cell, reason, remedy }]);
  const nameField = (['unit_name', 'unit', 'title'] as const).find((field) => context.columns.has(field)) ?? 'unit_code';
  const loose = new Map<string, LooseUnit & { row: number }>();
  for (const row of rows) {
    const text = (field: Field) => optionalText(cellOf(context, row, field))?.normalize('NFKC').trim() ?? null;
    const name = text(nameField);
    if (name === null) { refuse(row.row, nameField, null, '单位名称为空', '填写单位名称'); continue; }
    const unit_id = text('unit_code') ?? name;
    if (loose.has(unit_id)) { refuse(row.row, context.columns.has('unit_code') ? 'unit_code' : nameField, unit_id, `与第 ${loose.get(unit_id)?.row ?? 0} 行的单位重复`, '删去重复行，或改用不同的编码'); continue; }
    const aliases = (text('aliases') ?? '').split(/[,，、;；|/\s]+/).filter((alias) => alias !== '');
    loose.set(unit_id, { row: row.row, unit_id, parent: text('parent'), name, kind: text('unit_kind') ?? '未注明', aliases });
  }
  const { units, orphans } = placeUnits([...loose.values()]);
  for (const { unit_id, why } of orphans) {
    const row = loose.get(unit_id)?.row ?? 0;
    if (why === 'cycle') refuse(row, 'parent', unit_id, '上级关系成环', '核对上级单位，使每个单位都能上溯到集团');
    else refuse(row, 'parent', unit_id, '上级单位不在表中，或已被退回', '补上上级单位一行，或改正上级单位的编码、名称');
  }
  return { units, problems };
}
