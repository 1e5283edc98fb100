// In: texts of the corpus, labelled by their topic, and label files with faults. Out: proof that an office's own categories are learnt, kept and told honestly.
// Invariant: real training on real texts; the commands run as a person would run them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationSchema } from '../../datasets/own-taxonomy.ts';
import { calibrate, chosen, probabilitiesOf } from '../../pipelines/taxonomies/calibrate.ts';
import { evaluate } from '../../pipelines/taxonomies/evaluate.ts';
import { labelLines } from '../../pipelines/taxonomies/label-texts.ts';
import { encodeTaxonomy } from '../../pipelines/taxonomies/model-file.ts';
import { readTerms } from '../../pipelines/taxonomies/terms.ts';
import { trainTaxonomy } from '../../pipelines/taxonomies/train-taxonomy.ts';

const dir = mkdtempSync(join(tmpdir(), 'zhiwei-taxonomies-'));
afterAll(() => { rmSync(dir, { recursive: true, force: true }); });

interface Corpus { text: string; topics: string[] }
const corpus = readFileSync('datasets/corpus/mine-language.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Corpus);
const pool = corpus.filter((c) => c.topics.every((t) => ['pay', 'living', 'health'].includes(t)));
const alone = pool.filter((c) => c.topics.length === 1).slice(0, 240);
const single = alone.map(({ text, topics }) => ({ text, words: null, labels: topics }));

const file = (name: string, lines: readonly unknown[]) => {
  const path = join(dir, name);
  writeFileSync(path, lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n'));
  return path;
};
const zhiwei = (...args: string[]) => spawnSync(process.execPath, ['pipelines/zhiwei.js', ...args, '--data', join(dir, 'data')], { encoding: 'utf8' });

describe('trainTaxonomy', () => {
  const { model, evaluation } = trainTaxonomy('诉求', single);

  it('learns categories well enough to find them in texts it has not seen', () => {
    expect(evaluation.macroF1.value).toBeGreaterThan(0.8);
    expect(evaluation.macroF1.low).toBeLessThan(evaluation.macroF1.value);
    expect(evaluation.macroF1.high).toBeGreaterThan(evaluation.macroF1.value);
    const said = labelLines(model, [{ id: 1, text: '绩效拖了三个月没发，工资条也不给看', words: null }, { id: 2, text: '宿舍暖气一点不热，热水也没有，物业没人管', words: null }]);
    expect(said.map((s) => s.labels[0]?.code)).toEqual(['pay', 'living']);
  });

  it('counts every text once in the confusion matrix', () => {
    expect(evaluation.confusion.flat().reduce((a, b) => a + b, 0)).toBe(single.length);
    expect(evaluation.classes.map((c) => c.texts)).toEqual(evaluation.confusion.slice(0, 3).map((row) => row.reduce((a, b) => a + b, 0)));
  });

  it('gives the same bytes for the same labels', () => {
    const again = trainTaxonomy('诉求', single);
    expect(encodeTaxonomy(again.model).equals(encodeTaxonomy(model))).toBe(true);
    expect(again.evaluation).toEqual(evaluation);
  });

  it('cannot do better than chance on labels that mean nothing', () => {
    const shuffled = single.map((t, i) => ({ ...t, labels: [i % 2 === 0 ? '甲' : '乙'] }));
    const { accuracy } = trainTaxonomy('无', shuffled).evaluation;
    expect(accuracy.low).toBeLessThan(0.5);
  });

  it('is not fooled by the same text twice', () => {
    const twice = single.slice(0, 60).flatMap((t, i) => Array.from({ length: 3 }, () => ({ ...t, labels: [i % 2 === 0 ? '甲' : '乙'] })));
    expect(trainTaxonomy('重', twice).evaluation.accuracy.value).toBeLessThan(0.75);
  });

  it('gives a text several labels where texts have several, and none where none fits', () => {
    const both = [...pool.filter((c) => c.topics.length > 1), ...alone].map(({ text, topics }) => ({ text, words: null, labels: topics }));
    const none = corpus.filter((c) => c.topics.join() === 'skills').slice(0, 80).map(({ text }) => ({ text, words: null, labels: [] as string[] }));
    const trained = trainTaxonomy('多', [...both, ...none]);
    expect(trained.evaluation.several).toBe(true);
    expect(trained.evaluation.microF1.value).toBeGreaterThan(0.75);
    const of = (text: string) => labelLines(trained.model, [{ id: 1, text, words: null }])[0]?.labels.map((l) => l.code);
    expect(of('请问高级工技能鉴定什么时候报名，需要哪些材料？')).toEqual([]);
    expect(of('工资拖欠三个月了，绩效也不发，宿舍暖气不热，热水也停了')?.sort()).toEqual(['living', 'pay']);
  });

  it('reads words already cut, and tells classes with few texts', () => {
    const words = single.slice(0, 80).map((t, i) => ({ text: t.text, words: [...t.text].slice(0, 40), labels: i === 0 ? ['独苗'] : t.labels }));
    expect(trainTaxonomy('词', words).evaluation.few).toEqual([{ code: '独苗', texts: 1 }]);
  });
});

describe('readTerms', () => {
  it('makes no difference of width, case and digits', () => {
    expect(readTerms({ text: 'ＡＢＣ１２３号楼', words: null })).toEqual(readTerms({ text: 'abc789号楼', words: null }));
  });
  it('joins nothing across words that came cut', () => {
    expect(readTerms({ text: '医保 报销', words: ['医保', '报销'] })).not.toEqual(readTerms({ text: '医保报销', words: null }));
  });
  it.each(['', ' \n ', '\ud83d', '啊'.repeat(50_000)])('survives an odd text', (text) => { expect(readTerms({ text, words: null }).buckets.length).toBeLessThan(200_000); });
});

describe('calibrate', () => {
  it('turns margins into probabilities that are as often right as they say', () => {
    const margins = Array.from({ length: 400 }, (_, i) => Float64Array.of(-(i % 20) / 10 + 1, (i % 20) / 10 - 1));
    const right = margins.map((_, i) => [(i * 7919) % 400 < ((i % 20) / 20) * 400 ? 1 : 0]);
    const found = calibrate(margins, right, false);
    const said = margins.reduce((n, m) => n + (probabilitiesOf(m, found)[1] ?? 0), 0);
    expect(Math.abs(said - right.filter((r) => r[0] === 1).length)).toBeLessThan(8);
    expect(chosen(Float64Array.of(0.3, 0.7), found)).toEqual([1]);
    expect(chosen(Float64Array.of(0.3, 0.1), { ...found, several: true, cut: 0.5 })).toEqual([]);
  });
});

describe('evaluate', () => {
  it('has the figures counted by hand', () => {
    const verdicts = [...Array.from({ length: 6 }, () => ({ gold: [0], said: [0] })), ...Array.from({ length: 2 }, () => ({ gold: [0], said: [1] })), ...Array.from({ length: 2 }, () => ({ gold: [1], said: [1] }))];
    const { accuracy, macroF1, microF1, classes, confusion } = evaluate(verdicts, 2);
    expect([accuracy.value, microF1.value, macroF1.value]).toEqual([0.8, 0.8, 0.7619]);
    expect(classes.map((c) => [c.texts, c.precision.value, c.recall.value, c.f1.value])).toEqual([[8, 1, 0.75, 0.8571], [2, 0.5, 1, 0.6667]]);
    expect(confusion).toEqual([[6, 2, 0], [0, 2, 0], [0, 0, 0]]);
  });
  it('keeps what was missed and what was wrongly added apart, where a text has several', () => {
    expect(evaluate([{ gold: [0, 1], said: [0] }, { gold: [], said: [1] }, { gold: [0], said: [1] }], 2).confusion).toEqual([[1, 1, 0], [0, 0, 1], [0, 1, 0]]);
  });
});

describe('zhiwei train', () => {
  const labels = join(dir, 'labels.jsonl');
  beforeAll(() => { file('labels.jsonl', single.slice(0, 150).map(({ text, labels: [label] }) => ({ text, label }))); });

  it('teaches a classification, prints and keeps its figures, and classify --taxonomy uses it', () => {
    const { status, stdout } = zhiwei('train', '--labels', labels, '--name', '本矿分类');
    expect([status, stdout.includes('混淆矩阵'), stdout.includes('宏平均 F1')]).toEqual([0, true, true]);
    const kept = evaluationSchema.parse(JSON.parse(readFileSync(join(dir, 'data/taxonomies/本矿分类.json'), 'utf8')));
    expect(kept.classes.map((c) => c.code)).toEqual(['health', 'living', 'pay']);
    const input = file('in.jsonl', [{ id: 'a', text: '工资拖欠三个月没发' }, { id: 7, words: '宿舍 暖气 不热' }, { id: 8, text: '' }]);
    expect(zhiwei('classify', '--taxonomy', '本矿分类', '--input', input, '--output', join(dir, 'out.jsonl')).status).toBe(0);
    const out = readFileSync(join(dir, 'out.jsonl'), 'utf8').trim().split('\n').map((l) => JSON.parse(l) as { id: unknown; labels: { code: string; probability: number }[] });
    expect(out.map((o) => [o.id, o.labels.map((l) => l.code)])).toEqual([['a', ['pay']], [7, ['living']], [8, []]]);
    expect(out[0]?.labels[0]?.probability).toBeGreaterThan(0.5);
  });

  it('reads a table as well as JSON lines', () => {
    const csv = file('labels.csv', ['类别,内容', ...single.slice(0, 60).map((t) => `${t.labels[0]},"${t.text.replaceAll('"', '""')}"`)]);
    expect(zhiwei('train', '--labels', csv, '--name', '表').status).toBe(0);
  });

  it.each([
    { lines: ['{"text":"甲","label":"a"}', '{"label":"b"}'], told: '第 2 行没有 text' },
    { lines: ['{"text":"甲"}'], told: '第 1 行没有 label' },
    { lines: ['{"text":"甲","label":" "}'], told: '第 1 行的类别是空的' },
    { lines: ['{"text":"  ","label":"a"}'], told: '第 1 行的文字是空的' },
    { lines: ['{"text":"甲","label":"a"}', '不是'], told: '第 2 行不是 JSON' },
    { lines: ['{"text":"甲","label":"a"}'], told: '只有 1 个类别' },
    { lines: ['{"text":"甲","label":"a"}', '{"text":"乙","label":"b"}'], told: '至少要有 10 条' },
  ])('says “$told” and keeps nothing', ({ lines, told }) => {
    const { status, stderr } = zhiwei('train', '--labels', file('bad.jsonl', lines), '--name', '坏');
    expect([status, stderr.includes(told), existsSync(join(dir, 'data/taxonomies/坏.model'))]).toEqual([1, true, false]);
  });

  it.each(['../外面', 'a/b', '', '.hidden', 'x'.repeat(65)])('refuses the name “%s”', (name) => {
    const { status, stderr } = zhiwei('train', '--labels', labels, '--name', name);
    expect([status, stderr.includes('--name')]).toEqual([2, true]);
  });

  it('says how to teach a classification that is not there, and refuses a file that is not one', () => {
    const input = file('one.jsonl', [{ id: 1, text: '甲' }]);
    const use = () => zhiwei('classify', '--taxonomy', '没教过', '--input', input, '--output', join(dir, 'none.jsonl'));
    expect(use().stderr).toContain('zhiwei train --labels');
    writeFileSync(join(dir, 'data/taxonomies/没教过.model'), '{}\n');
    expect(use().stderr).toContain('请用同一版本的程序重新训练');
    expect(existsSync(join(dir, 'none.jsonl'))).toBe(false);
  });
});
