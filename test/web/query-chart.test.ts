import * as echarts from 'echarts';
import { describe, expect, it } from 'vitest';
import { fiveNumbers, queryChart } from '../../web/charts/query-chart.ts';
import { chartKinds, fittingChart, readChart, readPivot, type ChartKind } from '../../web/query/chart-spec.ts';
import { periodNames } from '../../web/query/period-names.ts';
import { defaultPivot, pivot } from '../../web/query/pivot.ts';
import { dark, light } from '../../web/tokens.ts';

function svg(option: echarts.EChartsOption): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 320 });
  chart.setOption(option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}
const columns = [{ name: '单位', type: 'VARCHAR' }, { name: '诉求', type: 'VARCHAR' }, { name: '月份', type: 'DATE' }, { name: '件次', type: 'BIGINT' }, { name: '天数', type: 'DOUBLE' }];
const table = { columns, rows: [['三矿', '薪酬', '2026-09-01', 3, 10.5], ['一矿', '薪酬', '2026-09-01', 2, 4], ['三矿', '安全', '2026-10-01', 5, null], ['三矿', '薪酬', '2026-10-01', 1, 7], [null, '安全', '2026-10-01', '9007199254740993', 1]] };

describe('web/query/pivot', () => {
  it('sums down and across, in the order of values, with a total', () => {
    const made = pivot({ columns, rows: table.rows.slice(0, 4) }, { down: ['单位'], across: '诉求', value: '件次', how: 'sum' });
    expect(made.columns.map((c) => c.name)).toEqual(['单位', '安全', '薪酬', '合计']);
    expect(made.rows).toEqual([['三矿', 5, 4, 9], ['一矿', null, 2, 2]]);
  });
  it.each([['count', 3], ['avg', 8.75], ['min', 7], ['max', 10.5], ['distinct', 2], ['sum', 17.5]] as const)('sums up by %s', (how, expected) => {
    expect(pivot({ columns, rows: table.rows.slice(0, 4) }, { down: ['单位'], across: null, value: '天数', how }).rows[0]).toEqual(['三矿', expected]);
  });
  it('goes down by two columns and keeps what has no value as 空', () => {
    expect(pivot(table, { down: ['诉求', '单位'], across: null, value: null, how: 'count' }).rows).toEqual([['安全', '三矿', 1], ['安全', null, 1], ['薪酬', '三矿', 2], ['薪酬', '一矿', 1]]);
    expect(pivot(table, { down: ['诉求'], across: '单位', value: null, how: 'count' }).columns.map((c) => c.name)).toEqual(['诉求', '三矿', '一矿', '空', '合计']);
  });
  it('tells how many columns were left out and keeps them in the total', () => {
    const many = { columns: [columns[0] ?? { name: '', type: '' }, { name: '号', type: 'BIGINT' }], rows: Array.from({ length: 70 }, (_, i) => ['三矿', i]) };
    const made = pivot(many, { down: ['单位'], across: '号', value: null, how: 'count' });
    expect([made.left, made.columns.length, made.rows[0]?.at(-1)]).toEqual([10, 62, 70]);
  });
  it('begins with categories down and across and the first number', () => {
    expect(defaultPivot(table)).toEqual({ down: ['单位'], across: '诉求', value: '件次', how: 'sum' });
  });
});

describe('web/query/period-names', () => {
  it.each([
    [['2026-09-01', '2026-10-01'], ['2026年9月', '2026年10月']], [['2024-01-01', '2025-01-01', '2026-01-01'], ['2024年', '2025年', '2026年']], [['2026-04-01', '2026-07-01', '2026-10-01'], ['2026年二季度', '2026年三季度', '2026年四季度']],
    [['2026-10-05', '2026-10-12'], ['2026-10-05', '2026-10-12']], [['2026-10-01'], ['2026-10-01']], [['2026-09-01', '2026-10-01', '空'], ['2026年9月', '2026年10月', '空']], [['2026-10-01 08:00:00', '2026-11-01 08:00:00'], ['2026-10-01 08:00:00', '2026-11-01 08:00:00']],
  ])('%j are %j', (days, names) => { expect(periodNames(days)).toEqual(names); });
});

