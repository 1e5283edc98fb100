// In: weekly series, labelled documents with their terms, units and headcounts. Out: expectations, hotspots with members, and the life of each.
// Invariant: pure and independent of input order; week t is judged by earlier weeks alone; hottest first, critical before all.
import type { Row } from '../datasets/schema.ts';
import { completeness, elapsed } from './detect/completeness.ts';
import { criticalHotspots } from './detect/critical-hotspots.ts';
import { backgroundOf } from './detect/describe.ts';
import { DocumentIndex } from './detect/document-index.ts';
import { emergentHotspots } from './detect/emergent-hotspots.ts';
import { expectations } from './detect/expectations.ts';
import { finerExpectations, shownDetails } from './detect/finer-expectations.ts';
import { lives } from './detect/lives.ts';
import { linkedTexts } from './detect/linked-texts.ts';
import { ascending, type DetectInput } from './detect/material.ts';
import { seriesHotspots } from './detect/series-hotspots.ts';
import { standingMatters, standsAlone } from './detect/standing-matters.ts';
import { unitTree } from './detect/unit-tree.ts';
import type { Progress } from './records.ts';

/**
 * Judges every week × unit × topic and tells what stands out: `series` (more than a unit's own past explains),
 * `emergent` (new words in several matters that no series shows), `critical` (one text is enough).
 * Survey answers take part in `critical` alone: how many come is the asker's choice. Scores are standard deviations
 * above expectation, at most 60; critical ones lie above, from 70 to 100.
 */
export function detect(input: DetectInput, progress?: Progress): { expectations: Row<'expectation'>[]; details: Row<'expectation_detail'>[]; hotspots: Row<'hotspot'>[]; members: Row<'hotspot_member'>[]; stages: Row<'hotspot_stage'>[]; alarmFrom: number } {
  const documents = [...input.documents].sort((a, b) => ascending(a.received_date, b.received_date) || ascending(a.document_id, b.document_id));
  const tree = unitTree(input.units, input.headcounts, input.series, input.asOf);
  const over = elapsed(tree.weeks, input.asOf), index = new DocumentIndex(tree, documents);
  const judged = expectations(tree, completeness(tree.weeks, input.asOf, input.lagDays), over, (done, total) => progress?.(done, total));
  const finer = finerExpectations(judged, tree, over, index.sizes());
  const termsOf = new Map(input.terms.map((t) => [t.document_id, t.terms.map(({ term }) => term)]));

  const { found: series, alarmFrom } = seriesHotspots(judged, finer, tree, index, documents, termsOf, input.asOf, input.budget);
  const alone = standsAlone(documents, tree), emergent = alone ? standingMatters(documents, tree, termsOf, input.asOf) : emergentHotspots(documents, tree, termsOf, series, input.asOf);
  const linked = alone ? [] : linkedTexts(documents, tree, termsOf, [...series, ...emergent], input.asOf);
  const critical = criticalHotspots(documents, tree, termsOf, backgroundOf(documents.filter((d) => !d.critical), termsOf), input.asOf);
  const found = [...critical, ...series, ...emergent, ...linked].sort((a, b) => b.hotspot.score - a.hotspot.score || ascending(a.hotspot.hotspot_id, b.hotspot.hotspot_id));

  return {
    expectations: judged.flatMap(({ node, topic, counts, expected }) => expected.map(({ expected: mean, upper, score }, t) => (
      { week: tree.weeks[t] ?? input.asOf, unit_id: node.unit_id, topic, observed: counts[t] ?? 0, expected: mean, upper, score }))),
    details: shownDetails(finer, series.map((f) => f.hotspot), tree.weeks),
    hotspots: found.map(({ hotspot }) => ({ ...hotspot, measure: hotspot.measure ?? 'documents', subtopic: hotspot.subtopic ?? null })),
    members: found.flatMap((f) => f.members.map((m) => ({ hotspot_id: f.hotspot.hotspot_id, document_id: m.document_id })).sort((a, b) => ascending(a.document_id, b.document_id))),
    alarmFrom,
    stages: lives(found, documents, termsOf, input.asOf),
  };
}
