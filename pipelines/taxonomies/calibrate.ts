// In: margins of texts that their weights had not seen, with the right classes. Out: how a margin becomes a probability, and from which one a class is given.
// Invariant: plain gradient descent from a fixed start, so the same margins give the same numbers.

/** Slope and shift of each class's margin, and the probability from which a class is given where a text may have several. */
export interface Calibration { several: boolean; slopes: number[]; shifts: number[]; cut: number }

/** Probability of each class: they sum to 1 where a text has one class, and stand alone where it may have several. */
export function probabilitiesOf(margins: Float64Array, { several, slopes, shifts }: Calibration): Float64Array {
  const z = margins.map((m, c) => (slopes[c] ?? 1) * m + (shifts[c] ?? 0));
  if (several) return z.map((v) => 1 / (1 + Math.exp(-v)));
  const top = Math.max(...z);
  const e = z.map((v) => Math.exp(v - top));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / sum);
}

/** The classes given to a text, the likeliest first; never none where a text has just one. */
export function chosen(probabilities: Float64Array, { several, cut }: Calibration): number[] {
  const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b);
  return several ? order.filter((c) => (probabilities[c] ?? 0) >= cut) : order.slice(0, 1);
}

const steps = 200;
const ridge = 0.001;

/** Fits slopes and shifts on the log loss; all classes share one slope where they exclude each other. */
export function calibrate(margins: readonly Float64Array[], classesOf: readonly (readonly number[])[], several: boolean): Calibration {
  const classes = margins[0]?.length ?? 0;
  const found: Calibration = { several, slopes: new Array<number>(classes).fill(2), shifts: new Array<number>(classes).fill(0), cut: 0.5 };
  const velocity = new Float64Array(classes * 2);
  const right = new Uint8Array(margins.length * classes);
  classesOf.forEach((of, i) => { for (const c of of) right[i * classes + c] = 1; });
  const p = new Float64Array(classes);
  for (let step = 0; step < steps; step++) {
    const bySlope = new Float64Array(classes);
    const byShift = new Float64Array(classes);
    for (let i = 0; i < margins.length; i++) {
      const m = margins[i] ?? p;
      let sum = 0;
      // Margins are small beside what an exponential overflows at, so nothing is subtracted first.
      for (let c = 0; c < classes; c++) sum += p[c] = Math.exp(Math.min(500, (found.slopes[c] ?? 1) * (m[c] ?? 0) + (found.shifts[c] ?? 0)));
      for (let c = 0; c < classes; c++) {
        const miss = ((p[c] ?? 0) / (several ? 1 + (p[c] ?? 0) : sum) - (right[i * classes + c] ?? 0)) / margins.length;
        bySlope[c] = (bySlope[c] ?? 0) + miss * (m[c] ?? 0);
        byShift[c] = (byShift[c] ?? 0) + miss;
      }
    }
    const shared = bySlope.reduce((a, b) => a + b, 0);
    for (let c = 0; c < classes; c++) {
      const a = velocity[c] = 0.9 * (velocity[c] ?? 0) + (several ? (bySlope[c] ?? 0) : shared / classes);
      const b = velocity[classes + c] = 0.9 * (velocity[classes + c] ?? 0) + (byShift[c] ?? 0) + ridge * (found.shifts[c] ?? 0);
      found.slopes[c] = Math.max(0.1, (found.slopes[c] ?? 0) - rate * a);
      found.shifts[c] = (found.shifts[c] ?? 0) - rate * b;
    }
  }
  return several ? { ...found, cut: bestCut(margins, classesOf, found) } : found;
}

const rate = 0.5;

/** The common cut, between 0.2 and 0.6, with the best macro-F1. */
function bestCut(margins: readonly Float64Array[], classesOf: readonly (readonly number[])[], found: Calibration): number {
  const probabilities = margins.map((m) => probabilitiesOf(m, found));
  const worth = (cut: number) => {
    let sum = 0;
    for (let c = 0; c < found.slopes.length; c++) {
      let hit = 0;
      let both = 0;
      probabilities.forEach((p, i) => {
        const said = (p[c] ?? 0) >= cut;
        const real = classesOf[i]?.includes(c) ?? false;
        if (said && real) hit++;
        both += (said ? 1 : 0) + (real ? 1 : 0);
      });
      sum += (2 * hit) / Math.max(1, both);
    }
    return sum;
  };
  const cuts = Array.from({ length: 17 }, (_, i) => 0.2 + i * 0.025);
  return cuts.reduce((best, cut) => (worth(cut) > worth(best) + 1e-9 ? cut : best), 0.5);
}
