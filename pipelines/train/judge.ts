// In: a model, or the word lists alone, and gold examples. Out: gold and given labels side by side.
// Invariant: a text is judged as the command line would label it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { findDangers } from '../classify/dangers.ts';
import { answersOf, labelText, topicsOf, type Cuts } from '../classify/label.ts';
import { decodeModel, encodeModel, type LinearModel } from '../classify/model.ts';
import { scorer } from '../classify/score.ts';
import { wordFeatureNames, wordFeatures } from '../classify/word-hits.ts';
import { foldsByGroup, type Example } from './answers.ts';
import { fit, layersByFold, unseenEvidence, type FitOptions } from './fit.ts';
import type { Pair } from './measure.ts';
import { count } from './rows.ts';

/** What another reader makes of the linear model's probabilities of one text, and where it cuts them. */
export interface Joined { cuts: Cuts; join: (gold: Example, linear: Float64Array) => Float64Array }

/** Labels by a trained model, alone or joined with another reader. */
export function judge(model: LinearModel, examples: readonly Example[], joined?: Joined): Pair[] {
  const score = scorer(model);
  return examples.map((gold) => {
    const alone = score(gold.title, gold.text);
    const scored = joined ? { ...alone, probabilities: joined.join(gold, alone.probabilities) } : alone;
    return {
      gold, given: labelText(joined?.cuts ?? model, scored, gold.title, gold.text), critical: answersOf(scored.probabilities, 'critical')[1] ?? 0,
      topics: topicsOf(scored, gold.title, gold.text, joined?.cuts).p,
    };
  });
}

/** What joins the training set of every fold: further texts, and clauses. */
export interface Beside { also: readonly Example[]; clauses: readonly Example[] }

export interface Judged { model: LinearModel; unseen: Example[] }

/** The file that keeps the model of a fold for the next run of the same options and texts. */
function fileOfFold(folder: string, examples: readonly Example[], { also, clauses }: Beside, options: FitOptions, fold: number): string {
  const made = JSON.stringify([{ ...options, version: '' }, examples, also, clauses]);
  return join(folder, `${createHash('sha256').update(made).digest('hex').slice(0, 12)}-${fold}-${options.folds}.bin`);
}

/** Keeps the models of the folds. */
export function keepFoldModels(folder: string, models: readonly LinearModel[], examples: readonly Example[], beside: Beside, options: FitOptions): void {
  mkdirSync(folder, { recursive: true });
  models.forEach((model, f) => { writeFileSync(fileOfFold(folder, examples, beside, options, f), encodeModel(model)); });
}

/** Models each of which saw nothing of some writers, with the texts of those; taken from the folder that keeps them, or trained. */
export function foldModels(examples: readonly Example[], beside: Beside, options: FitOptions, told?: (fold: number) => void, kept?: string): Judged[] {
  const files = kept === undefined ? [] : Array.from({ length: options.folds }, (_, f) => fileOfFold(kept, examples, beside, options, f));
  if (files.length > 0 && files.every((f) => existsSync(f))) return withTexts(examples, files.map((f) => decodeModel(readFileSync(f))));
  const counted = [...examples, ...beside.also].map(count);
  const clauses = beside.clauses.map(count), layers = layersByFold(counted, clauses, options, told);
  const { models } = fit(counted, clauses, layers, unseenEvidence(counted, layers), options);
  if (kept !== undefined) keepFoldModels(kept, models, examples, beside, options);
  return withTexts(examples, models);
}

/** The models of the folds with the texts that each has not seen. */
export function withTexts(examples: readonly Example[], models: readonly LinearModel[]): Judged[] {
  const fold = foldsByGroup(examples, models.length);
  return models.map((model, f) => ({ model, unseen: examples.filter((_e, i) => fold[i] === f) }));
}

/** Labels by the word lists alone: what a clerk's keyword search would give. */
export function judgeByWords(examples: readonly Example[]): Pair[] {
  return examples.map((gold) => {
    const text = `${gold.title ?? ''}\n${gold.text}`;
    const hits = new Map(wordFeatures(text).map((v, i) => [wordFeatureNames[i] ?? '', v]));
    const of = (name: string) => hits.get(name) ?? 0;
    const topics = topicCodes.map(of);
    const most = Math.max(...topics);
    const chosen = topicCodes.filter((_, i) => most > 0 && (topics[i] ?? 0) >= 0.8 * most).slice(0, 2);
    const dangers = findDangers(text).filter((d) => !d.lifted && d.urgent);
    const kinds = new Set(dangers.map((d) => d.kind));
    const bad = of('strong') + of('mild') + of('extreme');
    const polarity = of('praise') > bad ? 'positive' : bad > 0 || of('pleas') > 0 ? 'negative' : 'neutral';
    const wishes = [['感谢', of('praise')], ['咨询', of('questions')], ['建议', of('proposals')], ['检举', of('reports')], ['求决', of('pleas')], ['投诉', of('strong')]] as const;
    const flag = dangers.length >= 3 || kinds.size >= 2;
    return {
      gold, critical: flag ? 1 : 0, topics: topics.map((t) => (t > 0 && t >= 0.8 * most ? 1 : 0)),
      given: {
        topics: (chosen.length > 0 ? chosen : (['other'] as const)).map((code) => ({ code, subtopic: null, probability: 1, evidence: [0, gold.text.length] as [number, number] })),
        polarity, intensity: of('extreme') > 0.5 ? 3 : of('strong') > 0 ? 2 : of('mild') > 0 ? 1 : 0,
        intent: wishes.reduce((a, b) => (b[1] > a[1] ? b : a))[0], critical: { flag, reason: flag ? '' : null }, frame: null,
      },
    };
  });
}
