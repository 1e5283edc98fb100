// In: counted training examples. Out: a linear model in its shipped, quantised form.
// Invariant: the second layer and the thresholds see only margins of texts that their first layer was not trained on.
import { secondInput, heads, type LinearModel } from '../classify/model.ts';
import { answerProbabilities } from '../classify/score.ts';
import { foldsByGroup, type Example } from './answers.ts';
import { constantScale, sparseRows, vocabulary, type Counted } from './rows.ts';
import { fitSecondLayer } from './second-layer.ts';
import { shareFactors } from './share-factors.ts';
import { trainHead, type Rows } from './support-vectors.ts';
import { criticalThreshold, polarityFactors, topicThresholds } from './thresholds.ts';

export interface FitOptions { cost: number; mostFeatures: number; ridge: number; folds: number; version: string }

export const usualOptions: FitOptions = { cost: 1, mostFeatures: 150_000, ridge: 0.005, folds: 5, version: 'linear' };

function isYes(e: Example, head: string): boolean {
  const [kind, value = ''] = head.split(':');
  if (kind === 'topic') return e.topics.some((t) => t === value);
  if (kind === 'polarity') return e.polarity === value;
  if (kind === 'intent') return e.intent === value;
  if (kind === 'intensity') return e.intensity >= Number(value);
  return e.critical;
}

/** One linear classifier a head: the mean of one over the rows and one over the rows weighted by how unlike the features are shared out between yes and no. */
function firstLayer(rows: Rows, examples: readonly Example[], cost: number): Float32Array[] {
  const use = Uint32Array.from(examples.keys());
  return heads.map((head) => {
    const answer = Int8Array.from(examples, (e) => (isYes(e, head) ? 1 : -1));
    const yes = answer.filter((a) => a > 0).length;
    const price = Math.min(3, Math.sqrt((examples.length - yes) / Math.max(1, yes)));
    const costs = Float32Array.from(answer, (a, i) => cost * (a > 0 ? price : 1) * (examples[i]?.weight ?? 1));
    const factor = shareFactors(rows, answer);
    const values = Float32Array.from(rows.values, (v, k) => v * (factor[rows.features[k] ?? 0] ?? 1));
    const plain = trainHead(rows, use, answer, costs);
    return trainHead({ ...rows, values }, use, answer, costs).map((w, f) => (w * (factor[f] ?? 1) + (plain[f] ?? 0)) / 2);
  });
}

function margin(rows: Rows, row: number, w: Float32Array): number {
  let s = 0;
  for (let k = rows.offsets[row] ?? 0, end = rows.offsets[row + 1] ?? 0; k < end; k++) s += (w[rows.features[k] ?? 0] ?? 0) * (rows.values[k] ?? 0);
  return s;
}

/** Second-layer input of every training text, from first layers that had not seen it. */
export function unseenEvidence(counted: readonly Counted[], options: FitOptions): Float64Array[] {
  const fold = foldsByGroup(counted.map((c) => c.example), options.folds);
  const out: Float64Array[] = [];
  for (let f = 0; f < options.folds; f++) {
    const seen = counted.filter((_, i) => fold[i] !== f);
    const words = vocabulary(seen, options.mostFeatures);
    const layer = firstLayer(sparseRows(seen, words), seen.map((c) => c.example), options.cost);
    const unseen = [...counted.keys()].filter((i) => fold[i] === f);
    const rows = sparseRows(unseen.flatMap((i) => counted[i] ?? []), words);
    unseen.forEach((i, row) => {
      out[i] = secondInput(layer.map((w) => margin(rows, row, w)), counted[i]?.dense ?? []);
    });
  }
  return out;
}

function quantise(layer: readonly Float32Array[], features: number): Pick<LinearModel, 'weights' | 'scales' | 'constants'> {
  const weights = new Int8Array(features * heads.length);
  const scales = Float32Array.from(layer, (w) => w.subarray(0, features).reduce((top, v) => Math.max(top, Math.abs(v)), 1e-9) / 127);
  layer.forEach((w, h) => {
    for (let f = 0; f < features; f++) weights[f * heads.length + h] = Math.round((w[f] ?? 0) / (scales[h] ?? 1));
  });
  return { weights, scales, constants: Float32Array.from(layer, (w) => (w[features] ?? 0) * constantScale) };
}

/** Trains both layers and chooses the thresholds; the unseen evidence is reckoned anew unless it is handed over. */
export function fit(counted: readonly Counted[], options: FitOptions, evidence = unseenEvidence(counted, options)): LinearModel {
  const examples = counted.map((c) => c.example);
  const second = fitSecondLayer(evidence, examples, options.ridge);
  const probabilities = evidence.map((e) => answerProbabilities(second, e));
  const words = vocabulary(counted, options.mostFeatures);
  const layer = firstLayer(sparseRows(counted, words), examples, options.cost);
  return {
    version: options.version, hashes: words.hashes, idf: words.idf, second,
    ...quantise(layer, words.hashes.length),
    thresholds: [...topicThresholds(probabilities, examples), criticalThreshold(probabilities, examples)],
    polarityFactors: polarityFactors(probabilities, examples),
  };
}
