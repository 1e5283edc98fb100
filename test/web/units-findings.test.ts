import { describe, expect, it } from 'vitest';
import { funnelLimits, funnelOf, funnelTable, standing } from '../../web/charts/funnel-plot.ts';
import { quantile } from '../../web/charts/profile-plot.ts';
import { funnelFinding, mattersFinding, placeFinding, profileFinding } from '../../web/units-findings.ts';

// 1,000 people each and 9, 10, 11 petitions, then a small and a large unit far above.
const usual = [9, 10, 11].map((value, i) => ({ label: `${i + 1} 矿`, heads: 1000, value }));

describe('web/charts/funnel-plot', () => {
  it('takes the common rate over all and the spread beyond chance, never under 1', () => {
    expect(funnelOf(usual)).toEqual({ rate: 10, dispersion: 1 });
    // z = −1, 1, … : two of each; φ = mean z² = 16 for counts four deviations away.
    const wide = [{ label: 'a', heads: 10_000, value: 140 }, { label: 'b', heads: 10_000, value: 60 }];
    expect(funnelOf(wide)).toEqual({ rate: 10, dispersion: 16 });
  });
  it('sets wider limits for smaller units, and none below nought', () => {
    const funnel = { rate: 10, dispersion: 1 };
    expect(funnelLimits(funnel, 1000, 1.96).map((x) => Number(x.toFixed(2)))).toEqual([3.8, 16.2]);
    expect(funnelLimits(funnel, 100, 1.96).map((x) => Number(x.toFixed(2)))).toEqual([0, 29.6]);
  });
  it('finds the same rate usual in a small unit and unusual in a large one', () => {
    const funnel = { rate: 10, dispersion: 1 };
    expect(standing(funnel, { label: '', heads: 200, value: 4 })).toBe('within');
    expect(standing(funnel, { label: '', heads: 2000, value: 40 })).toBe('far above');
  });
  it('writes the table in the order given, without ranks', () => {
    expect(funnelTable(usual).rows[2]).toEqual(['3 矿', 1000, 11, 11, '在常态内']);
  });
});

describe('web/units-findings', () => {
  it.each([
    { points: usual, expected: '按人数算，各单位的差别没有超出偶然' },
    { points: [...Array.from({ length: 12 }, (_, i) => ({ label: `${i}`, heads: 1000, value: 10 })), { label: '后勤', heads: 1000, value: 30 }], expected: '后勤高于同样大小的单位' },
  ])('tells who is unusual for its size: $expected', ({ points, expected }) => { expect(funnelFinding(points)).toBe(expected); });

  it('tells where one unit stands', () => {
    expect(placeFinding(usual.map((p, i) => ({ ...p, chosen: i === 0 })), '1 矿')).toBe('1 矿每千人 9.0 件，在同样大小单位的常态之内');
    expect(placeFinding(usual, '新矿')).toBe('新矿没有可比的在岗人数');
  });

  it('names the topic that stands out most from the siblings', () => {
    const others = [1, 2, 3, 4];
    expect(profileFinding([{ label: '安全', own: 2, others }, { label: '薪酬', own: 9, others }])).toBe('薪酬比所有同级单位都多');
    expect(profileFinding([{ label: '安全', own: 3.5, others }])).toBe('安全多于四分之三的同级单位');
    expect(profileFinding([{ label: '安全', own: 1, others }])).toBe('各类诉求都不高于同级的多数单位');
  });

  it.each([[0, 0, '没有未办结的事项'], [12, 0, '12 个事项未办结'], [12, 3, '12 个事项未办结，其中 3 个反复提出']])('tells %d waiting and %d repeated', (total, repeated, expected) => {
    expect(mattersFinding(total, repeated)).toBe(expected);
  });

  it('interpolates quantiles', () => { expect([quantile([1, 2, 3, 4], 0.5), quantile([], 0.5)]).toEqual([2.5, 0]); });
});
