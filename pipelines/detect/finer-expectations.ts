// In: what was to be expected of the documents of each unit × first-level topic. Out: the same of second-level topics and of matters, negatives and people.
// Invariant: each is a share of its topic's expectation, so that season, trend, headcount and lateness are those of the topic.
import type { Row } from '../../datasets/schema.ts';
import { expect, type Expected } from './expect.ts';
import { expectShare } from './expect-share.ts';
import type { Judged } from './expectations.ts';
import type { Found, TopicCode } from './material.ts';
import { peopleTail } from './people-tail.ts';
import { otherMeasures, type UnitNode, type UnitTree } from './unit-tree.ts';

/** Texts that a second-level topic must have had: in a whole group for a season of its own, and in a unit to be judged. */
const ownSeason = 24, least = 4, storedWeeks = 104;
/** Texts' worth of trust in the share that is taken where nothing was seen yet: all of the texts for a measure, an eighth for a second-level topic. */
const belief = 10, eighth = 1 / 8;

/** Judges the second level and the other measures of every unit × topic that was judged; `sizes` are the people of each text, by week. */
export function finerExpectations(judged: readonly Judged[], tree: UnitTree, elapsed: readonly number[], sizes: readonly (readonly number[])[]): Judged[] {
  const people = peopleTail(sizes), found: Judged[] = [];
  const seasons = new Map<string, number[]>(), shares = new Map<string, number[]>();
  const whole = (expected: readonly Expected[]) => expected.map((e, t) => e.expected / (elapsed[t] ?? 1));
  const above = new Map<string, number[]>();
  for (const { node, topic, expected } of judged) {
    const own = whole(expected), at = `${root(node).unit_id} ${topic}`, top = above.get(at) ?? own;
    if (!node.parent) above.set(at, own);
    for (const [subtopic, counts] of subtopicsOf(node, topic)) {
      const total = counts.reduce((a, b) => a + b, 0);
      if (total < least) continue;
      const season = seasons.get(`${root(node).unit_id} ${subtopic}`);
      const usual = season ? season.map((s, t) => (s * (own[t] ?? 0)) / Math.max(1e-6, top[t] ?? 1)) : sharesOf(counts, own);
      const mine = !node.parent && total >= ownSeason ? expect(counts, { weekOfYear: tree.weekOfYear, elapsed, exposure: own }) : expectShare(counts, usual, elapsed);
      if (!node.parent) seasons.set(`${root(node).unit_id} ${subtopic}`, whole(mine));
      found.push({ node, topic, subtopic, measure: 'documents', counts, expected: mine });
    }
    for (const measure of otherMeasures) {
      const counts = node.measured.get(topic)?.[measure];
      if (!counts) continue;
      const key = `${at} ${measure}`, share = shares.get(key) ?? ratios(counts, own, 1);
      if (!node.parent) shares.set(key, share);
      const usual = own.map((mean, t) => mean * (share[t] ?? 1));
      const tail = measure === 'people' ? (seen: number, mean: number, _: number, t: number) => people.tail(seen, mean / people.meanSize(t), t) : undefined;
      found.push({ node, topic, subtopic: null, measure, counts, expected: expectShare(counts, usual, elapsed, tail) });
    }
  }
  return found;
}

/** What is stored of them: the last two years of the group and its branches where there are texts enough, and of every hotspot named by one. */
export function shownDetails(finer: readonly Judged[], hotspots: readonly Found['hotspot'][], weeks: readonly string[]): Row<'expectation_detail'>[] {
  const name = (unit_id: string, topic: string, subtopic: string | null | undefined, measure: string | undefined) => `${unit_id} ${subtopic ?? topic} ${measure ?? ''}`;
  const named = new Set(hotspots.map((h) => name(h.unit_id, h.topic, h.subtopic, h.measure)));
  return finer.filter(({ node, topic, subtopic, measure, counts }) => named.has(name(node.unit_id, topic, subtopic, measure)) || (node.level <= 1 && counts.reduce((a, b) => a + b, 0) >= ownSeason))
    .flatMap(({ node, topic, subtopic, measure, counts, expected }) => weeks.flatMap((week, t) => {
      const e = expected[t];
      return e && t >= weeks.length - storedWeeks ? [{ week, unit_id: node.unit_id, topic, subtopic, measure, observed: counts[t] ?? 0, expected: e.expected, upper: e.upper, score: e.score }] : [];
    }));
}

const root = (node: UnitNode): UnitNode => (node.parent ? root(node.parent) : node);

const subtopicsOf = (node: UnitNode, topic: TopicCode) => [...node.finer].filter(([code]) => code.startsWith(`${topic}.`)).sort(([a], [b]) => (a < b ? -1 : 1));

/** What part of the larger's expectation was counted in the weeks before each, the last one left out. */
function ratios(counts: readonly number[], usual: readonly number[], first: number): number[] {
  let seen = belief * first, foreseen = belief;
  return counts.map((_, t) => {
    if (t > 1) { seen += counts[t - 2] ?? 0; foreseen += usual[t - 2] ?? 0; }
    return seen / foreseen;
  });
}

const sharesOf = (counts: readonly number[], usual: readonly number[]): number[] => {
  const share = ratios(counts, usual, eighth);
  return usual.map((mean, t) => mean * (share[t] ?? 1));
};
