// In: what is known of a sheet before its first data row. Out: the context that every kind's reader works in.
// Invariant: identifiers depend on content and place in the file alone, never on the clock or on the order of files.
import { createHash } from 'node:crypto';
import type { Row } from '../../datasets/schema.ts';
import type { Cell, SheetRow } from '../readers/sheet.ts';
import { formulaError, cleanText } from './clean-text.ts';
import type { Field } from './fields.ts';
import type { Column } from './find-header.ts';
import { parseDate, type DateFault, type ParsedDate } from './parse-date.ts';
import type { Section } from './section.ts';

export interface SheetContext {
  source_id: string;
  file: string;
  file_hash: string;
  sheet: string;
  /** Title lines above the header. */
  titles: string[];
  /** Unit of the whole sheet, from 填报单位：…, the title, the sheet's or the file's name. */
  unit: string | null;
  /** The one year that file name, sheet name or titles speak of. */
  year: number | null;
  /** The month that sheet name or title name, with which a bare 5日 is completed. */
  month: number | null;
  /** What the section line above the row says (一、来信部分). */
  section: Section;
  /** Years of earlier rows, by field: what a bare 3月5日 is completed with where no name tells. */
  last_year: Map<Field, number>;
  today: string;
  columns: ReadonlyMap<Field, Column>;
  all: readonly Column[];
}

/** Why a row can't be used; `cell` is classed, never kept. */
export interface Problem { column: string; cell: Cell | undefined; reason: string; remedy: string }

/** First 16 hex digits of a SHA-256 over the parts. */
export const shortHash = (...parts: (string | number)[]): string => createHash('sha256').update(parts.join('\u001f')).digest('hex').slice(0, 16);

export const cellOf = (context: SheetContext, row: SheetRow, field: Field): Cell | undefined => row.cells[context.columns.get(field)?.index ?? -1];
export const labelOf = (context: SheetContext, field: Field): string => context.columns.get(field)?.label ?? '';

/** The one year named in the words, or null where there is none or more than one. */
export function yearIn(...words: string[]): number | null {
  const years = new Set([...words.join(' ').normalize('NFKC').matchAll(/(?<!\d)(20[0-4]\d)(?=年|[-_.]?(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)|\D|$)/g)].map((match) => Number(match[1])));
  const [year] = years;
  return years.size === 1 && year !== undefined ? year : null;
}

/** The one month named in the words (3月, 2026年3月), or null. */
export function monthIn(...words: string[]): number | null {
  const months = new Set([...words.join(' ').normalize('NFKC').matchAll(/(?<![\d\-—~至到])(\d{1,2})月(?!\d|[\-—~至到])/g)].map((match) => Number(match[1])));
  const [month] = months;
  return months.size === 1 && month !== undefined && month >= 1 && month <= 12 ? month : null;
}

/** Date of a field in a row, completed with the file's or the row above's year. */
export function dateOf(context: SheetContext, row: SheetRow, field: Field): ParsedDate {
  const parsed = parseDate(cellOf(context, row, field), { year: context.year ?? context.last_year.get(field) ?? null, month: context.month, today: context.today });
  if ('day' in parsed) context.last_year.set(field, Number(parsed.day.slice(0, 4)));
  return parsed;
}

const faults: Record<DateFault, [string, string]> = {
  empty: ['日期为空', '填写日期，如 2026-03-05'],
  unreadable: ['日期无法识别', '改为一个明确的日期，如 2026-03-05 或 2026年3月5日'],
  no_day: ['日期只有年月，没有日', '补上日；确实不知道的，填该月 1 日'],
  no_year: ['日期缺少年份，文件名和表名中也没有', '补上年份，如 2026年3月5日'],
  impossible: ['没有这一天', '核对月份和日期'],
  future: ['日期晚于今天', '核对年份和月份'],
  too_old: ['日期早于 1990 年', '核对年份'],
};

export const dateProblem = (context: SheetContext, row: SheetRow, field: Field, why: DateFault): Problem => {
  const cell = cellOf(context, row, field);
  const [reason, remedy] = typeof cell === 'string' && formulaError.test(cell) ? ['日期是出错或没有结果的公式', '用 Excel 打开保存一次，或直接填写日期'] : faults[why];
  return { column: labelOf(context, field), cell, reason, remedy };
};

/** What a value looks like, without the value. */
export function valueClass(cell: Cell | undefined): string {
  if (cell instanceof Date) return '日期';
  if (typeof cell === 'number') return '数字';
  if (typeof cell === 'boolean') return '是非值';
  if (typeof cell === 'string' && formulaError.test(cell)) return '公式错误';
  const { length } = cleanText(cell);
  return length === 0 ? '空' : length > 20_000 ? '过长文字' : length > 50 ? '长文字' : /^\d+$/.test(cleanText(cell)) ? '数字文字' : '短文字';
}

/** Reject rows of one data row, one per column. */
export function toRejects(context: SheetContext, row: number, problems: readonly Problem[]): Row<'reject'>[] {
  return [...new Map(problems.map((problem) => [problem.column, problem])).values()].map(({ column, cell, reason, remedy }) =>
    ({ source_id: context.source_id, source_row: row, column_name: column, value_class: valueClass(cell), reason, remedy }));
}
