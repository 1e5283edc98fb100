// In: weekly counts of a part of something larger, and how many of them the larger's expectation would carry at the usual share.
// Out: per week what was to be expected, the upper bound and a score, as expect.ts gives them, in one pass.
// Invariant: prospective: week t is judged by weeks before t alone; without a past of its own a part is expected at the usual share.
import { tuning, type Expected } from './expect.ts';
import { deviate, midTail, upperQuantile } from './negative-binomial.ts';

/** Chosen on the sample's years before its stories: texts' worth of trust in the usual share, how the own past fades, what a week may teach. */
const belief = 4, keep = 0.985, outlier = 2.5, leastMean = 0.02, looked = 1.6;

/** Tail probability of a window's count: of so many, where so many were expected with this variance. `t` is the window's last week. */
export type Tail = (observed: number, mean: number, variance: number, t: number) => number;

/**
 * The gamma-Poisson filter of Harvey and Fernandes (1989, JBES 7:407): the ratio of counts to `usual` is gamma distributed,
 * its past fades by `keep` a week, and the forecast is negative binomial; here the prior (ratio 1, `belief` counts strong) does not fade,
 * a week far above its forecast teaches no more than one at `outlier` deviations, and Pearson's χ² widens the forecast.
 */
export function expectShare(counts: readonly number[], usual: readonly number[], elapsed: readonly number[], tail: Tail = midTail): Expected[] {
  const n = counts.length, seen = new Float64Array(n + 1), foreseen = new Float64Array(n + 1), spread = new Float64Array(n + 1);
  let squares = tuning.dispersionWeight * tuning.dispersionPrior, degrees = tuning.dispersionWeight;
  spread[0] = tuning.dispersionPrior;
  const forecast = (known: number, from: number, to: number) => {
    let exposure = 0;
    for (let s = from; s <= to; s++) exposure += usual[s] ?? 0;
    const strength = belief + (foreseen[known] ?? 0), mean = Math.max(leastMean, (exposure * (belief + (seen[known] ?? 0))) / strength);
    return { mean, variance: (spread[known] ?? tuning.dispersionPrior) * mean * (1 + exposure / strength) };
  };
  const result: Expected[] = [];
  for (let t = 0; t < n; t++) {
    const own = forecast(Math.max(0, t - tuning.guard), t, t), over = elapsed[t] ?? 1, y = counts[t] ?? 0;
    let score = t < tuning.minimum ? 0 : -9, weeks = 1, recent = 0, observed = 0, length = 0;
    for (const window of t < tuning.minimum ? [] : tuning.windows) {
      if (t - window.weeks + 1 < tuning.minimum) break;
      for (; length < window.weeks; length++) observed += counts[t - length] ?? 0;
      if (window.weeks > 2 && recent < tuning.stillAbove) break;
      const { mean, variance } = window.weeks === 1 ? own : forecast(Math.max(0, t - window.weeks + 1 - tuning.guard), t - window.weeks + 1, t);
      if (window.weeks === 2) recent = observed / mean;
      const rough = (observed - mean) / Math.sqrt(variance);
      const exact = (rough < looked ? rough : deviate(tail(observed, mean, variance, t))) - window.handicap;
      if (exact > score) { score = exact; weeks = window.weeks; }
    }
    const expected = own.mean * over, variance = Math.max(expected, own.variance * over);
    result.push({ expected, get upper() { return upperQuantile(tuning.upperTail, expected, variance); }, score, weeks });
    const most = own.mean + outlier * Math.sqrt(own.variance) + 1, learnt = Math.min(y, most);
    seen[t + 1] = (seen[t] ?? 0) * keep + learnt;
    foreseen[t + 1] = (foreseen[t] ?? 0) * keep + (usual[t] ?? 0);
    squares += (learnt - own.mean) ** 2 / Math.max(own.mean, 0.25);
    degrees += 1;
    spread[t + 1] = Math.max(1.02, squares / degrees);
  }
  return result;
}
