// In: a text. Out: how often it uses the words of each list (topics, feeling, intent), and its punctuation, as small numbers.
// Invariant: the order of the numbers is the order of `wordFeatureNames`; every number lies in 0 to 1.
import { extreme, mild, pleas, praise, proposals, questions, reports, strong } from '../../datasets/lexicons/intensity.ts';
import { topicWords } from '../../datasets/lexicons/topics.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';

const lists: readonly (readonly [string, readonly string[]])[] = [
  ...topicCodes.map((code) => [code, topicWords[code]] as const),
  ['praise', praise], ['questions', questions], ['proposals', proposals], ['reports', reports],
  ['pleas', pleas], ['mild', mild], ['strong', strong], ['extreme', extreme],
];

export const wordFeatureNames = [...lists.map(([name]) => name), 'question_marks', 'exclamation_marks', 'length'];

const key = (a: number, b: number) => a * 0x10000 + b;
const byStart = new Map<number, { rest: string; list: number }[]>();
/** 1 where some word begins with the character, or with two characters that are told apart no further: most begin none, and are passed over. */
const starts = new Uint8Array(0x10000), pairs = new Uint8Array(0x10000);
const pairOf = (a: number, b: number) => (Math.imul(a, 0x9e3b) ^ b) & 0xffff;
lists.forEach(([, words], list) => {
  for (const w of words) {
    if (w.length < 2) continue;
    const k = key(w.charCodeAt(0), w.charCodeAt(1));
    starts[w.charCodeAt(0)] = pairs[pairOf(w.charCodeAt(0), w.charCodeAt(1))] = 1;
    const found = byStart.get(k) ?? [];
    byStart.set(k, [...found, { rest: w.slice(2), list }]);
  }
});

/** Hits per list (logarithm, capped at 8 hits), then marks and length. */
export function wordFeatures(text: string): number[] {
  const hits = new Float64Array(lists.length);
  let questionMarks = 0;
  let exclamations = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0xff1f || c === 0x3f) questionMarks++;
    if (c === 0xff01 || c === 0x21) exclamations++;
    if (starts[c] === 0) continue;
    const next = text.charCodeAt(i + 1) || 0;
    if (pairs[pairOf(c, next)] === 0) continue;
    const candidates = byStart.get(key(c, next));
    if (candidates === undefined) continue;
    for (const { rest, list } of candidates) if (text.startsWith(rest, i + 2)) hits[list] = (hits[list] ?? 0) + 1;
  }
  const soft = (n: number, cap: number) => Math.log1p(Math.min(n, cap)) / Math.log1p(cap);
  return [...Array.from(hits, (n) => soft(n, 8)), soft(questionMarks, 4), soft(exclamations, 4), soft(text.length, 500)];
}

/** How many places of a part of the text use a word of one topic's list. */
export function topicHits(topic: TopicCode, text: string, start: number, end: number): number {
  const list = topicCodes.indexOf(topic);
  let n = 0;
  for (let i = start; i + 1 < end; i++) {
    const c = text.charCodeAt(i), next = text.charCodeAt(i + 1);
    if (starts[c] === 0 || pairs[pairOf(c, next)] === 0) continue;
    const candidates = byStart.get(key(c, next));
    if (candidates?.some((w) => w.list === list && i + 2 + w.rest.length <= end && text.startsWith(w.rest, i + 2))) n++;
  }
  return n;
}
