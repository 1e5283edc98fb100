// In: a model file (one line of JSON, then numbers). Out: the linear model in memory, and back.
// Invariant: reading what was written gives the same scores, bit for bit.
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import { dangerFeatureNames } from './dangers.ts';
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
  const [first = 0, second = 0, third = 0] = Float64Array.from(out.subarray(0, n)).sort().reverse();
  for (let t = 0; t < n; t++) out[at + t] = (out[t] ?? 0) - (out[t] === first ? second : first);
  out.set([first, second, third], at + n);
  return out;
}

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
}

const arrays = ['hashes', 'idf', 'weights', 'scales', 'constants', 'second'] as const;

export function encodeModel(model: LinearModel): Buffer {
  const { version, thresholds, polarityFactors } = model;
  const lengths = Object.fromEntries(arrays.map((a) => [a, model[a].length]));
  const header = Buffer.from(`${JSON.stringify({ format: 'zhiwei-linear-2', version, thresholds, polarityFactors, heads, denseNames, standingNames, lengths })}\n`);
  return Buffer.concat([header, ...arrays.map((a) => Buffer.from(model[a].buffer, model[a].byteOffset, model[a].byteLength))]);
}

/** Throws a plain Error when the file is of another shape than this code. */
export function decodeModel(file: Buffer): LinearModel {
  const line = file.indexOf(10);
  const header = JSON.parse(file.toString('utf8', 0, line)) as {
    format: string; version: string; thresholds: number[]; polarityFactors: number[]; heads: string[]; denseNames: string[]; standingNames: string[]; lengths: Record<(typeof arrays)[number], number>;
  };
  const same = header.format === 'zhiwei-linear-2' && header.heads.join() === heads.join() && header.denseNames.join() === denseNames.join() && header.standingNames.join() === standingNames.join();
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
  };
}
