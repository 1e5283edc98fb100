// Run: npm run bench:text [-- --gold FILE --folds N --also FILE --quick --settings FILE]. In: the corpus (by folds of writers) and, if named, a gold file of real messages.
// Out: precision, recall and F1 of every label beside the word lists alone; datasets/model/figures.json, which README and the page 质量 show.
// Invariant: a corpus text is judged by models that saw nothing of its writer (the transformer by its kept out-of-fold logits); a gold file by the model that ships. `--also` joins every training set. `--keep FOLDER` takes the models of the folds that train-linear.ts kept there. `--quick` prints the demand frames alone; `--settings` measures the model that a house named, and writes nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readFigures, type LabelFigures, type QualityFigures, type QualitySection } from '../../datasets/quality.ts';
import { settingsSchema } from '../../datasets/settings.ts';
import { taxonomyVersion } from '../../datasets/taxonomy.ts';
import { readerNames, type ReaderName } from '../../datasets/vocabulary.ts';
import { openEncoder, openShipped, shippedEncoder, type Encoder } from '../../pipelines/classify/encoder.ts';
import { decodeModel } from '../../pipelines/classify/model.ts';
import { clausesBeside, readCorpus, readExamples, type Example } from '../../pipelines/train/answers.ts';
import { usualOptions } from '../../pipelines/train/fit.ts';
import { foldModels, judge, judgeByWords } from '../../pipelines/train/judge.ts';
import { labelFigures, mistakesOf } from '../../pipelines/train/label-figures.ts';
import { readOutOfFold } from '../../pipelines/train/out-of-fold.ts';
import { frameParts, measureFrames } from '../../pipelines/train/measure-frames.ts';
import { calibrationError, headline, quoteFigures, type Pair } from '../../pipelines/train/measure.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values } = parseArgs({ options: { gold: { type: 'string' }, folds: { type: 'string', default: '5' }, quick: { type: 'boolean', default: false }, settings: { type: 'string' }, also: { type: 'string', multiple: true, default: [] }, keep: { type: 'string' } } });
const say = (line: string) => { process.stdout.write(`${line}\n`); };
const three = (v: number) => v.toFixed(3);
const rounded = (v: number) => Math.round(v * 10_000) / 10_000;

function sectionOf(name: QualitySection['name'], readers: readonly (readonly [ReaderName, readonly Pair[]])[]): QualitySection {
  const made: QualitySection = {
    name, texts: readers[0]?.[1].length ?? 0, quotes: quoteFigures(readers.at(-1)?.[1] ?? []),
    readers: readers.map(([reader, pairs]) => ({ reader, overall: headline(pairs).map(({ name: n, value, low, high }) => ({ name: n, value: rounded(value), low: rounded(low), high: rounded(high) })), labels: labelFigures(pairs) })),
  };
  say(`\n${name === 'corpus' ? 'Corpus, folds by writer' : 'Real messages'}: ${made.texts} texts; brackets are 95 % bootstrap intervals`);
  for (const { reader, overall } of made.readers) say(`${reader.padEnd(9)} ${overall.map((f) => `${f.name} ${three(f.value)} [${three(f.low)}–${three(f.high)}]`).join('; ')}`);
  for (const [reader, pairs] of readers) { const e = calibrationError(pairs); if (reader !== 'words') say(`${reader.padEnd(9)} calibration error: topics ${three(e.topics)}, critical ${three(e.critical)}`); }
  if (made.quotes) say(`\nquotations by ${readers.at(-1)?.[0] ?? ''}, ${made.quotes.texts} texts whose carrying parts a reader marked: ${made.quotes.quoted} quoted, ${three(made.quotes.carries / made.quotes.quoted)} carry their topic, ${three(made.quotes.elsewhere / made.quotes.quoted)} stand elsewhere in the text, the others name a topic that the reader found nowhere`);
  const cell = (l: LabelFigures | undefined) => (l ? (['precision', 'recall', 'f1'] as const).map((m) => `${three(l[m].value)} [${three(l[m].low)}–${three(l[m].high)}]`).join(' ') : '–');
  say(`\nlabel, n, then precision, recall, F1 by ${made.readers.map((r) => r.reader).join(' | ')}`);
  const all = new Map(made.readers.flatMap((r) => r.labels.map((l) => [`${l.kind} ${l.code}`, l.real] as const)));
  for (const [label, real] of all) say(`${label.padEnd(22)}${String(real).padStart(5)}  ${made.readers.map((r) => cell(r.labels.find((l) => `${l.kind} ${l.code}` === label))).join(' | ')}`);
  return made;
}

