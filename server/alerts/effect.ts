// In: a weekly curve, what it counts, and the day of the first measure 措施. Out: how far the counts fell or rose against what was expected.
// Invariant: pure; says 无法判断 rather than more than the weeks can bear; the week of the measure and provisional weeks count on neither side.
import type { Curve, Effect } from '../api.ts';
import { addDays, mondayOf } from '../../datasets/calendar.ts';
import { countWord, seriesMeasures, type SeriesMeasure } from '../../datasets/vocabulary.ts';

export const leastWeeks = 4;
const mostWeeks = 12;
/** Counted on both sides together, below which a ratio says nothing. */
const leastCount = 10;

type Week = Curve['rows'][number];
const sum = (weeks: readonly Week[], of: 'observed' | 'expected') => weeks.reduce((s, w) => s + w[of], 0);
const round = (x: number, digits = 2) => Number(x.toFixed(digits));

/** Compares the weeks of the episode before the measure (at least 4, at most 12) with those after it (at most 12). */
export function effectOf(weeks: readonly Week[], episodeFrom: string, measureDate: string, measure: SeriesMeasure = 'documents'): Effect {
  const measureWeek = mondayOf(measureDate);
  const least = addDays(measureWeek, -7 * leastWeeks), most = addDays(measureWeek, -7 * mostWeeks), start = mondayOf(episodeFrom);
  const since = start > least ? least : start < most ? most : start;
  const settled = weeks.filter((w) => !w.provisional);
  const before = settled.filter((w) => w.week >= since && w.week < measureWeek);
  const after = settled.filter((w) => w.week > measureWeek).slice(0, mostWeeks);
  const facts = {
    measure_date: measureDate, measure, weeks_before: before.length, weeks_after: after.length,
    observed_before: sum(before, 'observed'), expected_before: round(sum(before, 'expected')), observed_after: sum(after, 'observed'), expected_after: round(sum(after, 'expected')),
  };
  const why = lacking(before, after, countWord(measure));
  if (why !== null) return { ...facts, sufficient: false, why, words: `数据不足，无法判断：${why}。`, change_per_week: null, ratio: null, low: null, high: null, verdict: '无法判断' };
  const { ratio, low, high } = rateRatio(before, after);
  const change = (sum(after, 'observed') - sum(after, 'expected')) / after.length - (sum(before, 'observed') - sum(before, 'expected')) / before.length;
  const verdict = high < 1 ? '下降' as const : low > 1 ? '上升' as const : '无明显变化' as const;
  const result = { ...facts, sufficient: true, why: null, change_per_week: round(change, 1), ratio: round(ratio), low: round(low), high: round(high), verdict };
  return { ...result, words: say(result) };
}

function lacking(before: readonly Week[], after: readonly Week[], word: string): string | null {
  if (after.length < leastWeeks) return `措施之后只有 ${after.length} 个登记完整的周，至少要 ${leastWeeks} 个`;
  if (before.length < leastWeeks) return `措施之前只有 ${before.length} 个登记完整的周，至少要 ${leastWeeks} 个`;
  if (sum(before, 'observed') + sum(after, 'observed') < leastCount) return `前后合计不足 ${leastCount} ${word}`;
  if (sum(before, 'expected') <= 0 || sum(after, 'expected') <= 0) return '没有期望值可比';
  return null;
}

/** Ratio of the rates (observed ÷ expected) after and before, with a quasi-Poisson 95 % interval: overdispersion by Pearson's χ² of the weeks before, half a text added to each side so that none is no division by zero. */
export function rateRatio(before: readonly Week[], after: readonly Week[]): { ratio: number; low: number; high: number } {
  const [seenBefore, seenAfter] = [sum(before, 'observed') + 0.5, sum(after, 'observed') + 0.5];
  const rate = sum(before, 'observed') / sum(before, 'expected');
  const freedom = before.length - 1;
  const pearson = rate === 0 ? 0 : before.reduce((s, w) => s + (w.expected > 0 ? (w.observed - rate * w.expected) ** 2 / (rate * w.expected) : 0), 0);
  const dispersion = Math.max(1, pearson / freedom);
  const log = Math.log(seenAfter / sum(after, 'expected')) - Math.log(seenBefore / sum(before, 'expected'));
  const half = studentQuantile(freedom) * Math.sqrt(dispersion * (1 / seenBefore + 1 / seenAfter));
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) };
}

/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom: few weeks tell little of how much weeks differ. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179];
const studentQuantile = (freedom: number) => quantiles[Math.min(freedom, quantiles.length) - 1] ?? 2.179;

function say({ measure, weeks_before, weeks_after, change_per_week, ratio, low, high, verdict }: Pick<Effect, 'measure' | 'weeks_before' | 'weeks_after' | 'change_per_week' | 'ratio' | 'low' | 'high' | 'verdict'>): string {
  const change = change_per_week ?? 0, word = countWord(measure);
  const fact = `措施前 ${weeks_before} 周与措施后 ${weeks_after} 周相比，每周超出期望的${measure === 'documents' ? '件数' : seriesMeasures[measure]}${change === 0 ? '持平' : `${change < 0 ? '少' : '多'} ${Math.abs(change)} ${word}`}，与期望之比为此前的 ${ratio} 倍（95% 区间 ${low}–${high}）`;
  return `${fact}：${verdict === '下降' ? '有下降，但不排除自然回落' : verdict === '上升' ? '反而上升' : '未见明显变化'}。`;
}
