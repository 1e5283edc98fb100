// In: an alert's level, state and deadline, and what day it is. Out: which report is due next, when, and whether it is late.
// Invariant: pure; days are local, the clock is the caller's.
import { addDays, daysBetween } from '../../datasets/calendar.ts';
import type { HouseSettings } from '../../datasets/settings.ts';
import type { AlertLevel, AlertState, ReportKind } from '../../datasets/vocabulary.ts';
import type { Alert } from '../api.ts';

/** The local day of a moment, `YYYY-MM-DD`. */
export function localDay(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The report that a state waits for: 首报 of a new alert, then 续报 (or 终报) until it is told to the end. */
export const nextReport = (state: AlertState): ReportKind | null => (state === '新发现' ? 'first' : state === '首报' || state === '处置中' ? 'follow' : null);

/** The day by which it is due, from `today` on; null where no report is waited for. */
export function deadlineFor(state: AlertState, level: AlertLevel, today: string, settings: Pick<HouseSettings, 'first_report_days' | 'next_report_days'>): string | null {
  const next = nextReport(state);
  return next === null ? null : addDays(today, (next === 'first' ? settings.first_report_days : settings.next_report_days)[level]);
}

/** 未到期, 今日到期 or 已逾期, and by how many days. */
export function dueOf(deadline: string | null, today: string): Pick<Alert, 'due' | 'overdue_days'> {
  if (deadline === null) return { due: null, overdue_days: 0 };
  const late = daysBetween(deadline, today);
  return { due: late > 0 ? '已逾期' : late === 0 ? '今日到期' : '未到期', overdue_days: Math.max(0, late) };
}
