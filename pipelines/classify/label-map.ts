// In: the logits of a text from any model, and what each of its labels means here. Out: probabilities of the answers that the model can give.
// Invariant: a text's windows are pooled (several labels: the strongest; one label: the mean by length); a question without mapped labels is not answered.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { ModelLabels } from '../../datasets/settings.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import type { ModelFacts, Window } from '../encoder-process.ts';
import { polarityOrder, questions } from './model.ts';

/** Which answer of which question a code of ours stands for. */
function placeOf(code: string): { question: string; answer: number } | null {
  if (topicCodes.some((t) => t === code) || code === 'critical') return { question: code, answer: 1 };
  const polarity = polarityOrder.findIndex((p) => p === code), intent = intents.findIndex((i) => i === code);
  return polarity >= 0 ? { question: 'polarity', answer: polarity } : intent >= 0 ? { question: 'intent', answer: intent } : null;
}

export type Answers = ReadonlyMap<string, number[]>;

/** Prepares the reading of a model's logits. Throws `bad_request` when the map names labels that the model has not. */
export function labelReader(facts: ModelFacts, labels: ModelLabels): (windows: readonly Window[]) => Answers {
  const missing = Object.keys(labels).filter((l) => !facts.labels.includes(l));
  if (missing.length > 0) throw new ZhiweiError('bad_request', `设置 model.labels 里的 ${missing.slice(0, 5).join('、')} 不是该模型的标签；它的标签是 ${facts.labels.slice(0, 20).join('、') || '（config.json 里没有 id2label）'}`);
  if (facts.width !== facts.labels.length) throw new ZhiweiError('bad_request', `该模型给出 ${facts.width} 个数，config.json 的 id2label 却有 ${facts.labels.length} 个标签；二者应一致`);
  const places = facts.labels.map((l) => { const code = labels[l]; return code === undefined ? null : placeOf(code); });
  const several = facts.problem === 'multi_label_classification';
  return (windows) => {
    const p = several ? strongest(windows).map((z) => 1 / (1 + Math.exp(-z))) : weighted(windows.map((w) => softmax(w.logits)), windows);
    const out = new Map<string, number[]>();
    places.forEach((place, i) => {
      if (place === null) return;
      const answers = out.get(place.question) ?? new Array<number>(questions.find((q) => q.name === place.question)?.answers.length ?? 2).fill(0);
      const before = answers[place.answer] ?? 0;
      answers[place.answer] = several ? Math.max(before, p[i] ?? 0) : before + (p[i] ?? 0);
      out.set(place.question, answers);
    });
    for (const [question, answers] of out) out.set(question, question === 'polarity' || question === 'intent' ? normalised(answers) : [1 - (answers[1] ?? 0), answers[1] ?? 0]);
    return out;
  };
}

const strongest = (windows: readonly Window[]) => Array.from(windows[0]?.logits ?? [], (_, i) => Math.max(...windows.map((w) => w.logits[i] ?? -Infinity)));

/** The mean of rows of numbers, each window counting by its tokens. */
export function weighted(rows: readonly ArrayLike<number>[], windows: readonly Window[]): number[] {
  const all = windows.reduce((n, w) => n + Math.max(1, w.tokens), 0);
  return Array.from(rows[0] ?? [], (_, i) => rows.reduce((sum, r, k) => sum + ((r[i] ?? 0) * Math.max(1, windows[k]?.tokens ?? 0)) / all, 0));
}

const normalised = (values: readonly number[]) => { const sum = values.reduce((a, b) => a + b, 0); return values.map((v) => (sum > 0 ? v / sum : 1 / values.length)); };

/** Probabilities that sum to 1. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits), top = Math.max(...values);
  return normalised(values.map((z) => Math.exp(z - top)));
}
