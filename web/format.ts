// In: numbers, days and metric definitions. Out: the words that a reader sees.
// Invariant: pure; a missing number is “—”, never 0; a change says more or less, its colour says better or worse.
import type { Metric } from '../datasets/metrics.ts';
import { firstDayOf, lastDayOf, monthOf, reportingPeriod } from '../datasets/reporting-period.ts';

const grouped = (value: number, digits = 0) => value.toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A whole number with separators, for tables. */
export const whole = (value: number | null | undefined) => (value === null || value === undefined ? '—' : grouped(value));

/** A metric's value: `8,214`, `1.23万` from 10,000 on, `63.4` for percent and decimals (the unit stands apart). */
export function figure(value: number | null | undefined, format: Metric['format']): string {
  if (value === null || value === undefined) return '—';
  if (format === 'integer') return Math.abs(value) >= 10_000 ? `${grouped(value / 10_000, Math.abs(value) >= 1_000_000 ? 0 : 2)}万` : grouped(value);
  return grouped(value, format === 'percent' ? 1 : 2);
}

export type Tone = 'better' | 'worse' | 'same';
export interface Change { text: string; tone: Tone }

/** The change since an earlier period in words: `多 31（20%）`, `升 1.2 个百分点`, `持平`, `无可比`. */
export function change(now: number | null | undefined, before: number | null | undefined, { format, worse }: Pick<Metric, 'format' | 'worse'>): Change {
  if (now === null || now === undefined || before === null || before === undefined) return { text: '无可比', tone: 'same' };
  const digits = format === 'integer' ? 0 : format === 'percent' ? 1 : 2;
  const difference = Number((now - before).toFixed(digits));
  if (difference === 0) return { text: '持平', tone: 'same' };
  const tone: Tone = worse === 0 ? 'same' : Math.sign(difference) === worse ? 'worse' : 'better';
  const size = Math.abs(difference);
  if (format === 'percent') return { text: `${difference > 0 ? '升' : '降'} ${grouped(size, 1)} 个百分点`, tone };
  if (format === 'decimal') return { text: `${difference > 0 ? '升' : '降'} ${grouped(size, 2)}`, tone };
  const share = before > 0 ? Math.round((size / before) * 100) : 0;
  return { text: `${difference > 0 ? '多' : '少'} ${grouped(size)}${share ? `（${grouped(share)}%）` : ''}`, tone };
}

/** `2026-10` or `2026-10-01` → `2026 年 10 月`. */
export const monthName = (day: string) => `${day.slice(0, 4)} 年 ${Number(day.slice(5, 7))} 月`;

/** A reporting period: `2026 年 10 月`, `2026 年第二季度`, with its days where months begin on another day than the first. */
export const periodName = (key: string, start = 1) => reportingPeriod(key, start).label.replace(/(\d+)/g, ' $1 ').replace(/（ | ?– ?/g, (m) => m.trim()).trim();

/** Two days as months: `2026 年 10 月`, `2026 年 8–10 月`, `2025 年 11 月–2026 年 10 月`. */
export function monthsName({ from, to }: { from: string; to: string }, start = 1): string {
  const [first, last] = [monthOf(from, start), monthOf(to, start)];
  if (first === last) return monthName(first);
  if (first.slice(0, 4) === last.slice(0, 4)) return `${first.slice(0, 4)} 年 ${Number(first.slice(5, 7))}–${Number(last.slice(5, 7))} 月`;
  return `${monthName(first)}–${monthName(last)}`;
}

const dayName = (day: string) => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日`;

/** The same, with the days of whole months where these begin on another day than the first: `2026 年 6 月（5 月 26 日–6 月 25 日）`. */
export function spanName(span: { from: string; to: string }, start = 1): string {
  if (start === 1) return monthsName(span);
  const [first, last] = [firstDayOf(monthOf(span.from, start), start), lastDayOf(monthOf(span.to, start), start)];
  return `${monthsName(span, start)}（${first.startsWith(monthOf(span.from, start).slice(0, 4)) ? '' : `${first.slice(0, 4)} 年 `}${dayName(first)}–${dayName(last)}）`;
}

/** Where months begin, where that is not the first: `（每月自上月 26 日起）`. */
export const monthsBegin = (start: number) => (start === 1 ? '' : `（每月自上月 ${start} 日起）`);

/** `2026-10-31 09:05` from an ISO time, in the reader's zone. */
export function momentName(iso: string | null | undefined): string {
  if (!iso) return '—';
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Seconds in words: `不到 1 秒`, `40 秒`, `3 分 20 秒`. */
export function duration(seconds: number): string {
  if (seconds < 1) return '不到 1 秒';
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} 秒` : `${Math.floor(whole / 60)} 分${whole % 60 ? ` ${whole % 60} 秒` : ''}`;
}
