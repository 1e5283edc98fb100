// In: a count, and the mean and variance of the counts that were to be expected. Out: tail probabilities, quantiles, scores.
// Invariant: variance ≤ mean means Poisson; results are finite for every count ≥ 0 and mean > 0.

const gamma = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

/** Natural logarithm of the gamma function for x > 0 (Lanczos, 15 digits). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = 0.99999999999980993;
  for (const [i, g] of gamma.entries()) sum += g / (x + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** P(Y = y) of a negative binomial with this mean and variance, as a logarithm. */
function logMass(y: number, mean: number, variance: number): number {
  const extra = variance / mean - 1;
  if (extra < 1e-6) return y * Math.log(mean) - mean - logGamma(y + 1);
  const size = mean / extra, q = extra / (1 + extra);
  return logGamma(y + size) - logGamma(size) - logGamma(y + 1) + size * Math.log(1 - q) + y * Math.log(q);
}

/** P(Y = y + 1) / P(Y = y). */
function step(y: number, mean: number, variance: number): number {
  const extra = variance / mean - 1;
  return extra < 1e-6 ? mean / (y + 1) : ((extra / (1 + extra)) * (y + mean / extra)) / (y + 1);
}

/** P(Y > y) + P(Y = y) / 2 of a negative binomial with this mean and variance. */
export function midTail(y: number, mean: number, variance: number): number {
  const at = Math.exp(logMass(y, mean, variance));
  if (y >= mean) {
    let sum = at / 2;
    for (let k = y, term = at; k < y + 100_000; k++) {
      term *= step(k, mean, variance);
      sum += term;
      if (term < sum * 1e-10) break;
    }
    return Math.max(sum, 1e-300);
  }
  let sum = at / 2;
  for (let k = y, term = at; k > 0; k--) {
    term /= step(k - 1, mean, variance);
    sum += term;
    if (term < sum * 1e-10) break;
  }
  return Math.min(1, Math.max(1e-300, 1 - sum));
}

/** The least count that a negative binomial with this mean and variance exceeds with probability at most `tail`. */
export function upperQuantile(tail: number, mean: number, variance: number): number {
  const start = Math.max(0, Math.floor(mean)), at = Math.exp(logMass(start, mean, variance));
  let beyond = midTail(start, mean, variance) - at / 2;
  let y = start;
  for (let term = at; beyond > tail && y < start + 100_000; y++) {
    term *= step(y, mean, variance);
    beyond -= term;
  }
  return y;
}

/** The standard normal deviate that is exceeded with probability p (Acklam's approximation, error below 1e-8 relative). */
export function deviate(p: number): number {
  if (p > 0.5) return -deviate(1 - p);
  if (p <= 0) return 40;
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return -(((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
      / ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
  }
  const q = 0.5 - p, r = q * q;
  return ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r + 2.506628277459239) * q)
    / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771988) * r - 13.28068155288572) * r + 1);
}
