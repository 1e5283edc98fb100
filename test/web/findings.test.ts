import { describe, expect, it } from 'vitest';
import { curveFinding, heatFinding, hotspotFinding, overviewClaims, topicFinding, trendFinding } from '../../web/findings.ts';

const pay = (branch: string, now: number, previous: number) => ({ branch, topic: 'pay' as const, now, previous });
const safety = (branch: string, now: number, previous: number) => ({ branch, topic: 'safety' as const, now, previous });

describe('web/findings', () => {
  it.each([
    {
      name: 'names the topic and the unit that make up the rise',
      facts: { period: '10 月', now: 186, previous: 155, changes: [pay('三矿', 30, 6), pay('一矿', 12, 10), safety('一矿', 9, 7)], hotspots: ['series', 'critical', 'series'] as const },
      expected: '10 月登记信访 186 件，环比多 31 件；薪酬诉求多 26 件，主要在三矿；有 1 件紧急、2 个热点待看。',
    },
    {
      name: 'names no unit where the rise is spread',
      facts: { period: '10 月', now: 186, previous: 155, changes: [pay('一矿', 14, 10), pay('二矿', 14, 10), pay('三矿', 14, 10)], hotspots: [] },
      expected: '10 月登记信访 186 件，环比多 31 件；薪酬诉求多 12 件。',
    },
    {
      name: 'calls a small change level, and still tells what moved inside it',
      facts: { period: '10 月', now: 157, previous: 155, changes: [pay('三矿', 4, 20), safety('三矿', 12, 2)], hotspots: [] },
      expected: '10 月登记信访 157 件，与上期大体持平；薪酬诉求少 16 件。',
    },
    { name: 'compares with nothing where there is nothing', facts: { period: '10 月', now: 3, previous: null, changes: [], hotspots: [] }, expected: '10 月登记信访 3 件。' },
    { name: 'says so when nothing was registered', facts: { period: '10 月', now: 0, previous: 5, changes: [], hotspots: [] }, expected: '10 月没有登记信访件。' },
  ])('$name', ({ facts, expected }) => {
    expect(overviewClaims(facts).map((claim) => claim.text).join('')).toBe(expected);
  });

  it('leads each claim to the page that shows what it rests on', () => {
    const claims = overviewClaims({ period: '10 月', now: 186, previous: 155, changes: [pay('三矿', 30, 6), pay('一矿', 12, 10)], hotspots: ['series'] });
    expect(claims.map(({ path, topic, branch }) => [path, topic, branch])).toEqual([['/handling', undefined, undefined], ['/topics', 'pay', '三矿'], ['/hotspots', undefined, undefined]]);
  });

  it('judges the trend by the newest complete month', () => {
    const rows = [{ month: '2026-07-01', value: 90, lastYear: 80 }, { month: '2026-08-01', value: 95, lastYear: 96 }, { month: '2026-09-01', value: 120, lastYear: 100 }, { month: '2026-10-01', value: 40, provisional: true }];
    expect(trendFinding(rows)).toBe('9 月 120 件，同比多 20 件，是近 3 个月最多');
    expect(trendFinding([])).toBe('还没有可比的月份');
  });

  it('names the topic that rose most over its own past', () => {
    const months = ['2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'];
    const rows = months.flatMap((period, i) => [{ period, topic: 'health' as const, value: i < 3 ? 10 : 22 }, { period, topic: 'pay' as const, value: 30 }]);
    expect(topicFinding(rows)).toBe('职业健康诉求升得最多：近三月月均 22 件，此前 10 件');
    expect(topicFinding(rows.filter((r) => r.topic === 'pay'))).toBe('近三月各类诉求都没有明显上升');
  });

  it('names the cell furthest over its bound, and is silent about those within it', () => {
    const cell = (branch_id: string, observed: number, expected: number, upper: number) => ({ branch_id, topic: 'pay' as const, observed, expected, upper });
    expect(heatFinding([cell('m1', 60, 58, 75), cell('m3', 31, 12, 20), cell('m2', 14, 6, 11)], (id) => ({ m3: '三矿' })[id] ?? id)).toBe('三矿的薪酬最反常：31 条，期望 12 条，另有 1 处超出常态');
    expect(heatFinding([cell('m1', 60, 58, 75)], (id) => id)).toBe('各单位各类诉求都没有超出常态');
    expect(heatFinding([cell('m1', 8, 3, 9), cell('m2', 5, 5, 9)], (id) => id)).toBe('没有一处超出常态：1 处比期望多，都还在偶然起落之内');
  });

  it('counts hotspots by kind and settled weeks alone', () => {
    expect(hotspotFinding(['emergent', 'series', 'critical', 'series'])).toBe('1 件紧急、2 个热点、1 个苗头');
    expect(hotspotFinding([])).toBe('这段时间没有热点');
    expect(curveFinding([{ observed: 9, upper: 5, provisional: false }, { observed: 3, upper: 5, provisional: false }, { observed: 9, upper: 5, provisional: true }])).toBe('近 2 周有 1 周超出常态');
  });
});
