// In: units with headcount and number of petitions. Out: rate against size, with the limits that chance alone keeps to.
// Invariant: pure; it says who is unusual for its size, never who is first: only points outside the limits are named, the chosen one aside.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, fontSize, plain, roundUp, type Size } from './axis.ts';

/** `heads` is the mean headcount 在岗人数, `value` the number of petitions in the period. */
export interface FunnelPoint { label: string; heads: number; value: number; chosen?: boolean }
export interface Funnel { rate: number; dispersion: number }

const per = 1000;
const [inner, outer] = [1.96, 3.09];

/**
 * The common rate per 1,000 and the overdispersion φ = mean of squared Poisson z-scores, winsorised at 10 %, at least 1
 * (Spiegelhalter 2005, “Funnel plots for comparing institutional performance”, multiplicative random effects).
 */
export function funnelOf(points: readonly FunnelPoint[]): Funnel {
  const heads = points.reduce((sum, p) => sum + p.heads, 0), value = points.reduce((sum, p) => sum + p.value, 0);
  const rate = heads > 0 ? (value / heads) * per : 0;
  const scores = points.flatMap((p) => { const expected = (rate / per) * p.heads; return expected > 0 ? [(p.value - expected) / Math.sqrt(expected)] : []; }).sort((a, b) => a - b);
  const cut = Math.floor(scores.length * 0.1);
  const [low, high] = [scores[cut] ?? 0, scores[scores.length - 1 - cut] ?? 0];
  const mean = scores.reduce((sum, z) => sum + Math.min(high, Math.max(low, z)) ** 2, 0) / Math.max(1, scores.length);
  return { rate, dispersion: Math.max(1, mean) };
}

/** The limits per 1,000 for a unit of so many people, `z` standard deviations from the common rate, at least 0. */
export function funnelLimits({ rate, dispersion }: Funnel, heads: number, z: number): [number, number] {
  const deviation = z * Math.sqrt((dispersion * rate * per) / Math.max(1, heads));
  return [Math.max(0, rate - deviation), rate + deviation];
}

export type Standing = 'within' | 'above' | 'below' | 'far above' | 'far below';
export function standing(funnel: Funnel, point: FunnelPoint): Standing {
  const rate = (point.value / Math.max(1, point.heads)) * per;
  const outside = (z: number) => { const [low, high] = funnelLimits(funnel, point.heads, z); return rate > high ? 1 : rate < low ? -1 : 0; };
  const far = outside(outer);
  if (far !== 0) return far > 0 ? 'far above' : 'far below';
  const near = outside(inner);
  return near === 0 ? 'within' : near > 0 ? 'above' : 'below';
}

export function funnelPlot(points: readonly FunnelPoint[], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const funnel = funnelOf(points);
  const most = Math.max(1, ...points.map((p) => p.heads)) * 1.12;
  const grid = Array.from({ length: 60 }, (_, i) => Math.max(most / 60, ((i + 1) * most) / 60));
  const rateOf = (p: FunnelPoint) => (p.value / Math.max(1, p.heads)) * per;
  const top = roundUp(Math.max(...points.map(rateOf), funnel.rate * 2) * 1.1);
  const limit = (z: number, side: 0 | 1, name: string) => ({
    type: 'line' as const, name, silent: true, symbol: 'none', z: 1, lineStyle: { color: tokens.line2, width: 1, type: z === inner ? ('dashed' as const) : ('solid' as const) },
    data: grid.map((heads) => [heads, Math.min(top, funnelLimits(funnel, heads, z)[side])]),
  });
  const shown = points.map((p) => ({ p, where: standing(funnel, p) }));
  const color = ({ p, where }: (typeof shown)[number]) => (p.chosen ? tokens.ink : where.endsWith('above') ? tokens.worse : where.endsWith('below') ? tokens.better : tokens.data2);
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 12, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0, max: most, splitNumber: size === 'narrow' ? 3 : 6, axisLine: { lineStyle: { color: tokens.line2 } }, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { color: tokens.ink3, hideOverlap: true, showMaxLabel: false, formatter: (v: number) => (v === 0 ? '' : `${plain(v)} 人`) } },
    yAxis: { type: 'value', min: 0, max: top, interval: top / 2, axisLabel: { color: tokens.ink3, formatter: (v: number) => plain(v) }, splitLine: { lineStyle: { color: tokens.line } } },
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (item: unknown) => {
      const s = shown[(item as { dataIndex: number }).dataIndex];
      if (!s) return '';
      const [low, high] = funnelLimits(funnel, s.p.heads, inner);
      return `${s.p.label}\n${plain(s.p.value)} 件，${plain(s.p.heads)} 人，每千人 ${rateOf(s.p).toFixed(1)} 件\n这样大的单位，95% 在 ${low.toFixed(1)}–${high.toFixed(1)} 之间`;
    } },
    series: [
      {
        type: 'scatter', name: '单位', z: 3, symbolSize: 10, labelLayout: { moveOverlap: 'shiftY' },
        data: shown.map((s) => ({
          value: [s.p.heads, rateOf(s.p)], itemStyle: { color: color(s), borderColor: tokens.paper, borderWidth: 1 },
          label: { show: s.p.chosen === true || s.where !== 'within', formatter: s.p.label, position: s.p.heads > most / 2 ? 'left' as const : 'right' as const, width: fontSize[size] * 12, overflow: 'truncate' as const, color: tokens.ink, fontSize: fontSize[size], fontFamily: tokens.font },
        })),
        markLine: { silent: true, symbol: 'none', lineStyle: { color: tokens.ink2, width: 1, type: 'solid' }, label: { show: false }, data: [{ yAxis: funnel.rate }] },
      },
      limit(inner, 1, '95%'), limit(inner, 0, '95%'), limit(outer, 1, '99.8%'), limit(outer, 0, '99.8%'),
    ],
  };
}

/** The table behind the chart, in the order given. */
export function funnelTable(points: readonly FunnelPoint[]) {
  const funnel = funnelOf(points);
  const words: Record<Standing, string> = { within: '在常态内', above: '高于 95% 界', below: '低于 95% 界', 'far above': '高于 99.8% 界', 'far below': '低于 99.8% 界' };
  return { columns: ['单位', '在岗人数', '信访件次', '每千人', '与同样大小的单位比'], rows: points.map((p) => [p.label, Math.round(p.heads), p.value, Number(((p.value / Math.max(1, p.heads)) * per).toFixed(1)), words[standing(funnel, p)]]) };
}
