// In: a text. Out: how often it uses the words of each list (topics, feeling, intent), and its punctuation, as small numbers.
// Invariant: the order of the numbers is the order of `wordFeatureNames`; every number lies in 0 to 1.
import { extreme, mild, pleas, praise, proposals, questions, reports, strong } from '../../datasets/lexicons/intensity.ts';
import { topicWords } from '../../datasets/lexicons/topics.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { countByClause, type Clause } from './clauses.ts';
import { lastTwo } from './last-two.ts';

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

interface Hit { list: number; at: number; end: number }

/** Every word of a text, in its order. */
const hitsOf = lastTwo((text: string): readonly Hit[] => {
  const out: Hit[] = [];
  for (let i = 0; i + 1 < text.length; i++) {
    const c = text.charCodeAt(i);
    if (starts[c] === 0) continue;
    const next = text.charCodeAt(i + 1);
    if (pairs[pairOf(c, next)] === 0) continue;
    for (const { rest, list } of byStart.get(key(c, next)) ?? []) if (text.startsWith(rest, i + 2)) out.push({ list, at: i, end: i + 2 + rest.length });
  }
  return out;
});

/** Logarithms of 1 + n as shares of that of the most that counts. */
const softened = (most: number) => { const steps = Array.from({ length: most + 1 }, (_, n) => Math.log1p(n) / Math.log1p(most)); return (n: number) => steps[Math.min(n, most)] ?? 1; };
const ofHits = softened(8), ofMarks = softened(4), ofLength = softened(500);

/** Hits per list (logarithm, capped at 8 hits), then marks and length. */
export function wordFeatures(text: string): number[] {
  const out = new Array<number>(wordFeatureNames.length).fill(0);
  for (const { list } of hitsOf(text)) out[list] = (out[list] ?? 0) + 1;
  let questionMarks = 0, exclamations = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0xff1f || c === 0x3f) questionMarks++;
    if (c === 0xff01 || c === 0x21) exclamations++;
  }
  for (let list = 0; list < lists.length; list++) out[list] = ofHits(out[list] ?? 0);
  out[lists.length] = ofMarks(questionMarks);
  out[lists.length + 1] = ofMarks(exclamations);
  out[lists.length + 2] = ofLength(text.length);
  return out;
}

/** How many places of each clause use a word of one topic's list. */
export function topicHits(topic: TopicCode, text: string, parts: readonly Clause[]): Uint16Array {
  const own = topicCodes.indexOf(topic);
  return countByClause(hitsOf(text).filter(({ list }) => list === own), parts);
}
