import * as echarts from 'echarts';
import { describe, expect, it } from 'vitest';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { monthTicks, roundUp } from '../../web/charts/axis.ts';
import { barList, barListTable } from '../../web/charts/bar-list.ts';
import { mondayOf } from '../../datasets/calendar.ts';
import { binLabel, dayBars, dayBarsTable } from '../../web/charts/day-bars.ts';
import { classShares, divergingBars, divergingTable, promoterClasses, scaleClasses } from '../../web/charts/diverging-bars.ts';
import { expectedCurve, expectedCurveTable } from '../../web/charts/expected-curve.ts';
import { funnelPlot } from '../../web/charts/funnel-plot.ts';
import { intervalPlot } from '../../web/charts/interval-plot.ts';
import { pairBars } from '../../web/charts/pair-bars.ts';
import { polarityBars } from '../../web/charts/polarity-bars.ts';
import { profilePlot } from '../../web/charts/profile-plot.ts';
import { heatMap, heatMapTable, heatStep } from '../../web/charts/heat-map.ts';
import { lifeBars } from '../../web/charts/life-bars.ts';
import { monthBars, monthBarsTable } from '../../web/charts/month-bars.ts';
import { spreadMap } from '../../web/charts/spread-map.ts';
import { sparkline } from '../../web/charts/sparkline.ts';
import { trendByTopic, trendByTopicTable } from '../../web/charts/trend-by-topic.ts';
import { dark, light } from '../../web/tokens.ts';

