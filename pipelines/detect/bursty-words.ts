// In: recent and earlier documents with their terms. Out: words that came up lately, and which of them belong together.
// Invariant: a matter counts once, however many letters; what comes every year in these weeks is not new.
import { backgroundOf, telling, type Background, type TermsOf } from './describe.ts';
import { ascending, type DetectDocument } from './material.ts';
import { deviate, midTail } from './negative-binomial.ts';
import { inSeason } from './told-before.ts';

/** A word far more frequent in recent matters than before, with the recent texts that use it. */
export interface Bursty { term: string; z: number; texts: ReadonlySet<string> }

/** Length of “lately”, days. */
export const recentDays = 56;
/** Variance over mean of counts of texts around a word. */
export const dispersion = 1.25;
const leastMatters = 2, wordBurst = 2, novelty = 4, rareCharacter = 0.025;

/** Words that recent matters use at least `novelty` times as often as before and as in these weeks of earlier years. */
export function burstyWords(recent: DetectDocument[], history: DetectDocument[], termsOf: TermsOf, asOf: string): Bursty[] {
  const before = backgroundOf(history, termsOf), season = backgroundOf(history.filter((d) => inSeason(d.received_date, asOf, recentDays)), termsOf);
  const uses = new Map<string, { texts: Set<string>; matters: Set<string> }>();
  for (const d of recent) for (const term of termsOf.get(d.document_id) ?? []) {
    const own = uses.get(term) ?? { texts: new Set(), matters: new Set() };
    own.texts.add(d.document_id);
    own.matters.add(d.matter_id);
    uses.set(term, own);
  }
  return [...uses].flatMap(([term, { texts, matters }]): Bursty[] => {
    if (matters.size < leastMatters || !telling(term) || temporal.test(term)) return [];
    const expected = recent.length * Math.max(share(before, term), season.size >= 50 ? share(season, term) : 0);
    if (matters.size < novelty * expected) return [];
    const z = deviate(midTail(matters.size, expected, expected * dispersion));
    return z >= wordBurst ? [{ term, z, texts }] : [];
  }).sort((a, b) => b.z - a.z || ascending(a.term, b.term));
}

const temporal = /[一二三四五六七八九十〇\d](?:月|号|日|季度|年)|月份|季度|^[一二三四五六七八九十百千万〇两\d]+\p{L}?$/u;
const share = ({ counts, size }: Background, term: string) => ((counts.get(term) ?? 0) + 0.5) / (size + 1);

/** Characters that few earlier texts hold: what 人脸, 刷脸 and 刷脸机 have in common. */
export function rareCharacters(history: readonly DetectDocument[], of: readonly Bursty[]): Set<string> {
  const counts = new Map([...new Set(of.flatMap((b) => [...b.term]))].map((c) => [c, 0]));
  for (const d of history) for (const c of new Set(d.text)) { const n = counts.get(c); if (n !== undefined) counts.set(c, n + 1); }
  return new Set([...counts].filter(([, n]) => n < rareCharacter * history.length).map(([c]) => c));
}

/** Whether two words stand in the same texts, and whether they share a rare character. */
export function kinship(a: Bursty, b: Bursty, rare: ReadonlySet<string>): 'texts' | 'root' | null {
  if ([...a.term].some((c) => rare.has(c) && b.term.includes(c))) return 'root';
  let shared = 0;
  for (const id of b.texts) if (a.texts.has(id)) shared++;
  return shared >= 2 && shared / Math.min(a.texts.size, b.texts.size) >= 0.5 && shared / (a.texts.size + b.texts.size - shared) >= 0.2 ? 'texts' : null;
}
