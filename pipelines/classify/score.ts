// In: a model and a text. Out: the margins of the first layer, the probabilities of the second, and what each clause brought to a head.
// Invariant: the scores of a text depend on that text alone, never on its neighbours.
import { clauses, type Clause } from './clauses.ts';
import { dangerFeatures, findDangers, type Danger } from './dangers.ts';
import { evidenceWidth, heads, outputs, questions, secondInput, type Carrying, type LinearModel } from './model.ts';
import { eachNgram, longest } from './ngrams.ts';
import { normalise } from './normalise.ts';
import { paddedRows, paddedTo, weightedSum } from './weighted-rows.ts';
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

/** Prepares a model for scoring, of which only small parts are kept beside what is made here: an open-addressed table from n-gram hash to feature, and a set of bits that most unknown n-grams miss. */
export function scorer(model: LinearModel): (title: string | null, text: string) => Scored {
  const bits = Math.max(4, Math.ceil(Math.log2(model.hashes.length * 1.6)));
  const shift = 32 - bits;
  const mask = (1 << bits) - 1;
  // Four numbers side by side, so that an n-gram costs one line of cache: feature + 1 (0: empty), hash, idf, and its place + 1 among those of the text at hand.
  const table = new Uint32Array(4 * (mask + 1)), idfs = new Float32Array(table.buffer);
  // Small enough to stay near the processor, where the table is not.
  const held = new Uint32Array(1 << 16);
  const { hashes, idf, scales, constants, second, carrying } = model;
  for (let f = 0; f < hashes.length; f++) {
    const hash = hashes[f] ?? 0;
    let s = Math.imul(hash, 0x9e3779b1) >>> shift;
    while (table[4 * s] !== 0) s = (s + 1) & mask;
    table[4 * s] = f + 1;
    table[4 * s + 1] = hash;
    idfs[4 * s + 2] = idf[f] ?? 0;
    const b = hash >>> 11;
    held[b >>> 5] = (held[b >>> 5] ?? 0) | (1 << (b & 31));
  }
  const width = heads.length, stride = paddedTo(width), weights = paddedRows(model.weights, width);
  // Of the text at hand: the known n-grams, how often they occur, and every place where one does, those of the title last.
  let touched = new Uint32Array(1 << 12), counts = new Uint32Array(1 << 12), occurring = new Uint32Array(1 << 12), places = new Uint32Array(1 << 12), rows = new Uint32Array(1 << 12);
  let worth = new Float64Array(1 << 12), values = new Float64Array(1 << 12);
  let touches = 0, met = 0;
  const room = (most: number) => {
    if (most <= occurring.length) return;
    const grown = (before: Uint32Array) => { const wider = new Uint32Array(2 * most); wider.set(before); return wider; };
    [touched, counts, occurring, places, rows] = [grown(touched), grown(counts), grown(occurring), grown(places), grown(rows)];
    [worth, values] = [new Float64Array(2 * most), new Float64Array(2 * most)];
  };

  const read = (part: string, weight: number) => {
    const codes = normalise(part);
    room(met + codes.length * longest);
    eachNgram(codes, (hash, start) => {
      const b = hash >>> 11;
      if (((held[b >>> 5] ?? 0) & (1 << (b & 31))) === 0) return;
      for (let s = Math.imul(hash, 0x9e3779b1) >>> shift; ; s = (s + 1) & mask) {
        const at = 4 * s;
        if (table[at] === 0) return;
        if (table[at + 1] !== hash) continue;
        let k = (table[at + 3] ?? 0) - 1;
        if (k === -1) { touched[k = touches++] = at; counts[k] = 0; table[at + 3] = touches; }
        counts[k] = (counts[k] ?? 0) + weight;
        occurring[met] = k;
        places[met++] = start;
        return;
      }
    });
  };

  return (title, text) => {
    const reading = readText(title, text), { clauses: parts } = reading;
    touches = met = 0;
    read(text, 1);
    const ofText = met;
    if (title) read(title, titleWeight);
    let norm = 0;
    for (let k = 0; k < touches; k++) {
      const at = touched[k] ?? 0, n = counts[k] ?? 1;
      const v = termValue(n, idfs[at + 2] ?? 0);
      norm += v * v;
      // From here on, what one occurrence brings.
      worth[k] = v / n;
      touched[k] = ((table[at] ?? 0) - 1) * stride;
      table[at + 3] = 0;
    }
    norm = Math.sqrt(norm) || 1;
    for (let o = 0; o < met; o++) {
      const k = occurring[o] ?? 0;
      rows[o] = touched[k] ?? 0;
      values[o] = (worth[k] ?? 0) * (o < ofText ? 1 : titleWeight);
    }
    // Sums of each clause, then of the title.
    const sums = new Float64Array((parts.length + 1) * stride);
    let from = 0;
    for (let c = 0; c < parts.length; c++) {
      const end = c + 1 < parts.length ? parts[c]?.end ?? 0 : text.length;
      let to = from;
      while (to < ofText && (places[to] ?? 0) < end) to++;
      weightedSum(weights, width, rows, values, from, to, sums, c * stride);
      from = to;
    }
    weightedSum(weights, width, rows, values, ofText, met, sums, parts.length * stride);
    const margins = new Float64Array(width);
    for (let s = 0; s < sums.length; s += stride) for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) + (sums[s + h] ?? 0);
    for (let h = 0; h < width; h++) margins[h] = (margins[h] ?? 0) / norm * (scales[h] ?? 0) + (constants[h] ?? 0);
    return {
      ...reading, margins, probabilities: answerProbabilities(second, secondInput(margins, reading.dense)), carrying,
      byClause: (head) => {
        const out = new Float64Array(parts.length), scale = scales[head] ?? 0;
        for (let c = 0; c < out.length; c++) out[c] = (sums[c * stride + head] ?? 0) * scale;
        return out;
      },
    };
  };
}