const windowsOf = async (encoder: Encoder, examples: readonly Example[]) => new Map((await encoder.read(examples)).map((w, i) => [examples[i]?.id ?? '', w] as const));

const { texts, figures } = measureFrames();
const unseen = measureFrames('even').figures;
say(`Demand frames on ${texts} texts labelled before the rules; in brackets the half that the rules were not corrected on`);
figures.forEach((f, i) => { const u = unseen[i] ?? f; say(`${f.part.padEnd(10)} precision ${three(f.hit / f.said)} (${three(u.hit / u.said)}), recall ${three(f.hit / f.real)} (${three(u.hit / u.real)}), told in ${f.real}`); });

if (!values.quick) {
  const corpus = readCorpus();
  const shipped = decodeModel(readFileSync(file('datasets/model/linear.bin')));
  const before = readFigures();
  const also = values.also.flatMap(readExamples);
  const models = foldModels(corpus, { also, clauses: clausesBeside(corpus) }, { ...usualOptions, folds: Number(values.folds) }, (f) => { say(`fold ${f} trained`); }, values.keep);
  const linear = models.flatMap(({ model, unseen: own }) => judge(model, own));
  const own = values.settings === undefined ? null : settingsSchema.parse(JSON.parse(readFileSync(values.settings, 'utf8'))).model;
  const both = own ? await openEncoder(own) : existsSync(join(shippedEncoder, 'oof.jsonl')) ? await openShipped() : null;
  const outOfFold = own && both ? await windowsOf(both, corpus) : both ? readOutOfFold(join(shippedEncoder, 'oof.jsonl')) : null;
  const combined = both && outOfFold ? models.flatMap(({ model, unseen: texts }) => judge(model, texts.filter((e) => outOfFold.has(e.id)), { cuts: both.cuts(model), join: (gold, p) => both.join(p, outOfFold.get(gold.id) ?? []) })) : null;
  // Readers are compared on the same texts: those whose out-of-fold logits were kept.
  const same = outOfFold ? linear.filter((p) => outOfFold.has(p.gold.id)) : linear;
  const sections = [sectionOf('corpus', [['words', judgeByWords(same.map((p) => p.gold))], ['linear', same], ...(combined ? [['combined', combined] as const] : [])])];
  if (values.gold !== undefined) {
    const gold = readExamples(values.gold);
    const windows = both ? await windowsOf(both, gold) : null;
    sections.push(sectionOf('messages', [['words', judgeByWords(gold)], ['linear', judge(shipped, gold)], ...(both && windows ? [['combined', judge(shipped, gold, { cuts: both.cuts(shipped), join: (g, p) => both.join(p, windows.get(g.id) ?? []) })] as const] : [])]));
  } else sections.push(...(before?.linear === shipped.version && before.encoder === (both?.version ?? null) ? before.sections.filter((s) => s.name === 'messages') : []));
  const made: QualityFigures = {
    made: new Date().toISOString().slice(0, 10), linear: shipped.version, encoder: both?.version ?? null, taxonomy: taxonomyVersion, sections,
    frames: { texts, parts: figures.map((f) => ({ ...f, label: frameParts[f.part] })) }, mistakes: mistakesOf(linear),
  };
  both?.close();
  if (own === null) writeFileSync(file('datasets/model/figures.json'), `${JSON.stringify(made, null, 1)}\n`);
  if (own === null) say(`\nwritten: datasets/model/figures.json (${Object.keys(readerNames).filter((r) => sections[0]?.readers.some((x) => x.reader === r)).join(', ')})`);
}
