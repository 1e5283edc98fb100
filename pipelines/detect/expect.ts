// In: weekly counts of one series, with headcount, season and a parent's expectation where there are any.
// Out: per week what was to be expected, the upper bound and a score in standard deviations, comparable over series.
// Invariant: prospective: week t is judged by weeks before t alone; counts of later weeks change nothing.
import { fitLogLinear, uncertainty, type Fit } from './fit.ts';
import { deviate, midTail, upperQuantile } from './negative-binomial.ts';

/** What is known beside the counts; all arrays are as long as the counts. */
export interface ExpectOptions {
  /** Headcount or another denominator, > 0; only its ratio over time matters. */
  exposure?: readonly number[];
  /** Position in the year of each week, in weeks; the week's number when left out. */
  weekOfYear?: readonly number[];
  /** Expectation of a larger series (the parent unit), whose season is borrowed. */
  parent?: readonly number[];
  /** Share of each week's texts that is registered by now; the parent's expectation holds it already. */
  complete?: readonly number[];
  /** Share of each week's days that are over; the expectation told is for them, the score is for the whole week until it is over. */
  elapsed?: readonly number[];
  /** What else each week is, 0 to 1 (a festival, say): one array per kind; its effect is learnt, and held to none without data. */
  calendar?: readonly (readonly number[])[];
}
/** `weeks`: length of the window ending here that gave the score. */
export interface Expected { expected: number; upper: number; score: number; weeks: number }

/** Chosen on simulated series (test/bench/detection.ts); variances are of log rates. */
export const tuning = {
  yearWeeks: 52.1775, levelVariance: 4, trendVariance: 0.02, seasonVariance: [0.25, 0.06], borrowedSeason: 0.25, calendarVariance: 0.15,
  outlier: 1.8, dispersionPrior: 1.4, dispersionWeight: 12, guard: 1,
  windows: [{ weeks: 1, handicap: 0 }, { weeks: 2, handicap: 0 }, { weeks: 4, handicap: 0.5 }, { weeks: 8, handicap: 1 }], stillAbove: 1.3,
  newLevelWeeks: 13, newLevelRatio: 2, oldLevelTrust: 0.003, minimum: 8, upperTail: 0.01, keep: 0.999,
};

