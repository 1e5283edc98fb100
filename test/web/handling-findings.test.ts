import { describe, expect, it } from 'vitest';
import { daysFinding, funnelFinding, supervisionFinding } from '../../web/handling-findings.ts';

describe('web/handling-findings', () => {
  it.each([
    { facts: { registered: 0, accepted: 0, concluded: 0 }, expected: '这段时间没有登记信访件' },
    { facts: { registered: 8, accepted: 8, concluded: 3 }, expected: '登记的 8 件中，全部已受理，3 件已办结' },
    { facts: { registered: 200, accepted: 198, concluded: 172 }, expected: '登记的 200 件中，99%已受理，86%已办结' },
    { facts: { registered: 200, accepted: null, concluded: 172 }, expected: '登记的 200 件中，86%已办结' },
  ])('tells how far petitions got: $expected', ({ facts, expected }) => { expect(funnelFinding(facts)).toBe(expected); });

  it.each([
    { bins: [], width: 1, limit: 15, expected: '这段时间登记的，还没有一件受理' },
    { bins: [{ from: 2, value: 5 }, { from: 1, value: 1 }, { from: 20, value: 3 }], width: 1, limit: 15, expected: '一半在 2 天内受理，3 件超过 15 天' },
    { bins: [{ from: 11, value: 4 }, { from: 56, value: 1 }], width: 5, limit: 60, expected: '一半在 15 天内受理，没有超过 60 天的' },
  ])('tells the middle and what went beyond the limit: $expected', ({ bins, width, limit, expected }) => { expect(daysFinding(bins, width, limit, '受理')).toBe(expected); });

  it.each([[0, 0, '没有逾期的，7 日内也没有到期的'], [0, 3, '没有逾期的；3 件在 7 日内到期'], [2, 0, '2 件已逾期'], [2, 3, '2 件已逾期，3 件在 7 日内到期']])('tells %d overdue and %d soon', (late, soon, expected) => {
    expect(supervisionFinding(late, soon)).toBe(expected);
  });
});
