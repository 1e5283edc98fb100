// In: labelled values with their 95 % intervals. Out: a dot on a line for each, those told as different in colour.
// Invariant: pure; rows keep their order, and the axis fits the intervals: no lengths are compared, so it need not begin at zero.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, plain, type Size } from './axis.ts';

export interface IntervalRow { label: string; value: number; low: number; high: number; n: number; tone: 'better' | 'worse' | 'same' }

export const intervalHeight = (rows: number) => rows * 30 + 32;

export function intervalPlot(rows: readonly IntervalRow[], tokens: Tokens, { unit, digits = 1, counted = '人', size = 'wide' }: { unit: string; digits?: number; counted?: string; size?: Size }): EChartsOption {
  const color = (row: IntervalRow) => (row.tone === 'same' ? tokens.data : row.tone === 'better' ? tokens.better : tokens.worse);
  const room = 0.03 * (Math.max(...rows.map((r) => r.high)) - Math.min(...rows.map((r) => r.low)));
  const low = Math.min(...rows.map((r) => r.low)) - room, high = Math.max(...rows.map((r) => r.high)) + room;
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 52, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: low, max: high, splitNumber: 4, axisLabel: { color: tokens.ink3, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (v: number) => plain(v) }, splitLine: { lineStyle: { color: tokens.line } } },
    yAxis: nameAxis(rows.map((r) => r.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (item: unknown) => { const r = rows[(item as { dataIndex: number }).dataIndex]; return r ? `${r.label}，${r.n} ${counted}\n${r.value.toFixed(digits)} ${unit}，95% 在 ${r.low.toFixed(digits)}–${r.high.toFixed(digits)} 之间` : ''; } },
    series: [
      ...rows.map((r, i) => ({ type: 'line' as const, silent: true, symbol: 'none', lineStyle: { color: color(r), width: 2 }, data: [[r.low, i], [r.high, i]] })),
      { type: 'scatter', symbolSize: 10, z: 3, data: rows.map((r, i) => ({ value: [r.value, i], itemStyle: { color: color(r) } })) },
      { type: 'scatter', symbolSize: 1, silent: true, itemStyle: { color: 'transparent' }, data: rows.map((r, i) => ({ value: [high, i], label: { show: true, position: 'right', color: tokens.ink, formatter: r.value.toFixed(digits) } })) },
    ],
  };
}

/** The table behind the chart. */
export const intervalTable = (rows: readonly IntervalRow[], name: string, unit: string) => ({
  columns: [name, unit, '95% 下限', '95% 上限', '人', '与其余的人比'],
  rows: rows.map((r) => [r.label, ...[r.value, r.low, r.high].map((v) => Number(v.toFixed(2))), r.n, { better: '较好', worse: '较差', same: '看不出差别' }[r.tone]]),
});
