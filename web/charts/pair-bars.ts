// In: for each label two shares. Out: two bars each, the first in blue ink, the second pale.
// Invariant: pure; both from zero on one axis.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, type Size } from './axis.ts';

export interface Pair { label: string; first: number; second: number }
export const pairHeight = (rows: number) => rows * 44 + 4;

export function pairBars(rows: readonly Pair[], names: readonly [string, string], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const most = Math.max(1, ...rows.flatMap((r) => [r.first, r.second]));
  const bar = (name: string, color: string, value: (r: Pair) => number) => ({
    type: 'bar' as const, name, barWidth: 12, barGap: '20%', itemStyle: { color },
    data: rows.map((r) => ({ value: value(r), label: { show: true, position: 'right' as const, color: tokens.ink2, formatter: `${value(r).toFixed(0)}%` } })),
  });
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 44, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0, max: most, show: false },
    yAxis: nameAxis(rows.map((r) => r.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (p: unknown) => { const r = rows[(p as { dataIndex: number }).dataIndex]; return r ? `${r.label}\n${names[0]} ${r.first.toFixed(1)}%\n${names[1]} ${r.second.toFixed(1)}%` : ''; } },
    series: [bar(names[0], tokens.data, (r) => r.first), bar(names[1], tokens.data2, (r) => r.second)],
  };
}

/** The table behind the chart. */
export const pairTable = (rows: readonly Pair[], names: readonly [string, string]) => ({ columns: ['诉求', `${names[0]}，%`, `${names[1]}，%`], rows: rows.map((r) => [r.label, Number(r.first.toFixed(1)), Number(r.second.toFixed(1))]) });
