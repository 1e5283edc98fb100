// In: days from receipt to registration of past documents, the weeks, the day the data reach to. Out: the share of each week that is in by now.
// Invariant: between 0 and 1; 1 for weeks long past.
import { dayNumber } from './material.ts';

const leastKnown = 50, least = 0.02;

/** What part of the texts of each week's days up to `asOf` is registered by then; all of it without enough lags. */
export function completeness(weeks: readonly string[], asOf: string, lagDays: readonly number[] = []): number[] {
  const end = dayNumber(asOf), known = lagDays.length >= leastKnown;
  const longest = known ? Math.max(0, lagDays.at(-1) ?? 0) : 0;
  const share = new Float64Array(longest + 1);
  if (known) for (const lag of lagDays) share[Math.max(0, lag)] = (share[Math.max(0, lag)] ?? 0) + 1 / lagDays.length;
  for (let k = 1; k <= longest; k++) share[k] = (share[k] ?? 0) + (share[k - 1] ?? 0);
  const by = (age: number) => (!known || age >= longest ? 1 : share[age] ?? 1);
  const over = elapsed(weeks, asOf);
  return weeks.map((week, t) => {
    const monday = dayNumber(week), days = Math.round(7 * (over[t] ?? 1));
    let sum = 0;
    for (let d = 0; d < days; d++) sum += by(end - monday - d);
    return Math.min(1, Math.max(least, days > 0 ? (sum + (7 - days)) / 7 : 1));
  });
}

/** What part of each week's days is over by `asOf`. */
export const elapsed = (weeks: readonly string[], asOf: string): number[] => weeks.map((week) => Math.min(7, Math.max(1, dayNumber(asOf) - dayNumber(week) + 1)) / 7);
