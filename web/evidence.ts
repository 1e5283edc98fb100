// In: a text and the spans that carry its demands. Out: the text in parts, each with the demands that it carries, the likeliest first.
// Invariant: pure; the parts joined are the text.
import type { TopicCode } from '../datasets/taxonomy.ts';

export interface EvidencePart { text: string; topics: TopicCode[] }
export interface EvidenceSpan { topic: TopicCode; probability: number; evidence_start: number; evidence_end: number }

export function evidenceParts(text: string, spans: readonly EvidenceSpan[]): EvidencePart[] {
  const inside = spans.filter((s) => s.evidence_end > s.evidence_start && s.evidence_end <= text.length).sort((a, b) => b.probability - a.probability);
  const borders = [...new Set([0, ...inside.flatMap((s) => [s.evidence_start, s.evidence_end]), text.length])].sort((a, b) => a - b);
  return borders.slice(1).map((end, i) => {
    const start = borders[i] ?? 0;
    return { text: text.slice(start, end), topics: inside.filter((s) => s.evidence_start <= start && s.evidence_end >= end).map((s) => s.topic) };
  });
}
