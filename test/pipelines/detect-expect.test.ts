// In: weekly counts made by a seeded generator. Out: whether expect judges them as a watchful clerk would.
import { describe, expect as that, it } from 'vitest';
import { expect } from '../../pipelines/detect/expect.ts';
import { deviate, midTail, upperQuantile } from '../../pipelines/detect/negative-binomial.ts';

function counts(weeks: number, mean: (t: number) => number, seed: number): number[] {
  let state = seed;
  const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state + 0.5) / 2 ** 32; };
  for (let i = 0; i < 10; i++) random();
  return Array.from({ length: weeks }, (_, t) => {
    let k = 0;
    for (let p = random(), limit = Math.exp(-mean(t)); p > limit; p *= random()) k++;
    return k;
  });
}
const seeds = Array.from({ length: 40 }, (_, i) => 1000 + 77 * i);
const high = 3;
const year3 = (t: number) => t >= 104;

describe('expect', () => {
  it('alarms a flat series in fewer than 1 of 100 weeks', () => {
    for (const mean of [0.3, 3, 40]) {
      const alarms = seeds.flatMap((seed) => expect(counts(156, () => mean, seed))).filter((e) => e.score > high).length;
      that(alarms / (156 * seeds.length)).toBeLessThan(0.01);
    }
  });

  it('comes close to the true mean of a flat series, with an upper bound that 1 of 100 weeks exceeds', () => {
    const judged = seeds.flatMap((seed) => { const y = counts(156, () => 12, seed); return expect(y).map((e, t) => ({ ...e, y: y[t] ?? 0, t })); }).filter((e) => e.t >= 52);
    that(judged.reduce((sum, e) => sum + e.expected, 0) / judged.length).toBeCloseTo(12, 0);
    that(judged.filter((e) => e.y > e.upper).length / judged.length).toBeLessThan(0.02);
  });

  it('alarms a step to four times the mean within two weeks', () => {
    const late = seeds.filter((seed) => {
      const judged = expect(counts(130, (t) => (t >= 120 ? 16 : 4), seed));
      return !judged.slice(120, 122).some((e) => e.score > high);
    });
    that(late.length).toBeLessThanOrEqual(2);
  });

  it('expects a peak that comes every year by its third year', () => {
    const season = (t: number) => 6 * Math.exp(1.1 * Math.cos((2 * Math.PI * (t - 28)) / 52.1775));
    const judged = seeds.flatMap((seed) => expect(counts(156, season, seed)).filter((_, t) => year3(t)));
    that(judged.filter((e) => e.score > high).length / judged.length).toBeLessThan(0.01);
  });

  it('sees a slow rise over a quarter that no single week shows', () => {
    const rising = seeds.filter((seed) => expect(counts(117, (t) => (t < 104 ? 2 : 2 + (t - 103) * 0.45), seed)).slice(104).some((e) => e.score > high));
    that(rising.length / seeds.length).toBeGreaterThan(0.75);
  });

  it('sees seven in two months where there was one in three months', () => {
    const sparse = Array.from({ length: 140 }, (_, t) => (t % 13 === 6 ? 1 : 0));
    for (const t of [128, 129, 130, 131, 133, 134, 135]) sparse[t] = 1;
    that(expect(sparse).slice(128, 136).some((e) => e.score > 2.5)).toBe(true);
  });

  it('does not take a past outbreak for the rule', () => {
    const judged = expect(counts(150, (t) => (t >= 60 && t < 66 ? 30 : 5), 5));
    that(judged[140]?.expected).toBeLessThan(7.5);
  });

  it('accepts a new level after a quarter, as when a ledger begins', () => {
    const judged = expect(counts(90, (t) => (t < 40 ? 0.5 : 20), 6));
    that(judged[42]?.score).toBeGreaterThan(high);
    that(judged[65]?.expected).toBeGreaterThan(14);
    that(judged.slice(60).filter((e) => e.score > high)).toEqual([]);
  });

  it('follows the headcount', () => {
    const exposure = Array.from({ length: 120 }, (_, t) => (t < 100 ? 1000 : 2000));
    const judged = expect(counts(120, (t) => (exposure[t] ?? 0) / 100, 9), { exposure });
    that(judged.slice(100).filter((e) => e.score > high)).toEqual([]);
    that(judged[101]?.expected).toBeGreaterThan(16);
  });

  it('borrows the season of the parent when the history is short', () => {
    const season = (t: number) => Math.exp(1.2 * Math.cos((2 * Math.PI * (t - 78)) / 52.1775));
    const parent = expect(counts(90, (t) => 60 * season(t), 3)).map((e) => e.expected);
    const child = counts(90, (t) => (t < 60 ? 0 : 5 * season(t)), 4).slice(60);
    const alone = expect(child, { weekOfYear: child.map((_, i) => 60 + i) }), helped = expect(child, { weekOfYear: child.map((_, i) => 60 + i), parent: parent.slice(60) });
    const worst = (judged: { score: number }[]) => Math.max(...judged.map((e) => e.score));
    that(worst(helped)).toBeLessThan(worst(alone));
  });

  it('never changes the judgement of a week when later weeks arrive', () => {
    const y = counts(120, (t) => (t > 80 && t < 90 ? 15 : 4), 11);
    const whole = expect(y);
    for (const n of [5, 20, 60, 85, 119]) that(expect(y.slice(0, n))).toEqual(whole.slice(0, n));
  });

  it('judges a series of zeros without an alarm and with a small expectation', () => {
    const judged = expect(new Array<number>(100).fill(0));
    that(judged.every((e) => Number.isFinite(e.score) && e.score < 1)).toBe(true);
    that(judged[99]?.expected).toBeLessThan(0.1);
  });
});

describe('negative-binomial', () => {
  it('gives the tails of known laws', () => {
    that(midTail(0, 1, 1)).toBeCloseTo(1 - Math.exp(-1) / 2, 10);
    that(midTail(5, 2, 2)).toBeCloseTo(0.0165636 + 0.0360894 / 2, 5);
    that(upperQuantile(0.01, 2, 2)).toBe(6);
    that(upperQuantile(0.01, 10, 30)).toBeGreaterThan(upperQuantile(0.01, 10, 10));
    that(deviate(0.025)).toBeCloseTo(1.959964, 5);
    that(deviate(0.001)).toBeCloseTo(3.090232, 5);
  });
});
