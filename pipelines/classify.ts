// In: texts. Out: topics with evidence, polarity, intensity, intent and whether the text is critical 紧急.
// Invariant: the labels of a text depend on it and the models alone; every evidence span is a non-blank part of the text.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ZhiweiError } from '../datasets/errors.ts';
import type { HouseSettings, OwnModel } from '../datasets/settings.ts';
import { openEncoder, openShipped, type Encoder } from './classify/encoder.ts';
import { labelText } from './classify/label.ts';
import { decodeModel, type LinearModel } from './classify/model.ts';
import { scorer } from './classify/score.ts';
import type { Labels, Progress } from './records.ts';

export interface ClassifierInput { title?: string | null; text: string }

export interface Classifier {
  /** Names of the models, as written into `run`. */
  version: string;
  classify(texts: readonly ClassifierInput[], progress?: Progress): Promise<Labels[]>;
  /** Whether the linear model that ships reads alone: then parts of the work may be done elsewhere by the same model. */
  plain: boolean;
  /** Ends what the classifier keeps running. */
  close(): void;
}

export interface ClassifierOptions {
  /** Another linear model file than the one that ships. */
  model?: string;
  /** The transformer beside it: the one that ships, or a model of the house; absent: the linear model alone. */
  encoder?: OwnModel | 'shipped';
}

/** What the settings, or a wish that goes before them, say about who reads the texts. */
export function readersOf({ classifier, model }: Pick<HouseSettings, 'classifier' | 'model'>, wish: HouseSettings['classifier'] = classifier): ClassifierOptions {
  if (wish === 'linear') return {};
  return { encoder: model ?? 'shipped' };
}

const shippedModel = fileURLToPath(new URL('../datasets/model/linear.bin', import.meta.url));
const chunk = 256, slice = 1024;

/** A classifier around a model already in memory. */
export function linearClassifier(model: LinearModel, plain = false): Classifier {
  const score = scorer(model), { version, thresholds, polarityFactors } = model, cuts = { thresholds, polarityFactors };
  return {
    version, plain,
    async classify(texts, progress) {
      const out: Labels[] = [];
      for (const { title, text } of texts) {
        out.push(labelText(cuts, score(title ?? null, text), title ?? null, text));
        if (out.length % chunk === 0 && out.length < texts.length) {
          progress?.(out.length, texts.length);
          await setImmediate();
        }
      }
      progress?.(texts.length, texts.length);
      return out;
    },
    close() { /* nothing runs on */ },
  };
}

/** The linear model and a transformer, joined text by text; while one slice is labelled here, the next is read there. */
export function joinedClassifier(model: LinearModel, encoder: Encoder): Classifier {
  const score = scorer(model), cuts = encoder.cuts(model), version = `${model.version}+${encoder.version}`;
  return {
    version, plain: false,
    async classify(texts, progress) {
      const out: Labels[] = [];
      const read = (from: number) => encoder.read(texts.slice(from, from + slice), (done) => progress?.(Math.min(from + done, texts.length), texts.length));
      let ahead = read(0);
      for (let from = 0; from < texts.length; from += slice) {
        const readings = await ahead;
        if (from + slice < texts.length) ahead = read(from + slice);
        for (const [i, { title, text }] of texts.slice(from, from + slice).entries()) {
          const scored = score(title ?? null, text);
          const probabilities = encoder.join(scored.probabilities, readings[i] ?? []);
          out.push(labelText(cuts, { ...scored, probabilities }, title ?? null, text));
        }
      }
      progress?.(texts.length, texts.length);
      return out;
    },
    close: () => encoder.close(),
  };
}

/** Reads the models; throws `bad_file` when one is missing or of another shape. The caller closes the classifier. */
export async function loadClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  const file = options.model ?? shippedModel;
  if (!existsSync(file)) throw new ZhiweiError('bad_file', `分类模型不存在：${basename(file)}。请检查安装是否完整，或重新训练。`);
  const model = await readLinear(file);
  return options.encoder ? joinedClassifier(model, options.encoder === 'shipped' ? await openShipped() : await openEncoder(options.encoder)) : linearClassifier(model, file === shippedModel);
}

async function readLinear(file: string): Promise<LinearModel> {
  try {
    return decodeModel(await readFile(file));
  } catch (cause) {
    throw new ZhiweiError('bad_file', `分类模型读不出来：${basename(file)}。请用同一版本的程序重新训练。`, undefined, { cause });
  }
}
