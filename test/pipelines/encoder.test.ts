// In: the tiny model of test/models (made by make-tiny.ts) named as a house would name its own. Out: proof that a model joins the linear one, and how it fails.
// Invariant: real child processes, real ONNX runtime; the same text gives the same bits in any company.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataDir, readPointer } from '../../datasets/data-dir.ts';
import { settingsSchema } from '../../datasets/settings.ts';
import { loadClassifier, readersOf, type Classifier } from '../../pipelines/classify.ts';
import { EncoderPool } from '../../pipelines/classify/encoder-pool.ts';
import { shippedEncoder } from '../../pipelines/classify/encoder.ts';
import { readExamples } from '../../pipelines/train/answers.ts';
import { combiner, readCombination, type Combination } from '../../pipelines/classify/combine.ts';
import { labelReader } from '../../pipelines/classify/label-map.ts';
import { heads, outputs, questions } from '../../pipelines/classify/model.ts';
import type { Window } from '../../pipelines/encoder-process.ts';
import { runPipeline } from '../../pipelines/pipeline.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import { octoberRows, writeLedger } from './ledger.ts';

const tiny = fileURLToPath(new URL('../models/tiny', import.meta.url));
const labels = { MONEY: 'pay', GAS: 'safety', COURSE: 'skills', BAD: 'negative' };
const own = (path: string) => settingsSchema.parse({ classifier: 'encoder', model: { path, labels } });
const long = '培训的事说了又说，考证要钱，'.repeat(30);
const texts = ['欠薪三个月，去要钱说没有', '瓦斯又高了', '', '？', '今天天气好', long, '欠薪三个月，去要钱说没有', '培训考证要自己掏钱，差得很'];

describe('EncoderPool', () => {
  let pool: EncoderPool;
  beforeAll(async () => { pool = await EncoderPool.open(tiny, { processes: 2, window: 64, overlap: 16 }); }, 60_000);
  afterAll(() => pool.close());
  const bits = (windows: readonly Window[]) => windows.map(({ logits, tokens }) => `${tokens} ${Buffer.from(logits.buffer, logits.byteOffset, logits.byteLength).toString('hex')}`);

  it('gives a text the same bits alone, backwards and among many others', async () => {
    const together = (await pool.run(texts)).map(bits);
    const backwards = (await pool.run([...texts].reverse())).map(bits).reverse();
    const among = (await pool.run([...Array.from({ length: 50 }, (_, i) => `第${i}封信说钱的事${'再说'.repeat(i)}`), ...texts])).slice(50).map(bits);
    const alone: string[][] = [];
    for (const text of texts) alone.push(...(await pool.run([text])).map(bits));
    expect([backwards, among, alone]).toEqual([together, together, together]);
    expect(together[0]).toEqual(together[6]);
  });
  it('cuts a long text into windows that overlap, and a short one into one', async () => {
    const windows = await pool.run([long, '瓦斯']);
    expect(windows.map((w) => w.length)).toEqual([Math.ceil((long.length - 16) / (62 - 16)), 1]);
  });
  it('tells its progress truly, up to the end', async () => {
    const told: number[] = [];
    await pool.run(Array.from({ length: 100 }, (_, i) => `${i % 40} 号信`), (done, total) => { told.push(done); expect(total).toBe(100); });
    expect(told.at(-1)).toBe(100);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });
  it('has nothing to do for no texts', async () => { expect(await pool.run([])).toEqual([]); });
});

const window = (tokens: number, ...logits: number[]): Window => ({ tokens, logits: Float32Array.from(logits) });

