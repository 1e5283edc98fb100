// In: margins of texts that the first layer had not seen, with dense features and answers. Out: calibrated weights per answer.
// Invariant: multinomial logistic regression in seeded mini-batches; the same rows give the same weights.
import { evidenceWidth, outputs, questions } from '../classify/model.ts';
import type { Example } from './answers.ts';
import { seeded, shuffle } from './support-vectors.ts';

/** The index of an example's answer to a question. */
export function answerOf(e: Example, question: string): number {
  if (question === 'polarity' || question === 'intent' || question === 'intensity') {
    const q = questions.find((x) => x.name === question);
    return q?.answers.indexOf(e[question]) ?? 0;
  }
  if (question === 'critical') return e.critical ? 1 : 0;
  return e.topics.some((t) => t === question) ? 1 : 0;
}

/** Fits every question by seeded mini-batch Adam on the mean log loss plus `ridge` × squared weights (constants free). */
export function fitSecondLayer(evidence: readonly Float64Array[], examples: readonly Example[], ridge: number, epochs = 12): Float32Array {
  const n = evidence.length;
  const mean = new Float64Array(evidenceWidth);
  const spread = new Float64Array(evidenceWidth);
  for (let d = 0; d < evidenceWidth; d++) {
    for (const row of evidence) mean[d] = (mean[d] ?? 0) + (row[d] ?? 0) / n;
    for (const row of evidence) spread[d] = (spread[d] ?? 0) + ((row[d] ?? 0) - (mean[d] ?? 0)) ** 2 / n;
    spread[d] = Math.max(Math.sqrt(spread[d] ?? 0), 0.02);
  }
  const x = new Float64Array(n * evidenceWidth);
  evidence.forEach((row, i) => { for (let d = 0; d < evidenceWidth; d++) x[i * evidenceWidth + d] = ((row[d] ?? 0) - (mean[d] ?? 0)) / (spread[d] ?? 1); });
  const result = new Float32Array(outputs * (evidenceWidth + 1));
  let first = 0;
  const price = examples.map((e) => e.weight ?? 1);
  for (const { name, answers } of questions) {
    const k = answers.length;
    const right = examples.map((e) => answerOf(e, name));
    const w = fitOne(x, right, price, k, ridge, epochs);
    for (let a = 0; a < k; a++) {
      const at = (first + a) * (evidenceWidth + 1);
      let constant = w[a * (evidenceWidth + 1) + evidenceWidth] ?? 0;
      for (let d = 0; d < evidenceWidth; d++) {
        const v = (w[a * (evidenceWidth + 1) + d] ?? 0) / (spread[d] ?? 1);
        result[at + d] = v;
        constant -= v * (mean[d] ?? 0);
      }
      result[at + evidenceWidth] = constant;
    }
    first += k;
  }
  return result;
}

const batch = 32;

function fitOne(x: Float64Array, right: readonly number[], price: readonly number[], k: number, ridge: number, epochs: number): Float64Array {
  const wide = evidenceWidth + 1;
  const w = new Float64Array(k * wide);
  const m = new Float64Array(w.length);
  const v = new Float64Array(w.length);
  const g = new Float64Array(w.length);
  const p = new Float64Array(k);
  const order = Uint32Array.from(right.keys());
  const random = seeded(11);
  const steps = epochs * Math.ceil(order.length / batch);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += batch) {
      step++;
      g.fill(0);
      for (const i of order.subarray(from, from + batch)) {
        const at = i * evidenceWidth;
        let sum = 0;
        for (let a = 0; a < k; a++) {
          let s = w[a * wide + evidenceWidth] ?? 0;
          for (let d = 0; d < evidenceWidth; d++) s += (w[a * wide + d] ?? 0) * (x[at + d] ?? 0);
          sum += p[a] = Math.exp(Math.max(-30, Math.min(30, s)));
        }
        for (let a = 0; a < k; a++) {
          const miss = ((price[i] ?? 0) / batch) * ((p[a] ?? 0) / sum - (right[i] === a ? 1 : 0));
          for (let d = 0; d < evidenceWidth; d++) g[a * wide + d] = (g[a * wide + d] ?? 0) + miss * (x[at + d] ?? 0);
          g[a * wide + evidenceWidth] = (g[a * wide + evidenceWidth] ?? 0) + miss;
        }
      }
      const rate = 0.01 * (1 - (0.98 * step) / steps);
      for (let j = 0; j < w.length; j++) {
        const gj = (g[j] ?? 0) + (j % wide === evidenceWidth ? 0 : ridge * (w[j] ?? 0));
        m[j] = 0.9 * (m[j] ?? 0) + 0.1 * gj;
        v[j] = 0.99 * (v[j] ?? 0) + 0.01 * gj * gj;
        w[j] = (w[j] ?? 0) - (rate * (m[j] ?? 0)) / (Math.sqrt(v[j] ?? 0) + 1e-8);
      }
    }
  }
  return w;
}
