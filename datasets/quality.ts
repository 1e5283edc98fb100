// In: datasets/model/figures.json, written by `npm run bench:text`. Out: how often the automatic labels are right, by label, and where they err.
// Invariant: figures come from texts that the judged model had not seen; examples are texts of our own corpus, never a petition.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { topicCodes } from './taxonomy.ts';
import { intents, labelKinds, readerNames } from './vocabulary.ts';

const keysOf = <T extends Record<string, string>>(o: T) => Object.keys(o) as [keyof T & string, ...(keyof T & string)[]];

/** A share with the ends of its 95 % interval. */
const share = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof share>;

const labelFigures = z.object({
  kind: z.enum(keysOf(labelKinds)), code: z.string(),
  /** Texts that carry the label, that were given it, and both. */
  real: z.int(), said: z.int(), hit: z.int(), precision: share, recall: share, f1: share,
});
export type LabelFigures = z.infer<typeof labelFigures>;

/** What was quoted beside topics, in texts of which a reader had marked the parts that carry each: how much of it carries its topic, and how much stands elsewhere in a text that has the topic; the rest names a topic that the reader found nowhere. */
const quotes = z.object({ texts: z.int(), quoted: z.int(), carries: z.int(), elsewhere: z.int() });
export type QuoteFigures = z.infer<typeof quotes>;

const section = z.object({
  name: z.enum(['corpus', 'messages']), texts: z.int(), quotes: z.nullable(quotes),
  readers: z.array(z.object({ reader: z.enum(keysOf(readerNames)), overall: z.array(share.extend({ name: z.string() })), labels: z.array(labelFigures) })),
});
export type QualitySection = z.infer<typeof section>;

const mistake = z.object({
  kind: z.enum(keysOf(labelKinds)), code: z.string(), mistake: z.enum(['taken', 'missed']), text: z.string(),
  topics: z.array(z.enum(topicCodes)), given: z.array(z.enum(topicCodes)), intent: z.enum(intents), given_intent: z.enum(intents),
});
export type Mistake = z.infer<typeof mistake>;

export const figuresSchema = z.object({
  made: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), linear: z.string(), encoder: z.nullable(z.string()), taxonomy: z.string(),
  sections: z.array(section), frames: z.object({ texts: z.int(), parts: z.array(z.object({ part: z.string(), label: z.string(), hit: z.int(), said: z.int(), real: z.int() })) }),
  mistakes: z.array(mistake),
});
export type QualityFigures = z.infer<typeof figuresSchema>;

const shipped = new URL('./model/figures.json', import.meta.url);

/** The figures that ship with the models, or null where none were made. */
export function readFigures(file: URL = shipped): QualityFigures | null {
  return existsSync(file) ? figuresSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}
