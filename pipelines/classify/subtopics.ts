// In: a text, one of its topics and the clause that speaks for it. Out: the second-level topic 二级诉求, or null where it is unclear.
// Invariant: depends on the title, the text, the topic, the clause and the shipped weights alone; ties go to the order of the taxonomy.
import { readFileSync } from 'node:fs';
import { subtopicCues, type CueLists } from '../../datasets/lexicons/subtopics.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { countByClause, type Clause } from './clauses.ts';
import { hashed, hashesOf, longestHashed } from './hashed-ngrams.ts';
import { lastTwo } from './last-two.ts';
import { paddedRows, paddedTo, weightedSum } from './weighted-rows.ts';
import { wordsIn } from './words-in.ts';

/** `first` of its pieces, and those that follow within a few characters each. */
interface Cue { topic: TopicCode; child: number; weight: number; first: string; then: readonly string[]; strong: boolean }

const worth = [3, 1, -3] as const;
/** How much a cue counts for inside the evidence clause. */
const inClause = 1.6;
const gap = 8;

const childrenOf = (topic: TopicCode) => Object.entries(subtopicCues[topic]) as [string, CueLists][];
const codesOf = new Map(topicCodes.map((topic) => [topic, childrenOf(topic).map(([code]) => `${topic}.${code}`)]));
const cues = topicCodes.flatMap((topic) => childrenOf(topic).flatMap(([, lists], child) => lists.flatMap((list, kind) => [...new Set((list ?? '').trim().split(/\s+/))].map((written): Cue => {
  const [first = '', ...then] = written.split('…');
  return { topic, child, weight: (worth[kind] ?? 0) * (first.length === 1 ? 0.34 : 1), first, then, strong: kind === 0 && first.length + then.length > 1 };
}).filter(({ first }) => first !== ''))));
const find = wordsIn(cues.map((cue) => [cue.first, cue]));

function followed(text: string, from: number, then: readonly string[]): boolean {
  let at = from;
  for (const piece of then) {
    const found = text.slice(at, at + gap + piece.length).indexOf(piece);
    if (found < 0) return false;
    at += found + piece.length;
  }
  return true;
}

/** A cue, and where its first piece stands. */
interface Found { cue: Cue; at: number; end: number }
const none: readonly Found[] = [];

/** Every cue of a part, by topic, in the order of the part. */
const cuesOf = lastTwo((part: string): ReadonlyMap<TopicCode, readonly Found[]> => {
  const out = new Map<TopicCode, Found[]>();
  find(part, (cue, at, end) => {
    if (cue.then.length > 0 && !followed(part, end, cue.then)) return;
    const found = out.get(cue.topic);
    if (found === undefined) out.set(cue.topic, [{ cue, at, end }]);
    else found.push({ cue, at, end });
  });
  return out;
});

/** How many places of each clause hold a strong cue of some second-level topic of `topic`. */
export function cueHits(topic: TopicCode, text: string, parts: readonly Clause[]): Uint16Array {
  return countByClause((cuesOf(text).get(topic) ?? none).filter(({ cue }) => cue.strong), parts);
}

/** Points of each second-level topic of `topic`; a cue counts once, in the evidence clause for more. */
function subtopicPoints(topic: TopicCode, text: string, [start, end]: readonly [number, number], title: string | null): number[] {
  const best = new Map<Cue, number>();
  const weigh = (found: readonly Found[], from: number, to: number) => {
    for (const { cue, at } of found) {
      const w = cue.weight * (at >= from && at < to ? inClause : 1);
      if (Math.abs(w) > Math.abs(best.get(cue) ?? 0)) best.set(cue, w);
    }
  };
  if (title !== null) weigh(cuesOf(title).get(topic) ?? none, 0, title.length);
  weigh(cuesOf(text).get(topic) ?? none, start, end);
  const points = (codesOf.get(topic) ?? []).map(() => 0);
  for (const [{ child }, w] of best) points[child] = (points[child] ?? 0) + w;
  return points;
}

/** Features a text has at most: hashed character n-grams of 1 to 3, then the cue points of each child. */
const mostChildren = 8;
export const width = hashed + mostChildren + 1;

/** What the model may answer for a topic: null first, then its children. */
export const outputsOf = (topic: TopicCode): readonly (string | null)[] => [null, ...(codesOf.get(topic) ?? [])];

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

const features = new Uint32Array(touched.length + mostChildren + 1);
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
  subtopicPoints(topic, text, evidence, title).forEach((p, i) => {
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
    return [topic, { scale, weights: paddedRows(new Int8Array(file.subarray(at - length, at)), outputsOf(topic).length) }];
  }));
}

/** The likeliest second-level topic, or null where it is none or not sure enough. */
export function subtopicOf(topic: TopicCode, text: string, evidence: readonly [number, number], title: string | null, least = sure): string | null {
  model ??= load();
  const of = model.get(topic);
  const outputs = outputsOf(topic);
  if (of === undefined) return null;
  const stride = paddedTo(outputs.length), sums = new Float64Array(stride);
  const { weights, scale } = of;
  const n = fillFeatures(topic, text, evidence, title);
  for (let i = 0; i < n; i++) features[i] = (features[i] ?? 0) * stride;
  weightedSum(weights, outputs.length, features, values, 0, n, sums, 0);
  const z = sums.subarray(0, outputs.length).map((s) => s * scale);
  const top = z.indexOf(Math.max(...z));
  const sum = z.reduce((a, v) => a + Math.exp(v - (z[top] ?? 0)), 0);
  return 1 / sum >= least ? (outputs[top] ?? null) : null;
}
