// In: a transformer's folder, and what its labels mean or how it is combined. Out: its reading of texts, and how that joins the linear model's probabilities.
// Invariant: what a text gives depends on its title, its words and the models alone; a question that a house's own model cannot answer stays the linear model's.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OwnModel } from '../../datasets/settings.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import type { Window } from '../encoder-process.ts';
import type { Progress } from '../records.ts';
import { combiner, readCombination } from './combine.ts';
import { EncoderPool, graphs } from './encoder-pool.ts';
import { labelReader } from './label-map.ts';
import { firstOutput, type Cuts } from './label.ts';
import { polarityOrder } from './model.ts';

export interface EncoderText { title?: string | null; text: string }

export interface Encoder {
  version: string;
  /** Cuts that belong to the joined probabilities. */
  cuts(linear: Cuts): Cuts;
  read(texts: readonly EncoderText[], progress?: Progress): Promise<Window[][]>;
  /** The probabilities of both together. */
  join(linear: Float64Array, windows: readonly Window[]): Float64Array;
  close(): void;
}

/** A title counts as the first line of its text. */
const whole = ({ title, text }: EncoderText) => (title ? `${title}\n${text}` : text);

/** Where the transformer that ships lies, when one does. */
export const shippedEncoder = fileURLToPath(new URL('../../datasets/model/encoder', import.meta.url));

/** Opens the transformer that ships, with the weights of its combination. Throws `bad_file`. */
export async function openShipped(folder = shippedEncoder): Promise<Encoder> {
  const combination = readCombination(folder);
  const pool = await EncoderPool.open(folder);
  const join = combiner(combination);
  return { version: combination.version, cuts: () => combination, read: (texts, progress) => pool.run(texts.map(whole), progress), join, close: () => pool.close() };
}

/** Opens a model of the house. Throws `bad_file`, or `bad_request` when its labels are not those of the settings. */
export async function openEncoder({ path, labels, dtype, threshold }: OwnModel): Promise<Encoder> {
  const pool = await EncoderPool.open(path, { dtype });
  try {
    const reader = labelReader(pool.facts, labels);
    const told = new Set<string>(Object.values(labels));
    return {
      version: `${basename(resolve(path))}-${await fingerprint(join(path, 'onnx', graphs[dtype]))}`,
      cuts: ({ thresholds, polarityFactors }) => ({
        thresholds: [...topicCodes, 'critical'].map((q, i) => (told.has(q) ? threshold : (thresholds[i] ?? threshold))),
        alone: topicCodes.some((t) => told.has(t)),
        polarityFactors: polarityOrder.some((p) => told.has(p)) ? [1, 1, 1] : polarityFactors,
      }),
      read: (texts, progress) => pool.run(texts.map(whole), progress),
      join: (linear, windows) => {
        const out = Float64Array.from(linear);
        for (const [question, answers] of reader(windows)) out.set(answers, firstOutput(question));
        return out;
      },
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    throw error;
  }
}

/** Eight hex digits that change with the weights. */
async function fingerprint(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex').slice(0, 8);
}
