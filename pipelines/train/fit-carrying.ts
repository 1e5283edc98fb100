// In: texts whose carrying parts were marked, scored by models that had not seen them. Out: how clauses tell that they carry a topic, and what texts say with their clauses read.
// Invariant: seeded mini-batches; the weights of a fold saw no mark of its texts.
import { topicCodes } from '../../datasets/taxonomy.ts';
import { bothViews, clauseReader, doubtful, quoter } from '../classify/evidence.ts';
import { hashed } from '../classify/hashed-ngrams.ts';
import { firstOutput, topicsOf } from '../classify/label.ts';
import { carryingWidth, clauseFeatureNames, type Carrying, type LinearModel } from '../classify/model.ts';
import { scorer, type Scored } from '../classify/score.ts';
import type { Example } from './answers.ts';
import { batch, descend } from './descend.ts';
import { isMarked, readMarks } from './marks.ts';

interface Row { features: Uint32Array; values: Float64Array; yes: boolean; weight: number }

/** One topic of one text, with its clauses. */
interface Case { fold: number; example: Example; scored: Scored; topic: (typeof topicCodes)[number]; whole: number; rows: Row[] }

/** Logistic regression: mean weighted log loss plus `ridge`/2 × squared weights of the features of like spread; the last weight is the constant, which is free. */
function fitLogistic(rows: readonly Row[], width: number, ridge: number): Float64Array {
  const mean = rows.reduce((s, r) => s + r.weight, 0) / rows.length;
  return descend({
    rows: rows.length, width, epochs: 12, seed: 17, memory: 0.999, evened: true, ridge: (j) => (j === width - 1 ? 0 : ridge),
    pull: (i, w, g) => {
      const row = rows[i];
      if (row === undefined) return;
      let z = 0;
      for (let k = 0; k < row.features.length; k++) z += (w[row.features[k] ?? 0] ?? 0) * (row.values[k] ?? 0);
      const miss = (row.weight / mean / batch) * (1 / (1 + Math.exp(-z)) - (row.yes ? 1 : 0));
      for (let k = 0; k < row.features.length; k++) { const f = row.features[k] ?? 0; g[f] = (g[f] ?? 0) + miss * (row.values[k] ?? 0); }
    },
  });
}

const dense = clauseFeatureNames.length;
/** How much plain weights are pulled to nought. */
const ridge = 1.5e-4;

/** The marked texts by topic: those that are likely, and those that the writer or the reader named. */
function casesOf(examples: readonly Example[], folds: readonly number[], models: readonly LinearModel[]): Case[] {
  const marks = readMarks();
  const scorers = models.map(scorer);
  return examples.flatMap((example, i) => {
    const marked = marks.get(example.id), fold = folds[i] ?? 0, scored = marked && scorers[fold]?.(example.title, example.text);
    if (marked === undefined || scored === undefined || scored.clauses.length < 2) return [];
    const reader = clauseReader(scored, example.title, example.text);
    const ngrams = scored.clauses.map((_, c) => { const out: [number, number][] = []; reader.eachNgram(c, (f, v) => { out.push([f, v]); }); return out; });
    return topicCodes.flatMap((topic): Case[] => {
      const whole = scored.probabilities[firstOutput(topic) + 1] ?? 0, spans = marked.get(topic) ?? [];
      if (whole < doubtful && !marked.has(topic)) return [];
      const told = reader.dense(topic);
      const rows = scored.clauses.map((clause, c): Row => {
        const own = ngrams[c] ?? [];
        return {
          features: Uint32Array.from([...own.map(([f]) => f), ...clauseFeatureNames.map((_, d) => hashed + d), carryingWidth - 1]),
          values: Float64Array.from([...own.map(([, v]) => v), ...told.subarray(c * dense, (c + 1) * dense), 1]),
          yes: isMarked(clause, spans), weight: 1 / Math.sqrt(scored.clauses.length),
        };
      });
      return [{ fold, example, scored, topic, whole, rows }];
    });
  });
}

/** Weights of the clauses; the dense features are brought to one spread first, and back. */
function weightsOf(cases: readonly Case[]): Float32Array {
  const rows = cases.flatMap((c) => c.rows);
  const at = (row: Row, d: number) => row.values[row.values.length - 1 - dense + d] ?? 0;
  const mean = clauseFeatureNames.map((_, d) => rows.reduce((s, r) => s + at(r, d), 0) / rows.length);
  const spread = mean.map((m, d) => Math.sqrt(rows.reduce((s, r) => s + (at(r, d) - m) ** 2, 0) / rows.length) + 1e-6);
  const even = rows.map((r) => ({ ...r, values: r.values.map((v, k) => { const d = k - (r.values.length - 1 - dense); return d >= 0 && d < dense ? (v - (mean[d] ?? 0)) / (spread[d] ?? 1) : v; }) }));
  const w = fitLogistic(even, carryingWidth, ridge);
  mean.forEach((m, d) => {
    const own = (w[hashed + d] ?? 0) / (spread[d] ?? 1);
    w[hashed + d] = own;
    w[carryingWidth - 1] = (w[carryingWidth - 1] ?? 0) - own * m;
  });
  return Float32Array.from(w);
}

/** How far the whole text and the clauses are each to be believed, on texts whose marks the weights had not seen. */
function jointOf(cases: readonly (Case & { carried: number })[]): [number, number, number] {
  const [a = 1, b = 0, c = 0] = fitLogistic(cases.map(({ example, topic, whole, carried }) => ({ features: Uint32Array.of(0, 1, 2), values: Float64Array.of(...bothViews(whole, carried), 1), yes: example.topics.includes(topic), weight: 1 })), 3, 0);
  return [a, b, c];
}

/** For each fold weights that saw none of its marks, and those of all. `models[f]` had not seen the texts of fold f. */
export function fitCarrying(examples: readonly Example[], folds: readonly number[], models: readonly LinearModel[]): { byFold: Carrying[]; all: Carrying } {
  const cases = casesOf(examples, folds, models);
  const weights = models.map((_, f) => weightsOf(cases.filter((c) => c.fold !== f)));
  const judged = cases.map((c) => ({ ...c, carried: quoter({ weights: weights[c.fold] ?? new Float32Array(0), joint: [1, 0, 0] }, c.scored, c.example.title, c.example.text)(c.topic).carried }));
  return {
    byFold: weights.map((w, f) => ({ weights: w, joint: jointOf(judged.filter((c) => c.fold !== f)) })),
    all: { weights: weightsOf(cases), joint: jointOf(judged) },
  };
}

export interface ReadAgain {
  /** The probabilities of a text with those of its topics joined by what its clauses say. */
  probabilities: Float64Array;
  /** How likely each topic is by the best of the clauses. */
  carried: number[];
}

/** Reads every text by the model of its fold. */
export function readAgain(examples: readonly Example[], folds: readonly number[], models: readonly LinearModel[]): ReadAgain[] {
  const scorers = models.map(scorer);
  return examples.map(({ title, text }, i) => {
    const scored = scorers[folds[i] ?? 0]?.(title, text);
    if (scored === undefined) throw new Error('a text lies in no fold');
    return readClausesOf(scored, title, text);
  });
}

/** Reads one text. */
export function readClausesOf(scored: Scored, title: string | null, text: string): ReadAgain {
  const { p, quote } = topicsOf(scored, title, text);
  const probabilities = Float64Array.from(scored.probabilities);
  const carried = topicCodes.map((topic, t) => {
    probabilities.set([1 - (p[t] ?? 0), p[t] ?? 0], firstOutput(topic));
    return quote(topic).carried;
  });
  return { probabilities, carried };
}
