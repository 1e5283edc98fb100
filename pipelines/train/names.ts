// In: the corpus of mine language with its identifiers, other texts, plain Chinese for pair counts. Out: datasets/model/names.json.
// Invariant: seeded; for a figure on unread writers train with --writers 1-18 and measure 19-26. Run: npx tsx pipelines/train/names.ts --plain DIR --other FILE --extra test/pipelines/deidentify-blind.jsonl
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { candidatesOf, codesOf, isHan } from '../deidentify/name-candidates.ts';
import { featuresOf, pairBits, pairSlot, weightBits } from '../deidentify/name-features.ts';
import { foldWidth } from '../deidentify/spans.ts';
import { anySentence, inventName, lookAlikes, moreSentences, nameSentences, surnameLike } from './name-writings.ts';

const { values } = parseArgs({
  options: { plain: { type: 'string' }, other: { type: 'string' }, extra: { type: 'string' }, writers: { type: 'string', default: '1-26' }, epochs: { type: 'string', default: '24' }, seed: { type: 'string', default: '7' }, output: { type: 'string', default: 'datasets/model/names.json' } },
});

let state = Number(values.seed) >>> 0;
/** mulberry32. */
const chance = (): number => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

interface Sample { text: string; names: { start: number; end: number }[]; weight: number }
interface CorpusRow { writer: string; text: string; pii: string[] }

const lines = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean);
const [from = 1, to = 26] = values.writers.split('-').map(Number);
const corpus = lines('datasets/corpus/mine-language.jsonl').map((line): CorpusRow => JSON.parse(line))
  .filter(({ writer }) => Number(writer.slice(1)) >= from && Number(writer.slice(1)) <= to);
const isName = (value: string) => /^[\u4e00-\u9fa5]{2,6}$/.test(value);

