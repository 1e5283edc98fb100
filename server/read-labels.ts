// In: what the warehouse says of a text, and corrections 改标. Out: its labels as a person would give them; how often each label was changed.
// Invariant: pure.
import type { Correction, LabelsGiven } from '../datasets/corrections.ts';
import type { DocumentDetail, Quality } from './api.ts';

/** Labels of a text, its likeliest topic first. */
export const labelsOf = ({ polarity, intensity, intent, critical }: DocumentDetail['document'], demands: DocumentDetail['demands']): LabelsGiven => ({
  topics: demands.map(({ topic, subtopic }) => ({ code: topic, subtopic })), polarity, intensity, intent, critical,
});

const kinds = ['topics', 'polarity', 'intensity', 'intent', 'critical'] as const;
type Kind = (typeof kinds)[number];
const said = (labels: LabelsGiven, kind: Kind) => JSON.stringify(kind === 'topics' ? labels.topics.map((t) => [t.code, t.subtopic]) : labels[kind]);

export const sameLabels = (a: LabelsGiven, b: LabelsGiven): boolean => kinds.every((kind) => said(a, kind) === said(b, kind));

/** Of how many texts a reader changed which label. */
export function correctedCounts(corrections: Iterable<Correction>): Quality['corrections'] {
  const counts = { texts: 0, topics: 0, polarity: 0, intensity: 0, intent: 0, critical: 0 };
  for (const { labels, read } of corrections) {
    counts.texts += 1;
    for (const kind of kinds) if (read && said(labels, kind) !== said(read, kind)) counts[kind] += 1;
  }
  return counts;
}
