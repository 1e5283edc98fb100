// In: weeks and registration lags. Out: whether festivals, incomplete weeks and budgets are reckoned as by hand.
import { describe, expect, it } from 'vitest';
import { alarmThreshold } from '../../pipelines/detect/alarm-threshold.ts';
import { completeness, elapsed } from '../../pipelines/detect/completeness.ts';
import { expect as judge } from '../../pipelines/detect/expect.ts';
import { holidayShares } from '../../pipelines/detect/holidays.ts';

const sevenths = (shares: number[]) => shares.map((s) => Math.round(7 * s));

describe('holidays', () => {
  it.each([
    { week: '2024-02-05', spring: 3, national: 0 }, { week: '2024-02-12', spring: 5, national: 0 },
    { week: '2025-01-27', spring: 6, national: 0 }, { week: '2026-02-16', spring: 7, national: 0 },
    { week: '2024-09-30', spring: 0, national: 6 }, { week: '2026-09-21', spring: 0, national: 3 }, { week: '2026-07-06', spring: 0, national: 0 },
  ])('$week holds $spring days of Spring Festival and $national of National Day or Mid-Autumn', ({ week, spring, national }) => {
    const found = holidayShares([week]);
    expect([sevenths(found.spring), sevenths(found.national)]).toEqual([[spring], [national]]);
  });
});

describe('completeness', () => {
  const lags = [...new Array<number>(60).fill(0), ...new Array<number>(40).fill(10)];

  it('expects of the newest weeks only what is registered by now', () => {
    expect(completeness(['2026-10-05', '2026-10-12', '2026-10-19'], '2026-10-25', lags).map((c) => Number(c.toFixed(3)))).toEqual([1, 0.829, 0.6]);
    expect(completeness(['2026-10-19'], '2026-10-25', [])).toEqual([1]);
  });

  it('knows how much of a week is over', () => {
    expect(elapsed(['2026-10-12', '2026-10-19'], '2026-10-21').map((e) => Math.round(7 * e))).toEqual([7, 3]);
  });

  it('shows no fall that is only lateness, and hides no rise behind it', () => {
    const complete = Array.from({ length: 80 }, (_, t) => (t === 79 ? 0.4 : 1));
    const late = Array.from({ length: 80 }, (_, t) => (t === 79 ? 8 : 19 + (t % 3)));
    expect(judge(late, { complete })[79]?.expected).toBeCloseTo(8, 0);
    const rise = late.map((n, t) => (t === 79 ? 24 : n));
    expect(judge(rise, { complete })[79]?.score).toBeGreaterThan(3);
    expect(judge(rise)[79]?.score).toBeLessThan(2);
  });
});

describe('alarmThreshold', () => {
  const told = (score: number) => Math.round(200 * Math.exp(-2.5 * (score - 2)));

  it('rises as the budget falls, and keeps what would have been told within the share of it', () => {
    const scores = [8, 4, 2, 1].map((budget) => ({ budget, score: alarmThreshold(told, 104, 0.5, budget) }));
    for (const { budget, score } of scores) expect(told(score)).toBeLessThanOrEqual((0.5 * budget * 104) / 4.345);
    expect(scores.map((s) => s.score)).toEqual([...scores.map((s) => s.score)].sort((a, b) => a - b));
  });
});
