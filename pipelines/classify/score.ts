// In: a model and a text. Out: the margins of the first layer, the probabilities of the second, and what each clause brought to a head.
// Invariant: the scores of a text depend on that text alone, never on its neighbours.
import { clauses, type Clause } from './clauses.ts';
import { dangerFeatures, findDangers, type Danger } from './dangers.ts';
import { evidenceWidth, heads, outputs, questions, secondInput, type Carrying, type LinearModel } from './model.ts';
import { eachNgram, longest } from './ngrams.ts';
import { normalise } from './normalise.ts';
import { wordFeatures } from './word-hits.ts';

/** How often an n-gram of the title counts beside one of the text. */
export const titleWeight = 2;

const damped = Float64Array.from({ length: 256 }, (_, count) => 1 + Math.log(count));

/** Damped term frequency × idf, the value of an n-gram before the vector is made unit length. */
export const termValue = (count: number, idf: number) => (damped[count] ?? 1 + Math.log(count)) * idf;

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
  /** How clauses carry topics, by the model that scored. */
  carrying: Carrying;
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
  const bits = Math.max(4, Math.ceil(Math.log2(model.hashes.length * 1.6)));
  const shift = 32 - bits;
  const mask = (1 << bits) - 1;
  // Four numbers side by side, so that an n-gram costs one line of cache: feature + 1 (0: empty), hash, idf, and its place + 1 among those of the text at hand.
  const table = new Uint32Array(4 * (mask + 1)), idfs = new Float32Array(table.buffer);
  // Small enough to stay near the processor, where the table is not.
  const held = new Uint32Array(1 << 16);
  model.hashes.forEach((hash, f) => {
    let s = Math.imul(hash, 0x9e3779b1) >>> shift;
    while (table[4 * s] !== 0) s = (s + 1) & mask;
    table[4 * s] = f + 1;
    table[4 * s + 1] = hash;
    idfs[4 * s + 2] = model.idf[f] ?? 0;
    const b = hash >>> 11;
    held[b >>> 5] = (held[b >>> 5] ?? 0) | (1 << (b & 31));
  });
  const { weights, scales, constants } = model;
  const width = heads.length;
  let touched = new Uint32Array(1 << 12), counts = new Uint32Array(1 << 12), features = new Uint32Array(1 << 12), starts = new Uint32Array(1 << 12);
  let touches = 0, met = 0;
  const grown = (before: Uint32Array, least: number) => { const wider = new Uint32Array(2 * least); wider.set(before); return wider; };

  /** Counts the known n-grams of a part; those of the text are also kept in their order. */
  const read = (part: string, weight: number, kept: boolean) => {
    const codes = normalise(part);
    const most = codes.length * longest;
    if (touches + most > touched.length) { touched = grown(touched, touches + most); counts = grown(counts, touches + most); }
    if (kept && met + most > features.length) { features = grown(features, most); starts = grown(starts, most); }
    eachNgram(codes, (hash, start) => {
      const b = hash >>> 11;
      if (((held[b >>> 5] ?? 0) & (1 << (b & 31))) === 0) return;
      for (let s = Math.imul(hash, 0x9e3779b1) >>> shift; ; s = (s + 1) & mask) {
        const at = 4 * s;
        if (table[at] === 0) return;
        if (table[at + 1] !== hash) continue;
        let k = (table[at + 3] ?? 0) - 1;
        if (k === -1) { touched[k = touches++] = at; counts[k] = 0; table[at + 3] = touches; }
        counts[k] = Math.min(60000, (counts[k] ?? 0) + weight);
        if (kept) { features[met] = k; starts[met++] = start; }
        return;
      }
    });
  };

  return (title, text) => {
    const reading = readText(title, text);
    touches = met = 0;
    read(text, 1, true);
    if (title) read(title, titleWeight, false);
    const own = new Uint32Array(touches), values = new Float64Array(touches);
    let norm = 0;
    for (let k = 0; k < touches; k++) {
      const at = touched[k] ?? 0;
      const v = termValue(counts[k] ?? 1, idfs[at + 2] ?? 0);
      own[k] = ((table[at] ?? 0) - 1) * width;
      values[k] = v;
      norm += v * v;
      table[at + 3] = 0;
    }
    norm = Math.sqrt(norm) || 1;
    const margins = new Float64Array(width);
    for (let k = 0; k < touches; k++) {
      const v = (values[k] ?? 0) / norm;
      const at = own[k] ?? 0;
      for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) + v * (weights[at + h] ?? 0);
    }
    for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) * (scales[h] ?? 0) + (constants[h] ?? 0);
    // From here on, what one occurrence of an n-gram brings.
    for (let k = 0; k < touches; k++) values[k] = (values[k] ?? 0) / (counts[k] ?? 1);
    const occurring = features.slice(0, met), places = starts.slice(0, met);
    const evidence = secondInput(margins, reading.dense);
    return {
      ...reading, margins, probabilities: answerProbabilities(model.second, evidence), carrying: model.carrying,
      byClause: (head) => {
        const out = new Float64Array(reading.clauses.length);
        const scale = scales[head] ?? 0;
        let c = 0, end = reading.clauses[0]?.end ?? 0;
        for (let o = 0; o < occurring.length; o++) {
          const k = occurring[o] ?? 0;
          while (c + 1 < out.length && (places[o] ?? 0) >= end) end = reading.clauses[++c]?.end ?? 0;
          out[c] = (out[c] ?? 0) + (values[k] ?? 0) * (weights[(own[k] ?? 0) + head] ?? 0) * scale;
        }
        return out;
      },
    };
  };
}
