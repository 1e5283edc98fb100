// In: a model and a text. Out: the margins of the first layer, the probabilities of the second, and what each clause brought to a head.
// Invariant: the scores of a text depend on that text alone, never on its neighbours.
import { clauses, type Clause } from './clauses.ts';
import { dangerFeatures, findDangers, type Danger } from './dangers.ts';
import { evidenceWidth, heads, outputs, questions, type LinearModel } from './model.ts';
import { eachNgram, longest } from './ngrams.ts';
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

/** Prepares a model for scoring: an open-addressed table from n-gram hash to feature, and a set of bits that most unknown n-grams miss. */
export function scorer(model: LinearModel): (title: string | null, text: string) => Scored {
  const bits = Math.max(4, Math.ceil(Math.log2(model.hashes.length * 2)));
  const shift = 32 - bits;
  const mask = (1 << bits) - 1;
  // Feature + 1 (0: empty) and hash side by side, so that a look costs one line of cache.
  const table = new Uint32Array(2 * (mask + 1));
  // Small enough to stay near the processor, where the table is not.
  const held = new Uint32Array(1 << 16);
  model.hashes.forEach((hash, f) => {
    let s = Math.imul(hash, 0x9e3779b1) >>> shift;
    while (table[2 * s] !== 0) s = (s + 1) & mask;
    table[2 * s] = f + 1;
    table[2 * s + 1] = hash;
    const b = hash >>> 11;
    held[b >>> 5] = (held[b >>> 5] ?? 0) | (1 << (b & 31));
  });
  const counts = new Uint16Array(model.hashes.length);
  const values = new Float64Array(model.hashes.length);
  const { weights, scales, constants, idf } = model;
  const width = heads.length;
  let touched = new Uint32Array(1 << 12), features = new Uint32Array(1 << 12), starts = new Uint32Array(1 << 12);
  let touches = 0, met = 0;

  /** Counts the known n-grams of a part; those of the text are also kept in their order. */
  const read = (part: string, weight: number, kept: boolean) => {
    const codes = normalise(part);
    const most = codes.length * longest;
    if (touches + most > touched.length) { const wider = new Uint32Array(2 * (touches + most)); wider.set(touched); touched = wider; }
    if (kept && met + most > features.length) { features = new Uint32Array(2 * most); starts = new Uint32Array(2 * most); }
    eachNgram(codes, (hash, start) => {
      const b = hash >>> 11;
      if (((held[b >>> 5] ?? 0) & (1 << (b & 31))) === 0) return;
      for (let s = Math.imul(hash, 0x9e3779b1) >>> shift; ; s = (s + 1) & mask) {
        const f = (table[2 * s] ?? 0) - 1;
        if (f === -1) return;
        if (table[2 * s + 1] !== hash) continue;
        const n = counts[f] ?? 0;
        if (n === 0) touched[touches++] = f;
        counts[f] = Math.min(60000, n + weight);
        if (kept) { features[met] = f; starts[met++] = start; }
        return;
      }
    });
  };

  return (title, text) => {
    const reading = readText(title, text);
    touches = met = 0;
    read(text, 1, true);
    if (title) read(title, titleWeight, false);
    let norm = 0;
    for (let k = 0; k < touches; k++) {
      const f = touched[k] ?? 0;
      const v = termValue(counts[f] ?? 1, idf[f] ?? 0);
      values[f] = v;
      norm += v * v;
    }
    norm = Math.sqrt(norm) || 1;
    const margins = new Float64Array(width);
    for (let k = 0; k < touches; k++) {
      const f = touched[k] ?? 0;
      const v = (values[f] ?? 0) / norm;
      const at = f * width;
      for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) + v * (weights[at + h] ?? 0);
    }
    for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) * (scales[h] ?? 0) + (constants[h] ?? 0);
    const own = features.slice(0, met), places = starts.slice(0, met), each = new Float64Array(met);
    for (let k = 0; k < met; k++) { const f = own[k] ?? 0; each[k] = (values[f] ?? 0) / (counts[f] ?? 1); }
    for (let k = 0; k < touches; k++) counts[touched[k] ?? 0] = 0;
    const evidence = new Float64Array(evidenceWidth);
    evidence.set(margins);
    evidence.set(reading.dense, width);
    return {
      ...reading, margins, probabilities: answerProbabilities(model.second, evidence),
      byClause: (head) => {
        const out = new Float64Array(reading.clauses.length);
        const scale = scales[head] ?? 0;
        let c = 0, end = reading.clauses[0]?.end ?? 0;
        for (let k = 0; k < own.length; k++) {
          while (c + 1 < out.length && (places[k] ?? 0) >= end) end = reading.clauses[++c]?.end ?? 0;
          out[c] = (out[c] ?? 0) + (each[k] ?? 0) * (weights[(own[k] ?? 0) * width + head] ?? 0) * scale;
        }
        return out;
      },
    };
  };
}
