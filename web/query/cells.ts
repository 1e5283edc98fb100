// In: a value of a result and its DuckDB type. Out: how it is written, compared and put in order.
// Invariant: pure; a BIGINT too large for a number stays exact; nothing (NULL) is never the same as an empty text.
import { cellText } from '../../datasets/csv.ts';

export interface ResultColumn { name: string; type: string }
export interface ResultTable { columns: readonly ResultColumn[]; rows: readonly (readonly unknown[])[] }

export const isNumeric = (type: string) => /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT|UHUGEINT|FLOAT|DOUBLE|DECIMAL)/i.test(type) && !type.endsWith(']');
export const isTime = (type: string) => /^(DATE|TIMESTAMP|TIME)/.test(type) && !type.endsWith(']');

/** A number for drawing and summing; null where there is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

const decimals = (type: string) => Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1] ?? NaN);
const isYear = (name: string) => /年|year/i.test(name);

export function writeCell(value: unknown, { name, type }: ResultColumn): string {
  if (value === null || value === undefined) return '';
  if (isNumeric(type)) {
    if (typeof value === 'string') return isYear(name) ? value : BigInt(value).toLocaleString('zh-CN');
    if (typeof value === 'number') {
      const fixed = decimals(type);
      return value.toLocaleString('zh-CN', { useGrouping: !(isYear(name) && value > 1000 && value < 3000), ...(Number.isNaN(fixed) ? { maximumFractionDigits: 4 } : { minimumFractionDigits: fixed, maximumFractionDigits: fixed }) });
    }
  }
  if (Array.isArray(value)) return value.map(cellText).join('、');
  return cellText(value);
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** A place in the order for each distinct value, so that a hundred thousand rows are put in order by whole numbers; NULL has none. */
export function ranks(values: readonly unknown[], type: string): Map<unknown, number> {
  const key = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
  const distinct = [...new Set(values.map(key))].filter((value) => value !== null && value !== undefined);
  const big = (value: unknown) => BigInt(typeof value === 'string' ? value : Math.trunc(Number(value)));
  distinct.sort(isNumeric(type)
    ? (a, b) => (typeof a === 'string' || typeof b === 'string' ? (big(a) < big(b) ? -1 : big(a) > big(b) ? 1 : 0) : Number(a) - Number(b))
    : isTime(type) ? (a, b) => (String(a) < String(b) ? -1 : 1) : (a, b) => collator.compare(cellText(a), cellText(b)));
  return new Map(distinct.map((value, i) => [value, i]));
}
