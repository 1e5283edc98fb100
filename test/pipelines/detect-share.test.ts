// In: simulated parts of a series and sizes of petitions. Out: whether expect-share and people-tail are calibrated and prospective.
import { describe, expect, it } from 'vitest';
import { expectShare } from '../../pipelines/detect/expect-share.ts';
import { midTail } from '../../pipelines/detect/negative-binomial.ts';
import { peopleTail } from '../../pipelines/detect/people-tail.ts';

function generator(seed: number): () => number {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}
function poisson(mean: number, random: () => number): number {
  let k = 0;
  for (let p = random(); p > Math.exp(-mean); p *= random()) k++;
  return k;
}
const weeks = 156, whole = new Array<number>(weeks).fill(1);

describe('expect-share', () => {
  it('follows a share that is not the usual one, and the season of the whole', () => {
    const usual = Array.from({ length: weeks }, (_, t) => 10 + 5 * Math.sin(t / 8)), random = generator(3);
    const judged = expectShare(usual.map((mean) => poisson(mean * 0.4, random)), usual, whole);
    const ratio = judged.slice(104).map((e, t) => e.expected / (usual[104 + t] ?? 1));
    expect(Math.min(...ratio)).toBeGreaterThan(0.33);
    expect(Math.max(...ratio)).toBeLessThan(0.48);
  });

  it('exceeds its upper bound in about one week of a hundred, and a score of 3 in fewer', () => {
    const random = generator(11);
    let over = 0, high = 0, all = 0;
    for (let i = 0; i < 40; i++) {
      const mean = 0.2 + (i % 8) * 0.6, counts = whole.map(() => poisson(mean, random));
      for (const [t, e] of expectShare(counts, whole.map(() => mean), whole).entries()) if (t >= 26) { all++; if ((counts[t] ?? 0) > e.upper) over++; if (e.score >= 3) high++; }
    }
    expect(over / all).toBeLessThan(0.015);
    expect(high / all).toBeLessThan(0.01);
  });

  it('judges a week by the weeks before it alone', () => {
    const random = generator(5), counts = whole.map(() => poisson(2, random)), usual = whole.map(() => 2);
    const later = counts.map((n, t) => (t > 100 ? n + 9 : n));
    const plain = (list: ReturnType<typeof expectShare>) => list.slice(0, 101).map(({ expected, upper, score, weeks: n }) => [expected, upper, score, n]);
    expect(plain(expectShare(later, usual, whole))).toEqual(plain(expectShare(counts, usual, whole)));
  });

  it('adds up weeks that are each only a little high, and does not take an old outbreak for the new normal', () => {
    const calm = whole.map((_, t) => t % 2), usual = whole.map(() => 0.5);
    const slow = calm.map((n, t) => (t >= 148 ? 2 : n));
    expect(expectShare(slow, usual, whole)[155]?.score).toBeGreaterThan(2.5);
    expect(expectShare(slow, usual, whole)[155]?.weeks).toBeGreaterThan(1);
    const burst = calm.map((n, t) => (t >= 100 && t < 104 ? 20 : n));
    expect(expectShare(burst, usual, whole)[120]?.expected).toBeLessThan(1);
  });
});

describe('people-tail', () => {
  const history = Array.from({ length: 104 }, (_, t) => Array.from({ length: 20 }, (__, i) => (i === 0 ? [5, 8, 12, 20, 35][t % 5] ?? 5 : 1)));
  const { tail, meanSize } = peopleTail(history);

  it('is the law of the number of texts where each brings one person', () => {
    const ones = peopleTail(Array.from({ length: 400 }, () => new Array<number>(500).fill(1)));
    for (const people of [3, 6, 12]) expect(ones.tail(people, 4, 399)).toBeCloseTo(midTail(people, 4, 4 * 1.4), 3);
  });

  it('is rarer the more people, and gives a size never seen a small chance', () => {
    const p = [5, 10, 20, 40, 80, 200].map((people) => tail(people, 1, 103));
    expect(p).toEqual([...p].sort((a, b) => b - a));
    expect(p[4]).toBeGreaterThan(1e-5);
    expect(p[4]).toBeLessThan(5e-3);
  });

  it('takes one large petition as about as rare as such petitions have been: one big jump', () => {
    const share = 2 / 5 / 20;
    expect(tail(20, 0.5, 103) / (0.5 * share)).toBeGreaterThan(0.5);
    expect(tail(20, 0.5, 103) / (0.5 * share)).toBeLessThan(2);
    expect(meanSize(103)).toBeGreaterThan(1.5);
  });

  it('knows nothing of later weeks', () => {
    expect(peopleTail(history.map((sizes, t) => (t > 50 ? [400, 400] : sizes))).tail(60, 1, 50)).toBe(tail(60, 1, 50));
  });
});
