// In: for each topic the chosen unit's rate and those of its siblings. Out: a dot on the range of the siblings, one line a topic.
// Invariant: pure; topics keep their order; the dark bar is the siblings' middle half, the light one their whole range.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, plain, type Size } from './axis.ts';

export interface ProfileRow { label: string; own: number; others: readonly number[] }

export const profileHeight = (rows: number) => rows * 30 + 28;

/** Linear quantile of ascending values; 0 of none. */
export function quantile(ascending: readonly number[], q: number): number {
  const at = (ascending.length - 1) * q, low = Math.floor(at);
  const a = ascending[low] ?? 0, b = ascending[Math.min(low + 1, ascending.length - 1)] ?? a;
  return a + (b - a) * (at - low);
}

const spread = (row: ProfileRow) => { const s = [...row.others].sort((a, b) => a - b); return { least: s[0] ?? 0, low: quantile(s, 0.25), high: quantile(s, 0.75), most: s.at(-1) ?? 0 }; };

export function profilePlot(rows: readonly ProfileRow[], tokens: Tokens, { unit, size = 'wide' }: { unit: string; size?: Size }): EChartsOption {
  const ranges = rows.map(spread);
  const bar = (stack: string, data: number[], color: string) => ({ type: 'bar' as const, stack, silent: true, barWidth: 12, barGap: '-100%', itemStyle: { color }, data, z: 1 });
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 16, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0, splitNumber: 4, axisLabel: { color: tokens.ink3, formatter: (v: number) => plain(v) }, splitLine: { lineStyle: { color: tokens.line } } },
    yAxis: nameAxis(rows.map((r) => r.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (item: unknown) => {
      const i = (item as { dataIndex: number }).dataIndex, row = rows[i], r = ranges[i];
      return row && r ? `${row.label}\n本单位 ${row.own.toFixed(1)} ${unit}\n同级一半在 ${r.low.toFixed(1)}–${r.high.toFixed(1)}，最少 ${r.least.toFixed(1)}，最多 ${r.most.toFixed(1)}` : '';
    } },
    series: [
      bar('range', ranges.map((r) => r.least), 'transparent'), bar('range', ranges.map((r) => r.most - r.least), tokens.line),
      bar('middle', ranges.map((r) => r.low), 'transparent'), bar('middle', ranges.map((r) => r.high - r.low), tokens.line2),
      { type: 'scatter', symbolSize: 10, z: 3, data: rows.map((row, i) => ({ value: [row.own, i], itemStyle: { color: row.own > (ranges[i]?.most ?? 0) ? tokens.worse : tokens.data } })) },
    ],
  };
}

/** The table behind the chart. */
export const profileTable = (rows: readonly ProfileRow[], unit: string) => ({
  columns: ['诉求', `本单位，${unit}`, '同级中位数', '同级最少', '同级最多'],
  rows: rows.map((row) => { const r = spread(row); return [row.label, ...[row.own, quantile([...row.others].sort((a, b) => a - b), 0.5), r.least, r.most].map((v) => Number(v.toFixed(2)))]; }),
});
