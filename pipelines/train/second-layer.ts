// In: margins of texts that the first layer had not seen, with dense features and answers. Out: calibrated weights per answer.
// Invariant: multinomial logistic regression in seeded mini-batches; the same rows give the same weights.
import { evidenceWidth, outputs, questions } from '../classify/model.ts';
import type { Example } from './answers.ts';
import { batch, descend } from './descend.ts';

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

function fitOne(x: Float64Array, right: readonly number[], price: readonly number[], k: number, ridge: number, epochs: number): Float64Array {
  const wide = evidenceWidth + 1;
  const p = new Float64Array(k);
  return descend({
    rows: right.length, width: k * wide, epochs, seed: 11, memory: 0.99, evened: false, ridge: (j) => (j % wide === evidenceWidth ? 0 : ridge),
    pull: (i, w, g) => {
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
    },
  });
}
