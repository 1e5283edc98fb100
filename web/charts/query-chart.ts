// In: columns and rows of an ad-hoc query. Out: bars or lines, the first column across, numeric columns as series.
// Invariant: pure; at most 5 series and 200 points, and the caller is told when more was there.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { isNumeric } from '../query/cells.ts';
import { base, plain, type Size } from './axis.ts';

export type Cell = string | number | boolean | null | readonly unknown[] | Record<string, unknown>;
export interface QueryTable { columns: readonly { name: string; type: string }[]; rows: readonly (readonly unknown[])[] }
export const mostPoints = 200;
const mostSeries = 5;


/** Which columns can be drawn; null when the result has no number or no row. */
export function chartable({ columns, rows }: QueryTable): { label: number; values: number[] } | null {
  const numeric = columns.flatMap((c, i) => (isNumeric(c.type) ? [i] : []));
  const label = columns.findIndex((c) => !isNumeric(c.type));
  const values = numeric.filter((i) => i !== label && !(label < 0 && i === 0)).slice(0, mostSeries);
  return rows.length && values.length ? { label: Math.max(0, label), values } : null;
}

export function queryChart(table: QueryTable, kind: 'bar' | 'line', tokens: Tokens, size: Size = 'wide'): EChartsOption {
  const found = chartable(table);
  if (!found) return base(tokens, size);
  const rows = table.rows.slice(0, mostPoints);
  const few = rows.length <= (size === 'narrow' ? 6 : 14);
  const inks = [tokens.data, tokens.topics.pay, tokens.topics.skills, tokens.topics.living, tokens.ink3];
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 8, top: found.values.length > 1 ? 32 : 12, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { show: found.values.length > 1, left: 0, top: 0, itemWidth: 12, itemHeight: 8, icon: 'rect', textStyle: { color: tokens.ink2 } },
    xAxis: { type: 'category', data: rows.map((r) => String(r[found.label] ?? '')), axisTick: { show: false }, axisLine: { lineStyle: { color: tokens.line2 } }, axisLabel: { color: tokens.ink3, hideOverlap: !few, ...(few ? { interval: 0, overflow: 'break', width: Math.floor((size === 'narrow' ? 320 : 680) / rows.length) - 4, lineHeight: 15 } : {}) } },
    yAxis: { type: 'value', ...(kind === 'bar' ? { min: (v: { min: number }) => Math.min(0, v.min) } : { scale: true }), splitNumber: 4, axisLabel: { color: tokens.ink3, formatter: (v: number) => plain(v) }, splitLine: { lineStyle: { color: tokens.line } } },
    tooltip: { ...base(tokens).tooltip, trigger: 'axis' },
    series: found.values.map((i, n) => ({
      type: kind, name: table.columns[i]?.name ?? '', data: rows.map((r) => (r[i] === null || r[i] === undefined ? null : Number(r[i]))),
      itemStyle: { color: inks[n] }, ...(kind === 'line' ? { symbol: 'none', lineStyle: { color: inks[n], width: 2 } } : { barMaxWidth: 28 }),
    })) as EChartsOption['series'],
  };
}
