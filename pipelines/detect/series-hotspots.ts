// In: judged series, documents and their terms. Out: hotspots 热点: what is more than its own past, season and headcount explain.
// Invariant: one event is one hotspot; only those of the last 52 weeks are told.
import { taxonomy } from '../../datasets/taxonomy.ts';
import { describeWeeks, templateNote } from './titles.ts';
import { backgroundOf, distinguishing, exemplar, hotspotId, type TermsOf } from './describe.ts';
import { alarmThreshold } from './alarm-threshold.ts';
import { episodes } from './episodes.ts';
import { events } from './events.ts';
import type { Judged } from './expectations.ts';
import { dayNumber, isoDay, type DetectDocument, type Found } from './material.ts';
import { comesEveryYear } from './told-before.ts';
import { measureNote, measures } from './measures.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const detector = 'expected-nb/1';
const toldWeeks = 52, nullWeeks = 104, learningWeeks = 26;

/** Finds, joins and names the episodes of the last 52 weeks. */
export function seriesHotspots(judged: Judged[], tree: UnitTree, documents: DetectDocument[], termsOf: TermsOf, asOf: string, budget?: number): Found[] {
  const index = new Index(tree, documents), everything = backgroundOf(documents, termsOf);
  const eventsFrom = (score: number, since: number) => events(judged.flatMap((j) => episodes(j, score, since, (node, topic, from, to) => index.of(node, topic, from, to))));
  const past = Math.max(learningWeeks, tree.weeks.length - nullWeeks);
  const alarmFrom = alarmThreshold((score) => eventsFrom(score, past).length, Math.max(1, tree.weeks.length - past), budget);
  return eventsFrom(alarmFrom, Math.max(0, tree.weeks.length - toldWeeks)).flatMap((e): Found[] => {
    const { node, topic } = e.judged;
    const from_date = tree.weeks[e.from] ?? asOf, end = isoDay(dayNumber(tree.weeks[e.to] ?? asOf) + 6);
    const ids = new Set(e.members.map((m) => m.document_id));
    const rest = (at: UnitNode) => index.of(at, topic, 0, e.to).filter((d) => !ids.has(d.document_id));
    const near = rest(node);
    const background = near.length >= 40 || !node.parent ? near : rest(node.parent);
    if (comesEveryYear(e.members, index.of(root(node), topic, 0, e.from - 1), everything, termsOf, end, 7 * (e.to - e.from + 1))) return [];
    const terms = distinguishing(e.members, backgroundOf(background, termsOf), termsOf);
    return [{
      members: e.members,
      hotspot: {
        hotspot_id: hotspotId('series', node.unit_id, topic, from_date), kind: 'series',
        title: `${node.name}${taxonomy[topic].label}诉求${describeWeeks(e.to - e.from + 1)}高于预期（观测 ${e.observed}，期望 ${e.expected.toFixed(1)}${templateNote(e.members.map((m) => m.template_id))}${measureNote(measures(e.members, index.of(node, topic, Math.max(0, e.from - 52), e.from - 1), e.expected))}）`,
        unit_id: node.unit_id, topic, from_date, to_date: end < asOf ? end : asOf,
        observed: e.observed, expected: e.expected, upper: e.upper, score: Math.min(60, e.score),
        terms, exemplar: exemplar(e.members, terms), detector,
      },
    }];
  });
}

const root = (node: UnitNode): UnitNode => (node.parent ? root(node.parent) : node);

/** Documents that series count, by week, for looking up those of a subtree and topic. */
class Index {
  private readonly byWeek: { document: DetectDocument; above: Set<string> }[][];

  constructor(tree: UnitTree, documents: DetectDocument[]) {
    const first = dayNumber(tree.weeks[0] ?? '1970-01-01');
    const path = new Map([...tree.byUnit].map(([id, node]) => {
      const above = new Set<string>();
      for (let n: UnitNode | null = node; n; n = n.parent) above.add(n.unit_id);
      return [id, above];
    }));
    this.byWeek = tree.weeks.map(() => []);
    for (const document of documents) {
      if (document.kind === 'survey_answer') continue;
      this.byWeek[Math.floor((dayNumber(document.received_date) - first) / 7)]?.push({ document, above: path.get(document.unit_id) ?? new Set([document.unit_id]) });
    }
  }

  of(node: UnitNode, topic: string, from: number, to: number): DetectDocument[] {
    const found: DetectDocument[] = [];
    for (let t = from; t <= to; t++) for (const { document, above } of this.byWeek[t] ?? []) if (above.has(node.unit_id) && document.topics.includes(topic)) found.push(document);
    return found;
  }
}
