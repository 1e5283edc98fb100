// In: a trained taxonomy. Out: one versioned file (a line of JSON, then numbers), and back.
// Invariant: what is read gives the same labels on every machine; a file of another shape is refused with what to do.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Evaluation, TaxonomyFiles } from '../../datasets/own-taxonomy.ts';
import type { TaxonomyModel } from './train-taxonomy.ts';

const headerSchema = z.object({
  format: z.literal('zhiwei-taxonomy-1'), name: z.string(), version: z.string(), codes: z.array(z.string()).min(2), heads: z.int().positive(), lengths: z.array(z.number()), terms: z.int().min(0),
  calibration: z.object({ several: z.boolean(), slopes: z.array(z.number()), shifts: z.array(z.number()), cut: z.number() }),
});

const bytesOf = (a: Uint32Array | Float32Array | Int8Array) => Buffer.from(a.buffer, a.byteOffset, a.byteLength);

export function encodeTaxonomy({ name, version, codes, calibration, weights: { vocabulary, lengths, heads, weights } }: TaxonomyModel): Buffer {
  const terms = vocabulary.buckets.length;
  const scales = new Float32Array(heads);
  for (let i = 0; i < terms * heads; i++) scales[i % heads] = Math.max(scales[i % heads] ?? 0, Math.abs(weights[i] ?? 0) / 127);
  const small = Int8Array.from(weights.subarray(0, terms * heads), (w, i) => Math.round(w / (scales[i % heads] || 1)));
  const header = { format: 'zhiwei-taxonomy-1', name, version, codes: [...codes], heads, lengths: [...lengths], terms, calibration } satisfies z.infer<typeof headerSchema>;
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...[vocabulary.buckets, vocabulary.factors, scales, weights.subarray(terms * heads), small].map(bytesOf)]);
}

/** Throws a plain Error where the bytes are not those of such a file. */
export function decodeTaxonomy(file: Buffer): TaxonomyModel {
  const line = file.indexOf(10);
  const { name, version, codes, calibration, heads, lengths, terms } = headerSchema.parse(JSON.parse(file.toString('utf8', 0, line)));
  let at = line + 1;
  const take = (bytes: number) => {
    if (at + bytes > file.length) throw new Error('cut short');
    const copy = new Uint8Array(file.subarray(at, at + bytes));
    at += bytes;
    return copy.buffer;
  };
  const vocabulary = { buckets: new Uint32Array(take(terms * 4)), factors: new Float32Array(take(terms * 4)) };
  const scales = new Float32Array(take(heads * 4));
  const constants = new Float32Array(take(heads * 4));
  const small = new Int8Array(take(terms * heads));
  const weights = new Float32Array((terms + 1) * heads);
  small.forEach((w, i) => { weights[i] = w * (scales[i % heads] ?? 0); });
  weights.set(constants, terms * heads);
  return { name, version, codes, calibration, weights: { vocabulary, lengths, heads, weights } };
}

/** Writes model and evaluation, each whole or not at all. */
export function saveTaxonomy(files: TaxonomyFiles, model: TaxonomyModel, evaluation: Evaluation): void {
  mkdirSync(dirname(files.model), { recursive: true });
  for (const [file, content] of [[files.model, encodeTaxonomy(model)], [files.evaluation, `${JSON.stringify(evaluation, null, 1)}\n`]] as const) {
    writeFileSync(`${file}.next`, content);
    renameSync(`${file}.next`, file);
  }
}

export function loadTaxonomy(files: TaxonomyFiles): TaxonomyModel {
  if (!existsSync(files.model)) throw new ZhiweiError('not_found', `没有名为“${files.name}”的分类；请先用 zhiwei train --labels 标注.jsonl --name ${files.name} 教它`);
  try {
    return decodeTaxonomy(readFileSync(files.model));
  } catch (cause) {
    throw new ZhiweiError('bad_file', `分类“${files.name}”的模型文件读不出来；请用同一版本的程序重新训练`, undefined, { cause });
  }
}
