// In: examples. Out: their n-gram counts once, and sparse rows over a vocabulary learned from the training part.
// Invariant: a row's values are those that classify/score.ts computes for the same text.
import { eachNgram } from '../classify/ngrams.ts';
import { normalise } from '../classify/normalise.ts';
import { readText, termValue, titleWeight } from '../classify/score.ts';
import type { Example } from './answers.ts';
import type { Rows } from './support-vectors.ts';

export interface Counted { example: Example; grams: Map<number, number>; dense: number[] }

export function count(example: Example): Counted {
  const grams = new Map<number, number>();
  const add = (weight: number) => (hash: number) => { grams.set(hash, (grams.get(hash) ?? 0) + weight); };
  eachNgram(normalise(example.text), add(1));
  if (example.title) eachNgram(normalise(example.title), add(titleWeight));
  return { example, grams, dense: readText(example.title, example.text).dense };
}

export interface Vocabulary { hashes: Uint32Array; idf: Float32Array; place: Map<number, number> }

const idfPower = 0.75;
/** Value of the constant feature: small, so that the weights and not the constant learn the rarity of an answer. */
export const constantScale = 0.3;

/** N-grams of at least two training texts and at most three fifths of them; the `most` most frequent. */
export function vocabulary(training: readonly Counted[], most: number): Vocabulary {
  const df = new Map<number, number>();
  for (const { grams } of training) for (const hash of grams.keys()) df.set(hash, (df.get(hash) ?? 0) + 1);
  const kept = [...df].filter(([, n]) => n >= 2 && n < training.length * 0.6).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    idf: Float32Array.from(kept, ([, n]) => Math.log(training.length / n) ** idfPower),
    place: new Map(kept.map(([hash], i) => [hash, i])),
  };
}

/** Unit-length rows of n-gram values, then the constant. */
export function sparseRows(counted: readonly Counted[], words: Vocabulary): Rows {
  const offsets = [0];
  const features: number[] = [];
  const values: number[] = [];
  for (const { grams } of counted) {
    const from = values.length;
    let norm = 0;
    for (const [hash, n] of grams) {
      const f = words.place.get(hash);
      if (f === undefined) continue;
      const v = termValue(n, words.idf[f] ?? 0);
      norm += v * v;
      features.push(f);
      values.push(v);
    }
    norm = Math.sqrt(norm) || 1;
    for (let k = from; k < values.length; k++) values[k] = (values[k] ?? 0) / norm;
    features.push(words.hashes.length);
    values.push(constantScale);
    offsets.push(values.length);
  }
  return { offsets: Uint32Array.from(offsets), features: Uint32Array.from(features), values: Float32Array.from(values), width: words.hashes.length + 1 };
}
