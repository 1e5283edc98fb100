// In: a ledger without units to compare or earlier years to compare with. Out: its hottest matters, over the whole time it covers.
// Invariant: a matter counts once however often it is told; what groups texts is one thing, not one way of speaking.
import type { TermsOf } from './describe.ts';
import { backgroundOf, distinguishing, exemplar, hotspotId, mostFrequent } from './describe.ts';
import { asTopic } from './critical-hotspots.ts';
import { keyPhrases, pairCounts } from './key-phrases.ts';
import { dayNumber, type DetectDocument, type Found } from './material.ts';
import { matterGroups } from './matter-groups.ts';
import { matterNames, titleOf } from './matter-names.ts';
import { placeIn, placeOf } from './places.ts';
import { stageOf, standingTitle } from './titles.ts';
import type { UnitTree } from './unit-tree.ts';

const detector = 'standing-matters/2';
const told = 20, leastTexts = 5, leastMatters = 3, leastLikes = 300, leastLikeness = 0.12, quarter = 91, repeated = 0.3, likesWeight = 2, leastUnits = 2, leastWeeks = 78;

/** Whether units and years are too few for series to tell what is news. */
export const standsAlone = (documents: readonly DetectDocument[], tree: UnitTree): boolean =>
  new Set(documents.filter((d) => (tree.byUnit.get(d.unit_id)?.level ?? 1) > 0).map((d) => d.unit_id)).size < leastUnits || tree.weeks.length < leastWeeks;

/**
 * The hottest groups of texts. Heat: matters in the densest quarter (each further text of a matter 0.3), and
 * 2·log2(1 + likes) for those who nodded; the score maps it to 0–60 by 60·heat ÷ (heat + 20).
 */
export function standingMatters(documents: DetectDocument[], tree: UnitTree, termsOf: TermsOf, asOf: string): Found[] {
  const open = documents.filter((d) => !d.restricted && d.kind !== 'survey_answer');
  const days = open.map((d) => dayNumber(d.received_date));
  const groups = matterGroups(open.map((d) => ({ title: d.title ?? null, text: d.text, terms: termsOf.get(d.document_id) ?? [] })), days);
  const whole = (d: DetectDocument) => `${d.title ?? ''}。${d.text}`.slice(0, 1500);
  const everywhere = pairCounts(open.map(whole));
  const background = backgroundOf(open, termsOf);
  const hot = groups.flatMap(({ members, likeness }) => {
    const likes = members.reduce((sum, m) => sum + (open[m]?.likes ?? 0), 0);
    if ((members.length < leastTexts || likeness < leastLikeness) && likes < leastLikes) return [];
    return [{ members: members.flatMap((m) => open[m] ?? []), heat: densest(members, open, days) + likesWeight * Math.log2(1 + likes), likes }];
  }).sort((a, b) => b.heat - a.heat).slice(0, told);
  return hot.flatMap(({ members, heat, likes }): Found[] => {
    const first = members[0], last = members.at(-1);
    if (!first || !last) return [];
    const matters = new Set(members.map((m) => m.matter_id)).size;
    const phrases = matters >= leastMatters ? keyPhrases(onePerMatter(members).map(whole), everywhere, open.length) : [];
    const terms = phrases.length > 0 ? phrases.map((p) => p.phrase) : distinguishing(members, background, termsOf);
    const place = placeOf(members, tree), where = placeIn(members.map(whole)) ?? (place.isRoot ? '' : place.name);
    return [{
      members,
      hotspot: {
        hotspot_id: hotspotId('emergent', first.document_id), kind: 'emergent',
        title: standingTitle({ where, names: matters >= leastMatters ? matterNames(onePerMatter(members), phrases, background, termsOf) : [titleOf(members)], texts: members.length, matters, likes, from: first.received_date, to: last.received_date, stage: stageOf(members.map((m) => m.received_date), asOf) }),
        unit_id: place.unit_id, topic: asTopic(mostFrequent(members.map((d) => d.topics[0] ?? 'other'))),
        from_date: first.received_date, to_date: last.received_date,
        observed: members.length, expected: 0, upper: 0, score: (60 * heat) / (heat + 20),
        terms, exemplar: exemplar(members, terms), detector,
      },
    }];
  });
}

/** Matters in the quarter of a year that holds most of them. */
function densest(members: readonly number[], documents: readonly DetectDocument[], days: readonly number[]): number {
  let most = 0;
  for (const [i, start] of members.entries()) {
    const seen = new Set<string>();
    let sum = 0;
    for (const m of members.slice(i)) {
      if ((days[m] ?? 0) >= (days[start] ?? 0) + quarter) break;
      const matter = documents[m]?.matter_id ?? '';
      sum += seen.has(matter) ? repeated : 1;
      seen.add(matter);
    }
    most = Math.max(most, sum);
  }
  return most;
}

function onePerMatter(members: readonly DetectDocument[]): DetectDocument[] {
  const first = new Map(members.map((m) => [m.matter_id, m] as const).reverse());
  return [...first.values()];
}
