import { describe, expect, it } from 'vitest';
import { difference, meanOf, npsOf, shareOf } from '../../datasets/survey-estimates.ts';

const rounded = <T extends object>(found: T | null) => found && Object.fromEntries(Object.entries(found).map(([k, v]) => [k, Number((v as number).toFixed(2))]));

describe('datasets/survey-estimates', () => {
  // Newcombe 1998, table I: 81 of 263 has Wilson limits .2553 and .3662.
  it('gives shares Wilson’s interval', () => expect(rounded(shareOf(81, 263))).toEqual({ value: 30.8, n: 263, low: 25.53, high: 36.62 }));
  it('gives nobody no share', () => expect(shareOf(0, 0)).toBeNull());
  // 1, 2, 3, 4, 5: mean 3, standard error 1.5811 / √5 = 0.7071, t(4) = 2.776.
  it('gives means Student’s interval, within 1 % of the table', () => {
    const found = meanOf([1, 2, 3, 4, 5].map((value) => ({ value, count: 1 })))!;
    expect([found.value, found.n]).toEqual([3, 5]);
    expect(Math.abs((found.high - 3) / (0.7071 * 2.776) - 1)).toBeLessThan(0.01);
  });
  it('is not certain where all gave one score', () => {
    const found = meanOf([{ value: 4, count: 6 }])!;
    expect(found.low).toBeLessThan(3.6);
    expect(found.high).toBeGreaterThan(4.4);
  });
  it('counts 9 and 10 for, 0 to 6 against, and stays within −100 and 100', () => {
    expect(npsOf([{ value: 10, count: 3 }, { value: 8, count: 4 }, { value: 6, count: 2 }, { value: 0, count: 1 }])?.value).toBe(0);
    expect(npsOf([{ value: 9, count: 5 }])).toMatchObject({ value: 100, high: 100 });
  });
  // Newcombe 1998, method 10: 56/70 less 48/80 is .2, from .0524 to .3339.
  it('gives differences of shares Newcombe’s interval', () => expect(rounded(difference(shareOf(56, 70)!, shareOf(48, 80)!))).toEqual({ value: 20, low: 5.24, high: 33.39 }));
});
