// In: ISO days. Out: how a briefing calls them.
// Invariant: pure; no clock.
import { dayLabel, kindOf, monthLabel, periodOf } from '../../datasets/reporting-period.ts';

/** `2026-09-07` → `2026年9月7日`. */
export const dateLabel = (day: string) => `${day.slice(0, 4)}年${dayLabel(day)}`;

/** A span of days: as months or a quarter where it is whole ones, `2026年1月至10月`. */
export function spanLabel(from: string, to: string): string {
  const kind = kindOf(from, to);
  if (kind !== null) return periodOf(kind, from).label;
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  if (!from.endsWith('-01') || periodOf('month', to).to !== to) return `${dateLabel(from)}至${dateLabel(to)}`;
  return `${monthLabel(first)}至${first.slice(0, 4) === last.slice(0, 4) ? `${Number(last.slice(5))}月` : monthLabel(last)}`;
}
