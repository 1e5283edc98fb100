// Run: npm run bench:taxonomies [-- --folder ../shared/data --set waimai_10k]. In: public labelled sets, where the folder has them.
// Out: accuracy and macro-F1 of `zhiwei train` on a fifth kept apart, beside its own cross-validation, with seconds and peak memory.
// Invariant: the kept fifth is drawn by a seed and never trained on; each set in a process of its own, so that its memory is its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readLabels } from '../../pipelines/commands/read-labels.ts';
import { evaluate } from '../../pipelines/taxonomies/evaluate.ts';
import { labelLines } from '../../pipelines/taxonomies/label-texts.ts';
import { trainTaxonomy } from '../../pipelines/taxonomies/train-taxonomy.ts';
import { seeded, shuffle } from '../../pipelines/train/support-vectors.ts';

const sets = [
  { name: 'messages', path: 'classification/train.jsonl' }, { name: 'chnsenticorp_htl', path: 'sentiment/chnsenticorp_htl.train.csv.gz' },
  { name: 'waimai_10k', path: 'sentiment/waimai_10k.train.csv.gz' }, { name: 'online_shopping_10_cats', path: 'sentiment/online_shopping_10_cats.train.csv.gz' },
];
const { values } = parseArgs({ options: { folder: { type: 'string', default: fileURLToPath(new URL('../../../shared/data', import.meta.url)) }, set: { type: 'string' } } });
const say = (line: string) => { process.stdout.write(`${line}\n`); };

async function measure(name: string, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'zhiwei-bench-'));
  const plain = file.endsWith('.gz') ? join(folder, `${name}.csv`) : file;
  if (plain !== file) writeFileSync(plain, gunzipSync(readFileSync(file)));
  const texts = await readLabels(plain, '--set').finally(() => { rmSync(folder, { recursive: true, force: true }); });
  const order = Uint32Array.from(texts.keys());
  shuffle(order, seeded(5));
  const kept = new Set(order.subarray(0, Math.floor(texts.length / 5)));
  const started = process.cpuUsage();
  const { model, evaluation } = trainTaxonomy(name, texts.filter((_, i) => !kept.has(i)));
  const { user, system } = process.cpuUsage(started);
  const unseen = texts.filter((_, i) => kept.has(i));
  const said = labelLines(model, unseen.map(({ text, words }) => ({ id: null, text, words })));
  const at = (code: string) => model.codes.indexOf(code);
  const figures = evaluate(unseen.map((t, i) => ({ gold: t.labels.map(at), said: (said[i]?.labels ?? []).map((l) => at(l.code)) })), model.codes.length);
  const shown = ({ value, low, high }: { value: number; low: number; high: number }) => `${value.toFixed(4)} [${low.toFixed(4)}–${high.toFixed(4)}]`;
  say(`${name}: trained on ${evaluation.texts}, kept apart ${unseen.length}\n  kept apart        accuracy ${shown(figures.accuracy)}, macro-F1 ${shown(figures.macroF1)}`);
  say(`  cross-validation  accuracy ${shown(evaluation.accuracy)}, macro-F1 ${shown(evaluation.macroF1)}\n  ${((user + system) / 1e6).toFixed(0)} s of one core, peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
}

for (const { name, path } of sets.filter((s) => values.set === undefined || s.name === values.set)) {
  const file = join(values.folder, path);
  if (!existsSync(file)) say(`${name}: not there (${path}); name a folder that has it with --folder`);
  else if (values.set !== undefined) await measure(name, file);
  else spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), '--folder', values.folder, '--set', name], { stdio: 'inherit' });
}
