// In: a ledger sheet. Out: the same with about one row in two hundred broken, as real ledgers are: date missing, impossible, unclear, text empty.
// Invariant: rows of stories and templates stay whole.
import { chance } from './random.ts';
import type { Sheet, Value } from './sheets.ts';

const dateHeaders = /^(?:登记时间|来访时间|登记日期|信访日期|收信日期|录入日期|来信来访时间)$/;
const textHeaders = /^(?:主要诉求|反映内容|信访内容|反映问题)$/;
const numberHeaders = /^(?:登记编号|信访件编号|登记号)$/;
const faults = ['no_date', 'no_date', 'impossible', 'unclear', 'no_text', 'no_text'] as const;
const impossible = ['2025年2月30日', '2024.13.05', '2025/11/31', '2024-02-30', '2026/6/31'];
const unclear = ['待核', '不详', '见附件', '上周三左右'];

/** The sheet with broken rows, and their registration numbers. */
export function damage(sheet: Sheet, whole: ReadonlySet<string>): { sheet: Sheet; broken: string[] } {
  const luck = chance(`damage ${sheet.name} ${sheet.rows.length}`);
  const at = sheet.rows.findIndex((row) => row.some((cell) => typeof cell === 'string' && numberHeaders.test(cell)));
  const header = sheet.rows[at] ?? [];
  const columns = (pattern: RegExp) => header.flatMap((cell, i) => (typeof cell === 'string' && pattern.test(cell) ? [i] : []));
  const [dates, texts, [number = -1]] = [columns(dateHeaders), columns(textHeaders), columns(numberHeaders)];
  const broken: string[] = [];
  const replace = (row: Value[], at: readonly number[], value: Value) => row.map((cell, i) => (at.includes(i) ? value : cell));
  const numbers = sheet.rows.slice(at + 1).flatMap((row) => { const name = row[number]; return typeof name === 'string' && !whole.has(name) ? [name] : []; });
  const chosen = new Set(luck.shuffle(numbers).slice(0, Math.round(numbers.length * 0.005)));
  const rows = sheet.rows.map((row): Value[] => {
    const name = row[number];
    if (typeof name !== 'string' || !chosen.has(name)) return row;
    broken.push(name);
    const fault = luck.pick(faults);
    if (fault === 'no_text') return replace(row, texts, null);
    return replace(row, dates, fault === 'no_date' ? null : luck.pick(fault === 'impossible' ? impossible : unclear));
  });
  return { sheet: { ...sheet, rows }, broken };
}
