// In: for each text its given and its found classes. Out: accuracy, macro and micro F1, every class's figures with 95 % intervals, and the confusion matrix.
// Invariant: intervals come from 1,000 seeded bootstrap draws of whole texts; texts that came out alike are counted together.
import type { Evaluation, Figure } from '../../datasets/own-taxonomy.ts';
import { seeded } from '../train/support-vectors.ts';

export interface Verdict { gold: readonly number[]; said: readonly number[] }

export type Figures = Pick<Evaluation, 'accuracy' | 'macroF1' | 'microF1' | 'confusion'> & { classes: { texts: number; precision: Figure; recall: Figure; f1: Figure }[] };

const draws = 1000;
const ratio = (a: number, b: number) => (b > 0 ? a / b : 0);

export function evaluate(verdicts: readonly Verdict[], classes: number): Figures {
  const kinds = new Map<string, { verdict: Verdict; of: number }>();
  const kindOf = Uint32Array.from(verdicts, (verdict) => {
    const key = `${[...verdict.gold].sort((a, b) => a - b).join()}|${[...verdict.said].sort((a, b) => a - b).join()}`;
    const kind = kinds.get(key) ?? { verdict, of: kinds.size };
    kinds.set(key, kind);
    return kind.of;
  });
  const list = [...kinds.values()].map((k) => k.verdict);
  const count = (pick: (i: number) => number) => {
    const counts = new Uint32Array(list.length);
    for (let i = 0; i < verdicts.length; i++) { const k = kindOf[pick(i)] ?? 0; counts[k] = (counts[k] ?? 0) + 1; }
    return measure(list, counts, classes);
  };
  const whole = count((i) => i);
  const random = seeded(20260101);
  const drawn = Array.from({ length: draws }, () => count(() => Math.floor(random() * verdicts.length)));
  const figure = (at: number): Figure => {
    const sorted = Float64Array.from(drawn, (d) => d[at] ?? 0).sort();
    return { value: round(whole[at] ?? 0), low: round(sorted[24] ?? 0), high: round(sorted[974] ?? 0) };
  };
  return {
    accuracy: figure(0), macroF1: figure(1), microF1: figure(2), confusion: confusionOf(verdicts, classes),
    classes: Array.from({ length: classes }, (_, c) => ({
      texts: verdicts.filter((v) => v.gold.includes(c)).length, precision: figure(3 + 3 * c), recall: figure(4 + 3 * c), f1: figure(5 + 3 * c),
    })),
  };
}

const round = (v: number) => Math.round(v * 10_000) / 10_000;

/** Accuracy (the very classes), macro-F1 over classes that occur, micro-F1, then precision, recall and F1 of each class. */
function measure(list: readonly Verdict[], counts: Uint32Array, classes: number): Float64Array {
  const hit = new Float64Array(classes);
  const said = new Float64Array(classes);
  const real = new Float64Array(classes);
  let right = 0;
  let texts = 0;
  list.forEach((v, k) => {
    const n = counts[k] ?? 0;
    let hits = 0;
    for (const c of v.gold) { real[c] = (real[c] ?? 0) + n; if (v.said.includes(c)) { hit[c] = (hit[c] ?? 0) + n; hits++; } }
    for (const c of v.said) said[c] = (said[c] ?? 0) + n;
    if (hits === v.gold.length && hits === v.said.length) right += n;
    texts += n;
  });
  const f1 = Array.from(hit, (h, c) => ratio(2 * h, (said[c] ?? 0) + (real[c] ?? 0)));
  const seen = f1.filter((_, c) => (real[c] ?? 0) > 0);
  const sum = (of: Float64Array) => of.reduce((a, b) => a + b, 0);
  return Float64Array.of(
    ratio(right, texts), ratio(seen.reduce((a, b) => a + b, 0), seen.length), ratio(2 * sum(hit), sum(said) + sum(real)),
    ...f1.flatMap((f, c) => [ratio(hit[c] ?? 0, said[c] ?? 0), ratio(hit[c] ?? 0, real[c] ?? 0), f]),
  );
}

/** Rows: given classes; columns: found ones; the last of each: none. A class given and found stands on the diagonal; one missed, in the row of what was missed. */
function confusionOf(verdicts: readonly Verdict[], classes: number): number[][] {
  const table = Array.from({ length: classes + 1 }, () => new Array<number>(classes + 1).fill(0));
  const add = (g: number, s: number) => { const row = table[g]; if (row) row[s] = (row[s] ?? 0) + 1; };
  for (const { gold, said } of verdicts) {
    for (const c of gold) if (said.includes(c)) add(c, c);
    const missed = gold.filter((c) => !said.includes(c));
    const wrong = said.filter((c) => !gold.includes(c));
    for (const g of missed) for (const s of wrong.length > 0 ? wrong : [classes]) add(g, s);
    if (missed.length === 0) for (const s of wrong) add(classes, s);
  }
  return table;
}
