// In: a data row of headcounts 在岗人数: unit, month and number, or a unit with one column per month. Out: counts, or problems.
// Invariant: a row is taken whole or not at all; an empty month is no count, not a zero.
import type { Cell, SheetRow } from '../../readers/sheet.ts';
import { underUnit } from '../../unit-tree.ts';
import { cleanText, optionalText } from '../clean-text.ts';
import type { Field } from '../fields.ts';
import { normaliseHeader } from '../normalise-header.ts';
import { parseMonth } from '../parse-date.ts';
import { parseCount } from '../parse-number.ts';
import { cellOf, labelOf, type Problem, type SheetContext } from '../sheet-context.ts';

export interface Headcount { unit: string; month: string; headcount: number }

/** Reads one row; the month may stand in a column, in the headers, or in the sheet's or file's name. */
export function readHeadcount(context: SheetContext, row: SheetRow): { counts: Headcount[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const unitField = (['unit', 'unit_name', 'unit_code', 'title'] as const).find((field) => context.columns.has(field)) ?? 'unit';
  const mine = optionalText(cellOf(context, row, unitField));
  const team = optionalText(cellOf(context, row, 'team'));
  const unit = mine === null ? context.unit ?? team : team === null || mine.includes(team) ? mine : mine + underUnit + team;
  if (unit === null) problems.push({ column: labelOf(context, unitField), cell: cellOf(context, row, unitField), reason: '单位为空', remedy: '填写单位名称' });
  const countField: Field = context.columns.has('headcount') ? 'headcount' : 'people';
  const monthCell = withYear(context, row, cellOf(context, row, 'month') ?? cellOf(context, row, 'received'));
  const places = context.columns.has(countField)
    ? [{ index: context.columns.get(countField)?.index ?? -1, label: labelOf(context, countField), month: parseMonth(monthCell, context) ?? (context.columns.has('month') ? null : namedMonth(context)) }]
    : monthColumns(context);
  const counts: Headcount[] = [];
  for (const { index, label, month } of places) {
    const cell = row.cells[index];
    const count = parseCount(cell);
    if (month === null) problems.push({ column: labelOf(context, 'month') || label, cell: monthCell, reason: '月份无法识别', remedy: '填写月份，如 2026-03' });
    else if (count === undefined || (count === null && places.length === 1)) problems.push({ column: label, cell, reason: '人数无法识别', remedy: '填写整数' });
    else if (count !== null && unit !== null) counts.push({ unit, month, headcount: count });
  }
  if (counts.length === 0 && problems.length === 0) problems.push({ column: labelOf(context, unitField), cell: unit, reason: '没有任何月份的人数', remedy: '填写人数，或删去该行' });
  return { counts, problems };
}

/** A month 8 or 8月 beside a column of years is completed from it. */
function withYear(context: SheetContext, row: SheetRow, month: Cell | undefined): Cell | undefined {
  const number = /^(\d{1,2})月?份?$/.exec(cleanText(month).normalize('NFKC'))?.[1];
  const column = context.all.find(({ leaf }) => /^年[份度]?$/.test(normaliseHeader(leaf)));
  const year = /^(20\d{2})年?度?$/.exec(cleanText(row.cells[column?.index ?? -1]).normalize('NFKC'))?.[1] ?? context.year;
  return number === undefined || year === null ? month : `${year}-${number.padStart(2, '0')}`;
}

/** Columns that are months, in a table with one column per month. */
export const monthColumns = (context: SheetContext) => context.all
  .map(({ index, label, leaf, group }) => ({ index, label, month: /月|\d{4}[-./]\d{1,2}/.test(leaf) ? parseMonth(group && /\d{4}/.test(group) ? `${/\d{4}/.exec(group)?.[0] ?? ''}年${leaf}` : cleanText(leaf), context) : null }))
  .filter((column): column is { index: number; label: string; month: string } => column.month !== null);

function namedMonth(context: SheetContext): string | null {
  for (const words of [context.sheet, ...context.titles, context.file]) {
    const match = /(20\d{2})\s*[年._-]?\s*(\d{1,2})(?:\s*月|(?!\d))/.exec(words.normalize('NFKC')) ?? (context.year === null ? null : /()(\d{1,2})\s*月/.exec(words));
    const month = Number(match?.[2]);
    if (match && month >= 1 && month <= 12) return `${match[1] || String(context.year)}-${String(month).padStart(2, '0')}-01`;
  }
  return null;
}
