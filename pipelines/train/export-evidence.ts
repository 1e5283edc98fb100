// Writes what the linear model says of texts it has not seen: npx tsx pipelines/train/export-evidence.ts --corpus FILE … [--gold FILE …] --output FILE
// In: labelled files to learn from (--corpus), files judged by a model of all of them (--gold). Out: one line a text: id, fold, text with title, answers and second-layer evidence.
// Invariant: a corpus text's evidence comes from a first layer that saw none of its writer's texts; gold files carry fold -1. The output holds text: keep it outside the project.
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { evidenceWidth } from '../classify/model.ts';
import { foldsByGroup, readExamples, type Example } from './answers.ts';
import { firstLayer, margin, unseenEvidence, usualOptions } from './fit.ts';
import { count, sparseRows, vocabulary } from './rows.ts';

const { values } = parseArgs({ options: {
  corpus: { type: 'string', multiple: true, default: [] }, gold: { type: 'string', multiple: true, default: [] }, output: { type: 'string', default: 'evidence.jsonl' },
} });
const out = createWriteStream(values.output);
const write = (e: Example, fold: number, evidence: Float64Array) => {
  const { id, group, title, text, topics, polarity, intensity, intent, critical } = e;
  out.write(`${JSON.stringify({ id, group, fold, text: title ? `${title}\n${text}` : text, topics, polarity, intensity, intent, critical, evidence: Array.from(evidence, (v) => Math.round(v * 1e5) / 1e5) })}\n`);
};

const examples = values.corpus.flatMap(readExamples);
const counted = examples.map(count);
const fold = foldsByGroup(examples, usualOptions.folds);
unseenEvidence(counted, usualOptions).forEach((evidence, i) => { const e = examples[i]; if (e) write(e, fold[i] ?? 0, evidence); });

const words = vocabulary(counted, usualOptions.mostFeatures);
const layer = firstLayer(sparseRows(counted, words), examples, usualOptions.cost);
for (const file of values.gold) {
  const gold = readExamples(file).map(count);
  const rows = sparseRows(gold, words);
  gold.forEach(({ example, dense }, row) => {
    const evidence = new Float64Array(evidenceWidth);
    layer.forEach((w, h) => { evidence[h] = margin(rows, row, w); });
    evidence.set(dense, layer.length);
    write(example, -1, evidence);
  });
}
out.end();
