// In: probabilities of texts that the first layer had not seen, with their answers. Out: where to cut.
// Invariant: a grid search in fixed order, so the same probabilities give the same cuts.
import { firstOutput } from '../classify/label.ts';
import { polarityOrder } from '../classify/model.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { answerOf } from './second-layer.ts';
import { firstWriter, type Example } from './answers.ts';

const grid = Array.from({ length: 19 }, (_, i) => 0.2 + i * 0.025);

/** Cuts of the ten topics that give the best micro-F1 together, with a small pull to the common cut. */
export function topicThresholds(probabilities: readonly Float64Array[], examples: readonly Example[]): number[] {
  const p = topicCodes.map((t) => probabilities.map((row) => row[firstOutput(t) + 1] ?? 0));
  const y = topicCodes.map((t) => examples.map((e) => answerOf(e, t)));
  const counts = (t: number, cut: number) => {
    let hit = 0;
    let said = 0;
    let real = 0;
    examples.forEach((_, i) => {
      const yes = (p[t]?.[i] ?? 0) >= cut;
      const right = y[t]?.[i] === 1;
      if (yes) said++;
      if (right) real++;
      if (yes && right) hit++;
    });
    return { hit, said, real };
  };
  const table = topicCodes.map((_, t) => grid.map((cut) => counts(t, cut)));
  const f1 = (chosen: readonly number[]) => {
    let hit = 0;
    let both = 0;
    chosen.forEach((g, t) => { const c = table[t]?.[g]; hit += c?.hit ?? 0; both += (c?.said ?? 0) + (c?.real ?? 0); });
    return (2 * hit) / Math.max(1, both);
  };
  const common = grid.reduce((best, _, g) => (f1(topicCodes.map(() => g)) > f1(topicCodes.map(() => best)) ? g : best), 0);
  const chosen = topicCodes.map(() => common);
  for (let round = 0; round < 3; round++) {
    topicCodes.forEach((_, t) => {
      const worth = (g: number) => f1(chosen.map((c, i) => (i === t ? g : c))) - 0.0003 * Math.abs(g - common);
      chosen[t] = grid.reduce((best, _cut, g) => (worth(g) > worth(best) ? g : best), chosen[t] ?? common);
    });
  }
  return chosen.map((g) => grid[g] ?? 0.4);
}

/** How many of its alarms must be right. */
const precisionOfCritical = 0.85;

/** The lowest cut of critical from which enough alarms are right, on the texts of the first writers: the notion of danger is the mine's, and with them it is rarest, as in mail; later voices tell of it so often that false alarms would seem few. */
export function criticalThreshold(probabilities: readonly Float64Array[], examples: readonly Example[]): number {
  const at = firstOutput('critical') + 1;
  const own = probabilities.flatMap((row, i) => (firstWriter.test(examples[i]?.group ?? '') ? [{ p: row[at] ?? 0, real: examples[i]?.critical === true }] : []));
  const cuts = Array.from({ length: 90 }, (_, i) => 0.05 + i * 0.01);
  const enough = cuts.find((cut) => {
    const said = own.filter(({ p }) => p >= cut);
    return said.length > 0 && said.filter(({ real }) => real).length >= precisionOfCritical * said.length;
  });
  return Math.round((enough ?? 0.5) * 100) / 100;
}

/** Factors on the polarity probabilities that give the best macro-F1; negative stays 1. */
export function polarityFactors(probabilities: readonly Float64Array[], examples: readonly Example[]): number[] {
  const at = firstOutput('polarity');
  const macro = (factors: readonly number[]) => {
    const said = probabilities.map((row) => factors.reduce((b, _, a) => (factors[a] ?? 1) * (row[at + a] ?? 0) > (factors[b] ?? 1) * (row[at + b] ?? 0) ? a : b, 0));
    const f = polarityOrder.map((p, a) => {
      const hit = said.filter((s, i) => s === a && examples[i]?.polarity === p).length;
      return (2 * hit) / Math.max(1, said.filter((s) => s === a).length + examples.filter((e) => e.polarity === p).length);
    });
    return f.reduce((x, y) => x + y, 0);
  };
  const options = [0.7, 0.85, 1, 1.2, 1.45, 1.75];
  let best = [1, 1, 1];
  for (const neutral of options) for (const positive of options) if (macro([1, neutral, positive]) > macro(best)) best = [1, neutral, positive];
  return best;
}
