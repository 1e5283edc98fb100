// In: fixed rows. Out: every chart of web/charts in every state that it can be in, as titled options.
// Invariant: a chart that is not here is not looked at: test/web/gallery.test.ts holds the list against the folder.
import type { EChartsOption } from 'echarts';
import { taxonomy } from '../../datasets/taxonomy.ts';
import type { Size } from '../charts/axis.ts';
import { barList, barListHeight } from '../charts/bar-list.ts';
import { dayBars } from '../charts/day-bars.ts';
import { divergingBars, divergingHeight, scaleClasses } from '../charts/diverging-bars.ts';
import { expectedCurve } from '../charts/expected-curve.ts';
import { funnelPlot } from '../charts/funnel-plot.ts';
import { heatHeight, heatMap } from '../charts/heat-map.ts';
import { intervalHeight, intervalPlot } from '../charts/interval-plot.ts';
import { lifeBars } from '../charts/life-bars.ts';
import { monthBars } from '../charts/month-bars.ts';
import { pairBars, pairHeight } from '../charts/pair-bars.ts';
import { polarityBars, polarityHeight } from '../charts/polarity-bars.ts';
import { profileHeight, profilePlot } from '../charts/profile-plot.ts';
import { queryChart } from '../charts/query-chart.ts';
import { sparkline } from '../charts/sparkline.ts';
import { spreadMap, spreadMapHeight } from '../charts/spread-map.ts';
import { multipleHeight, trendByTopic } from '../charts/trend-by-topic.ts';
import type { Tokens } from '../tokens.ts';
import { months, names, run, told, topics, unsettled, weeks, type State } from './rows.ts';

export interface ChartInGallery {
  /** The file in web/charts. */
  chart: string; label: string; states: readonly State[];
  height: (state: State) => number;
  draw: (state: State, tokens: Tokens, size: Size) => EChartsOption;
}

const always = ['full', 'one', 'empty'] as const;
const rowsHeight = (of: (rows: number) => number, list: (state: State) => readonly unknown[]) => (state: State) => Math.max(48, of(list(state).length));
const notes = [{ day: '2026-03-01', label: '工资改革' }];
const scored = (state: State) => told(state, names(state)).map((label, i) => ({ label, scores: [1, 2, 3, 4, 5].map((value) => ({ value, count: 2 + ((value * (i + 2)) % 7) })), note: `${(3 + i / 10).toFixed(1)} 分` }));
const spread = (state: State) => names(state).map((unit_name, i) => ({ unit_name, first_date: weeks('full')[3 * i] ?? '', documents: 9, weeks: weeks('full').slice(3 * i, 3 * i + 6).map((week, n) => ({ week, documents: 1 + ((n * 5 + i) % 9) })) }));

