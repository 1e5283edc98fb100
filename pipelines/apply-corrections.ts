// In: labels that were read from texts, and corrections 改标 by readers. Out: the labels, a reader's where there is one.
// Invariant: pure; a person's word stands as certain, and the model's evidence stays where both name the topic.
import type { Correction } from '../datasets/corrections.ts';
import type { Labels } from './records.ts';

const byHand = '人工判为紧急';

/** `labels` run parallel to `documents`; a topic that only the reader names rests on the whole text. */
export function applyCorrections(documents: readonly { document_id: string; text: string }[], labels: readonly Labels[], corrections: ReadonlyMap<string, Correction>): Labels[] {
  return labels.map((read, i) => {
    const { document_id, text } = documents[i]!;
    const given = corrections.get(document_id)?.labels;
    if (!given) return read;
    return {
      ...read, polarity: given.polarity, intensity: given.intensity, intent: given.intent,
      // Certain, each a shade less than the one before, so that the most important stays first.
      topics: given.topics.map(({ code, subtopic }, rank) => ({ code, subtopic, probability: 1 - rank / 1000, evidence: read.topics.find((t) => t.code === code)?.evidence ?? [0, text.length] })),
      critical: { flag: given.critical, reason: given.critical ? read.critical.reason ?? byHand : null },
    };
  });
}
