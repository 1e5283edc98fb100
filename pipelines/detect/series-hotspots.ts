// In: judged series of both levels and all measures, documents and their terms. Out: hotspots 热点: what is more than its own past, season and headcount explain.
// Invariant: one event is one hotspot; only those of the last 52 weeks are told.
import { alarmThreshold, budgetShares } from './alarm-threshold.ts';
import { backgroundOf, distinguishing, exemplar, hotspotId, type TermsOf } from './describe.ts';
import type { DocumentIndex } from './document-index.ts';
import { episodes, type Episode } from './episodes.ts';
import { events } from './events.ts';
import type { Judged } from './expectations.ts';
import { dayNumber, isoDay, type DetectDocument, type Found } from './material.ts';
import { measureNote, measures } from './measures.ts';
import { closest } from './closest-level.ts';
import { comeEveryYear, isSeasonal } from './told-before.ts';
import { seriesTitle } from './titles.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const detector = 'expected-nb/2';
const toldWeeks = 52, nullWeeks = 104, learningWeeks = 26;

/** Finds, joins and names the episodes of the last 52 weeks: first those of documents by first-level topic, whose alarm line `alarmFrom` is, then what only `finer` series see. */
export function seriesHotspots(judged: Judged[], finer: Judged[], tree: UnitTree, index: DocumentIndex, documents: DetectDocument[], termsOf: TermsOf, asOf: string, budget?: number): { found: Found[]; alarmFrom: number } {
  const everything = backgroundOf(documents, termsOf);
  const episodesOf = (list: Judged[], score: number, since: number) => list.flatMap((j) => episodes(j, score, since, index.counted));
  const past = Math.max(learningWeeks, tree.weeks.length - nullWeeks), weeks = Math.max(1, tree.weeks.length - past);
  const since = Math.max(0, tree.weeks.length - toldWeeks);
  const families = [
    { share: budgetShares.topics, list: judged },
    { share: budgetShares.subtopics, list: finer.filter((j) => j.subtopic !== null) },
    { share: budgetShares.measures, list: finer.filter((j) => j.subtopic === null) },
  ];
  const before: Episode[] = [], told: Episode[] = [], thresholds: number[] = [];
  for (const { share, list } of families) {
    const alarmFrom = alarmThreshold((score) => events(episodesOf(list, score, past), before).length, weeks, share, budget);
    thresholds.push(alarmFrom);
    before.push(...events(episodesOf(list, alarmFrom, past), before));
    told.push(...events(episodesOf(list, alarmFrom, since), told));
  }
  const found = told.map((e) => closest(e, finer, index.counted)).flatMap((e): Found[] => {
    const { node, topic, subtopic, measure } = e.judged;
    const from_date = tree.weeks[e.from] ?? asOf, end = isoDay(dayNumber(tree.weeks[e.to] ?? asOf) + 6);
    const yearly = comeEveryYear(e.members, index.of(root(node), topic, 0, e.from - 1), everything, termsOf, end, 7 * (e.to - e.from + 1));
    if (isSeasonal(yearly / Math.max(1, e.members.length), e)) return [];
    const terms = distinguishing(e.members, backgroundOf(usual(e, index), termsOf), termsOf);
    return [{
      members: e.members,
      hotspot: {
        hotspot_id: hotspotId('series', node.unit_id, subtopic ?? topic, from_date, measure), kind: 'series',
        title: seriesTitle(e, measure === 'documents' ? measureNote(measures(e.members, index.of(node, topic, Math.max(0, e.from - 52), e.from - 1, subtopic), e.expected)) : ''),
        unit_id: node.unit_id, topic, subtopic, measure, from_date, to_date: end < asOf ? end : asOf,
        observed: e.observed, expected: e.expected, upper: e.upper, score: Math.min(60, e.score),
        terms, exemplar: exemplar(e.members, terms), detector,
      },
    }];
  });
  return { found, alarmFrom: thresholds[0] ?? 0 };
}

const leastBackground = 40;

/** What the episode's words stand out from: earlier texts of the unit and topic, or of the unit above when they are few. */
function usual(e: Episode, index: DocumentIndex): DetectDocument[] {
  const { node, topic } = e.judged, ids = new Set(e.members.map((m) => m.document_id));
  const rest = (at: UnitNode) => index.of(at, topic, 0, e.to).filter((d) => !ids.has(d.document_id));
  const near = rest(node);
  return near.length >= leastBackground || !node.parent ? near : rest(node.parent);
}

const root = (node: UnitNode): UnitNode => (node.parent ? root(node.parent) : node);
