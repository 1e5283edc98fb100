// In: labelled documents. Out: the series: what each week × unit × topic × subtopic holds.
// Invariant: rows add up: a document is in one row of each of its topics, a matter in one row of the week, that of its first document.
import { mondayOf } from '../datasets/calendar.ts';
import type { Row } from '../datasets/schema.ts';
import { topicCodes } from '../datasets/taxonomy.ts';

/** What of a document the series count; `subtopics` holds at most one second-level code of each topic. */
export type Counted = Pick<Row<'document'>, 'document_id' | 'kind' | 'unit_id' | 'received_date' | 'matter_id' | 'people' | 'polarity'> & { topics: readonly string[]; subtopics: readonly string[]; intensity?: number };

/** The second-level code of a first-level topic of a document; null where it is unclear. */
export const subtopicWithin = (topic: string, subtopics: readonly string[]): string | null => subtopics.find((s) => s.startsWith(`${topic}.`)) ?? null;

/** A document counts once under each of its topics. How many survey answers come is the asker's choice, so they stay out. */
export function weeklySeries(documents: readonly Counted[]): Row<'series'>[] {
  const cells = new Map<string, Row<'series'>>(), told = new Set<string>();
  const inOrder = documents.filter((d) => d.kind !== 'survey_answer').sort((a, b) => (order(a) < order(b) ? -1 : 1));
  for (const d of inOrder) {
    const week = mondayOf(d.received_date);
    for (const topic of topicCodes.filter((code) => d.topics.includes(code))) {
      const subtopic = subtopicWithin(topic, d.subtopics), key = `${week} ${d.unit_id} ${topic} ${subtopic ?? ''}`, matter = `${week} ${d.unit_id} ${topic} ${d.matter_id}`;
      const cell = cells.get(key) ?? { week, unit_id: d.unit_id, topic, subtopic, documents: 0, matters: 0, people: 0, negatives: 0, intensity_sum: 0 };
      cells.set(key, cell);
      cell.documents += 1;
      cell.matters += told.has(matter) ? 0 : 1;
      cell.people += d.people;
      cell.negatives += d.polarity === 'negative' ? 1 : 0;
      cell.intensity_sum += d.intensity ?? 0;
      told.add(matter);
    }
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const order = (d: Counted) => `${d.received_date} ${d.document_id}`;
