// In: gold and given labels of the same texts. Out: precision, recall and F1 of every label, with 95 % intervals.
// Invariant: intervals come from 1,000 seeded bootstrap draws of whole texts, the same draws for every label.
import type { LabelFigures, Mistake, Share } from '../../datasets/quality.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents, type LabelKind } from '../../datasets/vocabulary.ts';
import { polarityOrder } from '../classify/model.ts';
import type { Pair } from './measure.ts';
import { seeded } from './support-vectors.ts';

interface Label { kind: LabelKind; code: string; real: (p: Pair) => boolean; said: (p: Pair) => boolean }

const labels: readonly Label[] = [
  ...topicCodes.map((code): Label => ({ kind: 'topic', code, real: (p) => p.gold.topics.includes(code), said: (p) => p.given.topics.some((t) => t.code === code) })),
  ...polarityOrder.map((code): Label => ({ kind: 'polarity', code, real: (p) => p.gold.polarity === code, said: (p) => p.given.polarity === code })),
  ...intents.map((code): Label => ({ kind: 'intent', code, real: (p) => p.gold.intent === code, said: (p) => p.given.intent === code })),
  ...[0, 1, 2, 3].map((level): Label => ({ kind: 'intensity', code: String(level), real: (p) => p.gold.intensity === level, said: (p) => p.given.intensity === level })),
  { kind: 'critical', code: 'critical', real: (p) => p.gold.critical, said: (p) => p.given.critical.flag },
];

const draws = 1000;
const rounded = (v: number) => Math.round(v * 10_000) / 10_000;

/** Figures of every label that occurs or was given. */
export function labelFigures(pairs: readonly Pair[]): LabelFigures[] {
  const n = pairs.length;
  const random = seeded(20260101);
  const sample = Uint32Array.from({ length: draws * n }, () => Math.floor(random() * n));
  return labels.flatMap(({ kind, code, real, said }) => {
    // 1 really, 2 given, 3 both.
    const kinds = Uint8Array.from(pairs, (p) => (real(p) ? 1 : 0) + (said(p) ? 2 : 0));
    const count = (at: (i: number) => number) => {
      const of = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) { const k = kinds[at(i)] ?? 0; of[k] = (of[k] ?? 0) + 1; }
      const [, missed = 0, taken = 0, hit = 0] = of;
      return { hit, said: hit + taken, real: hit + missed };
    };
    const whole = count((i) => i);
    if (whole.real + whole.said === 0) return [];
    const drawn = Array.from({ length: draws }, (_, d) => count((i) => sample[d * n + i] ?? 0));
    const share = (of: (c: typeof whole) => number): Share => {
      const sorted = drawn.map(of).sort((a, b) => a - b);
      return { value: rounded(of(whole)), low: rounded(sorted[25] ?? 0), high: rounded(sorted[974] ?? 0) };
    };
    return [{
      kind, code, ...whole, precision: share((c) => c.hit / Math.max(1, c.said)), recall: share((c) => c.hit / Math.max(1, c.real)), f1: share((c) => (2 * c.hit) / Math.max(1, c.said + c.real)),
    }];
  });
}

/** Texts of the corpus that were labelled wrong: of each topic the surest wrong one and the one missed by most, then feelings, and alerts that did not come or came for nothing. */
export function mistakesOf(pairs: readonly Pair[], longest = 140): Mistake[] {
  const short = pairs.filter((p) => p.gold.title === null && p.gold.text.length <= longest);
  const used = new Set<string>();
  const worst = (kind: LabelKind, code: string, mistake: 'taken' | 'missed', wrong: (p: Pair) => boolean, sureness: (p: Pair) => number) => {
    const found = short.filter((p) => wrong(p) && !used.has(p.gold.id)).sort((a, b) => sureness(b) - sureness(a) || (a.gold.id < b.gold.id ? -1 : 1))[0];
    if (found === undefined) return [];
    used.add(found.gold.id);
    const { gold, given } = found;
    return [{ kind, code, mistake, text: gold.text, topics: gold.topics, given: given.topics.map((t) => t.code), intent: gold.intent, given_intent: given.intent }];
  };
  return [
    ...topicCodes.flatMap((code, t) => [
      ...worst('topic', code, 'taken', (p) => !p.gold.topics.includes(code) && p.given.topics[0]?.code === code, (p) => p.topics[t] ?? 0),
      ...worst('topic', code, 'missed', (p) => p.gold.topics[0] === code && !p.given.topics.some((x) => x.code === code), (p) => -(p.topics[t] ?? 0)),
    ]),
    ...worst('polarity', 'negative', 'missed', (p) => p.gold.polarity === 'negative' && p.given.polarity === 'positive', (p) => p.gold.intensity),
    ...worst('polarity', 'negative', 'taken', (p) => p.gold.polarity === 'positive' && p.given.polarity === 'negative', (p) => p.given.intensity),
    ...worst('critical', 'critical', 'missed', (p) => p.gold.critical && !p.given.critical.flag, (p) => -p.critical),
    ...worst('critical', 'critical', 'taken', (p) => !p.gold.critical && p.given.critical.flag, (p) => p.critical),
  ];
}
