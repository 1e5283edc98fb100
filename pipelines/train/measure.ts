// In: gold labels and given labels of the same texts. Out: the figures by which a classifier is judged, with 95 % intervals.
// Invariant: intervals come from 1,000 seeded bootstrap draws of whole texts.
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import { polarityOrder } from '../classify/model.ts';
import type { Labels } from '../records.ts';
import type { Example } from './answers.ts';
import type { QuoteFigures } from '../../datasets/quality.ts';
import { isMarked, readMarks } from './marks.ts';
import { seeded } from './support-vectors.ts';

export interface Pair { gold: Example; given: Labels; critical: number; topics: readonly number[] }
export interface Figure { name: string; value: number; low: number; high: number; support: number }

type Tally = { hit: number; said: number; real: number };
type Count = (p: Pair) => Tally;

const f1 = ({ hit, said, real }: Tally) => (2 * hit) / Math.max(1, said + real);
const tallyOf = (said: boolean, real: boolean): Tally => ({ hit: said && real ? 1 : 0, said: said ? 1 : 0, real: real ? 1 : 0 });

function withInterval(name: string, pairs: readonly Pair[], columns: readonly Count[], value: (sums: readonly Tally[]) => number): Figure {
  // Flat, since a thousand draws read it a thousand times: hit, said and real of each column, text by text.
  const n = pairs.length, wide = 3 * columns.length;
  const table = Uint8Array.from(pairs.flatMap((p) => columns.flatMap((c) => { const t = c(p); return [t.hit, t.said, t.real]; })));
  const sumOf = (row: (i: number) => number) => {
    const sums = new Float64Array(wide);
    for (let i = 0; i < n; i++) { const at = row(i) * wide; for (let k = 0; k < wide; k++) sums[k] = (sums[k] ?? 0) + (table[at + k] ?? 0); }
    return columns.map((_, c): Tally => ({ hit: sums[3 * c] ?? 0, said: sums[3 * c + 1] ?? 0, real: sums[3 * c + 2] ?? 0 }));
  };
  const whole = sumOf((i) => i);
  const random = seeded(20260101);
  const draws = Float64Array.from({ length: 1000 }, () => value(sumOf(() => Math.floor(random() * n)))).sort();
  return { name, value: value(whole), low: draws[25] ?? 0, high: draws[974] ?? 0, support: whole.reduce((n, s) => n + s.real, 0) };
}

const topicOf = (code: string): Count => (p) => tallyOf(p.given.topics.some((t) => t.code === code), p.gold.topics.some((t) => t === code));
const same = (of: (x: Example | Labels) => unknown): Count => (p) => ({ hit: of(p.gold) === of(p.given) ? 1 : 0, said: 1, real: 1 });
const macro = (sums: readonly Tally[]) => { const seen = sums.filter((s) => s.real > 0); return seen.reduce((a, s) => a + f1(s), 0) / Math.max(1, seen.length); };
const micro = (sums: readonly Tally[]) => f1(sums.reduce((a, s) => ({ hit: a.hit + s.hit, said: a.said + s.said, real: a.real + s.real }), { hit: 0, said: 0, real: 0 }));
const accuracy = (sums: readonly Tally[]) => (sums[0]?.hit ?? 0) / Math.max(1, sums[0]?.said ?? 0);
const one = (use: (t: Tally) => number) => (sums: readonly Tally[]) => use(sums[0] ?? { hit: 0, said: 0, real: 0 });
const isCritical: Count = (p) => tallyOf(p.given.critical.flag, p.gold.critical);

/** The figures by which two classifiers are compared. */
export function headline(pairs: readonly Pair[]): Figure[] {
  const polarity = polarityOrder.map((v): Count => (p) => tallyOf(p.given.polarity === v, p.gold.polarity === v));
  const intent = intents.map((v): Count => (p) => tallyOf(p.given.intent === v, p.gold.intent === v));
  return [
    withInterval('topics micro-F1', pairs, topicCodes.map(topicOf), micro),
    withInterval('topics macro-F1', pairs, topicCodes.map(topicOf), macro),
    withInterval('polarity macro-F1', pairs, polarity, macro),
    withInterval('intent accuracy', pairs, [same((x) => x.intent)], accuracy),
    withInterval('intent macro-F1', pairs, intent, macro),
    withInterval('intensity accuracy', pairs, [same((x) => x.intensity)], accuracy),
    withInterval('critical recall', pairs, [isCritical], one((t) => t.hit / Math.max(1, t.real))),
    withInterval('critical precision', pairs, [isCritical], one((t) => t.hit / Math.max(1, t.said))),
  ];
}

/** F1 of every single class. */
export function perClass(pairs: readonly Pair[]): Figure[] {
  return [
    ...topicCodes.map((c) => withInterval(`topic ${c}`, pairs, [topicOf(c)], one(f1))),
    ...polarityOrder.map((v) => withInterval(`polarity ${v}`, pairs, [(p) => tallyOf(p.given.polarity === v, p.gold.polarity === v)], one(f1))),
    ...intents.map((v) => withInterval(`intent ${v}`, pairs, [(p) => tallyOf(p.given.intent === v, p.gold.intent === v)], one(f1))),
    withInterval('critical', pairs, [isCritical], one(f1)),
  ];
}

/** How much of what is quoted carries its topic, in texts whose parts a reader marked; null where there is none. */
export function quoteFigures(pairs: readonly Pair[]): QuoteFigures | null {
  const marks = readMarks(), out = { texts: 0, quoted: 0, carries: 0, elsewhere: 0 };
  for (const { gold, given } of pairs) {
    const marked = marks.get(gold.id);
    if (marked === undefined) continue;
    out.texts++;
    for (const { code, evidence: [start, end] } of given.topics) {
      const spans = marked.get(code) ?? [];
      out.quoted++;
      if (isMarked({ start, end }, spans)) out.carries++;
      else if (spans.length > 0) out.elsewhere++;
    }
  }
  return out.texts === 0 ? null : out;
}

/** Expected calibration error over ten bins, of the topic probabilities and of critical. */
export function calibrationError(pairs: readonly Pair[]): { topics: number; critical: number } {
  const error = (points: readonly (readonly [number, boolean])[]) => {
    const bins = Array.from({ length: 10 }, () => ({ n: 0, p: 0, y: 0 }));
    for (const [p, y] of points) { const b = bins[Math.min(9, Math.floor(p * 10))]; if (b) { b.n++; b.p += p; b.y += y ? 1 : 0; } }
    return bins.reduce((e, b) => e + Math.abs(b.p - b.y), 0) / Math.max(1, points.length);
  };
  return {
    topics: error(pairs.flatMap((x) => topicCodes.map((t, i) => [x.topics[i] ?? 0, x.gold.topics.includes(t)] as const))),
    critical: error(pairs.map((x) => [x.critical, x.gold.critical] as const)),
  };
}

/** A table of figures, one classifier a column. */
export function figureTable(columns: readonly { name: string; figures: readonly Figure[] }[]): string {
  const cell = (f: Figure | undefined) => (f ? `${f.value.toFixed(3)} [${f.low.toFixed(3)}–${f.high.toFixed(3)}]` : '–');
  const head = `| figure | n | ${columns.map((c) => c.name).join(' | ')} |\n|---|---:|${columns.map(() => '---|').join('')}`;
  const first = columns[0]?.figures ?? [];
  return [head, ...first.map((f, i) => `| ${f.name} | ${f.support} | ${columns.map((c) => cell(c.figures[i])).join(' | ')} |`)].join('\n');
}
