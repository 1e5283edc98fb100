// In: the name an office gave to a classification of its own. Out: where its files lie, and the shape of its printed evaluation.
// Invariant: a name is a plain file name, so nothing outside the folder can be reached by it; an evaluation holds counts, never a text.
import { join } from 'node:path';
import { z } from 'zod';
import type { DataDir } from './data-dir.ts';
import { ZhiweiError } from './errors.ts';

const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;

export interface TaxonomyFiles { name: string; model: string; evaluation: string }

/** Files of the taxonomy `name`; throws `bad_request`, beginning with the option's name, where it is no plain name. */
export function taxonomyFiles(dir: DataDir, given: string, option: string): TaxonomyFiles {
  const name = given.normalize('NFC');
  if (!nameShape.test(name)) throw new ZhiweiError('bad_request', `${option}：名称应为 1–64 个汉字、字母、数字、“-”或“_”，以汉字、字母或数字开头，不是“${given}”`);
  return { name, model: join(dir.taxonomies, `${name}.model`), evaluation: join(dir.taxonomies, `${name}.json`) };
}

/** A figure with the ends of its 95 % interval. */
export const figureSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Figure = z.infer<typeof figureSchema>;

export const evaluationSchema = z.object({
  name: z.string(), version: z.string(), texts: z.int(), folds: z.int(), several: z.boolean(),
  accuracy: figureSchema, macroF1: figureSchema, microF1: figureSchema,
  classes: z.array(z.object({ code: z.string(), texts: z.int(), precision: figureSchema, recall: figureSchema, f1: figureSchema })),
  /** Rows are the given labels, columns the found ones; the last of each is “no label”. */
  confusion: z.array(z.array(z.int())),
  few: z.array(z.object({ code: z.string(), texts: z.int() })),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
