// In: how many gave which answer. Out: share, mean or net promoter score with its 95 % interval, and the difference of two.
// Invariant: pure; respondents are taken as a random sample, which a survey on the web is only nearly.

export interface Scored { value: number; count: number }
/** `value` of `n` who answered, and its 95 % interval. */
export interface Estimate { value: number; n: number; low: number; high: number }
export interface Difference { value: number; low: number; high: number }

const z = 1.96;
/** Student's 97.5 % quantile (Cornish and Fisher's expansion; within 1 % from four degrees of freedom on). */
const student = (freedom: number) => z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);

/** Percent of `n` who chose it, with Wilson's interval; null where nobody answered. */
export function shareOf(chosen: number, n: number): Estimate | null {
  if (n === 0) return null;
  const p = chosen / n;
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return { value: 100 * p, n, low: 100 * Math.max(0, middle - reach), high: 100 * Math.min(1, middle + reach) };
}

/** Mean with Student's interval; where all gave one score, one of them is taken to have meant `step` more. Null under two answers. */
export function meanOf(scores: readonly Scored[], step = 1): Estimate | null {
  const n = scores.reduce((sum, s) => sum + s.count, 0);
  if (n < 2) return null;
  const value = scores.reduce((sum, s) => sum + s.value * s.count, 0) / n;
  const squares = Math.max((step ** 2 * (n - 1)) / n, scores.reduce((sum, s) => sum + s.count * (s.value - value) ** 2, 0));
  const reach = student(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { value, n, low: value - reach, high: value + reach };
}

/** Net promoter score: 100 for 9–10, −100 for 0–6, of all who answered. */
export function npsOf(scores: readonly Scored[]): Estimate | null {
  const found = meanOf(scores.map(({ value, count }) => ({ value: value >= 9 ? 100 : value <= 6 ? -100 : 0, count })), 100);
  return found && { ...found, low: Math.max(-100, found.low), high: Math.min(100, found.high) };
}

/** Whether a difference leaves out zero. */
export const isSure = (change: Difference | null): change is Difference => change !== null && (change.low > 0 || change.high < 0);

/** `now` less `before`, with the interval that both intervals make (Zou and Donner 2008; for shares Newcombe 1998). */
export function difference(now: Estimate, before: Estimate): Difference {
  const value = now.value - before.value;
  return { value, low: value - Math.hypot(now.value - now.low, before.high - before.value), high: value + Math.hypot(now.high - now.value, before.value - before.low) };
}
