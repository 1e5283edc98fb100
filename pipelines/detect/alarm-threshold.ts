// In: a budget of false hotspots a month, and how many hotspots each score would have told in the past two years. Out: the score.
// Invariant: what was told counts as false, real or not, so that false ones stay within the budget; one event counts once.

/** False alarms a month that leaders accept unless they say otherwise, over all units. */
export const defaultBudget = 2;
/** Scores to choose from: below the first a week is ordinary, above the last nothing but a catastrophe is told. */
const scores = [2, 2.15, 2.3, 2.45, 2.6, 2.75, 2.9, 3.05, 3.2, 3.4, 3.7, 4];
/** The share of the budget that is for series; the rest is for emergent matters 苗头, and for alarms that later weeks take back. */
const ofSeries = 0.5;
const monthWeeks = 4.345;

/** The least score whose hotspots, `hotspotsFrom` so many in `weeks` weeks, keep within the budget. */
export function alarmThreshold(hotspotsFrom: (score: number) => number, weeks: number, budget = defaultBudget): number {
  const allowed = Math.max(1, (budget * ofSeries * weeks) / monthWeeks);
  return scores.find((score) => hotspotsFrom(score) <= allowed) ?? scores.at(-1) ?? 4;
}
