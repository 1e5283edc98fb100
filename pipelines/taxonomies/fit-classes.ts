// In: terms of texts with their classes. Out: one weight per term and class, and the margins of other texts under them.
// Invariant: seeded; a class is judged against all others; where there are two and a text has one, a single margin serves both.
import { trainHead, type Rows } from '../train/support-vectors.ts';
import { factorsOf, placed, rowsOf, type Placed, type Vocabulary } from './rows.ts';
import type { Terms } from './terms.ts';

/** Weights term by term, `heads` each; the last `heads` are those of the constant. */
export interface ClassWeights { vocabulary: Vocabulary; lengths: readonly number[]; heads: number; weights: Float32Array }

/** How to learn: the length of each view of a text (0: not looked at), and the price of a mistake. */
export interface Manner { lengths: readonly number[]; cost: number }

export interface Scheme { classes: number; several: boolean }

const epochs = 6;

/** Margins needed: one for two classes that exclude each other, else one per class. */
export const headsOf = ({ classes, several }: Scheme) => (classes === 2 && !several ? 1 : classes);

export function fitClasses(texts: readonly Placed[], buckets: Uint32Array, classesOf: readonly (readonly number[])[], scheme: Scheme, { lengths, cost }: Manner, told?: (head: number) => void): ClassWeights {
  const vocabulary = { buckets, factors: factorsOf(texts, classesOf, scheme.classes, buckets.length) };
  const rows = rowsOf(texts, vocabulary, lengths);
  const use = Uint32Array.from(texts.keys());
  const heads = headsOf(scheme);
  const weights = new Float32Array(rows.width * heads);
  for (let head = 0; head < heads; head++) {
    const wanted = heads === 1 ? 1 : head;
    const answer = Int8Array.from(classesOf, (of) => (of.includes(wanted) ? 1 : -1));
    const yes = answer.reduce((n, a) => n + (a > 0 ? 1 : 0), 0);
    const price = heads === 1 ? 1 : Math.min(3, Math.sqrt((texts.length - yes) / Math.max(1, yes)));
    const w = trainHead(rows, use, answer, Float32Array.from(answer, (a) => (a > 0 ? cost * price : cost)), epochs);
    for (let f = 0; f < w.length; f++) weights[f * heads + head] = w[f] ?? 0;
    told?.(head + 1);
  }
  return { vocabulary, lengths, heads, weights };
}

/** Margins of a row, one per class. */
export function marginsOf(rows: Rows, row: number, { heads, weights }: ClassWeights): Float64Array {
  const m = new Float64Array(heads);
  for (let k = rows.offsets[row] ?? 0, end = rows.offsets[row + 1] ?? 0; k < end; k++) {
    const at = (rows.features[k] ?? 0) * heads;
    const v = rows.values[k] ?? 0;
    for (let h = 0; h < heads; h++) m[h] = (m[h] ?? 0) + v * (weights[at + h] ?? 0);
  }
  return heads === 1 ? Float64Array.of(-(m[0] ?? 0), m[0] ?? 0) : m;
}

/** Scores texts one by one under trained weights. */
export function scorer(model: ClassWeights): (terms: Terms) => Float64Array {
  return (terms) => marginsOf(rowsOf([placed(terms, model.vocabulary.buckets)], model.vocabulary, model.lengths), 0, model);
}
