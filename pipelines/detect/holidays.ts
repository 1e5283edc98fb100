// In: Mondays of weeks. Out: how much of each week is Spring Festival 春节, and how much National Day 国庆 or Mid-Autumn 中秋.
// Invariant: 0 to 1; the lunar calendar is the one the runtime knows, so that no table of years can run out.
import { dayNumber } from './material.ts';

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });

/** Lunar month and day; a leap month (written 6bis) counts as none. */
function lunarDay(day: number): { month: number; day: number } {
  const parts = lunar.formatToParts(new Date(day * 86_400_000));
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? NaN);
  return { month: of('month'), day: of('day') };
}

/** Spring Festival: New Year's Eve and the seven days after it. National Day: 1–7 October, and Mid-Autumn Day with those beside it. */
export function holidayShares(weeks: readonly string[]): { spring: number[]; national: number[] } {
  const spring: number[] = [], national: number[] = [];
  for (const week of weeks) {
    const monday = dayNumber(week);
    let s = 0, n = 0;
    for (let d = monday; d < monday + 7; d++) {
      const date = new Date(d * 86_400_000), sun = date.getUTCMonth();
      if (sun < 2) {
        const { month, day } = lunarDay(d), next = lunarDay(d + 1);
        if ((month === 1 && day <= 7) || (next.month === 1 && next.day === 1)) s++;
      } else if (sun === 8 || sun === 9) {
        const { month, day } = lunarDay(d);
        if ((sun === 9 && date.getUTCDate() <= 7) || (month === 8 && day >= 14 && day <= 16)) n++;
      }
    }
    spring.push(s / 7);
    national.push(n / 7);
  }
  return { spring, national };
}
