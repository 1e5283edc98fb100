// In: how many people stood behind each text, week by week. Out: how likely so many people are behind so many expected texts.
// Invariant: prospective: week t knows the petitions of earlier weeks alone; one petition of 80 is as rare as petitions of 80 have been.
import { tuning } from './expect.ts';

/** People from which the tail of the sizes is a power law, and how strongly it is held to an exponent of 1.5. */
const tailFrom = 10, exponent = 1.5, belief = 4, most = 400;

/**
 * P(at least `people`) when the number of texts is negative binomial and each brings an independent number of people:
 * a compound law, by the recursion of Panjer (1981, ASTIN Bulletin 12:22). Sizes are those of earlier weeks;
 * from 10 people on a Pareto tail by the estimator of Hill (1975, Annals of Statistics 3:1163), so that sizes not yet seen have a chance.
 */
export function peopleTail(sizesByWeek: readonly (readonly number[])[]): { meanSize: (t: number) => number; tail: (people: number, texts: number, t: number) => number } {
  const counts = new Float64Array(tailFrom), laws: Float64Array[] = [], means: number[] = [];
  counts[1] = belief;
  let large = belief / 20, logs = 0, all = belief * 1.05;
  for (const sizes of sizesByWeek) {
    laws.push(law(counts, all, large, (large + belief) / (logs + belief / exponent)));
    means.push(laws.at(-1)?.reduce((sum, p, x) => sum + p * x, 0) ?? 1);
    for (const size of sizes) {
      const people = Math.max(1, Math.round(size));
      all++;
      if (people < tailFrom) counts[people] = (counts[people] ?? 0) + 1;
      else { large++; logs += Math.log(people / (tailFrom - 0.5)); }
    }
  }
  return { meanSize: (t) => means[t] ?? 1, tail: (people, texts, t) => compound(laws[Math.max(0, t)] ?? new Float64Array([0, 1]), Math.min(most, Math.round(people)), texts) };
}

/** Probability of each size up to `most`, the rest on `most`. */
function law(counts: Float64Array, all: number, large: number, alpha: number): Float64Array {
  const p = new Float64Array(most + 1);
  for (let x = 1; x < tailFrom; x++) p[x] = (counts[x] ?? 0) / all;
  const beyond = (x: number) => (large / all) * (x / (tailFrom - 0.5)) ** -alpha;
  for (let x = tailFrom; x <= most; x++) p[x] = x === most ? beyond(x - 0.5) : beyond(x - 0.5) - beyond(x + 0.5);
  return p;
}

function compound(sizes: Float64Array, people: number, texts: number): number {
  const extra = tuning.dispersionPrior - 1, q = extra / (1 + extra), number = texts / extra;
  const a = q, b = (number - 1) * q, g = new Float64Array(people + 1);
  g[0] = (1 - q) ** number;
  let below = g[0];
  for (let s = 1; s <= people; s++) {
    let sum = 0;
    for (let x = 1; x <= s; x++) sum += (a + (b * x) / s) * (sizes[x] ?? 0) * (g[s - x] ?? 0);
    g[s] = sum;
    below += s < people ? sum : sum / 2;
  }
  return Math.min(1, Math.max(1 - below, 1e-14));
}