function locate(text: string, names: readonly string[]): Sample['names'] {
  const found: Sample['names'] = [];
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (!found.some((span) => span.start < at + name.length && at < span.end)) found.push({ start: at, end: at + name.length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const samples: Sample[] = corpus.map(({ text, pii }) => ({ text: foldWidth(text), names: locate(text, pii.filter(isName)), weight: 1 }));
const marked: Sample[] = values.extra === undefined ? [] : lines(values.extra).map((line) => JSON.parse(line) as { text: string; names: string[] }).map(({ text, names }) => ({ text: foldWidth(text), names: locate(foldWidth(text), names.filter(isName)), weight: 1 }));
samples.push(...marked);
const others: Sample[] = values.other === undefined ? [] : lines(values.other).map((line) => ({ text: foldWidth((JSON.parse(line) as { text: string }).text).slice(0, 400), names: [], weight: 0.5 }));
const given = corpus.flatMap(({ pii }) => pii.filter((value) => isName(value) && value.length <= 3).map((value) => value.slice(1)));

const plainFiles = ['coal', 'replies', 'sms', 'dialogue', 'weibo', 'sentences'];
const plain: Sample[] = values.plain === undefined ? [] : plainFiles.flatMap((name) => lines(join(values.plain ?? '', `${name}.txt`)).slice(0, 20_000).map((line) => ({ text: foldWidth(line).slice(0, 300), names: [], weight: 0.3 })));

/** Counts of neighbouring characters: 1 from 30, 2 from 300, 3 from 3,000 times. */
function countPairs(): Uint8Array {
  const counts = new Map<number, number>();
  const add = (text: string) => {
    for (let i = 0; i + 1 < text.length; i++) {
      const a = text.charCodeAt(i), b = text.charCodeAt(i + 1);
      if (isHan(a) && isHan(b)) counts.set(a * 65536 + b, (counts.get(a * 65536 + b) ?? 0) + 1);
    }
  };
  if (values.plain !== undefined) for (const file of readdirSync(values.plain).sort()) if (file.endsWith('.txt')) add(readFileSync(join(values.plain, file), 'utf8'));
  const pairs = new Uint8Array((1 << pairBits) / 4);
  for (const [pair, count] of counts) {
    const level = count >= 3000 ? 3 : count >= 300 ? 2 : count >= 30 ? 1 : 0;
    const at = pairSlot(Math.floor(pair / 65536), pair % 65536), byte = pairs[at >> 2] ?? 0, shift = (at & 3) * 2;
    if (level > ((byte >> shift) & 3)) pairs[at >> 2] = (byte & ~(3 << shift)) | (level << shift);
  }
  return pairs;
}

const pairs = countPairs();
const han = samples.map(({ text }) => text.replace(/[^\u4e00-\u9fa5]/g, '')).join('');

/** The sample with every name replaced by an invented one, the same name by the same. */
function renamed(sample: Sample): Sample {
  const renames = new Map<string, string>();
  let text = '';
  let at = 0;
  const names: Sample['names'] = [];
  for (const { start, end } of sample.names) {
    const old = sample.text.slice(start, end);
    const name = renames.get(old) ?? invented();
    renames.set(old, name);
    text += sample.text.slice(at, start);
    names.push({ start: text.length, end: text.length + name.length });
    text += name;
    at = end;
  }
  return { text: text + sample.text.slice(at), names, weight: sample.weight };
}

function invented(): string {
  const name = inventName(chance, given, han);
  return chance() < 0.04 ? [...name].join(chance() < 0.7 ? ' ' : '  ') : name;
}

/** The sample with one invented sentence about a name, or one look-alike, put between its sentences. */
function extended(sample: Sample): Sample {
  const breaks = [0, sample.text.length];
  for (const match of sample.text.matchAll(/[。！？，\n]/g)) breaks.push(match.index + 1);
  const at = breaks[Math.floor(chance() * breaks.length)] ?? 0;
  const way = chance();
  const list = way < 0.3 ? nameSentences : way < 0.5 ? moreSentences : lookAlikes;
  const template = (way > 0.8 ? anySentence(chance) : list[Math.floor(chance() * list.length)] ?? '').replace('{S}', () => surnameLike(chance));
  let piece = '';
  const names = sample.names.filter(({ end }) => end <= at);
  for (const [index, part] of template.split('{N}').entries()) {
    if (index > 0) {
      const name = invented();
      names.push({ start: at + piece.length, end: at + piece.length + name.length });
      piece += name;
    }
    piece += part;
  }
  for (const { start, end } of sample.names) if (start >= at) names.push({ start: start + piece.length, end: end + piece.length });
  return { text: sample.text.slice(0, at) + piece + sample.text.slice(at), names, weight: sample.weight };
}

const weights = new Float32Array(1 << weightBits);
const squares = new Float32Array(1 << weightBits).fill(0.1);
const sums = new Float64Array(1 << weightBits);
let rounds = 0;
const slots = new Uint32Array(64);
const rate = 0.12, decay = 2e-6;

function learn(sample: Sample, skipSure: boolean): void {
  const codes = codesOf(sample.text);
  for (const candidate of candidatesOf(sample.text, codes)) {
    const target = sample.names.some(({ start, end }) => start === candidate.start && end === candidate.end) ? 1 : 0;
    const n = featuresOf(codes, sample.text.length, candidate, pairs, slots);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += weights[slots[k] ?? 0] ?? 0;
    const p = 1 / (1 + Math.exp(-sum));
    // Unmarked texts may hold real names: what the corpus model is sure of is not taught as a mistake.
    if (skipSure && p > 0.6) continue;
    const gradient = (p - target) * sample.weight;
    if (Math.abs(gradient) < 0.002) continue;
    for (let k = 0; k < n; k++) {
      const slot = slots[k] ?? 0;
      const step = gradient + decay * (weights[slot] ?? 0);
      const square = (squares[slot] ?? 0) + step * step;
      squares[slot] = square;
      weights[slot] = (weights[slot] ?? 0) - (rate * step) / Math.sqrt(square);
    }
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const out = list.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

for (let epoch = 0; epoch < Number(values.epochs); epoch++) {
  const round: { sample: Sample; unmarked: boolean }[] = [];
  for (const sample of samples) {
    round.push({ sample, unmarked: false });
    if (sample.names.length > 0) round.push({ sample: renamed(sample), unmarked: false });
    round.push({ sample: extended(renamed(sample)), unmarked: false });
  }
  if (epoch >= 2) for (const sample of others) round.push({ sample, unmarked: true }, ...(chance() < 0.5 ? [{ sample: extended(sample), unmarked: false }] : []));
  if (epoch >= 3) for (let k = 0; k < Math.min(4000, plain.length); k++) {
    const sample = plain[Math.floor(chance() * plain.length)];
    if (sample !== undefined) round.push({ sample, unmarked: true });
  }
  for (const { sample, unmarked } of shuffled(round)) learn(sample, unmarked);
  if (epoch >= Number(values.epochs) / 2) {
    rounds++;
    for (let i = 0; i < weights.length; i++) sums[i] = (sums[i] ?? 0) + (weights[i] ?? 0);
  }
  process.stderr.write(`epoch ${epoch + 1}: ${round.length} texts\n`);
}

// The mean of the later rounds judges names it has not seen better than the last round does.
weights.forEach((_, i) => { weights[i] = (sums[i] ?? 0) / rounds; });
const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const scale = Math.min(largest, 4) / 127;
const bytes = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale))));
const pack = (data: Int8Array | Uint8Array) => gzipSync(Buffer.from(data.buffer), { level: 9 }).toString('base64');
mkdirSync('datasets/models', { recursive: true });
writeFileSync(values.output, JSON.stringify({ version: '1', trained_on: `corpus writers c${from}-c${to} with invented names,${values.extra === undefined ? '' : ' texts of further invented writers,'} and unmarked messages`, threshold: -2.5, scale, weights: pack(bytes), pairs: pack(pairs) }) + '\n');
