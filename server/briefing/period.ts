// In: ISO days. Out: how a briefing calls them.
// Invariant: pure; no clock.
import { dayLabel, firstDayOf, kindOf, lastDayOf, monthLabel, monthOf, periodOf } from '../../datasets/reporting-period.ts';

/** `2026-09-07` → `2026年9月7日`. */
export const dateLabel = (day: string) => `${day.slice(0, 4)}年${dayLabel(day)}`;

/** A span of days: as months or a quarter where it is whole ones, `2026年1月至10月`. */
export function spanLabel(from: string, to: string, start = 1): string {
  const kind = kindOf(from, to, start);
  if (kind !== null) return periodOf(kind, from, start).label;
  const [first, last] = [monthOf(from, start), monthOf(to, start)];
  if (from !== firstDayOf(first, start) || to !== lastDayOf(last, start)) return `${dateLabel(from)}至${dateLabel(to)}`;
  return `${monthLabel(first)}至${first.slice(0, 4) === last.slice(0, 4) ? `${Number(last.slice(5))}月` : monthLabel(last)}${start === 1 ? '' : `（${dateLabel(from)}至${dateLabel(to)}）`}`;
}