export const gallery: readonly ChartInGallery[] = [
  { chart: 'month-bars', label: '按月的柱', states: [...always, 'provisional', 'less'], height: () => 232,
    draw: (state, tokens, size) => { const rows = months(state), values = run(rows.length, 120, state); return monthBars(rows.map((month, i) => ({ month, value: values[i] ?? 0, lastYear: 110 + i, provisional: unsettled(state, i, rows.length) })), tokens, { unit: '件次', size, notes }); } },
  { chart: 'trend-by-topic', label: '各诉求的走势', states: [...always, 'provisional', 'less'], height: (state) => (state === 'empty' ? 1 : 5) * multipleHeight,
    draw: (state, tokens, size) => { const all = months(state); return trendByTopic(all.flatMap((period, m) => topics('full').map((topic, i) => ({ period, topic, value: run(all.length, 20 - i, state)[m] ?? 0 }))), tokens, { columns: 2, size, provisional: all.filter((_, i) => unsettled(state, i, all.length)), notes }); } },
  { chart: 'expected-curve', label: '观测与期望', states: [...always, 'provisional', 'less'], height: () => 300,
    draw: (state, tokens, size) => { const all = weeks(state), values = run(all.length, 9, state); return expectedCurve(all.map((week, i) => ({ week, observed: i === 12 ? 31 : values[i] ?? 0, expected: 8, upper: 15, provisional: unsettled(state, i, all.length) })), tokens, { size, alerts: state === 'full' ? [{ from: '2026-07-27', to: '2026-08-02', label: '热点' }] : [], marks: notes }); } },
  { chart: 'life-bars', label: '一件事的来龙去脉', states: always, height: () => 220,
    draw: (state, tokens, size) => { const all = weeks(state); return lifeBars(all.map((week, i) => ({ week, documents: run(all.length, 6, state)[i] ?? 0, likes: i, stage: '' })), all.length > 1 ? [{ week: all[2] ?? '', label: '诞生' }, { week: all.at(-3) ?? '', label: '平息' }] : [], tokens, { size }); } },
  { chart: 'spread-map', label: '到了哪些单位', states: [...always, 'long'], height: (state) => spreadMapHeight(spread(state)), draw: (state, tokens, size) => spreadMap(spread(state), tokens, { size }) },
  { chart: 'heat-map', label: '单位与诉求', states: [...always, 'withheld', 'long', 'less'], height: (state) => heatHeight(names(state).length),
    draw: (state, tokens, size) => heatMap(told(state, names(state)).flatMap((branch_id, u) => topics(state).map((topic, t) => ({ branch_id, topic, observed: state === 'less' ? 2 : (u * 7 + t * 5) % 31, expected: 12, upper: 20 }))), tokens, { units: names(state).map((name) => ({ unit_id: name, name })), size }) },
  { chart: 'bar-list', label: '条形', states: [...always, 'long', 'less'], height: rowsHeight(barListHeight, names),
    draw: (state, tokens, size) => barList(names(state).map((label, i) => ({ label, value: 1300 - 290 * i, note: state === 'less' ? '环比少 31（20%）' : '环比多 31' })), tokens, { unit: '件', size }) },
  { chart: 'day-bars', label: '用了多少天', states: [...always, 'less'], height: () => 220,
    draw: (state, tokens, size) => dayBars(run(state === 'empty' ? 0 : state === 'one' ? 1 : 20, 14, state).map((value, i) => ({ from: i + 1, value })), tokens, { width: 1, last: 20, limit: 15, limitLabel: '15 日', size }) },
  { chart: 'funnel-plot', label: '按人数比', states: [...always, 'long'], height: () => 320,
    draw: (state, tokens, size) => funnelPlot(names(state).map((label, i) => ({ label, heads: 600 * (i + 1), value: i === 1 ? 60 : 9 * (i + 1), chosen: i === 0 })), tokens, { size }) },
  { chart: 'profile-plot', label: '与同类比', states: [...always, 'withheld', 'less'], height: rowsHeight(profileHeight, topics),
    draw: (state, tokens, size) => profilePlot(told(state, topics(state)).map((topic, i) => ({ label: taxonomy[topic].label, own: state === 'less' ? 0.4 : 1 + ((i * 3) % 7), others: [1, 2, 2.5, 3, 4] })), tokens, { unit: '件/千人', size }) },
  { chart: 'polarity-bars', label: '情感倾向', states: [...always, 'long'], height: rowsHeight(polarityHeight, names),
    draw: (state, tokens, size) => polarityBars(names(state).map((label, i) => ({ label, negative: 40 - 5 * i, neutral: 8 + i, positive: 3 * i })), tokens, { size }) },
  { chart: 'diverging-bars', label: '围着中间的分数', states: [...always, 'withheld', 'long'], height: rowsHeight(divergingHeight, names),
    draw: (state, tokens, size) => divergingBars(scored(state), scaleClasses(5), tokens, { size }) },
  { chart: 'interval-plot', label: '各组与区间', states: [...always, 'withheld', 'long', 'less'], height: rowsHeight(intervalHeight, names),
    draw: (state, tokens, size) => intervalPlot(told(state, names(state)).map((label, i) => { const value = (state === 'less' ? -12 : 12) + 4 * i; return { label, value, low: value - 3 - i, high: value + 3 + i, n: 80 - 15 * i, tone: i === 0 ? 'worse' as const : i === 4 ? 'better' as const : 'same' as const }; }), tokens, { unit: '%', size }) },
  { chart: 'pair-bars', label: '两边的占比', states: [...always, 'long'], height: rowsHeight(pairHeight, names),
    draw: (state, tokens, size) => pairBars(names(state).map((label, i) => ({ label, first: 30 - 5 * i, second: 12 + 4 * i })), ['问卷', '信访'], tokens, { size }) },
  { chart: 'sparkline', label: '小走势', states: [...always, 'provisional', 'withheld', 'less'], height: () => 40,
    draw: (state, tokens) => sparkline(run(months(state).length, 30, state).map((v, i) => (state === 'withheld' && i === 4 ? null : v)), tokens, { provisional: state === 'provisional' ? 2 : 0 }) },
  ...(['bar', 'line', 'area', 'heat', 'scatter', 'box'] as const).map((kind): ChartInGallery => ({ chart: 'query-chart', label: `查询：${kind}`, states: [...always, 'withheld', 'long', 'less'], height: () => 280,
    draw: (state, tokens, size) => queryChart({ columns: [{ name: '单位', type: 'VARCHAR' }, { name: '诉求', type: 'VARCHAR' }, { name: '件次', type: 'BIGINT' }, { name: '变化', type: 'INTEGER' }],
      rows: names(state).flatMap((unit, u) => topics('full').slice(0, 4).map((topic, t) => [unit, taxonomy[topic].label, state === 'withheld' && t === 1 ? null : 8 + ((u * 5 + t * 3) % 17), state === 'less' ? -3 * (t + 1) : 3 * t])) },
      { kind, x: kind === 'scatter' ? '件次' : '单位', y: [state === 'less' || kind === 'scatter' ? '变化' : '件次'], by: kind === 'box' ? null : '诉求' }, tokens, size).option })),
];
