import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../server/alerts/effect.ts';
import type { Curve } from '../../../server/api.ts';

const monday = (week: number) => new Date(Date.parse('2026-06-01T00:00:00Z') + week * 7 * 86_400_000).toISOString().slice(0, 10);
/** Weeks from 2026-06-01 on; `expected` for each, `late` last ones provisional. */
const weeks = (observed: readonly number[], expected = 5, late = 0): Curve['rows'] => observed.map((o, i) => ({ week: monday(i), observed: o, expected, upper: expected * 2, provisional: i >= observed.length - late }));
const eight = (n: number) => Array.from({ length: 8 }, () => n);

describe('the effect of measures', () => {
  it.each([
    ['fell', [...eight(15), 9, ...eight(4)], { verdict: '下降', sufficient: true, change_per_week: -11, weeks_before: 8, weeks_after: 8, observed_before: 120, observed_after: 32 }],
    ['stayed', [...eight(15), 9, ...eight(14)], { verdict: '无明显变化', sufficient: true, change_per_week: -1 }],
    ['rose', [...eight(5), 9, ...eight(20)], { verdict: '上升', sufficient: true, change_per_week: 15 }],
    ['fell to nothing', [...eight(15), 9, ...eight(0)], { verdict: '下降', sufficient: true, change_per_week: -15, observed_after: 0 }],
    ['jumps about before as much as it falls after', [2, 30, 1, 28, 3, 25, 2, 29, 9, ...eight(9)], { verdict: '无明显变化', sufficient: true }],
  ])('is told where the series %s', (_what, series, told) => {
    // The measure is of a Wednesday: its own week counts on neither side.
    expect(effectOf(weeks(series), '2026-06-01', '2026-07-29')).toMatchObject(told);
  });

  it.each([
    ['three weeks after', weeks([...eight(15), 9, 4, 4, 4]), '2026-07-29', '措施之后只有 3 个登记完整的周，至少要 4 个'],
    ['four weeks after, one of them provisional', weeks([...eight(15), 9, 4, 4, 4, 1], 5, 1), '2026-07-29', '措施之后只有 3 个登记完整的周，至少要 4 个'],
    ['no history', weeks([15, 9, ...eight(4)]), '2026-06-10', '措施之前只有 1 个登记完整的周，至少要 4 个'],
    ['hardly any texts', weeks([1, 0, 1, 0, 1, 1, 0, 1, 0, ...eight(0)], 0.3), '2026-07-29', '前后合计不足 10 件'],
    ['nothing expected', weeks([...eight(15), 9, ...eight(4)], 0), '2026-07-29', '没有期望值可比'],
  ])('is not guessed from %s', (_what, series, measure, why) => {
    expect(effectOf(series, '2026-06-01', measure)).toMatchObject({ sufficient: false, why, words: `数据不足，无法判断：${why}。`, ratio: null, low: null, high: null, change_per_week: null, verdict: '无法判断' });
  });

  it('compares with the weeks of the episode, not with the calm before it', () => {
    const told = effectOf(weeks([...eight(5), 20, 22, 21, 19, 20, 9, ...eight(6)]), monday(8), '2026-09-02');
    expect([told.weeks_before, told.observed_before, told.verdict]).toEqual([5, 102, '下降']);
  });
  it('counts a season: falling as far as was expected is no effect', () => {
    const rows = weeks([...eight(20), 9, ...eight(5)]).map((w, i) => ({ ...w, expected: i < 8 ? 20 : 5 }));
    expect(effectOf(rows, '2026-06-01', '2026-07-29')).toMatchObject({ verdict: '无明显变化', change_per_week: 0 });
  });
  it('says in one sentence what changed, by how much, and how surely', () => {
    expect(effectOf(weeks([...eight(15), 9, ...eight(4)]), '2026-06-01', '2026-07-29').words)
      .toBe('措施前 8 周与措施后 8 周相比，每周超出期望的件数少 11 件，与期望之比为此前的 0.27 倍（95% 区间 0.17–0.43）：有下降，但不排除自然回落。');
  });
  it('counts people as people', () => {
    expect(effectOf(weeks([...eight(15), 9, ...eight(4)]), '2026-06-01', '2026-07-29', 'people').words).toContain('每周超出期望的人次少 11 人次');
    expect(effectOf(weeks([1, 0, 1, 0, 1, 1, 0, 1, 0, ...eight(0)], 0.3), '2026-06-01', '2026-07-29', 'negatives').why).toBe('前后合计不足 10 条负面');
  });
  it('claims a change in no more than one of twenty series in which nothing changed', () => {
    let seed = 20261031;
    const random = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return (seed + 0.5) / 2 ** 32; };
    const poisson = (mean: number) => { let n = 0; for (let p = random(); p > Math.exp(-mean); p *= random()) n++; return n; };
    // Overdispersed: each week's rate is itself drawn, variance about twice the mean.
    const draw = () => poisson(8 * (0.5 + random()) * 1);
    const claims = Array.from({ length: 1000 }, () => effectOf(weeks(Array.from({ length: 21 }, draw), 8), '2026-06-01', '2026-07-29')).filter((e) => e.verdict !== '无明显变化').length;
    expect(claims).toBeLessThanOrEqual(60);
  });
});
