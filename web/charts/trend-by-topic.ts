// In: one row per period × topic. Out: a small multiple for each topic on one common scale, or all of them stacked.
// Invariant: pure; topics keep taxonomy order and colour; each panel is labelled directly.
import type { BarSeriesOption, EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { taxonomy, topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import type { Tokens } from '../tokens.ts';
import { base, dateLines, fontSize, hatch, plain, roundUp, timeAxis, valueAxis, type DateMark, type Size } from './axis.ts';

/** `period` is an ISO day that begins a month or a week. */
export interface TopicPoint { period: string; topic: TopicCode; value: number }
export interface TopicTrendOptions { columns?: number; stacked?: boolean; size?: Size; provisional?: readonly string[]; unit?: string; notes?: readonly DateMark[] }

/** Height in px of each row of small multiples. */
export const multipleHeight = 116;

export function trendByTopic(rows: readonly TopicPoint[], tokens: Tokens, options: TopicTrendOptions = {}): EChartsOption {
  const periods = [...new Set(rows.map((r) => r.period))].sort();
  const value = new Map(rows.map((r) => [`${r.topic} ${r.period}`, r.value]));
  const series = topicCodes.map((topic) => ({ topic, label: taxonomy[topic].label, values: periods.map((p) => value.get(`${topic} ${p}`) ?? 0) }));
  return options.stacked ? stacked(periods, series, tokens, options) : multiples(periods, series, tokens, options);
}

type Series = { topic: TopicCode; label: string; values: number[] }[];

function multiples(periods: string[], series: Series, tokens: Tokens, { columns = 5, size = 'wide', provisional = [], unit = '件', notes = [] }: TopicTrendOptions): EChartsOption {
  const top = roundUp(Math.max(0, ...series.flatMap((s) => s.values)));
  const lines = Math.ceil(series.length / columns);
  const [width, height, gap] = [100 / columns, 100 / lines, 2];
  const at = (i: number) => ({ x: (i % columns) * width, y: Math.floor(i / columns) * height });
  return {
    ...base(tokens, size),
    title: series.map((s, i) => ({
      text: `{name|${s.label}} {value|${plain(s.values.at(-1) ?? 0)}}`, left: `${at(i).x}%`, top: `${at(i).y}%`, padding: 0,
      textStyle: { rich: { name: { color: tokens.ink, fontSize: fontSize[size] + 1, fontWeight: 'bold', fontFamily: tokens.font }, value: { color: tokens.ink3, fontSize: fontSize[size], fontFamily: tokens.font } } },
    })),
    grid: series.map((_, i) => ({
      left: `${at(i).x}%`, width: `${width - gap}%`, top: `${at(i).y + height * 0.2}%`, height: `${height * 0.58}%`, outerBoundsMode: 'none' as const,
    })),
    xAxis: series.map((_, i) => ({
      ...timeAxis(periods, tokens), gridIndex: i, boundaryGap: provisional.length > 0,
      axisLabel: { color: tokens.ink3, fontSize: fontSize[size] - 1, interval: (n: number) => n === 0 || n === periods.length - 1, formatter: (d: string) => `${d.slice(2, 4)}.${d.slice(5, 7)}`, alignMinLabel: 'left', alignMaxLabel: 'right' },
    })) as EChartsOption['xAxis'],
    yAxis: series.map((_, i) => ({ ...valueAxis(tokens, top), gridIndex: i, axisLabel: { show: i % columns === 0, inside: true, margin: 0, verticalAlign: 'top' as const, color: tokens.ink3, fontSize: fontSize[size] - 2, formatter: (v: number) => (v === top ? plain(v) : '') } })) as EChartsOption['yAxis'],
    tooltip: {
      ...base(tokens).tooltip, trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: tokens.line2, type: 'solid' } },
      formatter: (items: unknown) => {
        const first = (items as { seriesName: string; axisValue: string; value: number }[])[0];
        return first ? `${first.seriesName} ${first.axisValue.slice(0, 7)}${provisional.includes(first.axisValue) ? '（暂定）' : ''}\n${plain(first.value)} ${unit}` : '';
      },
    },
    series: series.flatMap((s, i): (LineSeriesOption | BarSeriesOption | ScatterSeriesOption)[] => [
      {
        type: 'line' as const, name: s.label, xAxisIndex: i, yAxisIndex: i, data: s.values, symbol: 'circle', symbolSize: 6, showSymbol: false,
        lineStyle: { color: tokens.topics[s.topic], width: 2 }, itemStyle: { color: tokens.topics[s.topic] }, areaStyle: { color: tokens.topics[s.topic], opacity: 0.14 },
        markLine: dateLines(notes, periods, (day) => `${day.slice(0, 7)}-01`, tokens, true),
      },
      { type: 'scatter' as const, xAxisIndex: i, yAxisIndex: i, silent: true, symbolSize: 6, itemStyle: { color: tokens.topics[s.topic] }, tooltip: { show: false }, data: s.values.map((v, n) => (n === s.values.length - 1 ? v : null)) },
      ...(provisional.length ? [{
        type: 'bar' as const, name: '暂定', xAxisIndex: i, yAxisIndex: i, silent: true, barWidth: '100%', tooltip: { show: false },
        itemStyle: { color: 'transparent', decal: hatch(tokens.line2) }, data: periods.map((p) => (provisional.includes(p) ? top : null)),
      }] : []),
    ]),
  };
}

function stacked(periods: string[], series: Series, tokens: Tokens, { size = 'wide', unit = '件' }: TopicTrendOptions): EChartsOption {
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 72, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { ...timeAxis(periods, tokens, size === 'narrow' ? 5 : 12), boundaryGap: false } as EChartsOption['xAxis'],
    yAxis: valueAxis(tokens),
    tooltip: { ...base(tokens).tooltip, trigger: 'axis', valueFormatter: (v) => `${plain(Number(v))} ${unit}` },
    series: [...series].reverse().map((s) => ({
      type: 'line', name: s.label, stack: 'all', data: s.values, symbol: 'none', lineStyle: { width: 1, color: tokens.sheet }, itemStyle: { color: tokens.topics[s.topic] },
      areaStyle: { color: tokens.topics[s.topic], opacity: 0.85 },
      endLabel: { show: true, formatter: s.label, color: tokens.topics[s.topic], distance: 4 }, labelLayout: { moveOverlap: 'shiftY' },
    })),
  };
}

/** The table behind the chart: a row for each period, a column for each topic. */
export function trendByTopicTable(rows: readonly TopicPoint[]) {
  const value = new Map(rows.map((r) => [`${r.topic} ${r.period}`, r.value]));
  return {
    columns: ['月份', ...topicCodes.map((t) => taxonomy[t].label)],
    rows: [...new Set(rows.map((r) => r.period))].sort().map((p) => [p.slice(0, 7), ...topicCodes.map((t) => value.get(`${t} ${p}`) ?? 0)]),
  };
}
