// Trains the shipped classifier: npx tsx pipelines/train/train-linear.ts [--also FILE …] [--gold FILE …] [--output datasets/model] [--evidence FILE] [--keep FOLDER]
// In: the corpus, further labelled files (--also: learned from, never copied), gold files to judge by (--gold). Out: linear.bin and its README.md; with --evidence what the model says of texts it has not seen (text in it: keep it outside the project), with --keep the models of the folds.
// Invariant: the figures for the corpus come from folds by writer; seeded, so the same files give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel, secondInput } from '../classify/model.ts';
import { scorer } from '../classify/score.ts';
import { taxonomyVersion } from '../../datasets/taxonomy.ts';
import { clausesBeside, firstWriter, foldsByGroup, readCorpus, readExamples, type Example } from './answers.ts';
import { readClausesOf } from './fit-carrying.ts';
import { fit, layersByFold, unseenEvidence, usualOptions } from './fit.ts';
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
const also = values.also.flatMap(readExamples);
const learned = [...corpus, ...also];
const clauses = clausesBeside(corpus), fold = foldsByGroup(learned, Number(values.folds));
/** Clauses that stand beside any text; the others are of texts that readers marked. */
const ofNobody = foldsByGroup(clauses, 1), written = clauses.filter((_, i) => ofNobody[i] === -1);
const section = (title: string, pairs: readonly Pair[], words: readonly Pair[]): Section => {
  const made = {
    title, texts: pairs.length, calibration: calibrationError(pairs),
    compared: figureTable([{ name: 'linear', figures: headline(pairs) }, { name: 'word lists', figures: headline(words) }]),
    classes: figureTable([{ name: 'F1', figures: perClass(pairs) }]),
  };
  say(`\n${title} (${made.texts} texts)\n${made.compared}\n${made.classes}\nECE topics ${made.calibration.topics.toFixed(3)}, critical ${made.calibration.critical.toFixed(3)}`);
  return made;
};

const short = (v: number) => Math.round(v * 1e5) / 1e5;

/** A text with its answers, second-layer evidence and what its clauses say of each topic, as the encoder's training reads it; gold carries fold −1, a clause, without evidence, −2. */
function evidenceLine({ id, group, title, text, topics, polarity, intensity, intent, critical }: Example, fold: number, evidence: Iterable<number>, carried: readonly number[]): string {
  return `${JSON.stringify({ id, group, fold, text: title ? `${title}\n${text}` : text, topics, polarity, intensity, intent, critical, evidence: Array.from(evidence, short), carried: carried.map(short) })}\n`;
}

const options = { ...usualOptions, folds: Number(values.folds), version: `linear-${taxonomyVersion}-${learned.length + clauses.length}` };
say(`corpus ${corpus.length} texts, ${written.length} clauses and ${clauses.length - written.length} of marked texts, also ${also.length}; judging by ${values.folds} folds of writers`);
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const counted = learned.map(count);
const phrases = clauses.map(count);
const layers = layersByFold(counted, phrases, options, (f) => { say(`fold ${f} trained after ${seconds()}`); });
const unseen = unseenEvidence(counted, layers);
const { models, again, shipped } = fit(counted, phrases, layers, unseen, options);
say(`clauses read after ${seconds()}`);
const model = shipped();
const bytes = encodeModel(model);
mkdirSync(values.output, { recursive: true });
writeFileSync(join(values.output, 'linear.bin'), bytes);
say(`written: ${join(values.output, 'linear.bin')}, ${(bytes.length / 1e6).toFixed(2)} MB, ${model.hashes.length} features, after ${seconds()}`);

if (values.evidence !== undefined) {
  const score = scorer(model);
  const gold = values.gold.flatMap(readExamples);
  const rows = [...learned.map((e, i) => evidenceLine(e, fold[i] ?? 0, unseen[i] ?? [], again[i]?.carried ?? [])), ...gold.map((e) => { const scored = score(e.title, e.text); return evidenceLine(e, -1, secondInput(scored.margins, scored.dense), readClausesOf(scored, e.title, e.text).carried); }), ...written.map((e) => evidenceLine(e, -2, [], []))];
  writeFileSync(values.evidence, rows.join(''));
}

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
writeFileSync(join(values.output, 'README.md'), modelCard(model, bytes.length, { corpus: corpus.length, clauses: written.length, marked: clauses.length - written.length, also: also.length }, sections));
