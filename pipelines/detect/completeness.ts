// In: days from receipt to registration of past documents, the weeks, the day the data reach to. Out: the share of each week that is in by now.
// Invariant: between 0 and 1; 1 for weeks long past; a week that has days to come is incomplete by them too.
import { dayNumber } from './material.ts';

const leastKnown = 50, least = 0.02;

/** What part of each week's texts is registered by `asOf`; without enough lags only days to come count. */
export function completeness(weeks: readonly string[], asOf: string, lagDays: readonly number[] = []): number[] {
  const end = dayNumber(asOf), known = lagDays.length >= leastKnown;
  const longest = known ? Math.max(0, lagDays.at(-1) ?? 0) : 0;
  const share = new Float64Array(longest + 1);
  if (known) for (const lag of lagDays) share[Math.max(0, lag)] = (share[Math.max(0, lag)] ?? 0) + 1 / lagDays.length;
  for (let k = 1; k <= longest; k++) share[k] = (share[k] ?? 0) + (share[k - 1] ?? 0);
  const by = (age: number) => (age < 0 ? 0 : !known || age >= longest ? 1 : share[age] ?? 1);
  return weeks.map((week) => {
    const monday = dayNumber(week);
    let sum = 0;
    for (let d = 0; d < 7; d++) sum += by(end - monday - d);
    return Math.min(1, Math.max(least, sum / 7));
  });
}
