// In: a text. Out: how often it uses the words of each list (topics, feeling, intent), and its punctuation, as small numbers.
// Invariant: the order of the numbers is the order of `wordFeatureNames`; every number lies in 0 to 1.
import { extreme, mild, pleas, praise, proposals, questions, reports, strong } from '../../datasets/lexicons/intensity.ts';
import { topicWords } from '../../datasets/lexicons/topics.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { countByClause, type Clause } from './clauses.ts';
import { lastTwo } from './last-two.ts';
import { wordsIn } from './words-in.ts';

const lists: readonly (readonly [string, readonly string[]])[] = [
  ...topicCodes.map((code) => [code, topicWords[code]] as const),
  ['praise', praise], ['questions', questions], ['proposals', proposals], ['reports', reports],
  ['pleas', pleas], ['mild', mild], ['strong', strong], ['extreme', extreme],
];

export const wordFeatureNames = [...lists.map(([name]) => name), 'question_marks', 'exclamation_marks', 'length'];

/** The words of the lists; one of a single character says too little. */
const find = wordsIn(lists.flatMap(([, words], list) => words.filter((w) => w.length > 1).map((w) => [w, list] as const)));

interface Hit { list: number; at: number; end: number }

/** Every word of a text, in its order. */
const hitsOf = lastTwo((text: string): readonly Hit[] => {
  const out: Hit[] = [];
  find(text, (list, at, end) => { out.push({ list, at, end }); });
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
