// In: a share of the budget of false hotspots a month, and how many hotspots each score would have told in the past two years. Out: the score.
// Invariant: what was told counts as false, real or not, so that false ones stay within the budget; one event counts once.

/** False alarms a month that leaders accept unless they say otherwise, over all units. */
export const defaultBudget = 2;
/** Scores to choose from: below the first a week is ordinary, above the last nothing but a catastrophe is told. */
const scores = [6, 5.5, 5, 4.6, 4.3, 4, 3.85, 3.7, 3.6, 3.5, 3.4, 3.3, 3.2, 3.05, 2.9, 2.75, 2.6, 2.45, 2.3, 2.15, 2];
/** Shares of the budget: for documents by first-level topic, for what only second-level topics see, and for what only other measures see; the rest is for emergent matters 苗头, and for alarms that later weeks take back. */
export const budgetShares = { topics: 0.5, subtopics: 0.2, measures: 0.1 };
const monthWeeks = 4.345;

/** The least score whose hotspots, `hotspotsFrom` so many in `weeks` weeks, keep within the budget. */
export function alarmThreshold(hotspotsFrom: (score: number) => number, weeks: number, share: number, budget = defaultBudget): number {
  const allowed = Math.max(1, (budget * share * weeks) / monthWeeks);
  const tooLow = scores.findIndex((score) => hotspotsFrom(score) > allowed);
  return scores[tooLow < 0 ? scores.length - 1 : Math.max(0, tooLow - 1)] ?? 6;
}
