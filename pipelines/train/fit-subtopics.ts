// In: texts labelled with the second-level topic of one of their topics. Out: a softmax per topic over character n-grams and cue points, as bytes.
// Invariant: same texts, same bytes: the order of the texts is shuffled by a fixed seed.
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { eachFeature, outputsOf, width } from '../classify/subtopics.ts';

export interface SubtopicExample { topic: TopicCode; subtopic: string | null; text: string; evidence: readonly [number, number] }
export interface SubtopicFit { epochs: number; rate: number; decay: number }
export const usualFit: SubtopicFit = { epochs: 12, rate: 0.5, decay: 2e-5 };

function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const out = [...rows];
  let s = seed;
  for (let i = out.length - 1; i > 0; i--) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    const j = s % (i + 1);
    const swap = out[i] as T;
    out[i] = out[j] as T;
    out[j] = swap;
  }
  return out;
}

function features(topic: TopicCode, { text, evidence }: SubtopicExample): Map<number, number> {
  const x = new Map<number, number>();
  eachFeature(topic, text, evidence, null, (f, v) => { x.set(f, v); });
  return x;
}

/** Weights feature-major, one column an output; adaptive gradient steps. */
export function fitSubtopics(examples: readonly SubtopicExample[], { epochs, rate, decay }: SubtopicFit = usualFit): Map<TopicCode, Float32Array> {
  const out = new Map<TopicCode, Float32Array>();
  for (const topic of topicCodes) {
    const outputs = outputsOf(topic);
    const n = outputs.length;
    const weights = new Float32Array(width * n);
    const seen = new Float32Array(width * n).fill(1e-2);
    const rows = examples.filter((e) => e.topic === topic).map((e) => ({ y: Math.max(0, outputs.indexOf(e.subtopic)), x: features(topic, e) }));
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const { y, x } of shuffled(rows, epoch + 1)) {
        const z = new Float64Array(n);
        x.forEach((v, f) => { for (let k = 0; k < n; k++) z[k] = (z[k] ?? 0) + v * (weights[f * n + k] ?? 0); });
        const top = Math.max(...z);
        const e = z.map((v) => Math.exp(v - top));
        const sum = e.reduce((a, b) => a + b, 0);
        for (let k = 0; k < n; k++) {
          const g = (e[k] ?? 0) / sum - (k === y ? 1 : 0);
          x.forEach((v, f) => {
            const at = f * n + k;
            const d = g * v + decay * (weights[at] ?? 0);
            seen[at] = (seen[at] ?? 0) + d * d;
            weights[at] = (weights[at] ?? 0) - rate * 0.2 * d / Math.sqrt(seen[at] ?? 1);
          });
        }
      }
    }
    out.set(topic, weights);
  }
  return out;
}
