// In: texts. Out: topics with evidence, polarity, intensity, intent and whether the text is critical 紧急.
// Invariant: the labels of a text depend on it and the model alone; every evidence span is a non-blank part of the text.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ZhiweiError } from '../datasets/errors.ts';
import { labelText } from './classify/label.ts';
import { decodeModel, type LinearModel } from './classify/model.ts';
import { scorer } from './classify/score.ts';
import type { Labels, Progress } from './records.ts';

export interface ClassifierInput { title?: string | null; text: string }

export interface Classifier {
  /** Model name and training date, as written into `run`. */
  version: string;
  classify(texts: readonly ClassifierInput[], progress?: Progress): Promise<Labels[]>;
}

export interface ClassifierOptions {
  /** Another model file than the one that ships. */
  model?: string;
}

const shippedModel = fileURLToPath(new URL('../datasets/model/linear.bin', import.meta.url));
const chunk = 256;

/** A classifier around a model already in memory. */
export function linearClassifier(model: LinearModel): Classifier {
  const score = scorer(model);
  return {
    version: model.version,
    async classify(texts, progress) {
      const out: Labels[] = [];
      for (const { title, text } of texts) {
        out.push(labelText(model, score(title ?? null, text), title ?? null, text));
        if (out.length % chunk === 0 && out.length < texts.length) {
          progress?.(out.length, texts.length);
          await setImmediate();
        }
      }
      progress?.(texts.length, texts.length);
      return out;
    },
  };
}

/** Reads the model; throws `bad_file` when it is missing or of another shape. */
export async function loadClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  const file = options.model ?? shippedModel;
  if (!existsSync(file)) throw new ZhiweiError('bad_file', `分类模型不存在：${basename(file)}。请检查安装是否完整，或重新训练。`);
  try {
    return linearClassifier(decodeModel(await readFile(file)));
  } catch (cause) {
    throw new ZhiweiError('bad_file', `分类模型读不出来：${basename(file)}。请用同一版本的程序重新训练。`, undefined, { cause });
  }
}
