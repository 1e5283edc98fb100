// In: sparse rows and one ±1 answer per row. Out: a weight per feature, by dual coordinate descent (Hsieh et al. 2008).
// Invariant: seeded; the same rows in the same order give the same weights.

/** Rows in compressed form: row r has entries `offsets[r]` to `offsets[r + 1]`. */
export interface Rows { offsets: Uint32Array; features: Uint32Array; values: Float32Array; width: number }

/** Mulberry32: a small seeded source of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const t = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = t;
  }
}

/** L2-regularised squared-hinge classifier; `cost[r]` is the price of missing row r. */
export function trainHead(rows: Rows, use: Uint32Array, answer: Int8Array, cost: Float32Array, epochs = 12, seed = 1): Float32Array {
  const { offsets, features, values } = rows;
  const w = new Float32Array(rows.width);
  const alpha = new Float64Array(offsets.length);
  const norm = new Float64Array(offsets.length);
  for (const r of use) {
    let q = 0;
    for (let k = offsets[r] ?? 0, end = offsets[r + 1] ?? 0; k < end; k++) q += (values[k] ?? 0) * (values[k] ?? 0);
    norm[r] = q;
  }
  const order = Uint32Array.from(use);
  const random = seeded(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let o = 0; o < order.length; o++) {
      const r = order[o] ?? 0;
      const from = offsets[r] ?? 0;
      const to = offsets[r + 1] ?? 0;
      const y = answer[r] ?? 0;
      let dot = 0;
      for (let k = from; k < to; k++) dot += (w[features[k] ?? 0] ?? 0) * (values[k] ?? 0);
      const slack = 0.5 / (cost[r] ?? 0);
      const before = alpha[r] ?? 0;
      const after = Math.max(0, before - (y * dot - 1 + slack * before) / ((norm[r] ?? 0) + slack));
      if (after === before) continue;
      alpha[r] = after;
      const step = (after - before) * y;
      for (let k = from; k < to; k++) {
        const f = features[k] ?? 0;
        w[f] = (w[f] ?? 0) + step * (values[k] ?? 0);
      }
    }
  }
  return w;
}
