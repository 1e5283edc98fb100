// In: a model file (one line of JSON, then numbers). Out: the linear model in memory, and back.
// Invariant: reading what was written gives the same scores, bit for bit.
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import { dangerFeatureNames } from './dangers.ts';
import { hashed } from './hashed-ngrams.ts';
import { wordFeatureNames } from './word-hits.ts';

export const polarityOrder = ['negative', 'neutral', 'positive'] as const;

/** What the first layer scores: one margin each. */
export const heads = [
  ...topicCodes.map((t) => `topic:${t}`), ...polarityOrder.map((p) => `polarity:${p}`), ...intents.map((i) => `intent:${i}`),
  'intensity:1', 'intensity:2', 'intensity:3', 'critical',
] as const;

export const denseNames: readonly string[] = [...wordFeatureNames, ...dangerFeatureNames];

/** How far each topic's margin lies beyond the best of the others, then the three largest: whether a topic stands alone, beside others, or as one of none. */
export const standingNames: readonly string[] = [...topicCodes.map((t) => `beyond:${t}`), 'first', 'second', 'third'];

/** What the second layer reads: the margins, the dense features, then the standing of the topics. */
export const evidenceWidth = heads.length + denseNames.length + standingNames.length;

/** The second layer's input for one text. */
export function secondInput(margins: ArrayLike<number>, dense: ArrayLike<number>): Float64Array {
  const out = new Float64Array(evidenceWidth), n = topicCodes.length, at = heads.length + denseNames.length;
  out.set(margins);
  out.set(dense, heads.length);
  let first = -Infinity, second = -Infinity, third = -Infinity;
  for (let t = 0; t < n; t++) {
    const m = out[t] ?? 0;
    if (m > first) [first, second, third] = [m, first, second];
    else if (m > second) [second, third] = [m, second];
    else if (m > third) third = m;
  }
  for (let t = 0; t < n; t++) out[at + t] = (out[t] ?? 0) - (out[t] === first ? second : first);
  out.set([first, second, third], at + n);
  return out;
}

/** What the clauses are judged by beside their hashed n-grams: loudness for the topic (beside the loudest, in itself, for its length), words of the topic, pairs of characters shared with the title, place and length. */
export const clauseFeatureNames: readonly string[] = ['loud:share', 'loud', 'dense:share', 'dense', 'words', 'cues', 'named', 'title', 'first', 'last', 'place', 'length', 'clauses'];

/** How a clause's features say that it carries a topic, and how that joins what the whole text says. */
export interface Carrying {
  /** Of the hashed n-grams, then of `clauseFeatureNames`, then the constant. */
  weights: Float32Array;
  /** Of the logits of the whole text's and the clauses' probability, and the constant. */
  joint: readonly [number, number, number];
}
export const carryingWidth = hashed + clauseFeatureNames.length + 1;

/** The second layer's questions, each with its answers in order. */
export const questions: readonly { name: string; answers: readonly (string | number | boolean)[] }[] = [
  ...topicCodes.map((t) => ({ name: t, answers: [false, true] })),
  { name: 'polarity', answers: polarityOrder }, { name: 'intent', answers: intents },
  { name: 'intensity', answers: [0, 1, 2, 3] }, { name: 'critical', answers: [false, true] },
];

export const outputs = questions.reduce((n, q) => n + q.answers.length, 0);

export interface LinearModel {
  version: string;
  /** Probability from which a topic counts, in taxonomy order; the last is that of critical. */
  thresholds: number[];
  /** Factors on the probabilities of polarity before the largest is taken. */
  polarityFactors: number[];
  hashes: Uint32Array;
  idf: Float32Array;
  /** Feature-major, `heads.length` a feature; times `scales[head]` gives the weight. */
  weights: Int8Array;
  scales: Float32Array;
  /** Constant of each head. */
  constants: Float32Array;
  /** Second layer, output-major: `evidenceWidth + 1` numbers each, the last the constant. */
  second: Float32Array;
  /** The third: of the clauses. */
  carrying: Carrying;
}

const format = 'zhiwei-linear-3';
const arrays = ['hashes', 'idf', 'weights', 'scales', 'constants', 'second', 'carrying'] as const;
const arrayOf = (model: LinearModel, name: (typeof arrays)[number]) => (name === 'carrying' ? model.carrying.weights : model[name]);

export function encodeModel(model: LinearModel): Buffer {
  const { version, thresholds, polarityFactors, carrying: { joint } } = model;
  const lengths = Object.fromEntries(arrays.map((a) => [a, arrayOf(model, a).length]));
  const header = Buffer.from(`${JSON.stringify({ format, version, thresholds, polarityFactors, joint, heads, denseNames, standingNames, clauseFeatureNames, lengths })}\n`);
  return Buffer.concat([header, ...arrays.map((a) => { const of = arrayOf(model, a); return Buffer.from(of.buffer, of.byteOffset, of.byteLength); })]);
}

/** Throws a plain Error when the file is of another shape than this code. */
export function decodeModel(file: Buffer): LinearModel {
  const line = file.indexOf(10);
  const header = JSON.parse(file.toString('utf8', 0, line)) as {
    format: string; version: string; thresholds: number[]; polarityFactors: number[]; joint: [number, number, number]; heads: string[]; denseNames: string[]; standingNames: string[]; clauseFeatureNames: string[]; lengths: Record<(typeof arrays)[number], number>;
  };
  const named = { heads, denseNames, standingNames, clauseFeatureNames };
  const same = header.format === format && (Object.keys(named) as (keyof typeof named)[]).every((k) => header[k].join() === named[k].join());
  if (!same) throw new Error(`model ${header.version} was trained for other features than this code has`);
  let at = line + 1;
  const take = (name: (typeof arrays)[number], bytes: number) => {
    const size = header.lengths[name] * bytes;
    if (at + size > file.length) throw new Error(`model ${header.version} is cut short`);
    const copy = new Uint8Array(file.subarray(at, at + size));
    at += size;
    return copy.buffer;
  };
  return {
    version: header.version, thresholds: header.thresholds, polarityFactors: header.polarityFactors,
    hashes: new Uint32Array(take('hashes', 4)), idf: new Float32Array(take('idf', 4)), weights: new Int8Array(take('weights', 1)),
    scales: new Float32Array(take('scales', 4)), constants: new Float32Array(take('constants', 4)), second: new Float32Array(take('second', 4)),
    carrying: { weights: new Float32Array(take('carrying', 4)), joint: header.joint },
  };
}