/** Draws an option for real, without a browser. */
function svg(option: echarts.EChartsOption): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 320 });
  chart.setOption(option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

const months = Array.from({ length: 13 }, (_, i) => `${2025 + Math.floor((9 + i) / 12)}-${String(((9 + i) % 12) + 1).padStart(2, '0')}-01`);
const bars = months.map((month, i) => ({ month, value: 100 + i, lastYear: 90 + i, provisional: i === 12 }));
const points = months.flatMap((period) => topicCodes.map((topic, i) => ({ period, topic, value: 20 - i })));
const weeks = ['2026-08-31', '2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28'];
const curve = weeks.map((week, i) => ({ week, observed: i === 2 ? 30 : 8, expected: 7.5, upper: 14, provisional: i === 4 }));
const units = [{ unit_id: 'm1', name: '一矿' }, { unit_id: 'm3', name: '三矿' }];
const cells = [{ branch_id: 'm3', topic: 'pay' as const, observed: 31, expected: 12, upper: 20 }, { branch_id: 'm1', topic: 'safety' as const, observed: 2, expected: 2.5, upper: 6 }];

describe.each([['light', light], ['dark', dark]] as const)('web/charts in %s', (_, tokens) => {
  it.each([
    ['month bars', monthBars(bars, tokens, { unit: '件次' }), ['112', '2026']],
    ['topics, small multiples', trendByTopic(points, tokens, { provisional: ['2026-10-01'] }), ['安全', '其他']],
    ['topics, stacked', trendByTopic(points, tokens, { stacked: true }), ['安全', '其他']],
    ['expected curve', expectedCurve(curve, tokens, { alerts: [{ from: '2026-09-16', to: '2026-09-20', label: '热点' }] }), ['热点', '期望', tokens.alert]],
    ['heat map', heatMap(cells, tokens, { units }), ['三矿', '薪酬', '31']],
    ['bar list', barList([{ label: '三矿', value: 31, note: '环比多 5' }], tokens), ['三矿', '环比多 5']],
    ['month bars with a note on a date', monthBars(bars, tokens, { unit: '件次', notes: [{ day: '2026-03-01', label: '工资改革' }, { day: '2020-01-01', label: '早已过去' }] }), ['工资改革']],
    ['days taken', dayBars([{ from: 3, value: 12 }, { from: 16, value: 2 }], tokens, { width: 1, last: 20, limit: 15, limitLabel: '15 日' }), ['15 日', tokens.worse]],
    ['funnel of units', funnelPlot([{ label: '三矿', heads: 900, value: 60 }, ...Array.from({ length: 9 }, (_, i) => ({ label: `${i} 厂`, heads: 1000, value: 10 }))], tokens), ['三矿', '1,000 人']],
    ['profile of a unit', profilePlot([{ label: '薪酬', own: 6, others: [1, 2, 3] }], tokens, { unit: '件/千人' }), ['薪酬', tokens.worse]],
    ['polarity by topic', polarityBars([{ label: '薪酬', negative: 15, neutral: 3, positive: 2 }], tokens), ['薪酬', '20 条', tokens.diverging[5]]],
    ['life of a matter', lifeBars(weeks.map((week, i) => ({ week, documents: i, likes: 0, stage: '' })), [{ week: '2026-08-31', label: '诞生' }, { week: '2026-09-28', label: '平息' }], tokens), ['诞生', '平息']],
    ['map of a spread', spreadMap([{ unit_name: '东山煤矿', first_date: '2026-09-01', documents: 5, weeks: [{ week: '2026-08-31', documents: 1 }, { week: '2026-09-14', documents: 4 }] }, { unit_name: '西岭煤矿', first_date: '2026-09-16', documents: 2, weeks: [{ week: '2026-09-14', documents: 2 }] }], tokens), ['东山煤矿', '西岭煤矿', tokens.data2]],
    ['scores around the middle', divergingBars([{ label: '食堂', scores: [{ value: 1, count: 1 }, { value: 3, count: 4 }, { value: 5, count: 5 }], note: '3.90 分' }], scaleClasses(5), tokens), ['食堂', '3.90 分', '50', tokens.diverging[1]]],
    ['groups with intervals', intervalPlot([{ label: '井下一线', value: 3.2, low: 3.1, high: 3.3, n: 80, tone: 'worse' }, { label: '机关', value: 3.5, low: 3.2, high: 3.8, n: 9, tone: 'same' }], tokens, { unit: '分' }), ['井下一线', '3.2', tokens.worse]],
    ['topics when asked and when petitioned', pairBars([{ label: '薪酬', first: 30, second: 21 }], ['问卷', '信访'], tokens), ['薪酬', '30%', '21%', tokens.data2]],
    ['sparkline', sparkline([1, 2, null, 4], tokens, { provisional: 1 }), ['<path']],
  ])('draws the %s with its own labels', (_name, option, expected) => {
    const text = svg(option);
    for (const part of expected) expect(text).toContain(part);
  });
});

describe('web/charts', () => {
  it('divides scores into classes that add up to a hundred', () => {
    const scores = [{ value: 0, count: 1 }, { value: 6, count: 1 }, { value: 7, count: 2 }, { value: 10, count: 4 }];
    expect(classShares({ label: '', scores, note: '' }, promoterClasses)).toEqual([25, 25, 50]);
    expect(classShares({ label: '', scores, note: '' }, scaleClasses(10))).toEqual([12.5, 0, 12.5, 25, 50]);
    expect(divergingTable([{ label: '', scores, note: '25' }], promoterClasses, '项目').rows).toEqual([['全部', 25, 25, 50, '25', 8]]);
  });

  it('leaves out a note on a day that the axis does not show', () => {
    expect(svg(monthBars(bars, light, { unit: '件次', notes: [{ day: '2020-01-01', label: '早已过去' }] }))).not.toContain('早已过去');
  });

  it('lays every bin of days on the axis, and names the last one open', () => {
    expect(dayBarsTable([{ from: 6, value: 2 }], { width: 5, last: 11 }).rows).toEqual([['0–5', 0], ['6–10', 2], ['11+', 0]]);
    expect(binLabel(3, 1, 20)).toBe('3');
  });

  it('keeps cinnabar out of a curve without an alert', () => {
    expect(svg(expectedCurve(curve, light))).not.toContain(light.alert);
  });

  it('stresses the months that it is about, else the newest', () => {
    const stressed = (told: boolean[]) => {
      const option = monthBars(told.map((t, i) => ({ month: `2026-0${i + 1}-01`, value: 9 - i, told: t })), light, { unit: '件次' }) as { series: { data: { itemStyle: { color: string } }[] }[] };
      return option.series[0]?.data.map((d) => d.itemStyle.color === light.data);
    };
    expect(stressed([false, true, true, false])).toEqual([false, true, true, false]);
    expect(stressed([false, false, false])).toEqual([false, false, true]);
  });

  it('starts bars at zero and hatches provisional months', () => {
    const option = monthBars(bars, light, { unit: '件次' }) as { yAxis: { min: number }; series: { data: { itemStyle: { decal?: unknown } }[] }[] };
    expect(option.yAxis.min).toBe(0);
    expect(option.series[0]?.data.map((d) => d.itemStyle.decal !== undefined)).toEqual(bars.map((b) => b.provisional));
  });

  it.each([
    { cell: { observed: 31, expected: 12 }, step: 3 }, { cell: { observed: 18, expected: 12 }, step: 1 }, { cell: { observed: 12, expected: 12 }, step: 0 },
    { cell: { observed: 5, expected: 12 }, step: -3 }, { cell: { observed: 2, expected: 0.2 }, step: 0 }, { cell: { observed: 8, expected: 12 }, step: -1 }, { cell: { observed: 31, expected: null }, step: 0 },
  ])('colours $cell.observed against $cell.expected as step $step', ({ cell, step }) => {
    expect(heatStep(cell)).toBe(step);
  });

  it('writes a table behind every chart', () => {
    expect(monthBarsTable(bars.slice(0, 4), '件次').rows[3]).toEqual(['2026 年 1月', 103, 93, '']);
    expect(trendByTopicTable(points).rows[0]?.slice(0, 3)).toEqual(['2025-10', 20, 19]);
    expect(expectedCurveTable(curve).rows.map((r) => r[4])).toEqual(['', '', '超出上界', '', '暂定']);
    expect(heatMapTable(cells, units).rows[1]?.slice(0, 3)).toEqual(['三矿', '0', '31 / 12']);
    expect(heatMapTable(cells.map((c) => ({ ...c, expected: null, upper: null })), units).rows[1]?.slice(0, 3)).toEqual(['三矿', '0', '31']);
    expect(barListTable([{ label: 'a', value: 1 }, { label: 'b', value: 3 }], '单位', '件').rows).toEqual([['b', 3, ''], ['a', 1, '']]);
  });

  it('labels at most a dozen months and rounds axes up', () => {
    const days = Array.from({ length: 156 }, (_, i) => new Date(Date.UTC(2023, 10, 6 + 7 * i)).toISOString().slice(0, 10));
    expect(monthTicks(days).size).toBeLessThanOrEqual(12);
    expect([3, 11, 73, 100, 241].map(roundUp)).toEqual([4, 12, 80, 100, 300]);
    expect([4.3, 5, 6.5].map(roundUp)).toEqual([6, 6, 8]);
    expect([mondayOf('2026-10-19'), mondayOf('2026-10-25')]).toEqual(['2026-10-19', '2026-10-19']);
  });
});
