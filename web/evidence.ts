// In: a text and the spans that carry its demands. Out: the text in parts, each with the demand it carries, if any.
// Invariant: pure; the parts joined are the text; where spans overlap the likelier demand has the place.
import type { TopicCode } from '../datasets/taxonomy.ts';

export interface EvidencePart { text: string; topic: TopicCode | null }
export interface EvidenceSpan { topic: TopicCode; probability: number; evidence_start: number; evidence_end: number }

export function evidenceParts(text: string, spans: readonly EvidenceSpan[]): EvidencePart[] {
  const taken: EvidenceSpan[] = [];
  for (const span of [...spans].sort((a, b) => b.probability - a.probability)) {
    if (span.evidence_end > span.evidence_start && span.evidence_end <= text.length && taken.every((t) => span.evidence_end <= t.evidence_start || span.evidence_start >= t.evidence_end)) taken.push(span);
  }
  const parts: EvidencePart[] = [];
  let at = 0;
  for (const span of taken.sort((a, b) => a.evidence_start - b.evidence_start)) {
    if (span.evidence_start > at) parts.push({ text: text.slice(at, span.evidence_start), topic: null });
    parts.push({ text: text.slice(span.evidence_start, span.evidence_end), topic: span.topic });
    at = span.evidence_end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), topic: null });
  return parts;
}
