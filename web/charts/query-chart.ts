// In: columns and rows of an ad-hoc query and what to draw of it. Out: bars, lines, areas, a heat map, dots or boxes, and what was left out.
// Invariant: pure; several rows at one place are summed; at most 12 series (40 bands of a heat map), 400 places (20 where bars lie), 5,000 dots, and the caller is told when more was there.
import type { EChartsOption } from 'echarts';
import { taxonomy, topicCodes } from '../../datasets/taxonomy.ts';
import { isNumeric, isTime, numberOf, type ResultTable } from '../query/cells.ts';
import type { ChartSpec } from '../query/chart-spec.ts';
import { periodNames } from '../query/period-names.ts';
import { pivot } from '../query/pivot.ts';
import type { Tokens } from '../tokens.ts';
import { base, nameAxis, plain, type Size } from './axis.ts';

const mostSeries = 12, mostBands = 40, mostPlaces = 400, mostDots = 5_000;
/** `height` is what it needs, in px. */
export interface QueryDrawing { option: EChartsOption; note: string; height: number }
interface Made { places: string[]; rows: { name: string; values: (number | null)[] }[]; note: string; lies: boolean }
const height = 320;

const short = (value: unknown) => (value === null || value === undefined ? '空' : String(value));

/** Series by name over places, summed. Bars of more names than stand side by side lie, `mostLying` of them. */
function series(table: ResultTable, { kind, x, y, by }: ChartSpec, size: Size, mostLying: number): Made {
  const made = by === null ? y.map((value) => ({ value, pivoted: pivot(table, { down: [x], across: null, value, how: 'sum' }) })) : [{ value: y[0] ?? '', pivoted: pivot(table, { down: [x], across: by, value: y[0] ?? null, how: 'sum' }) }];
  const first = made[0]?.pivoted;
  const at = table.columns.findIndex((c) => c.name === x);
  const type = table.columns[at]?.type ?? '';
  // Categories stay in the order of the query; days and numbers are put in theirs.
  const asked = isTime(type) || isNumeric(type) ? null : new Map([...new Set(table.rows.map((row) => short(row[at])))].map((name, i) => [name, i]));
  const order = (first?.rows ?? []).map((row, i) => ({ i, name: short(row[0]) }));
  if (asked) order.sort((a, b) => (asked.get(a.name) ?? 0) - (asked.get(b.name) ?? 0));
  const lies = kind === 'bar' && asked !== null && order.length > (size === 'narrow' ? 6 : 14);
  const kept = order.slice(0, lies ? mostLying : mostPlaces);
  const all = made.flatMap(({ value, pivoted }) => pivoted.columns.slice(1).flatMap((c, n) => (by !== null && n === pivoted.columns.length - 2 ? [] : [{ name: by === null ? value : c.name, values: kept.map(({ i }) => numberOf(pivoted.rows[i]?.[n + 1])) }])));
  const large = ({ values }: { values: (number | null)[] }) => values.reduce<number>((sum, v) => sum + Math.abs(v ?? 0), 0);
  const most = kind === 'heat' ? mostBands : mostSeries;
  const rows = all.length > most ? [...all].sort((a, b) => large(b) - large(a)).slice(0, most) : all;
  const notes = [order.length > kept.length ? `${lies ? '' : '横轴'}只画前 ${kept.length} 处，共 ${order.length} 处` : '', all.length > rows.length ? `只画最大的 ${rows.length} 组，共 ${all.length} 组` : '', (first?.rows.length ?? 0) < table.rows.length && by === null ? '同一处有几行的，画其和' : ''];
  const places = kept.map(({ name }) => name);
  return { places: isTime(type) ? periodNames(places) : places, rows, note: notes.filter(Boolean).join('；'), lies };
}

/** Lowest, first quartile, median, third quartile, highest. */
export function fiveNumbers(values: readonly number[]): [number, number, number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => { const place = (sorted.length - 1) * share; const low = sorted[Math.floor(place)] ?? 0; return low + (place % 1) * ((sorted[Math.ceil(place)] ?? low) - low); };
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}

