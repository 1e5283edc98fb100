// In: the documents of a hotspot and those it stands out from. Out: its distinguishing words and one real sentence.
// Invariant: restricted texts give neither words nor sentences; the sentence is an exact part of a member's text.
import { createHash } from 'node:crypto';
import { ascending, type DetectDocument } from './material.ts';

/** Terms of each document, as segmentation gave them. */
export type TermsOf = ReadonlyMap<string, readonly string[]>;

/** A stable identifier from what makes a hotspot the same hotspot. */
export const hotspotId = (...parts: string[]): string => `h${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)}`;

/** How many documents of a list use each term. */
export function documentCounts(documents: readonly DetectDocument[], termsOf: TermsOf): Map<string, number> {
  const counts = new Map<string, number>();
  for (const d of documents) if (!d.restricted) for (const term of termsOf.get(d.document_id) ?? []) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** What members stand out from: how many of so many documents use each term. */
export interface Background { counts: ReadonlyMap<string, number>; size: number }

/** Counts the terms of documents that may be read. */
export const backgroundOf = (documents: readonly DetectDocument[], termsOf: TermsOf): Background =>
  ({ counts: documentCounts(documents, termsOf), size: documents.filter((d) => !d.restricted).length });

/** Words that the members use more than the background does, by log-likelihood (Dunning 1993), most telling first; of few texts only words met before, not slips. */
export function distinguishing(members: readonly DetectDocument[], background: Background, termsOf: TermsOf, limit = 6, least = members.length >= 4 ? 2 : 1): string[] {
  const own = documentCounts(members, termsOf);
  const n = Math.max(1, members.filter((d) => !d.restricted).length), m = Math.max(1, background.size);
  const found = [...own].flatMap(([term, a]) => {
    if (a < least || !telling(term)) return [];
    const known = background.counts.get(term) ?? 0;
    if (n < 4 && m >= 200 && known < 2 && least > 0) return [];
    const b = known + 0.5;
    const rate = (a + b) / (n + m);
    const likelihood = a / n > b / m ? a * Math.log(a / n / rate) + b * Math.log(b / m / rate) : 0;
    return likelihood > 1 ? [{ term, likelihood }] : [];
  }).sort((x, y) => y.likelihood - x.likelihood || ascending(x.term, y.term)).slice(0, limit).map(({ term }) => term);
  return found.length > 0 || least === 0 ? found : distinguishing(members, background, termsOf, limit, least - 1);
}

/** Whether a term can name a matter: at least two letters, and Chinese or a place number. */
export const telling = (term: string): boolean => /^(?=.*[\u4e00-\u9fff])[\p{L}\p{N}]{2,12}$/u.test(term);

/** A sentence of 8 to 60 letters from a member that may be quoted, with the most of the terms; null when there is none. */
export function exemplar(members: readonly DetectDocument[], terms: readonly string[]): string | null {
  let best: { sentence: string; value: number; id: string } | null = null;
  for (const d of members) {
    if (d.restricted) continue;
    for (const sentence of d.text.split(/(?<=[。！？!?；;\n\r\t])/).map((s) => s.trim())) {
      const length = [...sentence].length;
      if (length < 8 || length > 60) continue;
      const marks = sentence.includes('[') ? 1 : 0;
      const value = terms.reduce((sum, term, i) => sum + (sentence.includes(term) ? 1 / (1 + i / 3) : 0), 0) - marks * 0.8 - Math.abs(length - 28) / 200;
      if (!best || value > best.value || (value === best.value && ascending(d.document_id, best.id) < 0)) best = { sentence, value, id: d.document_id };
    }
  }
  return best?.sentence ?? null;
}

/** The value that occurs most; the first in code order when several do. */
export function mostFrequent<T extends string>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || ascending(a, b))[0]?.[0] ?? null;
}
