// In: the unit tree. Out: for each node and topic, what was to be expected each week, the larger unit lending its season.
// Invariant: parents are judged before children; third-level units only where there is enough to judge.
import { topicCodes } from '../../datasets/taxonomy.ts';
import type { SeriesMeasure } from '../../datasets/vocabulary.ts';
import { expect, type Expected } from './expect.ts';
import { holidayShares } from './holidays.ts';
import type { TopicCode } from './material.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

/** One unit × topic × subtopic (null: the whole topic) and what of it is counted, by week, with the expectations. */
export interface Judged { node: UnitNode; topic: TopicCode; subtopic: string | null; measure: SeriesMeasure; counts: number[]; expected: Expected[] }

/** Documents that a unit below the second level must have had to be judged on its own. */
const sparse = 24;

/** Judges every node × topic that ever had a document, and every topic of the branches. */
export function expectations(tree: UnitTree, complete: readonly number[], elapsed: readonly number[], progress: (done: number, total: number) => void): Judged[] {
  const judged: Judged[] = [], { spring, national } = holidayShares(tree.weeks), calendar = [spring, national];
  const found = new Map<string, Expected[]>();
  for (const [i, node] of tree.nodes.entries()) {
    for (const [topic, counts] of countsOf(node, tree.weeks.length)) {
      if (node.level >= 2 && counts.reduce((a, b) => a + b, 0) < sparse) continue;
      const above = node.parent && found.get(`${node.parent.unit_id} ${topic}`);
      const exposure = shareOf(node, above ? node.parent : null);
      const expected = expect(counts, { weekOfYear: tree.weekOfYear, elapsed, ...(exposure && { exposure }), ...(above ? { parent: above.map((e, t) => e.expected / (elapsed[t] ?? 1)) } : { complete, calendar }) });
      found.set(`${node.unit_id} ${topic}`, expected);
      judged.push({ node, topic, subtopic: null, measure: 'documents', counts, expected });
    }
    progress(i + 1, tree.nodes.length);
  }
  return judged;
}

/** Weekly counts by topic; of the group and its branches every topic, so that “why not” has an answer. */
function countsOf(node: UnitNode, weeks: number): [TopicCode, number[]][] {
  const isShown = node.level === 0 ? node.children.length > 0 : node.level === 1;
  const topics = isShown && node.counts.size > 0 ? topicCodes : [...node.counts.keys()];
  return topics.map((topic): [TopicCode, number[]] => [topic, node.counts.get(topic) ?? new Array<number>(weeks).fill(0)]).sort(([a], [b]) => (a < b ? -1 : 1));
}

function shareOf(node: UnitNode, parent: UnitNode | null): number[] | null {
  if (!node.headcount || !parent) return node.headcount;
  const all = parent.headcount;
  return all && node.headcount.map((own, t) => own / Math.max(1, all[t] ?? 1));
}