describe('the combination with the linear model', () => {
  const even = new Float64Array(outputs);
  questions.reduce((first, { answers }) => { even.fill(1 / answers.length, first, first + answers.length); return first + answers.length; }, 0);
  const combination = (alpha: number, beta: number): Combination => ({
    version: 'test', joint: [1, 0, 0], thresholds: new Array<number>(11).fill(0.5), polarityFactors: [1, 1, 1],
    questions: Object.fromEntries(questions.map(({ name, answers }) => [name, { alpha, beta, gamma: answers.map(() => 0) }])),
  });
  const logits = (values: Partial<Record<(typeof heads)[number], number>>) => heads.map((h) => values[h] ?? 0);
  const at = (question: string) => questions.slice(0, questions.findIndex((q) => q.name === question)).reduce((n, q) => n + q.answers.length, 0);

  it('is the linear model where only that counts, question by question', () => {
    const linear = even.map((p, i) => (i < 2 ? [0.8, 0.2][i]! : p));
    expect([...combiner(combination(1, 0))(linear, [window(5, ...logits({}))])].map((p) => p.toFixed(9))).toEqual([...linear].map((p) => p.toFixed(9)));
  });
  it('adds the logits: of a topic, of a feeling, and step by step of the intensity', () => {
    const out = combiner(combination(1, 1))(even, [window(5, ...logits({ 'topic:pay': 2, 'polarity:positive': 1, 'intensity:1': 3, 'intensity:2': -1 }))]);
    expect(out[at('pay') + 1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(out[at('polarity') + 2]).toBeCloseTo(Math.E / (Math.E + 2), 6);
    const steps = [0, 3, 2, 2].map(Math.exp), sum = steps.reduce((a, b) => a + b, 0);
    steps.forEach((s, k) => expect(out[at('intensity') + k]).toBeCloseTo(s / sum, 6));
  });
  it('weighs the windows of a long text by their length', () => {
    const join = combiner(combination(0, 1));
    const [two, one] = [join(even, [window(30, ...logits({ critical: 4 })), window(10, ...logits({}))]), join(even, [window(40, ...logits({ critical: 3 }))])];
    expect(two[at('critical') + 1]).toBeCloseTo(one[at('critical') + 1]!, 9);
  });
  it('stays finite where the linear model is certain', () => {
    const certain = even.map((_p, i) => (i % 2 ? 0 : 1));
    expect([...combiner(combination(1, 1))(certain, [window(5, ...logits({ 'topic:pay': 9 }))])].every(Number.isFinite)).toBe(true);
  });
  it('is refused when its file is missing or covers other questions', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zhiwei-combine-'));
    expect(() => readCombination(folder)).toThrow('没有随程序的语义模型');
    writeFileSync(join(folder, 'combine.json'), JSON.stringify({ ...combination(1, 1), questions: {} }));
    expect(() => readCombination(folder)).toThrow('与本程序不合');
    writeFileSync(join(folder, 'combine.json'), JSON.stringify(combination(1, 1)));
    expect(readCombination(folder).version).toBe('test');
    rmSync(folder, { recursive: true });
  });
});

describe('labelReader', () => {
  const facts = { labels: ['a', 'b', 'c'], width: 3 };
  it('takes the strongest window where a text may have several labels', () => {
    const read = labelReader({ ...facts, problem: 'multi_label_classification' }, { a: 'pay', b: 'negative', c: 'positive' });
    const answers = read([window(5, -5, 0, 0), window(60, 3, 0, 0)]);
    expect(answers.get('pay')?.[1]).toBeCloseTo(1 / (1 + Math.exp(-3)), 12);
    expect(answers.get('polarity')).toEqual([0.5, 0, 0.5]);
  });
  it('takes the mean of the windows by their length where a text has one label, and adds labels of one meaning', () => {
    const read = labelReader({ ...facts, problem: 'single_label_classification' }, { a: 'pay', b: 'pay' });
    expect(read([window(30, 0, 0, 0), window(10, 0, 0, 99)]).get('pay')?.[1]).toBeCloseTo((2 / 3) * 0.75, 12);
  });
  it('refuses labels that the model has not', () => {
    expect(() => labelReader({ ...facts, problem: null }, { 工资: 'pay' })).toThrow('工资 不是该模型的标签');
  });
});

describe('a model of the house', () => {
  let joined: Classifier, linear: Classifier;
  beforeAll(async () => { [joined, linear] = await Promise.all([loadClassifier(readersOf(own(tiny))), loadClassifier()]); }, 60_000);
  afterAll(() => joined.close());
  const codes = async (classifier: Classifier, text: string) => (await classifier.classify([{ text }]))[0]?.topics.map((t) => t.code).sort();

  it('decides what its labels mean, and leaves the rest to the linear model', async () => {
    expect(await codes(joined, '培训考证要自己掏钱')).toEqual(['pay', 'skills']);
    expect(await codes(joined, '家属院停水三天，物业电话没人接，暖气也不热')).toEqual(await codes(linear, '家属院停水三天，物业电话没人接，暖气也不热'));
    const [own_, theirs] = await Promise.all([joined.classify([{ text: '请问培训什么时候开班？' }]), linear.classify([{ text: '请问培训什么时候开班？' }])]);
    expect(own_[0]?.intent).toBe(theirs[0]?.intent);
  });
  it('names both models, the own one by its weights', () => {
    expect(joined.version).toMatch(new RegExp(`^${linear.version}\\+tiny-[0-9a-f]{8}$`));
  });
  it('labels a text alike in any company, over more than one slice', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => ({ text: texts[i % texts.length] ?? '' }));
    const told: number[] = [];
    const all = await joined.classify(many, (done) => { told.push(done); });
    const alone = await joined.classify([{ text: long }]);
    expect(all.length).toBe(1100);
    expect(all[5]).toEqual(alone[0]);
    expect(all[1093]).toEqual(alone[0]);
    expect([told.at(-1), [...told].sort((a, b) => a - b)]).toEqual([1100, told]);
  });
});