export function queryChart(table: ResultTable, spec: ChartSpec, tokens: Tokens, size: Size = 'wide', mostLying = 20): QueryDrawing {
  const inks = [tokens.data, tokens.topics.pay, tokens.topics.skills, tokens.topics.living, tokens.topics.health, tokens.topics.welfare, tokens.topics.safety, tokens.topics.employment, tokens.topics.environment, tokens.topics.governance, tokens.topics.other, tokens.ink3];
  // A topic keeps its colour here too.
  const topics = new Map(topicCodes.map((code) => [taxonomy[code].label as string, tokens.topics[code]]));
  const ink = (name: string, n: number) => topics.get(name) ?? inks[n] ?? tokens.ink3;
  const grid = { left: 4, right: 12, bottom: 0, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const };
  const names = (data: string[]) => ({ type: 'category' as const, data, axisTick: { show: false }, axisLine: { lineStyle: { color: tokens.line2 } }, axisLabel: { color: tokens.ink3, hideOverlap: true, ...(data.length <= (size === 'narrow' ? 6 : 14) ? { interval: 0, overflow: 'break' as const, width: Math.floor((size === 'narrow' ? 320 : 1000) / data.length) - 4, lineHeight: 15 } : {}) } });
  const numbers = (name = '') => ({ type: 'value' as const, name, nameTextStyle: { color: tokens.ink3, align: 'left' as const }, scale: true, splitNumber: 4, axisLabel: { color: tokens.ink3, formatter: (v: number) => plain(v) }, splitLine: { lineStyle: { color: tokens.line } } });
  const legend = (show: boolean) => ({ show, type: 'scroll' as const, left: 0, top: 0, itemWidth: 12, itemHeight: 8, icon: 'rect', textStyle: { color: tokens.ink2 } });
  const tooltip = (trigger: 'axis' | 'item') => ({ ...base(tokens).tooltip, trigger });

  if (spec.kind === 'scatter') {
    const [xAt, yAt, byAt] = [spec.x, spec.y[0], spec.by].map((name) => table.columns.findIndex((c) => c.name === name)) as [number, number, number];
    const numeric = isNumeric(table.columns[xAt]?.type ?? '');
    const rows = table.rows.slice(0, mostDots);
    const groups = [...new Set(rows.map((row) => (byAt < 0 ? '' : short(row[byAt]))))].slice(0, mostSeries);
    return {
      option: {
        ...base(tokens, size), grid: { ...grid, top: groups.length > 1 ? 48 : 28 }, legend: legend(groups.length > 1), tooltip: tooltip('item'),
        xAxis: numeric ? { ...numbers(), axisLine: { lineStyle: { color: tokens.line2 } } } : isTime(table.columns[xAt]?.type ?? '') ? { type: 'time', axisLabel: { color: tokens.ink3, hideOverlap: true }, axisLine: { lineStyle: { color: tokens.line2 } } } : names([...new Set(rows.map((row) => short(row[xAt])))]),
        yAxis: numbers(spec.y[0]),
        series: groups.map((group, n) => ({ type: 'scatter' as const, name: group, symbolSize: 6, itemStyle: { color: ink(group, n), opacity: 0.65 }, data: rows.filter((row) => byAt < 0 || short(row[byAt]) === group).map((row) => [numeric ? (numberOf(row[xAt]) ?? NaN) : short(row[xAt]), numberOf(row[yAt]) ?? NaN]) })),
      },
      note: table.rows.length > rows.length ? `只画前 ${mostDots.toLocaleString('zh-CN')} 行` : '', height,
    };
  }
  if (spec.kind === 'box') {
    const [xAt, yAt] = [spec.x, spec.y[0]].map((name) => table.columns.findIndex((c) => c.name === name)) as [number, number];
    const groups = new Map<string, number[]>();
    for (const row of table.rows) { const value = numberOf(row[yAt]); if (value !== null) groups.set(short(row[xAt]), [...(groups.get(short(row[xAt])) ?? []), value]); }
    const kept = [...groups].slice(0, 40);
    return {
      option: { ...base(tokens, size), grid: { ...grid, top: 28 }, tooltip: tooltip('item'), xAxis: names(kept.map(([name]) => name)), yAxis: numbers(spec.y[0]), series: [{ type: 'boxplot', name: spec.y[0] ?? '', itemStyle: { color: tokens.band, borderColor: tokens.data }, data: kept.map(([, values]) => fiveNumbers(values)) }] },
      note: ['箱为中间一半，线到最小与最大', groups.size > kept.length ? `只画前 ${kept.length} 组，共 ${groups.size} 组` : ''].filter(Boolean).join('；'), height,
    };
  }
  const { places, rows, note, lies } = series(table, spec, size, mostLying);
  if (spec.kind === 'heat') {
    const cells = rows.flatMap(({ values }, y) => values.flatMap((value, x) => (value === null ? [] : [[x, y, value]])));
    const high = Math.max(1, ...cells.map(([, , v]) => v ?? 0));
    return {
      option: {
        ...base(tokens, size), grid: { ...grid, top: 4 }, tooltip: { ...tooltip('item'), formatter: (item: unknown) => { const [x = 0, y = 0, v = 0] = (item as { value: number[] }).value; return `${places[x] ?? ''} · ${rows[y]?.name ?? ''}\n${plain(v)}`; } },
        xAxis: names(places), yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: tokens.ink2, width: size === 'narrow' ? 72 : 160, overflow: 'truncate' } },
        visualMap: { show: false, type: 'continuous', min: 0, max: high, inRange: { color: [tokens.wash, tokens.data2, tokens.data] } },
        series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: tokens.paper, borderWidth: 2 } }],
      }, note, height: Math.max(240, Math.min(640, 60 + 28 * rows.length)),
    };
  }
  const many = rows.length > 1;
  if (lies) {
    const each = spec.by === null ? rows.length : 1;
    return {
      option: {
        ...base(tokens, size), grid: { ...grid, top: 28, right: 48 }, legend: legend(true), tooltip: tooltip('axis'), xAxis: { ...numbers(), scale: false, position: 'top' }, yAxis: nameAxis(places, tokens, size),
        series: rows.map(({ name, values }, n) => ({ type: 'bar' as const, name, data: values, itemStyle: { color: ink(name, n) }, barMaxWidth: 14, ...(spec.by === null ? {} : { stack: 'all' }), label: { show: !many, position: 'right' as const, color: tokens.ink2, formatter: ({ value }: { value?: unknown }) => plain(Number(value)) } })),
      }, note, height: 56 + places.length * (10 + 12 * each),
    };
  }
  // What is measured stands over its axis, unless the legend names it.
  const measure = spec.by !== null || !many ? spec.y[0] ?? '' : '';
  return {
    option: {
      ...base(tokens, size), grid: { ...grid, top: (many ? 32 : 8) + (measure ? 20 : 4) }, legend: legend(many), xAxis: { ...names(places), boundaryGap: spec.kind === 'bar' }, tooltip: tooltip('axis'),
      yAxis: { ...numbers(measure), ...(spec.kind === 'line' ? {} : { scale: false }) },
      series: rows.map(({ name, values }, n) => (spec.kind === 'bar'
        ? { type: 'bar' as const, name, data: values, itemStyle: { color: ink(name, n) }, barMaxWidth: 28, ...(spec.by === null ? {} : { stack: 'all' }) }
        : { type: 'line' as const, name, data: values, symbol: places.length > 1 ? 'none' : 'circle', itemStyle: { color: ink(name, n) }, lineStyle: { color: ink(name, n), width: 2 }, ...(spec.kind === 'area' ? { stack: 'all', areaStyle: { color: ink(name, n), opacity: 0.35 } } : {}) })),
    }, note, height,
  };
}
