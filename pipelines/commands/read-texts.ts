// In: JSON lines of texts. Out: one JSON line per input line, in order: de-identified, classified, or classified by a classification of the office's own.
// Invariant: a line that cannot be read stops the command, naming file and line; the output appears whole or not at all.
import { z } from 'zod';
import { taxonomyFiles } from '../../datasets/own-taxonomy.ts';
import { readHouseSettings } from '../../datasets/settings.ts';
import { loadClassifier, readersOf } from '../classify.ts';
import { deidentifyText } from '../deidentify.ts';
import { reporter, Stopwatch } from '../progress.ts';
import { labelLines } from '../taxonomies/label-texts.ts';
import { ownLine } from '../taxonomies/labelled-line.ts';
import { loadTaxonomy } from '../taxonomies/model-file.ts';
import { SecondPair } from '../second-pair.ts';
import { classifyAll } from '../text-stages.ts';
import { readLines, writeLines } from './json-lines.ts';
import { openData } from './options.ts';

export interface TextOptions { data: string; input: string; output: string; progress: 'text' | 'json' }
export interface ClassifyOptions extends TextOptions { model?: 'linear' | 'encoder'; taxonomy?: string }

const id = z.union([z.string(), z.number()]);
const stopwatch = ({ progress }: TextOptions) => new Stopwatch(reporter(progress));

/** {id, text} → {id, text, spans}. */
export async function deidentifyLines(options: TextOptions): Promise<void> {
  const rows = readLines(options.input, z.looseObject({ id, text: z.string() }));
  writeLines(options.output, await stopwatch(options).time('deidentify', rows.length, (progress) => rows.map((row, i) => {
    progress(i, rows.length);
    return { id: row.id, ...deidentifyText(row.text) };
  })));
}

/** {id?, title?, text | words} → {id, labels: [{code, probability}]}, by what `zhiwei train` was taught under that name. */
export async function classifyByOwn(options: TextOptions, taxonomy: string): Promise<void> {
  const model = loadTaxonomy(taxonomyFiles(openData(options), taxonomy, '--taxonomy'));
  const lines = readLines(options.input, ownLine);
  writeLines(options.output, await stopwatch(options).time('classify', lines.length, (progress) => labelLines(model, lines, progress)));
}

/** {id, title?, text} → {id, topics, polarity, intensity, intent, critical, frame}. */
export async function classifyLines(options: ClassifyOptions): Promise<void> {
  const rows = readLines(options.input, z.looseObject({ id, title: z.string().nullish(), text: z.string() }));
  const classifier = await loadClassifier(readersOf(readHouseSettings(openData(options)), options.model));
  const second = classifier.plain ? SecondPair.for(rows.length) : null;
  const labels = await stopwatch(options).time('classify', rows.length, (progress) => classifyAll(rows.map(({ title, text }) => ({ title: title ?? null, text })), classifier, second, progress)).finally(() => { classifier.close(); second?.close(); });
  writeLines(options.output, rows.map((row, i) => ({ id: row.id, ...labels[i] })));
}
