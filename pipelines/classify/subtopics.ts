// In: a text, one of its topics and the clause that speaks for it. Out: the second-level topic 二级诉求, or null where it is unclear.
// Invariant: depends on the title, the text, the topic, the clause and the shipped weights alone; ties go to the order of the taxonomy.
import { readFileSync } from 'node:fs';
import { subtopicCues, type CueLists } from '../../datasets/lexicons/subtopics.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { hashed, hashesOf, longestHashed } from './hashed-ngrams.ts';

interface Cue { child: number; weight: number; length: number; rest: string; then: readonly string[]; strong: boolean }
interface Lexicon { codes: string[]; byStart: Map<number, Cue[]>; starts: Uint8Array; /** 1 where some cue begins so, by a few bits of its first two characters. */ pairs: Uint8Array }

const worth = [3, 1, -3] as const;
/** How much a cue counts for inside the evidence clause. */
const inClause = 1.6;
const gap = 8;
const key = (a: number, b: number) => a * 0x10000 + b;
const pairOf = (a: number, b: number) => (Math.imul(a, 0x9e3b) ^ b) & 0x3fff;

function lexiconOf(topic: TopicCode): Lexicon {
  const children = Object.entries(subtopicCues[topic]) as [string, CueLists][];
  const byStart = new Map<number, Cue[]>();
  const starts = new Uint8Array(0x10000), pairs = new Uint8Array(0x4000);
  children.forEach(([, lists], child) => lists.forEach((list, kind) => {
    for (const cue of new Set((list ?? '').trim().split(/\s+/))) {
      const [first = '', ...then] = cue.split('…');
      if (first === '') continue;
      const k = key(first.charCodeAt(0), first.length > 1 ? first.charCodeAt(1) : 0);
      const made = { child, weight: (worth[kind] ?? 0) * (first.length === 1 ? 0.34 : 1), length: first.length, rest: first.slice(2), then, strong: kind === 0 && first.length + then.length > 1 };
      byStart.set(k, [...(byStart.get(k) ?? []), made]);
      starts[first.charCodeAt(0)] = pairs[pairOf(first.charCodeAt(0), first.length > 1 ? first.charCodeAt(1) : 0)] = 1;
    }
  }));
  return { codes: children.map(([code]) => `${topic}.${code}`), byStart, starts, pairs };
}

const lexicons = new Map(topicCodes.map((t) => [t, lexiconOf(t)]));

function followed(text: string, from: number, then: readonly string[]): boolean {
  let at = from;
  for (const piece of then) {
    const found = text.slice(at, at + gap + piece.length).indexOf(piece);
    if (found < 0) return false;
    at += found + piece.length;
  }
  return true;
}

interface Found { cue: Cue; at: number }

/** Every cue of a topic in a part, in the order of the part. */
function findCues({ byStart, starts, pairs }: Lexicon, part: string): Found[] {
  const out: Found[] = [];
  for (let i = 0; i < part.length; i++) {
    const c = part.charCodeAt(i);
    if (starts[c] === 0) continue;
    const next = part.charCodeAt(i + 1) || 0;
    for (let k = next === 0 ? 1 : 0; k < 2; k++) {
      const second = k === 0 ? next : 0;
      const cues = pairs[pairOf(c, second)] === 0 ? undefined : byStart.get(key(c, second));
      if (cues === undefined) continue;
      for (const cue of cues) {
        if (cue.rest !== '' && !part.startsWith(cue.rest, i + 2)) continue;
        if (cue.then.length === 0 || followed(part, i + cue.length, cue.then)) out.push({ cue, at: i });
      }
    }
  }
  return out;
}

let readPart = '';
const foundOfPart = new Map<TopicCode, Found[]>();

/** The cues of a text; the last text asked for is remembered, since its clauses are asked for one by one. */
function cuesOf(topic: TopicCode, text: string): Found[] {
  if (text !== readPart) { foundOfPart.clear(); readPart = text; }
  const known = foundOfPart.get(topic) ?? findCues(lexicons.get(topic) as Lexicon, text);
  foundOfPart.set(topic, known);
  return known;
}

/** How many places of a part of the text hold a strong cue of some second-level topic of `topic`. */
export function cueHits(topic: TopicCode, text: string, start: number, end: number): number {
  let n = 0, last = -1;
  for (const { cue, at } of cuesOf(topic, text)) {
    if (!cue.strong || at < start || at === last || at + cue.length > end) continue;
    n++;
    last = at;
  }
  return n;
}

/** Points of each second-level topic of `topic`; a cue counts once, in the evidence clause for more. */
export function subtopicPoints(topic: TopicCode, text: string, [start, end]: readonly [number, number], title: string | null): { codes: readonly string[]; points: number[] } {
  const lexicon = lexicons.get(topic) as Lexicon;
  const best = new Map<Cue, number>();
  const weigh = (found: readonly Found[], from: number, to: number) => {
    for (const { cue, at } of found) {
      const w = cue.weight * (at >= from && at < to ? inClause : 1);
      if (Math.abs(w) > Math.abs(best.get(cue) ?? 0)) best.set(cue, w);
    }
  };
  if (title !== null) weigh(findCues(lexicon, title), 0, title.length);
  weigh(cuesOf(topic, text), start, end);
  const points = lexicon.codes.map(() => 0);
  for (const [{ child }, w] of best) points[child] = (points[child] ?? 0) + w;
  return { codes: lexicon.codes, points };
}

