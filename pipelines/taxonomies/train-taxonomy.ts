// In: texts with labels of an office's own scheme. Out: a model of that scheme, and how well it does on texts it has not seen.
// Invariant: seeded, so the same labels give the same bytes; no text is judged, and no probability fitted, by a model that saw it or its twin.
import { createHash } from 'node:crypto';
import type { Evaluation } from '../../datasets/own-taxonomy.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Progress } from '../records.ts';
import { seeded, shuffle } from '../train/support-vectors.ts';
import { calibrate, chosen, probabilitiesOf, type Calibration } from './calibrate.ts';
import { evaluate, type Verdict } from './evaluate.ts';
import { fitClasses, headsOf, marginsOf, type ClassWeights, type Manner, type Scheme } from './fit-classes.ts';
import { placed, rowsOf, sharedBuckets, type Placed } from './rows.ts';
import { readTerms, type OwnText } from './terms.ts';

export interface LabelledText extends OwnText { labels: readonly string[] }
export interface TaxonomyModel { name: string; version: string; codes: readonly string[]; calibration: Calibration; weights: ClassWeights }

/** Below so many texts a class is told to be too small to learn well. */
export const fewTexts = 10;
const folds = 5;

/** Chosen on public sets by cross-validation; the opening helps where texts begin with a title, and harms little where not. */
const usualManner: Manner = { lengths: [1, 1, 0.6], cost: 0.5 };

/** Trains and cross-validates; `told` counts the share of the work in texts. Throws `bad_file` where there is too little to learn from. */
export function trainTaxonomy(name: string, texts: readonly LabelledText[], told?: Progress, manner = usualManner): { model: TaxonomyModel; evaluation: Evaluation } {
  const codes = [...new Set(texts.flatMap((t) => t.labels))].sort();
  if (codes.length < 2) throw new ZhiweiError('bad_file', `标注里只有 ${codes.length} 个类别，至少要有 2 个；请检查 label 字段`);
  if (texts.length < fewTexts) throw new ZhiweiError('bad_file', `标注只有 ${texts.length} 条，至少要有 ${fewTexts} 条；每个类别最好有 ${fewTexts} 条以上`);
  const place = new Map(codes.map((code, c) => [code, c]));
  const classesOf = texts.map((t) => [...new Set(t.labels)].flatMap((code) => place.get(code) ?? []).sort((a, b) => a - b));
  const scheme: Scheme = { classes: codes.length, several: classesOf.some((of) => of.length !== 1) };
  const terms = texts.map(readTerms);
  const buckets = sharedBuckets(terms);
  const known = terms.map((t) => placed(t, buckets));

  const heads = headsOf(scheme);
  const tell = (round: number) => (head: number) => { told?.(Math.floor((texts.length * (round * heads + head)) / (heads * (folds + 1))), texts.length); };
  const fold = foldsOf(texts, classesOf);
  const margins: Float64Array[] = [];
  for (let f = 0; f < folds; f++) for (const [i, m] of unseenMargins(known, buckets, classesOf, fold, f, scheme, manner, tell(f))) margins[i] = m;
  const version = createHash('sha256').update(JSON.stringify(texts.map((t, i) => [t.text, t.words, classesOf[i]]))).update(JSON.stringify(codes)).digest('hex').slice(0, 8);
  return {
    evaluation: evaluationOf(name, version, codes, verdictsOf(margins, classesOf, fold, scheme.several), scheme.several),
    model: { name, version, codes, calibration: calibrate(margins, classesOf, scheme.several), weights: fitClasses(known, buckets, classesOf, scheme, manner, tell(folds)) },
  };
}

/** A fold for each text, every class spread over all; the same text twice is in one fold. */
function foldsOf(texts: readonly OwnText[], classesOf: readonly (readonly number[])[]): Uint8Array {
  const order = Uint32Array.from(texts.keys());
  shuffle(order, seeded(7));
  const byClass = [...order].sort((a, b) => (classesOf[a]?.[0] ?? -1) - (classesOf[b]?.[0] ?? -1));
  const seen = new Map<string, number>();
  const fold = new Uint8Array(texts.length);
  byClass.forEach((i, j) => {
    const text = texts[i]?.text ?? '';
    fold[i] = seen.get(text) ?? j % folds;
    seen.set(text, fold[i] ?? 0);
  });
  return fold;
}

function unseenMargins(known: readonly Placed[], buckets: Uint32Array, classesOf: readonly (readonly number[])[], fold: Uint8Array, f: number, scheme: Scheme, manner: Manner, told: (head: number) => void): [number, Float64Array][] {
  const seen = [...known.keys()].filter((i) => fold[i] !== f);
  const unseen = [...known.keys()].filter((i) => fold[i] === f);
  const weights = fitClasses(seen.flatMap((i) => known[i] ?? []), buckets, seen.map((i) => classesOf[i] ?? []), scheme, manner, told);
  const rows = rowsOf(unseen.flatMap((i) => known[i] ?? []), weights.vocabulary, weights.lengths);
  return unseen.map((i, row) => [i, marginsOf(rows, row, weights)]);
}

/** Judges each text by what was calibrated on the other folds. */
function verdictsOf(margins: readonly Float64Array[], classesOf: readonly (readonly number[])[], fold: Uint8Array, several: boolean): Verdict[] {
  const calibrated = Array.from({ length: folds }, (_, f) => {
    const others = [...margins.keys()].filter((i) => fold[i] !== f);
    return calibrate(others.flatMap((i) => margins[i] ?? []), others.map((i) => classesOf[i] ?? []), several);
  });
  return margins.map((m, i) => {
    const by = calibrated[fold[i] ?? 0];
    return { gold: classesOf[i] ?? [], said: by ? chosen(probabilitiesOf(m, by), by) : [] };
  });
}

function evaluationOf(name: string, version: string, codes: readonly string[], verdicts: readonly Verdict[], several: boolean): Evaluation {
  const figures = evaluate(verdicts, codes.length);
  const classes = figures.classes.map((c, i) => ({ code: codes[i] ?? '', ...c }));
  return {
    name, version, texts: verdicts.length, folds, several, ...figures, classes,
    few: classes.filter((c) => c.texts < fewTexts).map(({ code, texts }) => ({ code, texts })),
  };
}
