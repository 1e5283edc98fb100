// In: documents and their terms. Out: emergent matters 苗头: groups of recent texts around words that were rare before.
// Invariant: near-linear: only posting lists of bursty words are compared; what a series hotspot covers is not told twice.
import { backgroundOf, distinguishing, exemplar, hotspotId, mostFrequent, telling, type Background, type TermsOf } from './describe.ts';
import { asTopic } from './critical-hotspots.ts';
import { ascending, dayNumber, type DetectDocument, type Found } from './material.ts';
import { deviate, midTail } from './negative-binomial.ts';
import { emergentTitle } from './titles.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const detector = 'bursty-terms/1';
const recentDays = 56, leastTexts = 4, leastMatters = 3, wordBurst = 3, groupBurst = 4, novelty = 5, dispersion = 1.25, covered = 0.5, seedLimit = 400;

interface Bursty { term: string; z: number; postings: Set<string> }

/** Groups of at least 4 texts of 3 matters in the last 8 weeks around words that were at most a fifth as frequent before. */
export function emergentHotspots(documents: DetectDocument[], tree: UnitTree, termsOf: TermsOf, told: readonly Found[], asOf: string): Found[] {
  const open = documents.filter((d) => !d.restricted && d.kind !== 'survey_answer');
  const isRecent = (d: DetectDocument) => dayNumber(asOf) - dayNumber(d.received_date) < recentDays;
  const recent = open.filter(isRecent), history = open.filter((d) => !isRecent(d));
  if (history.length < recent.length) return [];
  const before = backgroundOf(history, termsOf), season = backgroundOf(history.filter((d) => inSeason(d, asOf)), termsOf);
  const byId = new Map(recent.map((d) => [d.document_id, d]));
  const bursty = burstyTerms(recent, before, season, termsOf);
  const found: Found[] = [];
  const used = new Set<string>(), taken = new Set<string>();
  for (const seed of bursty.slice(0, seedLimit)) {
    if (used.has(seed.term)) continue;
    const kin = bursty.filter((b) => !used.has(b.term) && alike(seed.postings, b.postings));
    for (const b of kin) used.add(b.term);
    const members = collect(kin, seed).flatMap((id) => byId.get(id) ?? []).filter((d) => !taken.has(d.document_id));
    const matters = new Set(members.map((d) => d.matter_id)).size;
    if (members.length < leastTexts || matters < leastMatters) continue;
    const ids = new Set(members.map((d) => d.document_id));
    if (told.some((f) => f.members.filter((m) => ids.has(m.document_id)).length >= covered * members.length)) continue;
    const terms = distinguishing(members, before, termsOf);
    const names = new Set(kin.map((b) => b.term));
    const rate = history.filter((d) => coverage(termsOf.get(d.document_id) ?? [], names) >= (kin.length > 1 ? 2 : 1)).length / Math.max(1, history.length);
    const expected = Math.max(0.1, rate * recent.length);
    const score = deviate(midTail(members.length, expected, expected * dispersion));
    if (score < groupBurst || terms.length === 0) continue;
    for (const id of ids) taken.add(id);
    members.sort((a, b) => ascending(a.received_date, b.received_date) || ascending(a.document_id, b.document_id));
    const place = placeOf(members, tree);
    const units = new Set(members.map((d) => d.unit_id)).size;
    const from_date = members[0]?.received_date ?? asOf;
    found.push({
      members,
      hotspot: {
        hotspot_id: hotspotId('emergent', place.unit_id, [...names].sort(ascending)[0] ?? '', from_date), kind: 'emergent',
        title: emergentTitle(place.name, terms, members.length, units),
        unit_id: place.unit_id, topic: asTopic(mostFrequent(members.map((d) => d.topics[0] ?? 'other'))),
        from_date, to_date: members.at(-1)?.received_date ?? asOf,
        observed: members.length, expected, upper: expected + 2.33 * Math.sqrt(expected * dispersion), score: Math.min(60, score),
        terms, exemplar: exemplar(members, terms), detector,
      },
    });
  }
  return found;
}

/** Words that recent matters use far more than history lets expect, most surprising first. A matter counts once, however many letters. */
function burstyTerms(recent: DetectDocument[], before: Background, season: Background, termsOf: TermsOf): Bursty[] {
  const postings = new Map<string, { texts: Set<string>; matters: Set<string> }>();
  for (const d of recent) for (const term of termsOf.get(d.document_id) ?? []) {
    const own = postings.get(term) ?? { texts: new Set(), matters: new Set() };
    own.texts.add(d.document_id);
    own.matters.add(d.matter_id);
    postings.set(term, own);
  }
  return [...postings].flatMap(([term, { texts, matters }]): Bursty[] => {
    if (matters.size < leastMatters || texts.size < leastTexts || !telling(term)) return [];
    const expected = recent.length * Math.max(share(before, term), season.size >= 50 ? share(season, term) : 0);
    if (matters.size < novelty * expected) return [];
    const z = deviate(midTail(matters.size, expected, expected * dispersion));
    return z >= wordBurst ? [{ term, z, postings: texts }] : [];
  }).sort((a, b) => b.z - a.z || ascending(a.term, b.term));
}

const share = ({ counts, size }: Background, term: string) => ((counts.get(term) ?? 0) + 0.5) / (size + 1);

/** Whether a text is of the same weeks of an earlier year, two weeks of slack either side: what comes every year is not new. */
function inSeason(d: DetectDocument, asOf: string): boolean {
  const age = dayNumber(asOf) - dayNumber(d.received_date), year = 365.25;
  const shift = age - Math.round((age - recentDays / 2) / year) * year;
  return age > year / 2 && shift > -14 && shift < recentDays + 14;
}

function alike(a: Set<string>, b: Set<string>): boolean {
  let shared = 0;
  for (const id of b) if (a.has(id)) shared++;
  return shared >= 2 && shared / Math.min(a.size, b.size) >= 0.5 && shared / (a.size + b.size - shared) >= 0.25;
}

/** Texts with two of the words, or with the seed when it stands alone. */
function collect(kin: readonly Bursty[], seed: Bursty): string[] {
  const hits = new Map<string, number>();
  for (const { postings } of kin) for (const id of postings) hits.set(id, (hits.get(id) ?? 0) + 1);
  return [...hits].filter(([id, n]) => n >= 2 || seed.postings.has(id)).map(([id]) => id);
}

const coverage = (terms: readonly string[], names: ReadonlySet<string>) => terms.reduce((n, t) => n + (names.has(t) ? 1 : 0), 0);

/** The smallest unit that holds at least three fifths of the members. */
function placeOf(members: readonly DetectDocument[], tree: UnitTree): { unit_id: string; name: string } {
  const counts = new Map<UnitNode, number>();
  for (const d of members) for (let n = tree.byUnit.get(d.unit_id) ?? null; n; n = n.parent) counts.set(n, (counts.get(n) ?? 0) + 1);
  const fit = [...counts].filter(([, n]) => n >= 0.6 * members.length).sort(([a, x], [b, y]) => b.level - a.level || y - x || ascending(a.unit_id, b.unit_id))[0]?.[0];
  return fit ?? tree.nodes[0] ?? { unit_id: members[0]?.unit_id ?? '', name: members[0]?.unit_id ?? '' };
}
