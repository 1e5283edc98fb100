// In: a result, or a text from the address. Out: what is drawn of it: kind, which column across, which numbers, parted by which.
// Invariant: pure; columns by name; a text that names none of the result's columns falls back to what fits the result.
import { isNumeric, isTime, type ResultTable } from './cells.ts';
import { howNames, type How, type PivotSpec } from './pivot.ts';

export const chartKinds = { bar: '柱', line: '线', area: '面积', heat: '热力', scatter: '散点', box: '箱线', none: '不画' } as const;
export type ChartKind = keyof typeof chartKinds;
export interface ChartSpec { kind: ChartKind; x: string; y: string[]; by: string | null }
const mostValues = 5;

/** Null where the result has no number or no row. */
export function fittingChart({ columns, rows }: ResultTable): ChartSpec | null {
  const label = columns.find(({ type }) => !isNumeric(type)) ?? columns[0];
  const values = columns.filter((c) => isNumeric(c.type) && c !== label && !(c.name === '合计' && columns.length > 2)).slice(0, mostValues);
  if (!rows.length || !label || !values.length) return null;
  const at = columns.indexOf(label);
  const distinct = new Set(rows.map((row) => String(row[at]))).size;
  const second = distinct < rows.length ? columns.find((c) => c !== label && !isNumeric(c.type)) : undefined;
  const many = !second && !isTime(label.type) && rows.length >= 5 * distinct;
  return { kind: many ? 'box' : isTime(label.type) ? 'line' : 'bar', x: label.name, y: second || many ? values.slice(0, 1).map((c) => c.name) : values.map((c) => c.name), by: second?.name ?? null };
}

const list = (value: unknown) => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []);
function parsed(text: string | undefined): Record<string, unknown> {
  try { const value: unknown = JSON.parse(text ?? ''); return typeof value === 'object' && value !== null ? { ...value } : {}; } catch { return {}; }
}

export function readChart(text: string | undefined, table: ResultTable): ChartSpec | null {
  const fitting = fittingChart(table);
  const { kind, x, y, by } = parsed(text);
  const has = (name: unknown): name is string => typeof name === 'string' && table.columns.some((c) => c.name === name);
  if (!fitting || typeof kind !== 'string' || !(kind in chartKinds)) return fitting;
  if (kind === 'none') return { ...fitting, kind };
  const numbers = list(y).filter(has);
  return has(x) && numbers.length ? { kind: kind as ChartKind, x, y: numbers, by: has(by) ? by : null } : fitting;
}

export function readPivot(text: string | undefined, { columns }: ResultTable): PivotSpec | null {
  const { down, across, value, how } = parsed(text);
  const has = (name: unknown): name is string => typeof name === 'string' && columns.some((c) => c.name === name);
  const rows = list(down).filter(has);
  return rows.length && typeof how === 'string' && how in howNames ? { down: rows, across: has(across) ? across : null, value: has(value) ? value : null, how: how as How } : null;
}
