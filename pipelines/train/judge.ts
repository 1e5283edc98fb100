// In: a model, or the word lists alone, and gold examples. Out: gold and given labels side by side.
// Invariant: a text is judged as the command line would label it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { findDangers } from '../classify/dangers.ts';
import { answersOf, labelText } from '../classify/label.ts';
import { decodeModel, encodeModel, type LinearModel } from '../classify/model.ts';
import { scorer } from '../classify/score.ts';
import { wordFeatureNames, wordFeatures } from '../classify/word-hits.ts';
import { foldsByGroup, type Example } from './answers.ts';
import { fit, type FitOptions } from './fit.ts';
import type { Pair } from './measure.ts';
import { count } from './rows.ts';

/** What another reader makes of the linear model's probabilities of one text, and where it cuts them. */
export interface Joined { cuts: Pick<LinearModel, 'thresholds' | 'polarityFactors'>; join: (gold: Example, linear: Float64Array) => Float64Array }

/** Labels by a trained model, alone or joined with another reader. */
export function judge(model: LinearModel, examples: readonly Example[], joined?: Joined): Pair[] {
  const score = scorer(model);
  return examples.map((gold) => {
    const alone = score(gold.title, gold.text);
    const scored = joined ? { ...alone, probabilities: joined.join(gold, alone.probabilities) } : alone;
    return {
      gold, given: labelText(joined?.cuts ?? model, scored, gold.title, gold.text), critical: answersOf(scored.probabilities, 'critical')[1] ?? 0,
      topics: topicCodes.map((t) => answersOf(scored.probabilities, t)[1] ?? 0),
    };
  });
}

/** Models each of which saw nothing of some writers, with the texts of those; `also` joins every training set. A folder keeps them for the next run of the same options and texts. */
export function foldModels(examples: readonly Example[], also: readonly Example[], folds: number, options: FitOptions, told?: (fold: number) => void, kept?: string): { model: LinearModel; unseen: Example[] }[] {
  const fold = foldsByGroup(examples, folds);
  const made = JSON.stringify([{ ...options, version: '' }, examples, also]);
  return Array.from({ length: folds }, (_, f) => {
    const file = kept ? join(kept, `${createHash('sha256').update(made).digest('hex').slice(0, 12)}-${f}-${folds}.bin`) : null;
    const ready = file !== null && existsSync(file);
    const model = ready ? decodeModel(readFileSync(file)) : fit([...examples.filter((_e, i) => fold[i] !== f), ...also].map(count), options);
    if (file !== null && !ready) { mkdirSync(dirname(file), { recursive: true }); writeFileSync(file, encodeModel(model)); }
    told?.(f + 1);
    return { model, unseen: examples.filter((_e, i) => fold[i] === f) };
  });
}

/** Labels of every example by a model that saw none of its writer's texts. */
export function judgeByFolds(...args: Parameters<typeof foldModels>): Pair[] {
  return foldModels(...args).flatMap(({ model, unseen }) => judge(model, unseen));
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
