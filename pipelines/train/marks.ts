// In: the files of marks: which parts of a labelled text carry each of its topics, as a reader marked them. Out: the marks by text.
// Invariant: places count in the text with its identifiers masked; a topic of which the reader found nothing in the text has no part.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';

const line = z.object({ id: z.string(), topic: z.enum(topicCodes), /** The writer had not named it. */ added: z.literal(true).optional(), spans: z.array(z.tuple([z.int().min(0), z.int()])) });

/** Of the corpus, and of public messages whose texts are not part of the project. */
const files = ['../../datasets/corpus/evidence.jsonl', './real-evidence.jsonl'];
/** Of a second reader, who saw no mark of the first. */
export const secondMarks = ['../../datasets/corpus/second-marks.jsonl'];

/** By text, the parts that carry each topic that its writer or the reader named, the best first. */
export function readMarks(from: readonly string[] = files): Map<string, Map<TopicCode, [number, number][]>> {
  const out = new Map<string, Map<TopicCode, [number, number][]>>();
  for (const file of from) for (const row of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    if (row === '') continue;
    const { id, topic, spans } = line.parse(JSON.parse(row));
    out.set(id, (out.get(id) ?? new Map<TopicCode, [number, number][]>()).set(topic, spans));
  }
  return out;
}

/** Whether a clause lies mostly within one of the marked parts, or one of them mostly within it. */
export function isMarked({ start, end }: { start: number; end: number }, spans: readonly (readonly [number, number])[]): boolean {
  return spans.some(([from, to]) => { const both = Math.min(end, to) - Math.max(start, from); return 2 * both > Math.min(end - start, to - from); });
}
