// In: documents and their terms. Out: emergent matters 苗头: groups of recent texts around words that were rare before.
// Invariant: near-linear: only bursty words are compared, and history is judged by the same rule as the recent texts.
import { burstyWords, dispersion, kinship, rareCharacters, recentDays } from './bursty-words.ts';
import { asTopic } from './critical-hotspots.ts';
import { backgroundOf, distinguishing, exemplar, hotspotId, mostFrequent, type TermsOf } from './describe.ts';
import { dayNumber, type DetectDocument, type Found } from './material.ts';
import { deviate, midTail } from './negative-binomial.ts';
import { emergentTitle } from './titles.ts';
import { withNewWords } from './new-words.ts';
import { placeOf } from './places.ts';
import { inSeason, toldBefore } from './told-before.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const detector = 'bursty-words/1';
const leastTexts = 4, leastMatters = 3, leastTellings = 4, alikeFrom = 0.2, groupBurst = 4, covered = 0.5, seeds = 300, notNews = 0.4, leastSeason = 50;

/** Groups of at least 4 texts of 3 matters in the last 8 weeks, 4 standard deviations above what history holds of them. */
export function emergentHotspots(documents: DetectDocument[], tree: UnitTree, allTerms: TermsOf, told: readonly Found[], asOf: string): Found[] {
  const open = documents.filter((d) => !d.restricted && d.kind !== 'survey_answer');
  const isRecent = (d: DetectDocument) => dayNumber(asOf) - dayNumber(d.received_date) < recentDays;
  const recent = open.filter(isRecent), history = open.filter((d) => !isRecent(d));
  if (history.length < recent.length) return [];
  const named = withoutOwnUnit(open, tree, allTerms), termsOf = withNewWords(recent, history, named);
  const bursty = burstyWords(recent, history, termsOf, asOf);
  const rare = rareCharacters(history, bursty);
  const background = backgroundOf(history, named);
  const words = new Set(bursty.map((b) => b.term));
  const using = (list: DetectDocument[]) => list.map((document) => ({ document, words: (termsOf.get(document.document_id) ?? []).filter((t) => words.has(t)) })).filter((d) => d.words.length > 0);
  const seasonal = history.filter((d) => inSeason(d.received_date, asOf, recentDays));
  const now = using(recent), then = using(history), thenInSeason = using(seasonal);
  const used = new Set<string>(), taken = new Set<string>();
  const found: Found[] = [];
  for (const seed of bursty.slice(0, seeds)) {
    if (used.has(seed.term)) continue;
    const kin = new Map([[seed.term, 2]]);
    for (const b of bursty) {
      const how = b !== seed && !used.has(b.term) ? kinship(seed, b, rare) : null;
      if (how) kin.set(b.term, how === 'root' ? 2 : 1);
    }
    const belongs = ({ words }: { words: string[] }) => words.reduce((sum, t) => sum + (kin.get(t) ?? 0), 0) >= 2;
    const members = now.flatMap((d) => (!taken.has(d.document.document_id) && belongs(d) ? [d.document] : []));
    if (members.length < leastTexts || new Set(members.map((d) => d.matter_id)).size < leastMatters || tellings(members, named) < leastTellings) continue;
    const rate = (texts: typeof then, of: number) => (texts.filter(belongs).length / Math.max(1, of)) * recent.length;
    const expected = Math.max(0.1, rate(then, history.length), seasonal.length >= leastSeason ? rate(thenInSeason, seasonal.length) : 0);
    const score = deviate(midTail(members.length, expected, expected * dispersion));
    const terms = distinguishing(members, background, named);
    if (score < groupBurst || terms.length === 0 || toldBefore(members, seasonal, background, named) > notNews) continue;
    for (const term of kin.keys()) used.add(term);
    const ids = new Set(members.map((d) => d.document_id));
    if (told.some((f) => f.members.filter((m) => ids.has(m.document_id)).length >= covered * members.length)) continue;
    for (const id of ids) taken.add(id);
    const place = placeOf(members, tree);
    const all = [...earlier(then.filter(belongs).map((d) => d.document), members), ...members];
    const from_date = all[0]?.received_date ?? asOf;
    found.push({
      members: all,
      hotspot: {
        hotspot_id: hotspotId('emergent', all[0]?.document_id ?? ''), kind: 'emergent',
        title: emergentTitle(place.name, terms, members.length, new Set(members.map((d) => d.unit_id)).size),
        unit_id: place.unit_id, topic: asTopic(mostFrequent(members.map((d) => d.topics[0] ?? 'other'))),
        from_date, to_date: members.at(-1)?.received_date ?? asOf,
        observed: members.length, expected, upper: expected + 2.33 * Math.sqrt(expected * dispersion), score: Math.min(60, score),
        terms, exemplar: exemplar(members, terms), detector,
      },
    });
  }
  return found;
}

/** How many of the texts tell it in words of their own: letters copied from each other are one telling. */
function tellings(members: readonly DetectDocument[], termsOf: TermsOf): number {
  const kept: Set<string>[] = [];
  for (const d of members) {
    const own = new Set(termsOf.get(d.document_id) ?? []);
    const copied = kept.some((k) => { let n = 0; for (const t of own) if (k.has(t)) n++; return n >= alikeFrom * (own.size + k.size - n); });
    if (!copied) kept.push(own);
  }
  return kept.length;
}

/** Texts of the same matter from before the recent weeks, as long as no four weeks pass without one: a matter keeps its birthday. */
function earlier(candidates: readonly DetectDocument[], members: readonly DetectDocument[]): DetectDocument[] {
  let first = dayNumber(members[0]?.received_date ?? '1970-01-01'), at = candidates.length;
  while (at > 0 && first - dayNumber(candidates[at - 1]?.received_date ?? '1970-01-01') <= 28) first = dayNumber(candidates[--at]?.received_date ?? '1970-01-01');
  return candidates.slice(at);
}

/** Terms of each document but the names of its own units: that a mine's letters name the mine is no news, that others' do is. */
function withoutOwnUnit(documents: readonly DetectDocument[], tree: UnitTree, termsOf: TermsOf): TermsOf {
  const names = new Map([...tree.byUnit].map(([id, node]) => {
    const own: string[] = [];
    for (let n: UnitNode | null = node; n; n = n.parent) own.push(n.name);
    return [id, own.join(' ')];
  }));
  return new Map(documents.map((d) => [d.document_id, (termsOf.get(d.document_id) ?? []).filter((t) => !names.get(d.unit_id)?.includes(t))]));
}