/** Expected count, upper bound (probability 0.01 of a count beyond it) and score of each week, prospectively. */
export function expect(counts: readonly number[], options: ExpectOptions = {}): Expected[] {
  const n = counts.length, calendar = options.calendar ?? [], festivals = 2 + 2 * tuning.seasonVariance.length, width = festivals + calendar.length;
  const rows = new Float64Array(n * width), offsets = new Float64Array(n), weights = new Float64Array(n);
  const level = options.parent?.[0] ?? 1, exposed = options.exposure?.[0] ?? 1;
  for (let t = 0; t < n; t++) {
    const angle = (2 * Math.PI * (options.weekOfYear?.[t] ?? t)) / tuning.yearWeeks;
    rows[t * width] = 1;
    for (let h = 1; h <= tuning.seasonVariance.length; h++) {
      rows[t * width + 2 * h] = Math.cos(h * angle);
      rows[t * width + 2 * h + 1] = Math.sin(h * angle);
    }
    for (const [k, kind] of calendar.entries()) rows[t * width + festivals + k] = kind[t] ?? 0;
    offsets[t] = Math.log(Math.max(1e-3, (options.parent?.[t] ?? level) / level)) + Math.log(Math.max(1e-3, (options.exposure?.[t] ?? exposed) / exposed)) + Math.log(options.complete?.[t] ?? 1);
  }
  const precision = new Float64Array(width);
  precision[0] = 1 / tuning.levelVariance;
  precision[1] = 1 / tuning.trendVariance;
  for (const [h, variance] of tuning.seasonVariance.entries()) precision[2 * h + 2] = precision[2 * h + 3] = 1 / (variance * (options.parent ? tuning.borrowedSeason : 1));

  for (let k = festivals; k < width; k++) precision[k] = 1 / tuning.calendarVariance;

  const ages = Float64Array.from({ length: n + 1 }, (_, age) => tuning.keep ** age);
  let beta = new Float64Array(width), dispersion = tuning.dispersionPrior;
  const result: Expected[] = [];
  const sumRow = new Float64Array(width);
  const fits: { at: number; fit: Fit; dispersion: number }[] = [];
  let total = 0, levelSince = 0;
  for (let t = 0; t < n; t++) {
    const known = Math.max(tuning.minimum, t - tuning.guard);
    if (t < tuning.minimum) {
      const mean = (total + 0.5) / (t + 1);
      result.push({ expected: mean, upper: upperQuantile(tuning.upperTail, mean, mean * (1 + mean) * 2), score: 0, weeks: 1 });
      total += counts[t] ?? 0;
      continue;
    }
    for (let s = 0; s < t; s++) rows[s * width + 1] = (s - t) / 52;
    let sum = 0.5, exposure = 1;
    for (let s = Math.min(levelSince, known - 1); s < known; s++) { sum += counts[s] ?? 0; exposure += Math.exp(offsets[s] ?? 0); }
    const centre = Math.log(sum / exposure);
    if (t === tuning.minimum) beta[0] = centre;
    if (isNewLevel(counts, result, t, levelSince)) {
      levelSince = t - tuning.newLevelWeeks;
      let seen = 0, foreseen = 0;
      for (let s = levelSince; s < t; s++) { seen += counts[s] ?? 0; foreseen += result[s]?.expected ?? 0; }
      beta[0] = (beta[0] ?? 0) + Math.log(seen / Math.max(0.05, foreseen));
    }
    // robust weights from the last fit: an old outbreak must not become the new normal
    let squares = 0, degrees = 0;
    const spread = Math.sqrt(dispersion);
    for (let s = 0, row = 0; s < known; s++, row += width) {
      let eta = offsets[s]!;
      for (let a = 0; a < width; a++) eta += rows[row + a]! * beta[a]!;
      const mean = Math.exp(Math.min(20, eta)), y = counts[s]!;
      const anscombe = y > mean ? (1.5 * (Math.cbrt(y) ** 2 - Math.cbrt(mean) ** 2)) / (spread * mean ** (1 / 6)) : 0;
      const trust = anscombe > tuning.outlier ? (tuning.outlier / anscombe) ** 2 : 1;
      weights[s] = ages[t - s]! * (s < levelSince ? tuning.oldLevelTrust : 1) * trust;
      squares += (trust * (y - mean) ** 2) / Math.max(mean, 0.05);
      degrees += trust;
    }
    dispersion = Math.max(1.02, (squares + tuning.dispersionWeight * tuning.dispersionPrior) / (Math.max(1, degrees - 3) + tuning.dispersionWeight));
    const fit: Fit = fitLogLinear(known, width, rows, counts, offsets, weights, precision, centre, dispersion, beta, t === tuning.minimum ? 12 : 3);
    beta = fit.coefficients as Float64Array<ArrayBuffer>;

    fits.push({ at: t, fit, dispersion });
    let expected = 0, upper = 0, score = -9, weeks = 1, recent = 0;
    for (const window of tuning.windows) {
      // a window is judged by the fit made before it began; a long one counts only while its last two weeks still run above
      const judge = fits[fits.length - window.weeks];
      if (!judge || (window.weeks > 2 && recent < tuning.stillAbove)) continue;
      sumRow.fill(0);
      let mean = 0, observed = 0;
      for (let s = judge.at; s <= t; s++) {
        let eta = offsets[s] ?? 0;
        for (let a = 0; a < width; a++) eta += (a === 1 ? (s - judge.at) / 52 : rows[s * width + a] ?? 0) * (judge.fit.coefficients[a] ?? 0);
        const m = Math.exp(Math.min(20, eta));
        mean += m;
        observed += counts[s] ?? 0;
        for (let a = 0; a < width; a++) sumRow[a] = (sumRow[a] ?? 0) + m * (a === 1 ? (s - judge.at) / 52 : rows[s * width + a] ?? 0);
      }
      const variance = judge.dispersion * (mean + uncertainty(judge.fit, sumRow));
      if (window.weeks === 1) {
        const over = options.elapsed?.[t] ?? 1;
        expected = mean * over;
        upper = upperQuantile(tuning.upperTail, expected, Math.max(expected, variance * over));
      }
      if (window.weeks === 2) recent = observed / mean;
      const own = deviate(midTail(observed, mean, variance)) - window.handicap;
      if (own > score) { score = own; weeks = window.weeks; }
    }
    result.push({ expected, upper, score, weeks });
  }
  return result;
}

/** Whether a quarter of weeks, but one, ran above expectation and together at twice of it: then that is how it is now, as when a ledger begins. */
function isNewLevel(counts: readonly number[], judged: readonly Expected[], t: number, levelSince: number): boolean {
  const first = t - tuning.newLevelWeeks;
  if (first < levelSince + tuning.newLevelWeeks) return false;
  let above = 0, seen = 0, foreseen = 0;
  for (let s = first; s < t; s++) {
    const y = counts[s] ?? 0, mean = judged[s]?.expected ?? 0;
    if (y > mean) above++;
    seen += y;
    foreseen += mean;
  }
  return above >= tuning.newLevelWeeks - 1 && seen >= tuning.newLevelRatio * foreseen;
}