/** Features a text has at most: hashed character n-grams of 1 to 3, then the cue points of each child. */
const mostChildren = 8;
export const width = hashed + mostChildren + 1;

/** What the model may answer for a topic: null first, then its children. */
export const outputsOf = (topic: TopicCode): readonly (string | null)[] => [null, ...(lexicons.get(topic) as Lexicon).codes];

const scratch = new Float32Array(width);
const touched = new Int32Array(1 << 16);

/** Fills `scratch` with the hashed n-grams of a part; returns how many features are touched. */
function addPart(part: string, from: number, to: number, before: number): number {
  const hashes = hashesOf(part);
  let n = before;
  for (let k = 0; k < hashes.length; k++) {
    const f = hashes[k] ?? -1;
    if (f < 0) continue;
    const w = k >= from * longestHashed && k < to * longestHashed ? 1.5 : 1;
    const v = scratch[f] ?? 0;
    if (v === 0) touched[n++] = f;
    if (w > v) scratch[f] = w;
  }
  return n;
}

const features = new Int32Array(touched.length + mostChildren + 1);
const values = new Float64Array(features.length);

/** Fills `features` and `values`: n-grams (in the evidence clause for more) scaled to one length, cue points softened, a constant. Returns how many. */
function fillFeatures(topic: TopicCode, text: string, evidence: readonly [number, number], title: string | null): number {
  let n = addPart(text, evidence[0], evidence[1], title === null ? 0 : addPart(title, 0, 0, 0));
  let square = 0;
  for (let i = 0; i < n; i++) square += (scratch[touched[i] ?? 0] ?? 0) ** 2;
  const scale = 3 / Math.sqrt(square || 1);
  for (let i = 0; i < n; i++) {
    const f = touched[i] ?? 0;
    features[i] = f;
    values[i] = (scratch[f] ?? 0) * scale;
    scratch[f] = 0;
  }
  subtopicPoints(topic, text, evidence, title).points.forEach((p, i) => {
    if (p === 0) return;
    features[n] = hashed + i;
    values[n++] = Math.sign(p) * Math.log1p(Math.abs(p)) * 0.8;
  });
  features[n] = width - 1;
  values[n++] = 1;
  return n;
}

/** Calls `visit(feature, value)` for each feature of a text under one of its topics. */
export function eachFeature(topic: TopicCode, text: string, evidence: readonly [number, number], title: string | null, visit: (feature: number, value: number) => void): void {
  const n = fillFeatures(topic, text, evidence, title);
  for (let i = 0; i < n; i++) visit(features[i] ?? 0, values[i] ?? 0);
}

const shipped = new URL('../../datasets/model/subtopics.bin', import.meta.url);
let model: Map<TopicCode, { scale: number; weights: Int8Array }> | null = null;
/** From this probability on, the likeliest answer is given. */
export const sure = 0.4;

/** Weights as bytes: one line of JSON (topics and scales), then 8-bit numbers in its order. */
export function encodeSubtopics(weights: ReadonlyMap<TopicCode, Float32Array>): Buffer {
  const parts = [...weights].map(([topic, w]) => {
    const scale = w.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-9) / 127;
    return { topic, scale, bytes: Int8Array.from(w, (v) => Math.round(v / scale)) };
  });
  const header = JSON.stringify({ format: 'zhiwei-subtopics-1', width, parts: parts.map(({ topic, scale, bytes }) => ({ topic, scale, length: bytes.length })) });
  return Buffer.concat([Buffer.from(`${header}\n`), ...parts.map(({ bytes }) => Buffer.from(bytes.buffer))]);
}

function load(): Map<TopicCode, { scale: number; weights: Int8Array }> {
  const file = readFileSync(shipped);
  const line = file.indexOf(10);
  const header = JSON.parse(file.toString('utf8', 0, line)) as { width: number; parts: { topic: TopicCode; scale: number; length: number }[] };
  let at = line + 1;
  return new Map(header.parts.map(({ topic, scale, length }) => {
    if (header.width !== width || length !== width * outputsOf(topic).length) throw new Error(`subtopics.bin was trained for another taxonomy: ${topic}`);
    at += length;
    return [topic, { scale, weights: new Int8Array(file.subarray(at - length, at)) }];
  }));
}

/** The likeliest second-level topic, or null where it is none or not sure enough. */
export function subtopicOf(topic: TopicCode, text: string, evidence: readonly [number, number], title: string | null, least = sure): string | null {
  model ??= load();
  const of = model.get(topic);
  const outputs = outputsOf(topic);
  if (of === undefined) return null;
  const z = new Float64Array(outputs.length);
  const { weights, scale } = of;
  const n = fillFeatures(topic, text, evidence, title);
  for (let i = 0; i < n; i++) {
    const v = (values[i] ?? 0) * scale, at = (features[i] ?? 0) * z.length;
    for (let k = 0; k < z.length; k++) z[k] = (z[k] ?? 0) + v * (weights[at + k] ?? 0);
  }
  const top = z.indexOf(Math.max(...z));
  const sum = z.reduce((a, v) => a + Math.exp(v - (z[top] ?? 0)), 0);
  return 1 / sum >= least ? (outputs[top] ?? null) : null;
}
