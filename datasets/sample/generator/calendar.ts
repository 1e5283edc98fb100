// In: ISO days. Out: arithmetic on them, and when people write: weekly rhythm, holidays, months of the sample.
// Invariant: days are `YYYY-MM-DD` in UTC; no clock is read.
import type { Chance } from './random.ts';

export const firstMonth = '2023-11';
export const asOf = '2026-10-31';

const date = (day: string) => new Date(`${day}T00:00:00Z`);

export function addDays(day: string, days: number): string {
  return new Date(date(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string) => (date(to).getTime() - date(from).getTime()) / 86_400_000;
/** 1 = Monday … 7 = Sunday. */
export const weekday = (day: string) => date(day).getUTCDay() || 7;
export const yearOf = (day: string) => Number(day.slice(0, 4));
export const monthOf = (day: string) => Number(day.slice(5, 7));

/** The 36 months, `YYYY-MM`. */
export const months: readonly string[] = Array.from({ length: 36 }, (_, i) => {
  const index = 2023 * 12 + 10 + i;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
});

const holidays: readonly (readonly [from: string, to: string])[] = [
  ['2024-02-08', '2024-02-18'], ['2025-01-27', '2025-02-05'], ['2026-02-15', '2026-02-24'],
  ['2024-10-01', '2024-10-06'], ['2025-10-01', '2025-10-07'], ['2026-10-01', '2026-10-06'],
  ['2024-05-01', '2024-05-04'], ['2025-05-01', '2025-05-04'], ['2026-05-01', '2026-05-04'],
];
const rhythm = [0, 1.35, 1.2, 1.1, 1.05, 1, 0.4, 0.3];

/** A day of the month: offices are quiet at weekends and holidays, the web much less so. */
export function dayIn(month: string, online: boolean, luck: Chance): string {
  const length = daysBetween(`${month}-01`, addDays(`${month}-28`, 4).slice(0, 7) + '-01');
  const weights: Record<string, number> = {};
  for (let d = 1; d <= length; d += 1) {
    const day = `${month}-${String(d).padStart(2, '0')}`;
    const quiet = holidays.some(([from, to]) => day >= from && day <= to) ? 0.3 : 1;
    weights[day] = quiet * (online ? 0.6 + 0.4 * (rhythm[weekday(day)] ?? 1) : rhythm[weekday(day)] ?? 1);
  }
  return luck.weighted(weights);
}
