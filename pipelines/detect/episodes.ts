// In: judged series and a budget of false alarms. Out: episodes, and of the episodes of one event the one that explains it best.
// Invariant: an episode's first week never changes as later weeks arrive; each event comes out once.
import type { Judged } from './expectations.ts';
import type { DetectDocument } from './material.ts';
import { deviate } from './negative-binomial.ts';
import type { UnitNode } from './unit-tree.ts';

/** Consecutive weeks above expectation; `from` and `to` are week numbers, both included. */
export interface Episode { judged: Judged; from: number; to: number; observed: number; expected: number; upper: number; score: number; members: DetectDocument[] }

/** False alarms a month that may be told. */
export const monthlyBudget = 2;
/** Alarmed weeks that make one false hotspot, once weeks and units are joined and single letters set aside: about 3, measured on the sample. */
const weeksPerHotspot = 3;
const leastDocuments = 4, leastExcess = 3, mergedGap = 3;

/** Score from which a week is alarmed so that so many series cost `budget` false hotspots a month; 0.42 is what taking the best window adds (measured). */
export function threshold(series: number, budget = monthlyBudget): number {
  return deviate(Math.min(0.05, (budget * weeksPerHotspot) / (Math.max(1, series) * 4.345))) + 0.42;
}

/** Alarmed weeks of one series, from week `since` on, joined to episodes. */
export function episodes(judged: Judged, alarmFrom: number, since: number, membersOf: (node: UnitNode, topic: string, from: number, to: number) => DetectDocument[]): Episode[] {
  const spans: { from: number; to: number; score: number }[] = [];
  for (const [t, e] of judged.expected.entries()) {
    if (e.score < alarmFrom) continue;
    const from = t - e.weeks + 1;
    let seen = 0, excess = 0;
    for (let s = from; s <= t; s++) { seen += judged.counts[s] ?? 0; excess += (judged.counts[s] ?? 0) - (judged.expected[s]?.expected ?? 0); }
    if (seen < leastDocuments || excess < leastExcess) continue;
    const last = spans.at(-1);
    if (last && from <= last.to + mergedGap) { last.to = t; last.score = Math.max(last.score, e.score); } else spans.push({ from, to: t, score: e.score });
  }
  return spans.filter((s) => s.to >= since).map(({ from, to: alarmed, score }) => {
    const above = (t: number) => (judged.counts[t] ?? 0) > (judged.expected[t]?.expected ?? 0);
    let to = alarmed, start = from;
    while (to > start && !above(to)) to--;
    while (start < to && !above(start)) start++;
    let observed = 0, expected = 0, margin = 0;
    for (let t = start; t <= to; t++) {
      const e = judged.expected[t];
      observed += judged.counts[t] ?? 0;
      expected += e?.expected ?? 0;
      margin += ((e?.upper ?? 0) - (e?.expected ?? 0)) ** 2;
    }
    return { judged, from: start, to, observed, expected, upper: expected + Math.sqrt(margin), score, members: membersOf(judged.node, judged.topic, start, to) };
  });
}