describe('a model that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhiwei-model-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const copy = (name: string) => { const to = join(folder, name); cpSync(tiny, to, { recursive: true }); return to; };

  it('is named when a file is missing', async () => {
    const broken = copy('missing');
    rmSync(join(broken, 'tokenizer.json'));
    await expect(EncoderPool.open(broken)).rejects.toThrow(/“missing”缺少文件 tokenizer.json/);
  });
  it('is named when it is cut short or is no model', async () => {
    const cut = copy('cut'), text = copy('text');
    truncateSync(join(cut, 'onnx/model.onnx'), 5000);
    writeFileSync(join(text, 'onnx/model.onnx'), 'not a model');
    for (const broken of [cut, text]) await expect(EncoderPool.open(broken, { processes: 1 })).rejects.toThrow(/读不出来，文件可能损坏/);
  }, 60_000);
  it('fails the run when its process is killed, instead of waiting', async () => {
    const pool = await EncoderPool.open(tiny, { processes: 1 });
    const run = pool.run(Array.from({ length: 5000 }, (_, i) => `${'钱'.repeat(50)}${i}`));
    pool.close();
    await expect(run).rejects.toThrow('进程中断');
  }, 60_000);
  it('is the one that ships when the settings name none, and none when they say so', () => {
    expect([readersOf(settingsSchema.parse({}), 'encoder'), readersOf(settingsSchema.parse({}), 'linear')]).toEqual([{ encoder: 'shipped' }, {}]);
  });
});

describe('a run with a model of the house', () => {
  it('names both models and labels by both', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zhiwei-own-'));
    await writeLedger(join(folder, '台账.xlsx'), octoberRows.slice(0, 8));
    const dir = dataDir(join(folder, 'data'));
    writeFileSync(dir.settings, JSON.stringify({ classifier: 'encoder', model: { path: tiny, labels } }));
    await runPipeline(dir, { inputs: [join(folder, '台账.xlsx')] }, () => {});
    const { run, demand } = await readTables(join(dir.warehouse, readPointer(dir)!.file), ['run', 'demand']);
    expect(run[0]?.model).toMatch(/^linear-.+\+tiny-[0-9a-f]{8}$/);
    expect(demand.length).toBeGreaterThan(0);
    rmSync(folder, { recursive: true });
  }, 120_000);
});

describe.skipIf(!existsSync(join(shippedEncoder, 'combine.json')))('the transformer that ships', () => {
  it('gives a text the same labels alone, backwards and among others, long ones too, and is named in the version', async () => {
    const both = await loadClassifier(readersOf(settingsSchema.parse({ classifier: 'encoder' })));
    try {
      const some = [...readExamples('datasets/corpus/mine-language.jsonl').slice(0, 40).map(({ title, text }) => ({ title, text })), { title: null, text: long }, { title: '反映情况', text: '' }];
      const together = await both.classify(some);
      expect((await both.classify([...some].reverse())).reverse()).toEqual(together);
      for (const i of [0, 7, 40, 41]) expect((await both.classify([some[i]!]))[0]).toEqual(together[i]);
      expect(both.version).toMatch(/^linear-.+\+encoder-/);
    } finally { both.close(); }
  }, 60_000);
});

describe('the processes of a model', () => {
  // Only Linux tells a process's children by their numbers.
  it.skipIf(process.platform !== 'linux')('end with the process that started them, even when that is killed', async () => {
    const script = `const { EncoderPool } = await import(${JSON.stringify(new URL('../../pipelines/classify/encoder-pool.ts', import.meta.url).href)});
      await EncoderPool.open(${JSON.stringify(tiny)}, { processes: 2 }); process.stdout.write('open\\n'); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise<void>((resolve) => parent.stdout.once('data', () => resolve()));
    const children = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').trim().split(' ').filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('encoder-process'));
    expect(children.length).toBe(2);
    parent.kill('SIGKILL');
    await expect.poll(() => children.filter((pid) => existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''), { timeout: 10_000 }).toEqual([]);
  }, 60_000);
});
