// In: a result; which columns go down, which across, which value and how it is summed up. Out: a result again, so that it is shown, drawn and copied alike.
// Invariant: pure; rows and columns in the order of their values; rows without a value count only where rows are counted.
import { cellText } from '../../datasets/csv.ts';
import { isNumeric, numberOf, ranks, type ResultTable } from './cells.ts';

export const howNames = { sum: '合计', count: '行数', avg: '平均', min: '最小', max: '最大', distinct: '不同的值' } as const;
export type How = keyof typeof howNames;
/** Columns by name, since these lie in the address and outlive an edited query. */
export interface PivotSpec { down: string[]; across: string | null; value: string | null; how: How }
export const mostAcross = 60;

const sums: Readonly<Record<How, (values: readonly unknown[]) => number | null>> = {
  count: (values) => values.length,
  distinct: (values) => new Set(values.filter((v) => v !== null).map(cellText)).size,
  sum: (values) => folded(values, (all) => all.reduce((a, b) => a + b, 0)),
  avg: (values) => folded(values, (all) => all.reduce((a, b) => a + b, 0) / all.length),
  min: (values) => folded(values, (all) => all.reduce((a, b) => Math.min(a, b))),
  max: (values) => folded(values, (all) => all.reduce((a, b) => Math.max(a, b))),
};
function folded(values: readonly unknown[], fold: (numbers: number[]) => number): number | null {
  const numbers = values.map(numberOf).filter((n): n is number => n !== null);
  return numbers.length ? fold(numbers) : null;
}

/** What a reader most likely wants: the first column down, the second category across, the first number summed. */
export function defaultPivot({ columns }: ResultTable): PivotSpec {
  const names = columns.filter(({ type }) => !isNumeric(type)).map(({ name }) => name);
  const value = columns.find(({ type, name }) => isNumeric(type) && name !== names[0])?.name ?? null;
  return { down: [names[0] ?? columns[0]?.name ?? ''], across: names[1] ?? null, value, how: value ? 'sum' : 'count' };
}

export function pivot(table: ResultTable, { down, across, value, how }: PivotSpec): ResultTable & { left: number } {
  const at = (name: string | null) => (name === null ? -1 : table.columns.findIndex((c) => c.name === name));
  const rowsAt = down.map(at).filter((i) => i >= 0);
  const [acrossAt, valueAt] = [at(across), at(value)];
  const typeOf = (i: number) => table.columns[i]?.type ?? 'VARCHAR';
  const order = (i: number) => { const found = ranks(table.rows.map((r) => r[i]), typeOf(i)); return (cell: unknown) => found.get(typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell) ?? Infinity; };
  const orders = rowsAt.map(order);
  const groups = new Map<string, { head: unknown[]; cells: Map<string, unknown[]> }>();
  const heads = new Map<string, unknown>();
  for (const row of table.rows) {
    const head = rowsAt.map((i) => row[i] ?? null);
    const key = JSON.stringify(head);
    const to = acrossAt < 0 ? '' : JSON.stringify(row[acrossAt] ?? null);
    if (acrossAt >= 0) heads.set(to, row[acrossAt] ?? null);
    let group = groups.get(key);
    if (!group) { group = { head, cells: new Map() }; groups.set(key, group); }
    const cell = group.cells.get(to);
    const item = valueAt < 0 ? null : (row[valueAt] ?? null);
    if (cell) cell.push(item); else group.cells.set(to, [item]);
  }
  const acrossOrder = acrossAt < 0 ? null : order(acrossAt);
  const keys = acrossOrder ? [...heads].sort((a, b) => { const [x, y] = [acrossOrder(a[1]), acrossOrder(b[1])]; return x === y ? 0 : x - y; }).map(([key]) => key) : [''];
  const kept = keys.slice(0, mostAcross);
  const total = acrossAt >= 0 && (how === 'sum' || how === 'count');
  const type = how === 'count' || how === 'distinct' ? 'BIGINT' : 'DOUBLE';
  const byHead = [...groups.values()].sort((a, b) => orders.reduce((sign, place, i) => { const [x, y] = [place(a.head[i]), place(b.head[i])]; return sign || (x === y ? 0 : x - y); }, 0));
  return {
    columns: [
      ...rowsAt.map((i) => ({ name: table.columns[i]?.name ?? '', type: typeOf(i) })),
      ...kept.map((key) => ({ name: acrossAt < 0 ? `${value ?? ''}${howNames[how]}` : cellText(heads.get(key)) || '空', type })),
      ...(total ? [{ name: '合计', type }] : []),
    ],
    rows: byHead.map(({ head, cells }) => [...head, ...kept.map((key) => { const cell = cells.get(key); return cell ? sums[how](cell) : null; }), ...(total ? [sums[how]([...cells.values()].flat())] : [])]),
    left: keys.length - kept.length,
  };
}
