// In: documents. Out: one hotspot per matter with a critical 紧急 text in the last 60 days; one text is enough.
// Invariant: no series and no threshold stands between a critical text and its reader; titles hold no text.
import { taxonomy, topicCodes } from '../../datasets/taxonomy.ts';
import { distinguishing, exemplar, hotspotId, type Background, type TermsOf } from './describe.ts';
import { ascending, dayNumber, type DetectDocument, type Found, type TopicCode } from './material.ts';
import { criticalTitle } from './titles.ts';
import type { UnitTree } from './unit-tree.ts';

const detector = 'critical-text/1';
const toldDays = 60;

/** Critical matters, above every other hotspot: 100 for today, less by a half for each day since the last text. */
export function criticalHotspots(documents: DetectDocument[], tree: UnitTree, termsOf: TermsOf, background: Background, asOf: string): Found[] {
  const matters = new Map<string, DetectDocument[]>();
  for (const d of documents) {
    if (!d.critical || dayNumber(asOf) - dayNumber(d.received_date) >= toldDays) continue;
    matters.set(d.matter_id, [...(matters.get(d.matter_id) ?? []), d]);
  }
  return [...matters].flatMap(([matter, members]): Found[] => {
    members.sort((a, b) => ascending(a.received_date, b.received_date) || ascending(a.document_id, b.document_id));
    const first = members[0], last = members.at(-1);
    if (!first || !last) return [];
    const topic = asTopic(first.topics[0]);
    const open = members.filter((d) => !d.restricted);
    const terms = distinguishing(open, background, termsOf, 5);
    return [{
      members,
      hotspot: {
        hotspot_id: hotspotId('critical', matter), kind: 'critical',
        title: criticalTitle(tree.byUnit.get(first.unit_id)?.name ?? first.unit_id, taxonomy[topic].label, members.length, open.length === 0, open.map((d) => d.critical_reason)),
        unit_id: first.unit_id, topic, from_date: first.received_date, to_date: last.received_date,
        observed: members.length, expected: 0, upper: 0, score: 100 - (dayNumber(asOf) - dayNumber(last.received_date)) / 2,
        terms, exemplar: exemplar(open, terms), detector,
      },
    }];
  });
}

/** A document's topic as a code of the taxonomy; `other` when it has none. */
export const asTopic = (topic: string | null | undefined): TopicCode => topicCodes.find((code) => code === topic) ?? 'other';
