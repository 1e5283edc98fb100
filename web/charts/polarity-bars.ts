// In: one row per topic with its negative, neutral and positive texts. Out: bars of one length divided into the three, each with its number of texts.
// Invariant: pure; colours are those of worse and better, and each part is told in figures too.
import type { EChartsOption } from 'echarts';
import { polarities } from '../../datasets/vocabulary.ts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, plain, type Size } from './axis.ts';

export interface PolarityRow { label: string; negative: number; neutral: number; positive: number }
const parts = ['negative', 'neutral', 'positive'] as const;
const total = (row: PolarityRow) => row.negative + row.neutral + row.positive;

/** Height in px that the chart needs. */
export const polarityHeight = (rows: number) => rows * 30 + 4;

export function polarityBars(rows: readonly PolarityRow[], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const color = { negative: tokens.diverging[5], neutral: tokens.diverging[3], positive: tokens.diverging[1] };
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 64, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: nameAxis(rows.map((r) => r.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (p: unknown) => { const r = rows[(p as { dataIndex: number }).dataIndex]; return r ? `${r.label}，${plain(total(r))} 条\n${parts.map((part) => `${polarities[part]} ${plain(r[part])}`).join('　')}` : ''; } },
    series: parts.map((part, i) => ({
      type: 'bar', name: polarities[part], stack: 'all', barWidth: 14, itemStyle: { color: color[part] },
      data: rows.map((r) => ({ value: r[part] / Math.max(1, total(r)), label: { show: i === parts.length - 1, position: 'right', color: tokens.ink3, formatter: `${plain(total(r))} 条` } })),
    })),
  };
}

/** The table behind the chart. */
export const polarityTable = (rows: readonly PolarityRow[]) => ({ columns: ['诉求', ...parts.map((p) => polarities[p]), '条'], rows: rows.map((r) => [r.label, ...parts.map((p) => r[p]), total(r)]) });
