// Run: npm run bench:text [-- --gold FILE … --folds N]. In: the corpus (by folds of writers) and, if named, gold files.
// Out: figures of the classifier beside the word lists alone, and texts per second of segmenting and classifying on one core.
// Invariant: a corpus text is judged by a model that saw nothing of its writer; a gold file by the model that ships.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadClassifier } from '../../pipelines/classify.ts';
import { decodeModel } from '../../pipelines/classify/model.ts';
import { ownDictionary, segment } from '../../pipelines/segment.ts';
import { readExamples, type Example } from '../../pipelines/train/answers.ts';
import { usualOptions } from '../../pipelines/train/fit.ts';
import { judge, judgeByFolds, judgeByWords } from '../../pipelines/train/judge.ts';
import { calibrationError, figureTable, headline, type Pair } from '../../pipelines/train/measure.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values } = parseArgs({ options: {
  gold: { type: 'string', multiple: true, default: [] }, folds: { type: 'string', default: '5' }, 'speed-only': { type: 'boolean', default: false },
} });
const say = (line: string) => { process.stdout.write(`${line}\n`); };

function show(title: string, examples: readonly Example[], pairs: readonly Pair[]): void {
  const e = calibrationError(pairs);
  say(`\n${title}: ${pairs.length} texts\n${figureTable([{ name: 'classifier', figures: headline(pairs) }, { name: 'word lists', figures: headline(judgeByWords(examples)) }])}`);
  say(`ECE: topics ${e.topics.toFixed(3)}, critical ${e.critical.toFixed(3)}`);
}

const corpus = readExamples(file('datasets/corpus/mine-language.jsonl'));

async function speed(): Promise<void> {
  const all = corpus.map((e) => e.text).join('');
  const texts = Array.from({ length: 12_000 }, (_, i) => ({ title: null, text: all.slice((i * 97) % (all.length - 200)).slice(0, 200) }));
  const opened = performance.now();
  const classifier = await loadClassifier();
  const ready = performance.now();
  await classifier.classify(texts.slice(0, 1000));
  const from = performance.now();
  await classifier.classify(texts);
  const to = performance.now();
  const documents = texts.map((t, i) => ({ document_id: String(i), ...t }));
  segment(documents.slice(0, 10), { own: ownDictionary, user: null });
  const cut = performance.now();
  segment(documents, { own: ownDictionary, user: null });
  const done = performance.now();
  const rate = (ms: number) => Math.round(texts.length / (ms / 1000));
  say(`model ${classifier.version} loaded in ${Math.round(ready - opened)} ms`);
  say(`texts of 200 characters per second: classify ${rate(to - from)}, segment ${rate(done - cut)}`);
}

await speed();
if (!values['speed-only']) {
  show('Corpus, folds by writer, trained on the corpus alone', corpus, judgeByFolds(corpus, [], Number(values.folds), usualOptions));
  for (const gold of values.gold) {
    const examples = readExamples(gold);
    show(gold, examples, judge(decodeModel(readFileSync(file('datasets/model/linear.bin'))), examples));
  }
}
