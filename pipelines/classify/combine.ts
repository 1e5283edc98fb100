// In: the linear model's probabilities and the shipped transformer's logits of one text. Out: the probabilities of both together.
// Invariant: per question z_a = α·log p_linear(a) + β·e_a + γ_a, then softmax; α, β, γ, and how the topics so found join what the clauses say (`joint`), were fitted on texts that neither model had seen.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Window } from '../encoder-process.ts';
import { softmax, weighted } from './label-map.ts';
import { heads, outputs, questions } from './model.ts';

export const combinationSchema = z.object({
  version: z.string().min(1),
  questions: z.record(z.string(), z.object({ alpha: z.number(), beta: z.number(), gamma: z.array(z.number()) })),
  joint: z.tuple([z.number(), z.number(), z.number()]), thresholds: z.array(z.number()).length(11), polarityFactors: z.array(z.number()).length(3),
});
export type Combination = z.infer<typeof combinationSchema>;

/** Reads combine.json beside a model. Throws `bad_file` where it is missing or does not cover every question. */
export function readCombination(folder: string): Combination {
  const file = join(folder, 'combine.json');
  if (!existsSync(file)) throw new ZhiweiError('bad_file', '没有随程序的语义模型（datasets/model/encoder/combine.json 不在）。请检查安装是否完整，或在设置中改用 classifier: "linear"，或写明自己的 model。');
  const read = (): unknown => { try { return JSON.parse(readFileSync(file, 'utf8')); } catch { return null; } };
  const parsed = combinationSchema.safeParse(read());
  const covers = parsed.success && questions.every(({ name, answers }) => parsed.data.questions[name]?.gamma.length === answers.length);
  if (!covers) throw new ZhiweiError('bad_file', '语义模型的 combine.json 读不出来，或与本程序不合。请用同一版本的程序重新训练，或在设置中改用 classifier: "linear"。');
  return parsed.data;
}

const headAt = new Map<string, number>(heads.map((h, i) => [h, i]));
const least = 1e-9;

/** What the logits say of one question's answers: nothing and the logit; the logits; the sum of the steps up to an intensity. */
function evidenceOf(question: string, logits: readonly number[]): number[] {
  const at = (head: string) => logits[headAt.get(head) ?? -1] ?? 0;
  const { answers = [] } = questions.find((q) => q.name === question) ?? {};
  if (question === 'polarity' || question === 'intent') return answers.map((a) => at(`${question}:${a}`));
  if (question === 'intensity') return answers.map((_, k) => [1, 2, 3].slice(0, k).reduce((sum, step) => sum + at(`intensity:${step}`), 0));
  return [0, at(question === 'critical' ? 'critical' : `topic:${question}`)];
}

/** Joins one text's readings. */
export function combiner(combination: Combination): (linear: Float64Array, windows: readonly Window[]) => Float64Array {
  return (linear, windows) => {
    const logits = weighted(windows.map((w) => w.logits), windows);
    const out = new Float64Array(outputs);
    let first = 0;
    for (const { name, answers } of questions) {
      const { alpha, beta, gamma } = combination.questions[name] ?? { alpha: 1, beta: 0, gamma: [] };
      const e = evidenceOf(name, logits);
      out.set(softmax(answers.map((_, a) => alpha * Math.log(Math.max(least, linear[first + a] ?? 0)) + beta * (e[a] ?? 0) + (gamma[a] ?? 0))), first);
      first += answers.length;
    }
    return out;
  };
}
