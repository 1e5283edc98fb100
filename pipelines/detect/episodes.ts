// In: a judged series and the score from which a week alarms. Out: its episodes, with the texts that make them.
// Invariant: an episode's first week never changes as later weeks arrive.
import type { SeriesMeasure } from '../../datasets/vocabulary.ts';
import type { Judged } from './expectations.ts';
import type { DetectDocument } from './material.ts';

/** Consecutive weeks above expectation; `from` and `to` are week numbers, both included. */
export interface Episode { judged: Judged; from: number; to: number; observed: number; expected: number; upper: number; score: number; members: DetectDocument[] }

/** What an episode must count at least, and how many more than expected; one petition of many people is enough. */
const leastOf: Record<SeriesMeasure, { seen: number; excess: number }> = { documents: { seen: 4, excess: 3 }, matters: { seen: 4, excess: 3 }, negatives: { seen: 4, excess: 3 }, people: { seen: 15, excess: 12 } };
const mergedGap = 3;

/** Alarmed weeks of one series, from week `since` on, joined to episodes. */
export function episodes(judged: Judged, alarmFrom: number, since: number, membersOf: (judged: Judged, from: number, to: number) => DetectDocument[]): Episode[] {
  const least = leastOf[judged.measure];
  const spans: { from: number; to: number; score: number }[] = [];
  for (let t = 0; t < judged.expected.length; t++) {
    const e = judged.expected[t];
    if (!e || e.score < alarmFrom) continue;
    const from = t - e.weeks + 1;
    let seen = 0, excess = 0;
    for (let s = from; s <= t; s++) { seen += judged.counts[s] ?? 0; excess += (judged.counts[s] ?? 0) - (judged.expected[s]?.expected ?? 0); }
    if (seen < least.seen || excess < least.excess) continue;
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
    return { judged, from: start, to, observed, expected, upper: expected + Math.sqrt(margin), score, members: membersOf(judged, start, to) };
  });
}
