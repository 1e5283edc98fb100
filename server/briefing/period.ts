// In: a month `YYYY-MM`. Out: its first and last day, and how a briefing calls it.
// Invariant: pure calendar arithmetic in UTC; no clock.
import { ZhiweiError } from '../../datasets/errors.ts';

export interface Period { readonly month: string; readonly from: string; readonly to: string; readonly label: string }

const iso = (date: Date) => date.toISOString().slice(0, 10);

/** The calendar month; throws `bad_request` for anything but `YYYY-MM`. */
export function monthPeriod(month: string): Period {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new ZhiweiError('bad_request', `月份“${month.slice(0, 20)}”不成格式，请写作 YYYY-MM，如 2026-10`);
  const from = `${month}-01`;
  const end = new Date(`${from}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + 1, 0);
  return { month, from, to: iso(end), label: monthLabel(month) };
}

/** `2026-09` → `2026年9月`. */
export const monthLabel = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** `2026-09-07` → `9月7日`. */
export const dayLabel = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** `2026-09-07` → `2026年9月7日`. */
export const dateLabel = (day: string) => `${day.slice(0, 4)}年${dayLabel(day)}`;

/** The month some months earlier (or later, when negative). */
export function monthsBefore(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - count);
  return iso(date).slice(0, 7);
}

/** A span of days: as months where it is whole months, `2026年1月至10月`. */
export function spanLabel(from: string, to: string): string {
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  if (!from.endsWith('-01') || monthPeriod(last).to !== to) return `${dateLabel(from)}至${dateLabel(to)}`;
  if (first === last) return monthLabel(first);
  return `${monthLabel(first)}至${first.slice(0, 4) === last.slice(0, 4) ? `${Number(last.slice(5))}月` : monthLabel(last)}`;
}
