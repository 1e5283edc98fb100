// In: terms of texts. Out: the terms worth learning from, and one sparse row per text over them.
// Invariant: each view of a text has its own fixed length, so that a long text does not shout; the same terms give the same row.
import type { Rows } from '../train/support-vectors.ts';
import { bucketCount, viewOf, type Terms } from './terms.ts';

/** Value of the constant feature: small, so that the weights and not the constant learn the rarity of an answer. */
export const constant = 0.3;

/** Buckets in rising order, and what a term's value is multiplied by before rows are brought to length; 0 where it is left out. */
export interface Vocabulary { buckets: Uint32Array; factors: Float32Array }

/** Terms as positions in a vocabulary, rising, and how often each was met. */
export interface Placed { features: Uint32Array; counts: Uint8Array }

/** Buckets that at least two texts have, in rising order. */
export function sharedBuckets(texts: readonly Terms[]): Uint32Array {
  const met = new Uint8Array(bucketCount);
  let shared = 0;
  for (const { buckets } of texts) for (const b of buckets) if ((met[b] ?? 0) < 2) { met[b] = (met[b] ?? 0) + 1; if (met[b] === 2) shared++; }
  const out = new Uint32Array(shared);
  for (let b = 0, at = 0; at < shared; b++) if (met[b] === 2) out[at++] = b;
  return out;
}

/** The terms of a text that a vocabulary has. */
export function placed({ buckets, counts }: Terms, vocabulary: Uint32Array): Placed {
  const features = new Uint32Array(buckets.length);
  const kept = new Uint8Array(buckets.length);
  let n = 0;
  let low = 0;
  for (let k = 0; k < buckets.length; k++) {
    const b = buckets[k] ?? 0;
    for (let high = vocabulary.length; low < high;) { const middle = (low + high) >>> 1; if ((vocabulary[middle] ?? 0) < b) low = middle + 1; else high = middle; }
    if (vocabulary[low] === b) { features[n] = low; kept[n++] = counts[k] ?? 0; }
  }
  return { features: features.slice(0, n), counts: kept.slice(0, n) };
}

const idfPower = 0.25;
const contrastPower = 0.6;

/**
 * Factor of each of `size` terms: 0 for one of fewer than two texts, else its damped rarity times the root mean square, over the classes,
 * of its log-ratio between texts inside and outside (the naive-Bayes weights of Wang & Manning 2012, shared by the classes).
 */
export function factorsOf(texts: readonly Placed[], classesOf: readonly (readonly number[])[], classes: number, size: number): Float32Array {
  const all = new Uint32Array(size);
  const inside = new Uint32Array(size * classes);
  const sizes = new Uint32Array(classes);
  texts.forEach(({ features }, i) => {
    for (const f of features) all[f] = (all[f] ?? 0) + 1;
    for (const c of classesOf[i] ?? []) {
      sizes[c] = (sizes[c] ?? 0) + 1;
      for (const f of features) inside[f * classes + c] = (inside[f * classes + c] ?? 0) + 1;
    }
  });
  return Float32Array.from(all, (n, f) => {
    if (n < 2) return 0;
    let squares = 0;
    for (let c = 0; c < classes; c++) {
      const yes = inside[f * classes + c] ?? 0;
      const of = sizes[c] ?? 0;
      squares += Math.abs(Math.log(((yes + 1) / (of + 2)) / ((n - yes + 1) / (texts.length - of + 2)))) ** (2 * contrastPower);
    }
    return Math.log((1 + texts.length) / n) ** idfPower * Math.sqrt(squares / classes);
  });
}

/** One row per text: its terms, view by view at the view's length, then the constant. */
export function rowsOf(texts: readonly Placed[], { buckets, factors }: Vocabulary, lengths: readonly number[]): Rows {
  const most = texts.reduce((n, t) => n + t.features.length + 1, 0);
  const features = new Uint32Array(most);
  const values = new Float32Array(most);
  const offsets = new Uint32Array(texts.length + 1);
  let at = 0;
  texts.forEach((t, row) => {
    let from = at;
    let view = 0;
    let squares = 0;
    const close = () => {
      const scale = (lengths[view] ?? 0) / (Math.sqrt(squares) || 1);
      for (let k = from; k < at; k++) values[k] = (values[k] ?? 0) * scale;
      from = at;
      squares = 0;
    };
    for (let k = 0; k < t.features.length; k++) {
      const f = t.features[k] ?? 0;
      const factor = factors[f] ?? 0;
      if (factor === 0) continue;
      const its = viewOf(buckets[f] ?? 0);
      if (its !== view) { close(); view = its; }
      if (lengths[its] === 0) break;
      const v = (1 + Math.log(t.counts[k] ?? 1)) * factor;
      features[at] = f;
      values[at++] = v;
      squares += v * v;
    }
    close();
    features[at] = buckets.length;
    values[at++] = constant;
    offsets[row + 1] = at;
  });
  return { offsets, features: features.subarray(0, at), values: values.subarray(0, at), width: buckets.length + 1 };
}
