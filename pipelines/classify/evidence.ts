// In: the scores of one text, and weights learned from clauses that readers marked. Out: the clauses that carry one of its topics, how likely the best of them does, or the clause that speaks loudest for a head.
// Invariant: a span lies inside the text and, unless the text is blank, holds something; it depends on the title, the text and the model alone.
import type { TopicCode } from '../../datasets/taxonomy.ts';
import { endsSentence } from './clauses.ts';
import { hashed, hashesOf, longestHashed } from './hashed-ngrams.ts';
import { clauseFeatureNames, heads, type Carrying } from './model.ts';
import type { Scored } from './score.ts';
import { cueHits } from './subtopics.ts';
import { topicHits } from './word-hits.ts';

const headAt = new Map<string, number>(heads.map((h, i) => [h, i]));

/** Where the largest stands. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/** The clause that speaks loudest for a head. */
export function bestClause(scored: Scored, head: string, length: number): [number, number] {
  const { clauses } = scored;
  if (clauses.length === 0) return [0, length];
  const best = clauses[largest(scored.byClause(headAt.get(head) ?? -1))];
  return best ? [best.start, best.end] : [0, length];
}

/** The pairs of characters of a title. */
function pairsOf(title: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, title.length - 1) }, (_, i) => title.slice(i, i + 2)));
}

/** So many pairs shared with a title are as good as all. */
const enoughShared = 4;

/** Which part of a title's pairs a clause holds. */
function sharedWith(pairs: ReadonlySet<string>, clause: string): number {
  let n = 0;
  for (const pair of pairsOf(clause)) if (pairs.has(pair)) n++;
  return Math.min(1, n / Math.min(enoughShared, Math.max(1, pairs.size)));
}

/** Its list holds what stands in any letter. */
const wordless: TopicCode = 'other';
/** More words of a topic in one clause say nothing more. */
const mostHits = 2;
/** Loudness is weighed against the root of a clause's length, of a short one's as if it were so much longer. */
const evened = 4;
/** The length of a clause's n-grams as a vector: what they weigh beside the other features. */
const ngramLength = 3;
const width = clauseFeatureNames.length;

/** What tells of a clause whether it carries a topic. */
export interface ClauseReader {
  /** Calls `visit(feature, value)` for each hashed n-gram of clause `c`; the values have length `ngramLength`. */
  eachNgram(c: number, visit: (feature: number, value: number) => void): void;
  /** `clauseFeatureNames` of each clause, one clause after another. */
  dense(topic: TopicCode): Float64Array;
}

const counts = new Uint16Array(hashed);
let met = new Int32Array(1 << 10);

/** Counts the hashed n-grams of a part in `counts` and lists them in `met`; returns how many there are, and leaves it to the caller to clear the counts. */
function countNgrams(hashes: Int32Array, start: number, end: number): number {
  if ((end - start) * longestHashed > met.length) met = new Int32Array(2 * (end - start) * longestHashed);
  let n = 0;
  for (let i = start; i < end; i++) {
    for (let size = 0; size < longestHashed && i + size < end; size++) {
      const h = hashes[i * longestHashed + size] ?? -1;
      if (h < 0) break;
      if (counts[h] === 0) met[n++] = h;
      counts[h] = (counts[h] ?? 0) + 1;
    }
  }
  return n;
}

export function clauseReader({ clauses, byClause }: Pick<Scored, 'clauses' | 'byClause'>, title: string | null, text: string): ClauseReader {
  const hashes = hashesOf(text), pairs = title === null ? null : pairsOf(title), n = clauses.length;
  const shared = pairs === null ? null : clauses.map(({ start, end }) => sharedWith(pairs, text.slice(start, end)));
  return {
    eachNgram: (c, visit) => {
      const { start, end } = clauses[c] ?? { start: 0, end: 0 }, m = countNgrams(hashes, start, end);
      let square = 0;
      for (let k = 0; k < m; k++) square += (counts[met[k] ?? 0] ?? 0) ** 2;
      const scale = ngramLength / Math.sqrt(square || 1);
      for (let k = 0; k < m; k++) { const h = met[k] ?? 0, v = (counts[h] ?? 0) * scale; counts[h] = 0; visit(h, v); }
    },
    dense: (topic) => {
      const loud = byClause(headAt.get(`topic:${topic}`) ?? -1), out = new Float64Array(n * width);
      const named = topic === wordless ? null : { words: topicHits(topic, text, clauses), cues: cueHits(topic, text, clauses) }, logOfN = Math.log(n);
      let loudest = 1e-9, densest = 1e-9;
      for (let c = 0; c < n; c++) {
        const l = loud[c] ?? 0, d = l / Math.sqrt((clauses[c]?.end ?? 0) - (clauses[c]?.start ?? 0) + evened);
        out[c * width + 3] = d;
        if (l > loudest) loudest = l;
        if (d > densest) densest = d;
      }
      for (let c = 0; c < n; c++) {
        const { start, end } = clauses[c] ?? { start: 0, end: 1 }, at = c * width, l = loud[c] ?? 0;
        const words = Math.min(mostHits, named?.words[c] ?? 0), cues = Math.min(mostHits, named?.cues[c] ?? 0);
        out[at] = l / loudest;
        out[at + 1] = Math.max(0, l);
        out[at + 2] = (out[at + 3] ?? 0) / densest;
        out[at + 4] = words;
        out[at + 5] = cues;
        out[at + 6] = words + cues > 0 ? 1 : 0;
        out[at + 7] = shared?.[c] ?? 0;
        out[at + 8] = c === 0 ? 1 : 0;
        out[at + 9] = c === n - 1 ? 1 : 0;
        out[at + 10] = c / Math.max(1, n - 1);
        out[at + 11] = Math.log(end - start);
        out[at + 12] = logOfN;
      }
      return out;
    },
  };
}

