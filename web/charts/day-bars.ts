// In: how many took how many days, by bins. Out: bars from zero, those beyond the limit in the colour of worse, the limit as a line.
// Invariant: pure; bins keep their order and stand side by side, empty ones too.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, plain, valueAxis, type Size } from './axis.ts';

/** `from` is the least number of days of the bin; bins of several days begin at 1, so that they end on the limits of the rules, and the first holds 0 too. */
export interface DayBin { from: number; value: number }
export interface DayBarOptions { width: number; last: number; limit: number; limitLabel: string; unit?: string; size?: Size }

const first = (width: number) => (width === 1 ? 0 : 1);

/** Every bin up to `last`, empty ones too. */
export const filledBins = (rows: readonly DayBin[], width: number, last: number): DayBin[] => {
  const value = new Map(rows.map((r) => [r.from, r.value]));
  return Array.from({ length: Math.floor((last - first(width)) / width) + 1 }, (_, i) => first(width) + i * width).map((from) => ({ from, value: value.get(from) ?? 0 }));
};

/** What a bin is called: `3`, `6–10`, the last `101+`. */
export const binLabel = (from: number, width: number, last: number) => (from >= last ? `${from}+` : width === 1 ? `${from}` : `${from === 1 ? 0 : from}–${from + width - 1}`);

export function dayBars(rows: readonly DayBin[], tokens: Tokens, { width, last, limit, limitLabel, unit = '件', size = 'wide' }: DayBarOptions): EChartsOption {
  const bins = filledBins(rows, width, last);
  const labels = bins.map((b) => binLabel(b.from, width, last));
  const beyond = bins.findIndex((b) => b.from > limit);
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 4, top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', data: labels, axisLine: { lineStyle: { color: tokens.line2 } }, axisTick: { show: false }, axisLabel: { color: tokens.ink3, hideOverlap: true, interval: (i: number) => i % (size === 'narrow' ? 5 : width === 1 ? 5 : 4) === 0 || i === labels.length - 1 } },
    yAxis: valueAxis(tokens),
    tooltip: {
      ...base(tokens).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: tokens.wash, opacity: 0.6 } },
      formatter: (items: unknown) => { const i = (items as { dataIndex: number }[])[0]?.dataIndex ?? -1; const b = bins[i]; return b ? `${labels[i]} 天\n${plain(b.value)} ${unit}` : ''; },
    },
    series: [{
      type: 'bar', barCategoryGap: '18%', name: unit,
      data: bins.map((b) => ({ value: b.value, itemStyle: { color: b.from > limit ? tokens.worse : tokens.data2 } })),
      markLine: { silent: true, symbol: 'none', lineStyle: { color: tokens.ink2, type: 'solid', width: 1 }, label: { formatter: limitLabel, color: tokens.ink2, position: 'end', fontSize: 12 }, data: beyond < 0 ? [] : [{ xAxis: Math.max(0, beyond - 1) }] },
    }],
  };
}

/** The table behind the chart. */
export const dayBarsTable = (rows: readonly DayBin[], { width, last, unit = '件' }: Pick<DayBarOptions, 'width' | 'last' | 'unit'>) => ({
  columns: ['天数', unit], rows: filledBins(rows, width, last).map((b) => [binLabel(b.from, width, last), b.value]),
});
