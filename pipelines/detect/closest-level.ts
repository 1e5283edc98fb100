// In: an episode of a first-level topic, and the judged series of the second level. Out: the episode, told of the subtopic that explains it.
// Invariant: same unit, same weeks, same score; what is named holds most of what is beyond expectation.
import type { Episode } from './episodes.ts';
import type { Judged } from './expectations.ts';
import type { DetectDocument } from './material.ts';

/** Share of the excess, and of the texts, from which one second-level topic explains the episode. */
const explains = 0.6, least = 4;

/** The episode at the level that explains it best: 拖欠 rather than 薪酬 when most of the surplus is 拖欠. */
export function closest(e: Episode, finer: readonly Judged[], membersOf: (judged: Judged, from: number, to: number) => DetectDocument[]): Episode {
  if (e.judged.subtopic !== null || e.judged.measure !== 'documents') return e;
  const candidates = finer.filter((j) => j.subtopic !== null && j.node === e.judged.node && j.topic === e.judged.topic).map((judged): Episode => {
    let observed = 0, expected = 0, margin = 0;
    for (let t = e.from; t <= e.to; t++) {
      const week = judged.expected[t];
      observed += judged.counts[t] ?? 0;
      expected += week?.expected ?? 0;
      margin += ((week?.upper ?? 0) - (week?.expected ?? 0)) ** 2;
    }
    return { ...e, judged, observed, expected, upper: expected + Math.sqrt(margin), members: [] };
  });
  const best = candidates.reduce<Episode | null>((most, c) => (most && most.observed - most.expected >= c.observed - c.expected ? most : c), null);
  const isBest = best && best.observed >= least && best.observed - best.expected >= explains * (e.observed - e.expected) && best.observed >= explains * e.observed;
  return isBest ? { ...best, members: membersOf(best.judged, e.from, e.to) } : e;
}
