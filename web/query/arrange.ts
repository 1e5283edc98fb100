// In: a result, an order and filters by column. Out: which rows are shown, in which order.
// Invariant: pure; rows without a value come last in either order; a filter that cannot be read lets every row through.
import { isNumeric, isTime, numberOf, ranks, writeCell, type ResultColumn, type ResultTable } from './cells.ts';

export interface Order { column: number; descending: boolean }
export interface Arrangement { order: Order | null; filters: Readonly<Record<number, string>> }

export const filterHint = '含某词；>5、<=3、5..9 比大小；=某值；!某词 不含；空；非空';

/** A filter as it is written: a word, `=`, `>`, `<=`, `a..b`, `!word`, 空, 非空; null where it is empty. */
export function readFilter(text: string, column: ResultColumn): ((value: unknown) => boolean) | null {
  const wish = text.trim();
  if (!wish) return null;
  const missing = (value: unknown) => value === null || value === undefined;
  if (wish === '空') return missing;
  if (wish === '非空') return (value) => !missing(value);
  const ordered = isNumeric(column.type) || isTime(column.type);
  const place = (value: unknown): number | string | null => (missing(value) ? null : isNumeric(column.type) ? numberOf(value) : String(value));
  const limit = (written: string): number | string | null => (isNumeric(column.type) ? numberOf(written.trim().replaceAll(',', '')) : written.trim());
  const range = ordered ? /^(.+?)\.\.(.+)$/.exec(wish) : null;
  if (range) {
    const [low, high] = [limit(range[1] ?? ''), limit(range[2] ?? '')];
    // A day that is only begun (2026-10) reaches to its end.
    return low === null || high === null ? null : (value) => { const at = place(value); return at !== null && at >= low && (at <= high || (typeof at === 'string' && typeof high === 'string' && at.startsWith(high))); };
  }
  const compared = /^(>=|<=|>|<|=)(.*)$/s.exec(wish);
  if (compared && (ordered || compared[1] === '=')) {
    const [, sign, rest = ''] = compared;
    if (sign === '=') return (value) => !missing(value) && (writeCell(value, column) === rest.trim() || String(value) === rest.trim());
    const to = limit(rest);
    return to === null || to === '' ? null : (value) => { const at = place(value); return at !== null && (sign === '>' ? at > to : sign === '<' ? at < to : sign === '>=' ? at >= to : at <= to); };
  }
  const no = /^[!！]/.test(wish);
  const word = (no ? wish.slice(1) : wish).toLowerCase();
  return (value) => (String(value ?? '').toLowerCase().includes(word) || writeCell(value, column).toLowerCase().includes(word)) !== no;
}

/** Indices of the rows shown. */
export function arrange({ columns, rows }: ResultTable, { order, filters }: Arrangement): number[] {
  const tests = Object.entries(filters).flatMap(([at, text]) => {
    const column = columns[Number(at)];
    const test = column ? readFilter(text, column) : null;
    return test ? [{ at: Number(at), test }] : [];
  });
  const shown = rows.flatMap((row, i) => (tests.every(({ at, test }) => test(row[at])) ? [i] : []));
  const column = order ? columns[order.column] : undefined;
  if (!order || !column) return shown;
  const rank = ranks(rows.map((row) => row[order.column]), column.type);
  const sign = order.descending ? -1 : 1;
  const places = rows.map((row) => { const value = row[order.column]; return rank.get(typeof value === 'object' && value !== null ? JSON.stringify(value) : value); });
  return shown.sort((a, b) => {
    const [x, y] = [places[a], places[b]];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
    return sign * (x - y) || a - b;
  });
}
