// In: data/corrections.jsonl, to which every correction 改标 is added as a line. Out: what readers say each text is, against what was read from it.
// Invariant: the file only grows; of one text the last line counts, and one that withdraws leaves the text to the model. No text is in it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DataDir } from './data-dir.ts';
import { topicCodes, topicRows } from './taxonomy.ts';
import { intents, polarities, type Polarity } from './vocabulary.ts';

const parents = new Map(topicRows().map((t) => [t.topic, t.parent]));

const labelsSchema = z.strictObject({
  topics: z.array(z.strictObject({ code: z.enum(topicCodes), subtopic: z.string().nullable() })).min(1, '请至少选一项诉求').max(4, '至多选四项诉求'),
  polarity: z.enum(Object.keys(polarities) as [Polarity, ...Polarity[]]),
  intensity: z.int().min(0).max(3),
  intent: z.enum(intents),
  critical: z.boolean(),
});

/** Labels of one text as a person gives them; the most important topic first. */
export const labelsGivenSchema = labelsSchema.refine(({ topics }) => new Set(topics.map((t) => t.code)).size === topics.length, '同一项诉求只选一次')
  .refine(({ topics }) => topics.every((t) => t.subtopic === null || parents.get(t.subtopic) === t.code), '二级诉求应属于所选的一级诉求')
  .refine(({ polarity, intensity }) => (polarity === 'negative') === intensity > 0, '负面的强度为 1–3，其余为 0');
export type LabelsGiven = z.infer<typeof labelsGivenSchema>;

const lineSchema = z.object({
  document_id: z.string().min(1), by: z.string(), at: z.string(),
  /** Null withdraws. */
  labels: labelsGivenSchema.nullable(),
  /** What the model had read. */
  read: labelsSchema.nullable(),
});
export type Correction = z.infer<typeof lineSchema> & { labels: LabelsGiven };

/** Corrections that stand, by document. Lines of an older or a damaged form are passed over: the model's reading stands then. */
export function readCorrections(dir: DataDir): Map<string, Correction> {
  const found = new Map<string, Correction>();
  if (!existsSync(dir.corrections)) return found;
  for (const line of readFileSync(dir.corrections, 'utf8').split('\n')) {
    const parsed = lineSchema.safeParse(json(line));
    if (!parsed.success) continue;
    const { labels, ...rest } = parsed.data;
    if (labels === null) found.delete(rest.document_id); else found.set(rest.document_id, { ...rest, labels });
  }
  return found;
}

/** Adds one; `labels` null withdraws what was given before. */
export function addCorrection(dir: DataDir, correction: z.input<typeof lineSchema>): void {
  appendFileSync(dir.corrections, `${JSON.stringify(lineSchema.parse(correction))}\n`, { mode: 0o600 });
}

function json(line: string): unknown {
  try { return JSON.parse(line); } catch { return null; }
}