export interface Evidence {
  /** What is quoted. */
  span: [number, number];
  /** How likely the clause carries the topic that does so most. */
  carried: number;
}

/** No clause is surer than this. */
const surest = 0.99;

/** A quotation is so long at most, in UTF-16 units, unless one clause is longer. */
const mostQuoted = 100;
/** What a further clause costs, and one after the end of a sentence, as probability that the topic is in the quotation. */
const costWithin = 0.005, costAcross = 0.03;
/** The first and the last clause carry the topic at least so likely, as a share of the likeliest within. */
const leastOfEnd = 0.3;

/** What follows each clause: nothing, the end of its sentence, or that of its line, which no quotation crosses. */
type Border = 'none' | 'sentence' | 'line';

function bordersOf(clauses: Scored['clauses'], text: string): Border[] {
  return clauses.map(({ start, end }, c) => (text.slice(end, clauses[c + 1]?.start ?? end).includes('\n') ? 'line' : endsSentence(text, start, end) ? 'sentence' : 'none'));
}

/** The first and the last clause to quote: neighbours of one line, any of which carries the topic with the largest probability, less what they cost. */
function window(clauses: Scored['clauses'], borders: readonly Border[], p: Float64Array): [number, number] {
  let first = 0, last = 0, most = -Infinity;
  for (let a = 0; a < clauses.length; a++) {
    const from = clauses[a]?.start ?? 0;
    let none = 1, cost = 0, likeliest = 0;
    for (let b = a; b < clauses.length; b++) {
      if (b > a) {
        if ((clauses[b]?.end ?? 0) - from > mostQuoted || borders[b - 1] === 'line') break;
        cost += borders[b - 1] === 'sentence' ? costAcross : costWithin;
      }
      const ofLast = p[b] ?? 0;
      none *= 1 - Math.min(surest, ofLast);
      likeliest = Math.max(likeliest, ofLast);
      if (Math.min(p[a] ?? 0, ofLast) >= leastOfEnd * likeliest && 1 - none - cost > most) { most = 1 - none - cost; first = a; last = b; }
    }
  }
  return [first, last];
}

/** Quotes a text: for a topic, the clauses that carry it. */
export function quoter({ weights }: Carrying, scored: Pick<Scored, 'clauses' | 'byClause'>, title: string | null, text: string): (topic: TopicCode) => Evidence {
  const { clauses } = scored;
  const reader = clauseReader(scored, title, text);
  let words: number[] | null = null, borders: Border[] | null = null;
  return (topic) => {
    if (clauses.length === 0) return { span: [0, text.length], carried: 0 };
    if (words === null) {
      let s = 0;
      const add = (f: number, v: number) => { s += v * (weights[f] ?? 0); };
      words = clauses.map((_, c) => { s = weights[hashed + width] ?? 0; reader.eachNgram(c, add); return s; });
    }
    const dense = reader.dense(topic);
    const p = new Float64Array(clauses.length);
    for (let c = 0; c < p.length; c++) {
      let z = words[c] ?? 0;
      for (let d = 0; d < width; d++) z += (weights[hashed + d] ?? 0) * (dense[c * width + d] ?? 0);
      p[c] = 1 / (1 + Math.exp(-z));
    }
    const [a, b] = window(clauses, borders ??= bordersOf(clauses, text), p);
    return { span: [clauses[a]?.start ?? 0, clauses[b]?.end ?? text.length], carried: p[largest(p)] ?? 0 };
  };
}

/** What is quoted of a text for one topic. */
export const evidenceOf = (scored: Scored, topic: TopicCode, text: string, title: string | null = null): Evidence => quoter(scored.carrying, scored, title, text)(topic);

const logit = (p: number) => { const q = Math.min(1 - 1e-4, Math.max(1e-4, p)); return Math.log(q / (1 - q)); };

/** Two views of one topic, for logistic weights: of the whole text, and of its clauses. */
export const bothViews = (whole: number, carried: number): [number, number] => [logit(whole), logit(carried)];

/** A topic less likely than this is not looked for in the clauses. */
export const doubtful = 0.06;

/** How likely a topic is by the whole text and by its clauses together. */
export function together([ofWhole, ofClauses, constant]: Carrying['joint'], whole: number, carried: number): number {
  const [w, c] = bothViews(whole, carried);
  return 1 / (1 + Math.exp(-(ofWhole * w + ofClauses * c + constant)));
}
