// In: per row how many gave which score. Out: bars of shares centred on the middle class, the low to the left, the high to the right, a note at the end.
// Invariant: pure; every class keeps its colour, and its share stands in the bar where there is room.
import type { BarSeriesOption, EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, type Size } from './axis.ts';

export interface ScoreClass { label: string; from: number; to: number }
export interface ScoreRow { label: string; scores: readonly { value: number; count: number }[]; note: string }

/** The classes of a scale up to `top`: each score of five or seven, pairs of ten. */
export function scaleClasses(top: number): ScoreClass[] {
  if (top > 7) return [[0, 2], [3, 4], [5, 6], [7, 8], [9, top]].map(([from = 0, to = 0]) => ({ label: `${from}–${to} 分`, from, to }));
  return Array.from({ length: top }, (_, i) => ({ label: `${i + 1} 分`, from: i === 0 ? 0 : i + 1, to: i + 1 }));
}
export const promoterClasses: readonly ScoreClass[] = [{ label: '不愿推荐（0–6 分）', from: 0, to: 6 }, { label: '中立（7–8 分）', from: 7, to: 8 }, { label: '愿意推荐（9–10 分）', from: 9, to: 10 }];

/** Amber for low, grey for the middle, teal for high. */
export function classColors(classes: number, tokens: Tokens): string[] {
  const d = tokens.diverging;
  return classes === 3 ? [d[5], d[3], d[1]] : classes === 5 ? [d[5], d[4], d[3], d[2], d[1]] : [...d].reverse();
}

/** Percent of the row in each class. */
export function classShares(row: ScoreRow, classes: readonly ScoreClass[]): number[] {
  const all = Math.max(1, row.scores.reduce((sum, s) => sum + s.count, 0));
  return classes.map(({ from, to }) => (100 * row.scores.filter((s) => Math.round(s.value) >= from && Math.round(s.value) <= to).reduce((sum, s) => sum + s.count, 0)) / all);
}

/** Height in px that the chart needs. */
export const divergingHeight = (rows: number) => rows * 34 + 4;
const leastForFigure = 9;

export function divergingBars(rows: readonly ScoreRow[], classes: readonly ScoreClass[], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const shares = rows.map((row) => classShares(row, classes));
  const middle = (classes.length - 1) / 2;
  const colors = classColors(classes.length, tokens);
  const reach = (side: (i: number) => boolean) => Math.max(1, ...shares.map((s) => s.reduce((sum, v, i) => sum + (i === middle ? v / 2 : side(i) ? v : 0), 0)));
  const left = reach((i) => i < middle), right = reach((i) => i > middle);
  const noteRoom = size === 'narrow' ? 92 : 150;
  // Stacked from the centre outwards: half of the middle class goes to each side.
  const pieces = [
    ...Array.from({ length: Math.ceil(middle) + (Number.isInteger(middle) ? 1 : 0) }, (_, k) => ({ i: Math.floor(middle) - k, sign: -1 })),
    ...Array.from({ length: Math.ceil(middle) + (Number.isInteger(middle) ? 1 : 0) }, (_, k) => ({ i: Math.ceil(middle) + k, sign: 1 })),
  ];
  const figure = (share: number) => (share >= leastForFigure ? `${Math.round(share)}` : '');
  return {
    ...base(tokens, size),
    grid: { left: 0, right: noteRoom, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: -left, max: right, show: false },
    yAxis: nameAxis(rows.map((r) => r.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (p: unknown) => { const i = (p as { dataIndex: number }).dataIndex; return rows[i] ? `${rows[i].label || '全部'}　${rows[i].note}\n${classes.map((c, k) => `${c.label} ${(shares[i]?.[k] ?? 0).toFixed(1)}%`).join('\n')}` : ''; } },
    series: [
      ...pieces.map(({ i, sign }): BarSeriesOption => ({
        type: 'bar', name: classes[i]?.label ?? '', stack: 'all', barWidth: 18, itemStyle: { color: colors[i] ?? tokens.data },
        data: shares.map((s) => ({ value: sign * (s[i] ?? 0) * (i === middle ? 0.5 : 1), label: { show: i !== middle, position: 'inside', color: tokens.ink, formatter: figure(s[i] ?? 0) } })),
      })),
      { type: 'scatter', symbolSize: 1, silent: true, itemStyle: { color: 'transparent' }, data: rows.map((r, i) => ({ value: [right, i], label: { show: true, position: 'right', color: tokens.ink, formatter: r.note } })) },
      ...(Number.isInteger(middle) ? [{ type: 'scatter' as const, symbolSize: 1, silent: true, itemStyle: { color: 'transparent' }, data: shares.map((s, i) => ({ value: [0, i], label: { show: true, position: 'inside' as const, color: tokens.ink, formatter: figure(s[middle] ?? 0) } })) }] : []),
    ],
  };
}

/** The table behind the chart, in percent. */
export const divergingTable = (rows: readonly ScoreRow[], classes: readonly ScoreClass[], name: string) => ({
  columns: [name, ...classes.map((c) => `${c.label}，%`), '结果', '人'],
  rows: rows.map((r) => [r.label || '全部', ...classShares(r, classes).map((v) => Number(v.toFixed(1))), r.note, r.scores.reduce((sum, s) => sum + s.count, 0)]),
});