describe('web/query/chart-spec', () => {
  const of = (...at: number[]) => ({ columns: at.map((i) => columns[i] ?? { name: '', type: '' }), rows: table.rows.map((row) => at.map((i) => row[i])) });
  it('finds what fits: lines over days, bars over names, parts by a second name, boxes where many rows share a name', () => {
    expect(fittingChart({ ...of(2, 3), rows: [['2026-09-01', 3], ['2026-10-01', 4]] })).toEqual({ kind: 'line', x: '月份', y: ['件次'], by: null });
    expect(fittingChart(of(0, 1, 3))).toEqual({ kind: 'bar', x: '单位', y: ['件次'], by: '诉求' });
    expect(fittingChart({ ...of(0, 4), rows: Array.from({ length: 20 }, (_, i) => [i % 2 ? '三矿' : '一矿', i]) })?.kind).toBe('box');
    expect([fittingChart(of(0, 1)), fittingChart({ columns, rows: [] })]).toEqual([null, null]);
  });
  it('reads a chart from the address, and what no longer fits becomes what fits', () => {
    expect(readChart(JSON.stringify({ kind: 'scatter', x: '天数', y: ['件次'], by: '单位' }), table)).toEqual({ kind: 'scatter', x: '天数', y: ['件次'], by: '单位' });
    for (const text of [undefined, '{', '[]', 'null', '{"kind":"pie"}', '{"kind":"bar","x":"没有","y":["件次"]}', '{"kind":"bar","x":"单位","y":[]}']) expect(readChart(text, table)).toEqual(fittingChart(table));
    expect(readPivot('{"down":["单位"],"how":"sum","value":"件次"}', table)).toEqual({ down: ['单位'], across: null, value: '件次', how: 'sum' });
    expect(readPivot('{"down":["没有"],"how":"sum"}', table)).toBeNull();
  });
});

describe('web/charts/query-chart', () => {
  it.each((Object.keys(chartKinds) as ChartKind[]).filter((kind) => kind !== 'none').flatMap((kind) => [[kind, light], [kind, dark]] as const))('draws %s in both themes', (kind, tokens) => {
    const { option } = queryChart(table, { kind, x: '单位', y: ['件次'], by: kind === 'box' ? null : '诉求' }, tokens);
    const drawn = svg(option);
    expect(drawn).toContain('三矿');
    expect(drawn).not.toMatch(/NaN|undefined/);
  });
  it('sums rows at one place and says so, and keeps the order of the query', () => {
    const { option, note } = queryChart({ columns, rows: table.rows.slice(0, 4) }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light);
    expect(JSON.stringify(option.series)).toContain('"data":[9,2]');
    expect(note).toBe('同一处有几行的，画其和');
  });
  it('lays bars down where there are more names than stand side by side, each with its number, and makes room for them', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [`单位${i}`, '', '2026-10-01', i, i]);
    const { option, height } = queryChart({ columns, rows }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light);
    expect([(option.yAxis as { type: string }).type, height > 440, svg(option).includes('单位19')]).toEqual(['category', true, true]);
    expect((queryChart({ columns, rows: rows.slice(0, 14) }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light).option.xAxis as { type: string }).type).toBe('category');
    expect((queryChart({ columns, rows: rows.slice(0, 14) }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light, 'narrow').option.yAxis as { type: string }).type).toBe('category');
    expect(queryChart({ columns, rows }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light, 'wide', 12).note).toBe('只画前 12 处，共 20 处');
  });
  it('names what is measured over its axis, unless a legend does', () => {
    const named = (y: string[], by: string | null) => (queryChart(table, { kind: 'bar', x: '单位', y, by }, light).option.yAxis as { name: string }).name;
    expect([named(['件次'], null), named(['件次'], '诉求'), named(['件次', '天数'], null)]).toEqual(['件次', '件次', '']);
  });
  it('tells what was left out', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`单位${i}`, '', '2026-10-01', i, i]);
    expect(queryChart({ columns, rows }, { kind: 'bar', x: '单位', y: ['件次'], by: null }, light).note).toBe('只画前 20 处，共 500 处');
    expect(queryChart({ columns, rows }, { kind: 'line', x: '单位', y: ['件次'], by: null }, light).note).toBe('横轴只画前 400 处，共 500 处');
    expect(queryChart({ columns, rows: rows.slice(0, 20) }, { kind: 'line', x: '诉求', y: ['件次'], by: '单位' }, light).note).toBe('只画最大的 12 组，共 20 组');
  });
  it('boxes from the lowest to the highest with quartiles between', () => { expect(fiveNumbers([4, 1, 3, 2, 5])).toEqual([1, 2, 3, 4, 5]); expect(fiveNumbers([1, 2])).toEqual([1, 1.25, 1.5, 1.75, 2]); });
});
