// In: counted training texts, and clauses that teach topics alone. Out: a linear model in its shipped, quantised form.
// Invariant: the second layer, the weights of the clauses and the thresholds see only what layers say of texts that they were not trained on.
import { carryingWidth, secondInput, heads, type LinearModel } from '../classify/model.ts';
import { answerProbabilities } from '../classify/score.ts';
import { foldsByGroup, type Example } from './answers.ts';
import { fitCarrying, readAgain, type ReadAgain } from './fit-carrying.ts';
import { constantScale, sparseRows, vocabulary, type Counted } from './rows.ts';
import { fitSecondLayer } from './second-layer.ts';
import { shareFactors } from './share-factors.ts';
import { trainHead, type Rows } from './support-vectors.ts';
import { criticalThreshold, polarityFactors, topicThresholds } from './thresholds.ts';

export interface FitOptions { cost: number; mostFeatures: number; ridge: number; folds: number; version: string }

export const usualOptions: FitOptions = { cost: 1, mostFeatures: 300_000, ridge: 0.005, folds: 5, version: 'linear' };

function isYes(e: Example, head: string): boolean {
  const [kind, value = ''] = head.split(':');
  if (kind === 'topic') return e.topics.some((t) => t === value);
  if (kind === 'polarity') return e.polarity === value;
  if (kind === 'intent') return e.intent === value;
  if (kind === 'intensity') return e.intensity >= Number(value);
  return e.critical;
}

/** One linear classifier a head: the mean of one over the rows and one over the rows weighted by how unlike the features are shared out between yes and no. The rows after the texts' are of clauses. */
function firstLayer(rows: Rows, texts: readonly Example[], clauses: readonly Example[], cost: number): Float32Array[] {
  return heads.map((head) => {
    const examples = head.startsWith('topic:') ? [...texts, ...clauses] : texts;
    const use = Uint32Array.from(examples.keys());
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

/** The first layer's weights over a vocabulary of its own. */
function train(texts: readonly Counted[], clauses: readonly Counted[], { cost, mostFeatures }: FitOptions) {
  const all = [...texts, ...clauses], words = vocabulary(all, mostFeatures);
  return { words, layer: firstLayer(sparseRows(all, words), texts.map((c) => c.example), clauses.map((c) => c.example), cost) };
}

/** A first layer that had not seen the texts of one fold. */
type Layer = ReturnType<typeof train>;

/** First layers, each trained without one fold of the texts and of their clauses. */
export function layersByFold(counted: readonly Counted[], clauses: readonly Counted[], options: FitOptions, told?: (fold: number) => void): Layer[] {
  const fold = foldsByGroup(counted.map((c) => c.example), options.folds), ofClause = foldsByGroup(clauses.map((c) => c.example), options.folds);
  return Array.from({ length: options.folds }, (_, f) => {
    const layer = train(counted.filter((_c, i) => fold[i] !== f), clauses.filter((_c, i) => ofClause[i] !== f), options);
    told?.(f + 1);
    return layer;
  });
}

/** Second-layer input of every training text, from the first layer that had not seen it. */
export function unseenEvidence(counted: readonly Counted[], layers: readonly Layer[]): Float64Array[] {
  const fold = foldsByGroup(counted.map((c) => c.example), layers.length);
  const out: Float64Array[] = [];
  layers.forEach(({ words, layer }, f) => {
    const unseen = [...counted.keys()].filter((i) => fold[i] === f);
    const rows = sparseRows(unseen.flatMap((i) => counted[i] ?? []), words);
    unseen.forEach((i, row) => {
      out[i] = secondInput(layer.map((w) => margin(rows, row, w)), counted[i]?.dense ?? []);
    });
  });
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

/** A first layer with the second layer and the cuts that follow from unseen evidence, before the clauses are read again. */
function withSecond({ words, layer }: Layer, examples: readonly Example[], evidence: readonly Float64Array[], options: FitOptions): LinearModel {
  const second = fitSecondLayer(evidence, examples, options.ridge);
  const probabilities = evidence.map((e) => answerProbabilities(second, e));
  return {
    version: options.version, hashes: words.hashes, idf: words.idf, second,
    ...quantise(layer, words.hashes.length),
    thresholds: [...topicThresholds(probabilities, examples), criticalThreshold(probabilities, examples)],
    polarityFactors: polarityFactors(probabilities, examples), carrying: { weights: new Float32Array(carryingWidth), joint: [1, 0, 0] },
  };
}

/** With the weights of the clauses, and the topics cut where the clauses were read too. */
const withClauses = (model: LinearModel, carrying: LinearModel['carrying'], again: readonly ReadAgain[], examples: readonly Example[]): LinearModel =>
  ({ ...model, carrying, thresholds: [...topicThresholds(again.map((r) => r.probabilities), examples), ...model.thresholds.slice(-1)] });

export interface Fitted {
  /** A model of each fold by which its texts may be judged: no layer of it was trained on them, nor were its cuts chosen on them. */
  models: LinearModel[];
  /** What they say of their texts. */
  again: ReadAgain[];
  /** The model that ships: its first layer has seen every text, the others what was said of texts unseen. */
  shipped: () => LinearModel;
}

/** Fits what stands upon the first layers. */
export function fit(counted: readonly Counted[], clauses: readonly Counted[], layers: readonly Layer[], evidence: readonly Float64Array[], options: FitOptions): Fitted {
  const examples = counted.map((c) => c.example), fold = foldsByGroup(examples, layers.length);
  const outside = <T>(f: number, of: readonly T[]) => of.filter((_, i) => fold[i] !== f);
  const bare = layers.map((layer, f) => withSecond(layer, outside(f, examples), outside(f, evidence), options));
  const { byFold, all } = fitCarrying(examples, fold, bare);
  const carrying = bare.map((model, f) => ({ ...model, carrying: byFold[f] ?? model.carrying }));
  const again = readAgain(examples, fold, carrying);
  return {
    models: carrying.map((model, f) => withClauses(model, model.carrying, outside(f, again), outside(f, examples))), again,
    shipped: () => withClauses(withSecond(train(counted, clauses, options), examples, evidence, options), all, again, examples),
  };
}
