// In: weekly series without gaps and a budget of false alarms. Out: each week judged, and whether it alarms.
// Invariant: judged week by week; the alarm of a week depends on no later week and on no other series.
import { expect, type Expected } from './expect.ts';
import { deviate } from './negative-binomial.ts';

export interface WeeklySeries { name: string; weeks: number[]; counts: number[]; exposure: number[] | null }
export interface JudgedSeries { name: string; weeks: number[]; judged: (Expected & { alarm: boolean })[] }

/** What taking the best of several windows adds to a score, measured on simulated series without outbreaks. */
export const bestWindow = 0.42;

/** Score from which a week is alarmed when `budget` of 100 weeks without an outbreak may be. */
export const alarmFrom = (budget: number): number => deviate(Math.min(0.5, budget / 100)) + bestWindow;

/** Judges each series on its own. */
export function judgeSeries(list: readonly WeeklySeries[], budget: number, progress?: (done: number, total: number) => void): JudgedSeries[] {
  const from = alarmFrom(budget), total = list.reduce((n, s) => n + s.counts.length, 0);
  let done = 0;
  return list.map(({ name, weeks, counts, exposure }) => {
    const judged = expect(counts, exposure ? { exposure } : {}).map((e) => ({ ...e, alarm: e.score >= from }));
    done += counts.length;
    progress?.(done, total);
    return { name, weeks, judged };
  });
}
