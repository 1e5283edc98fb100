// Trains the shipped classifier: npx tsx pipelines/train/train-linear.ts [--also FILE …] [--gold FILE …] [--output datasets/model]
// In: the corpus, further labelled files (--also: learned from, never copied), gold files to judge by (--gold). Out: linear.bin and its README.md.
// Invariant: the figures for the corpus come from folds by writer; seeded, so the same files give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel } from '../classify/model.ts';
import { taxonomyVersion } from '../../datasets/taxonomy.ts';
import { readCorpus, readExamples } from './answers.ts';
import { fit, usualOptions } from './fit.ts';
import { judge, judgeByFolds, judgeByWords } from './judge.ts';
import { modelCard, type Section } from './model-card.ts';
import { calibrationError, figureTable, headline, perClass, type Pair } from './measure.ts';
import { count } from './rows.ts';

const { values } = parseArgs({ options: {
  also: { type: 'string', multiple: true, default: [] },
  gold: { type: 'string', multiple: true, default: [] }, output: { type: 'string', default: 'datasets/model' }, folds: { type: 'string', default: '5' },
} });

const say = (line: string) => { process.stdout.write(`${line}\n`); };
const corpus = readCorpus();
const also = values.also.flatMap(readExamples);
const section = (title: string, pairs: readonly Pair[], words: readonly Pair[]): Section => {
  const made = {
    title, texts: pairs.length, calibration: calibrationError(pairs),
    compared: figureTable([{ name: 'linear', figures: headline(pairs) }, { name: 'word lists', figures: headline(words) }]),
    classes: figureTable([{ name: 'F1', figures: perClass(pairs) }]),
  };
  say(`\n${title} (${made.texts} texts)\n${made.compared}\n${made.classes}\nECE topics ${made.calibration.topics.toFixed(3)}, critical ${made.calibration.critical.toFixed(3)}`);
  return made;
};

const options = { ...usualOptions, version: `linear-${taxonomyVersion}-${corpus.length + also.length}` };
say(`corpus ${corpus.length} texts, also ${also.length}; judging by ${values.folds} folds of writers`);
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const sections = [section(
  'Mine language, folds by writer', judgeByFolds(corpus, also, Number(values.folds), options, (f) => { say(`fold ${f} done after ${seconds()}`); }), judgeByWords(corpus),
)];
const model = fit([...corpus, ...also].map(count), options);
for (const file of values.gold) {
  const gold = readExamples(file);
  sections.push(section(`Real messages to a city's mailbox (${basename(file, '.jsonl')})`, judge(model, gold), judgeByWords(gold)));
}
mkdirSync(values.output, { recursive: true });
const bytes = encodeModel(model);
writeFileSync(join(values.output, 'linear.bin'), bytes);
writeFileSync(join(values.output, 'README.md'), modelCard(model, bytes.length, { corpus: corpus.length, also: also.length }, sections));
say(`\nwritten: ${join(values.output, 'linear.bin')}, ${(bytes.length / 1e6).toFixed(2)} MB, ${model.hashes.length} features, after ${seconds()}`);
