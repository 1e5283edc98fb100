// Trains the shipped classifier: npx tsx pipelines/train/train-linear.ts [--also FILE …] [--gold FILE …] [--output datasets/model] [--evidence FILE] [--keep FOLDER]
// In: the corpus, further labelled files (--also: learned from, never copied), gold files to judge by (--gold). Out: linear.bin and its README.md; with --evidence what the model says of texts it has not seen (text in it: keep it outside the project), with --keep the models of the folds.
// Invariant: the figures for the corpus come from folds by writer; seeded, so the same files give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel, secondInput } from '../classify/model.ts';
import { scorer } from '../classify/score.ts';
import { taxonomyVersion } from '../../datasets/taxonomy.ts';
import { firstWriter, foldsByGroup, readClauses, readCorpus, readExamples, type Example } from './answers.ts';
import { fit, layersByFold, modelsByFold, unseenEvidence, usualOptions } from './fit.ts';
import { judge, judgeByWords, keepFoldModels, withTexts } from './judge.ts';
import { modelCard, type Section } from './model-card.ts';
import { calibrationError, figureTable, headline, perClass, type Pair } from './measure.ts';
import { count } from './rows.ts';

const { values } = parseArgs({ options: {
  also: { type: 'string', multiple: true, default: [] },
  gold: { type: 'string', multiple: true, default: [] }, output: { type: 'string', default: 'datasets/model' }, folds: { type: 'string', default: '5' },
  evidence: { type: 'string' }, keep: { type: 'string' },
} });

const say = (line: string) => { process.stdout.write(`${line}\n`); };
const corpus = readCorpus();
const clauses = readClauses();
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

/** A text with its answers and second-layer evidence, as the encoder's training reads it; gold carries fold −1, a clause, without evidence, −2. */
function evidenceLine({ id, group, title, text, topics, polarity, intensity, intent, critical }: Example, fold: number, evidence: Iterable<number>): string {
  return `${JSON.stringify({ id, group, fold, text: title ? `${title}\n${text}` : text, topics, polarity, intensity, intent, critical, evidence: Array.from(evidence, (v) => Math.round(v * 1e5) / 1e5) })}\n`;
}

const options = { ...usualOptions, folds: Number(values.folds), version: `linear-${taxonomyVersion}-${corpus.length + also.length}` };
say(`corpus ${corpus.length} texts and ${clauses.length} clauses, also ${also.length}; judging by ${values.folds} folds of writers`);
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const learned = [...corpus, ...also];
const counted = learned.map(count);
const phrases = clauses.map(count);
const layers = layersByFold(counted, phrases, options, (f) => { say(`fold ${f} trained after ${seconds()}`); });
const unseen = unseenEvidence(counted, layers);
const model = fit(counted, phrases, options, unseen);
const bytes = encodeModel(model);
mkdirSync(values.output, { recursive: true });
writeFileSync(join(values.output, 'linear.bin'), bytes);
say(`written: ${join(values.output, 'linear.bin')}, ${(bytes.length / 1e6).toFixed(2)} MB, ${model.hashes.length} features, after ${seconds()}`);

if (values.evidence !== undefined) {
  const score = scorer(model);
  const fold = foldsByGroup(learned, options.folds);
  const gold = values.gold.flatMap(readExamples);
  const rows = [...learned.map((e, i) => evidenceLine(e, fold[i] ?? 0, unseen[i] ?? [])), ...gold.map((e) => { const { margins, dense } = score(e.title, e.text); return evidenceLine(e, -1, secondInput(margins, dense)); }), ...clauses.map((e) => evidenceLine(e, -2, []))];
  writeFileSync(values.evidence, rows.join(''));
}

const models = modelsByFold(counted, layers, unseen, options);
if (values.keep !== undefined) keepFoldModels(values.keep, models, corpus, { also, clauses }, options);
const judged = withTexts(corpus, models).flatMap((fold) => judge(fold.model, fold.unseen));
const first = judged.filter((p) => firstWriter.test(p.gold.group));
const sections = [
  section('Mine language, folds by writer', judged, judgeByWords(corpus)),
  section('Of these the first writers', first, judgeByWords(first.map((p) => p.gold))),
];
for (const file of values.gold) {
  const gold = readExamples(file);
  sections.push(section(`Real messages to a city's mailbox (${basename(file, '.jsonl')})`, judge(model, gold), judgeByWords(gold)));
}
writeFileSync(join(values.output, 'README.md'), modelCard(model, bytes.length, { corpus: corpus.length, clauses: clauses.length, also: also.length }, sections));
