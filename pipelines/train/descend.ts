// In: how each row pulls at the weights, and how freely they may move. Out: weights where the pulls are least.
// Invariant: seeded mini-batches; the same rows give the same weights.
import { seeded, shuffle } from './support-vectors.ts';

/** So many rows are taken together. */
export const batch = 32;

export interface Descent {
  rows: number; width: number; epochs: number; seed: number;
  /** Adds the gradient of row `i` at the weights `w` to `g`, divided by `batch`. */
  pull(i: number, w: Float64Array, g: Float64Array): void;
  /** How much weight `j` is pulled to nought. */
  ridge(j: number): number;
  /** How slowly Adam forgets squared gradients, and whether it evens out that its means begin at nought. */
  memory: number; evened: boolean;
}

/** Mini-batch Adam (Kingma and Ba 2015) with a rate that falls from 0.01 to a fiftieth of that. */
export function descend({ rows, width, epochs, seed, pull, ridge, memory, evened }: Descent): Float64Array {
  const w = new Float64Array(width), m = new Float64Array(width), v = new Float64Array(width), g = new Float64Array(width);
  const order = Uint32Array.from({ length: rows }, (_, i) => i), random = seeded(seed), steps = epochs * Math.ceil(rows / batch);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < rows; from += batch) {
      step++;
      g.fill(0);
      for (const i of order.subarray(from, from + batch)) pull(i, w, g);
      const rate = 0.01 * (1 - (0.98 * step) / steps), [ofMean, ofSquare] = evened ? [1 - 0.9 ** step, 1 - memory ** step] : [1, 1];
      for (let j = 0; j < width; j++) {
        const gj = (g[j] ?? 0) + ridge(j) * (w[j] ?? 0);
        m[j] = 0.9 * (m[j] ?? 0) + 0.1 * gj;
        v[j] = memory * (v[j] ?? 0) + (1 - memory) * gj * gj;
        w[j] = (w[j] ?? 0) - (rate * (m[j] ?? 0)) / ofMean / (Math.sqrt((v[j] ?? 0) / ofSquare) + 1e-8);
      }
    }
  }
  return w;
}
