// In: tokens and lists of periods. Out: the pieces that every chart shares: text, axes, tooltip, hatching.
// Invariant: no DOM; zero baselines; at most a dozen labels on a time axis.
import type { BarSeriesOption, EChartsOption, MarkLineComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Tokens } from '../tokens.ts';

/** How large a chart is drawn: `narrow` is a phone, `print` a picture in a document, `wall` a screen across the room. */
export type Size = 'wide' | 'narrow' | 'print' | 'wall';
export const fontSize = { wide: 12, narrow: 12, print: 13, wall: 22 } as const;

/** What every chart starts from: typeface, no animation, tooltips drawn on the canvas (so that a strict CSP holds). */
export function base(tokens: Tokens, size: Size = 'wide'): EChartsOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: tokens.font, fontSize: fontSize[size], color: tokens.ink2 },
    tooltip: {
      renderMode: 'richText', confine: true, backgroundColor: tokens.sheet, borderColor: tokens.line2, borderWidth: 1, padding: [6, 10],
      shadowBlur: 0, shadowColor: 'transparent', extraCssText: '',
      textStyle: { color: tokens.ink, fontFamily: tokens.font, fontSize: 12, lineHeight: 18 },
    },
  };
}

/** A number as a chart writes it: grouped, at most one decimal. */
export const plain = (value: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: 1 });

/** `2026-10-01` → `10月`, January with its year. */
export function monthLabel(day: string): string {
  const [year, month] = day.split('-');
  return month === '01' ? `${year}` : `${Number(month)}月`;
}

/** Which of the given ISO days (ascending) get a label: the first of each month, thinned to `most`. */
export function monthTicks(days: readonly string[], most = 12): Set<number> {
  const firsts = days.flatMap((day, i) => (i === 0 ? (day.slice(8) <= '07' ? [i] : []) : day.slice(0, 7) !== days[i - 1]?.slice(0, 7) ? [i] : []));
  const step = [1, 2, 3, 6, 12, 24].find((n) => firsts.length / n <= most) ?? 36;
  return new Set(firsts.filter((i) => (Number(days[i]?.slice(5, 7)) - 1) % step === 0));
}

export function timeAxis(days: readonly string[], tokens: Tokens, most = 12): XAXisComponentOption {
  const ticks = monthTicks(days, most);
  // A few weeks: months are too far apart to tell where one is.
  const few = days.length <= 8 && days.some((day) => !day.endsWith('-01'));
  return {
    type: 'category', data: [...days], boundaryGap: true,
    axisLine: { lineStyle: { color: tokens.line2 } },
    axisTick: { show: false },
    axisLabel: { color: tokens.ink3, hideOverlap: true, interval: (i: number) => few || ticks.has(i), formatter: (day: string) => (few ? `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日` : monthLabel(day)) },
  };
}

/** Names from the top down; one that has no room is cut, and stands whole in the tooltip and the table. */
export function nameAxis(names: readonly string[], tokens: Tokens, size: Size): YAXisComponentOption {
  return {
    type: 'category', inverse: true, data: [...names], axisLine: { show: false }, axisTick: { show: false },
    axisLabel: { color: tokens.ink, interval: 0, fontSize: fontSize[size], width: fontSize[size] * (size === 'narrow' ? 11 : 17), overflow: 'truncate' },
  };
}

export function valueAxis(tokens: Tokens, max?: number): YAXisComponentOption {
  return {
    type: 'value', min: 0, ...(max === undefined ? {} : { max }), splitNumber: 3,
    ...(max === undefined ? { minInterval: 1 } : { interval: max / 2 }),
    axisLabel: { color: tokens.ink3, formatter: (v: number) => plain(v) },
    splitLine: { lineStyle: { color: tokens.line, width: 1 } },
  };
}

/** A round number not under the largest value, and even, so that the line half-way up is a whole number too. */
export function roundUp(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const round = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((n) => Math.round(n * power)).filter((n) => n % 2 === 0);
  return round.find((n) => n >= value) ?? 10 * power;
}

/** A note on a day 日期备注, shown on every trend. */
export interface DateMark { day: string; label: string }

/** Upright dotted lines at the periods of the notes, labelled unless `bare`; what lies outside the axis is left out. */
export function dateLines(notes: readonly DateMark[], periods: readonly string[], periodOf: (day: string) => string, tokens: Tokens, bare = false): MarkLineComponentOption {
  const byPeriod = new Map<string, string[]>();
  for (const { day, label } of notes) { const period = periodOf(day); if (periods.includes(period)) byPeriod.set(period, [...(byPeriod.get(period) ?? []), label]); }
  return {
    silent: true, symbol: 'none', animation: false, lineStyle: { color: tokens.ink2, width: 1, type: 'dotted' },
    label: { show: !bare, color: tokens.ink2, position: 'end', distance: 4 },
    data: [...byPeriod].map(([period, labels]) => ({ xAxis: period, label: { formatter: labels.join('、') } })),
  };
}

/** The hatching of provisional periods 暂定: thin diagonal lines. */
export function hatch(color: string): NonNullable<NonNullable<BarSeriesOption['itemStyle']>['decal']> {
  return { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [1.2, 4.5], rotation: -Math.PI / 4, symbolSize: 1 };
}
