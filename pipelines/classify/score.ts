// In: a model and a text. Out: the margins of the first layer, the probabilities of the second, and what each clause brought to a head.
// Invariant: the scores of a text depend on that text alone, never on its neighbours.
import { clauses, type Clause } from './clauses.ts';
import { dangerFeatures, findDangers, type Danger } from './dangers.ts';
import { evidenceWidth, heads, outputs, questions, type LinearModel } from './model.ts';
import { eachNgram } from './ngrams.ts';
import { normalise } from './normalise.ts';
import { wordFeatures } from './word-hits.ts';

/** How often an n-gram of the title counts beside one of the text. */
export const titleWeight = 2;

/** Damped term frequency × idf, the value of an n-gram before the vector is made unit length. */
export const termValue = (count: number, idf: number) => (1 + Math.log(count)) * idf;

export interface Reading { clauses: Clause[]; dangers: Danger[]; dense: number[] }

/** The parts of a text that need no model: the dense features. */
export function readText(title: string | null, text: string): Reading {
  const dangers = findDangers(text);
  const whole = title ? `${title}\n${text}` : text;
  const fromTitle = title ? findDangers(title) : [];
  return { clauses: clauses(text), dangers, dense: [...wordFeatures(whole), ...dangerFeatures(whole, [...fromTitle, ...dangers])] };
}

export interface Scored extends Reading {
  margins: Float64Array;
  /** Answers of `questions`, one after another; each question's sum to 1. */
  probabilities: Float64Array;
  /** How much each clause speaks for a head: what its n-grams bring to the margin, before the text's length is evened out. */
  byClause(head: number): Float64Array;
}

/** Softmax per question over second-layer sums. */
export function answerProbabilities(second: Float32Array, evidence: Float64Array): Float64Array {
  const out = new Float64Array(outputs);
  let o = 0;
  for (const { answers } of questions) {
    let top = -Infinity;
    for (let a = 0; a < answers.length; a++) {
      const at = (o + a) * (evidenceWidth + 1);
      let s = second[at + evidenceWidth] ?? 0;
      for (let e = 0; e < evidenceWidth; e++) s += (second[at + e] ?? 0) * (evidence[e] ?? 0);
      out[o + a] = s;
      if (s > top) top = s;
    }
    let sum = 0;
    for (let a = 0; a < answers.length; a++) sum += out[o + a] = Math.exp((out[o + a] ?? 0) - top);
    for (let a = 0; a < answers.length; a++) out[o + a] = (out[o + a] ?? 0) / sum;
    o += answers.length;
  }
  return out;
}

/** Prepares a model for scoring: an open-addressed table from n-gram hash to feature. */
export function scorer(model: LinearModel): (title: string | null, text: string) => Scored {
  const bits = Math.max(4, Math.ceil(Math.log2(model.hashes.length * 2)));
  const shift = 32 - bits;
  const mask = (1 << bits) - 1;
  // Feature + 1 (0: empty) and hash side by side, so that a look costs one line of cache.
  const table = new Uint32Array(2 * (mask + 1));
  model.hashes.forEach((hash, f) => {
    let s = Math.imul(hash, 0x9e3779b1) >>> shift;
    while (table[2 * s] !== 0) s = (s + 1) & mask;
    table[2 * s] = f + 1;
    table[2 * s + 1] = hash;
  });
  const find = (hash: number): number => {
    for (let s = Math.imul(hash, 0x9e3779b1) >>> shift; ; s = (s + 1) & mask) {
      const f = table[2 * s] ?? 0;
      if (f === 0 || table[2 * s + 1] === hash) return f - 1;
    }
  };
  const counts = new Uint16Array(model.hashes.length);
  const values = new Float64Array(model.hashes.length);
  const width = heads.length;

  return (title, text) => {
    const reading = readText(title, text);
    const touched: number[] = [];
    const features: number[] = [];
    const starts: number[] = [];
    const meet = (hash: number, weight: number) => {
      const f = find(hash);
      if (f !== -1) {
        if (counts[f] === 0) touched.push(f);
        counts[f] = Math.min(60000, (counts[f] ?? 0) + weight);
      }
      return f;
    };
    eachNgram(normalise(text), (hash, start) => {
      const f = meet(hash, 1);
      if (f !== -1) { features.push(f); starts.push(start); }
    });
    if (title) eachNgram(normalise(title), (hash) => { meet(hash, titleWeight); });
    let norm = 0;
    for (const f of touched) {
      const v = termValue(counts[f] ?? 1, model.idf[f] ?? 0);
      values[f] = v;
      norm += v * v;
    }
    norm = Math.sqrt(norm) || 1;
    const margins = new Float64Array(width);
    for (const f of touched) {
      const v = (values[f] ?? 0) / norm;
      const at = f * width;
      for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) + v * (model.weights[at + h] ?? 0);
    }
    for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) * (model.scales[h] ?? 0) + (model.constants[h] ?? 0);
    const perOccurrence = features.map((f) => (values[f] ?? 0) / (counts[f] ?? 1));
    for (const f of touched) counts[f] = 0;
    const evidence = new Float64Array(evidenceWidth);
    evidence.set(margins);
    evidence.set(reading.dense, width);
    return {
      ...reading, margins, probabilities: answerProbabilities(model.second, evidence),
      byClause: (head) => {
        const out = new Float64Array(reading.clauses.length);
        let c = 0;
        features.forEach((f, k) => {
          const start = starts[k] ?? 0;
          while (c + 1 < reading.clauses.length && start >= (reading.clauses[c]?.end ?? 0)) c++;
          out[c] = (out[c] ?? 0) + (perOccurrence[k] ?? 0) * (model.weights[f * width + head] ?? 0) * (model.scales[head] ?? 0);
        });
        return out;
      },
    };
  };
}
