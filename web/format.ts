// In: numbers, days and metric definitions. Out: the words that a reader sees.
// Invariant: pure; a missing number is “—”, never 0; a change says more or less, its colour says better or worse.
import type { Metric } from '../datasets/metrics.ts';
import { reportingPeriod } from '../datasets/reporting-period.ts';

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

/** A reporting period: `2026 年 10 月`, `2026 年第二季度`. */
export const periodName = (key: string) => reportingPeriod(key).label.replace(/(\d+)/g, ' $1 ').trim();

/** Two days as a period: `2026 年 10 月`, `2026 年 8–10 月`, `2025 年 11 月–2026 年 10 月`. */
export function spanName({ from, to }: { from: string; to: string }): string {
  if (from.slice(0, 7) === to.slice(0, 7)) return monthName(from);
  if (from.slice(0, 4) === to.slice(0, 4)) return `${from.slice(0, 4)} 年 ${Number(from.slice(5, 7))}–${Number(to.slice(5, 7))} 月`;
  return `${monthName(from)}–${monthName(to)}`;
}

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
