// In: the key of a reporting period 报告期, `2026-10` or `2026-Q2`. Out: its days, its neighbours, how it and its briefing are called.
// Invariant: pure calendar arithmetic in UTC; a month and a quarter are one thing of different length; `start` is the day, 1–28, on which the house's month 会计月 begins, in the calendar month before unless it is 1.
import { addDays, addMonths } from './calendar.ts';
import { ZhiweiError } from './errors.ts';
import { numeral } from './numerals.ts';

export type PeriodKind = 'month' | 'quarter';
export interface ReportingPeriod {
  readonly key: string;
  readonly kind: PeriodKind;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** `2026年10月`, `2026年第二季度` */
  readonly label: string;
}

interface PeriodWords { readonly months: number; readonly report: string; readonly name: string; readonly now: string; readonly last: string; readonly lastYear: string }
export const periodKinds: Record<PeriodKind, PeriodWords> = {
  month: { months: 1, report: '月报', name: '月份', now: '本月', last: '上月', lastYear: '上年同月' },
  quarter: { months: 3, report: '季报', name: '季度', now: '本季度', last: '上季度', lastYear: '上年同季' },
};

export const periodPattern = /^\d{4}-(?:0[1-9]|1[0-2]|Q[1-4])$/;

/** `2026-09` → `2026年9月`. */
export const monthLabel = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** `2026-09-07` → `9月7日`. */
export const dayLabel = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** The month, `YYYY-MM`, that a day is reported in. */
export const monthOf = (day: string, start = 1): string => (start === 1 ? day.slice(0, 7) : addMonths(addDays(day, 1 - start), 1));
/** In SQL, a day whose calendar month, quarter and year are those that `date` is reported in: `start` - 1 days earlier, and a month on. */
export const reported = (date: string, start: number) => (start === 1 ? date : `(${date} - INTERVAL ${start - 1} DAY + INTERVAL 1 MONTH)`);
/** First and last day of a month. */
export const firstDayOf = (month: string, start = 1): string => (start === 1 ? `${month.slice(0, 7)}-01` : `${addMonths(month, -1)}-${String(start).padStart(2, '0')}`);
export const lastDayOf = (month: string, start = 1): string => addDays(firstDayOf(addMonths(month, 1), start), -1);

/** Throws `bad_request` for anything but `YYYY-MM` and `YYYY-Qn`. */
export function reportingPeriod(key: string, start = 1): ReportingPeriod {
  if (!periodPattern.test(key)) throw new ZhiweiError('bad_request', `报告期“${key.slice(0, 20)}”不成格式；月份写作 2026-10，季度写作 2026-Q2`);
  const [year = '', part = ''] = key.split('-'), isQuarter = part.startsWith('Q');
  const first = isQuarter ? `${year}-${String(Number(part.slice(1)) * 3 - 2).padStart(2, '0')}` : key;
  const from = firstDayOf(first, start), to = lastDayOf(isQuarter ? addMonths(first, 2) : key, start);
  return { key, kind: isQuarter ? 'quarter' : 'month', from, to, label: nameOf(key) + (start === 1 ? '' : `（${from.startsWith(year) ? '' : `${from.slice(0, 4)}年`}${dayLabel(from)}–${dayLabel(to)}）`) };
}

const nameOf = (key: string) => (key.includes('Q') ? `${key.slice(0, 4)}年第${numeral(Number(key.slice(6)))}季度` : monthLabel(key));

/** The month or quarter that holds a month. */
const holding = (kind: PeriodKind, month: string, start: number): ReportingPeriod =>
  reportingPeriod(kind === 'month' ? month : `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`, start);

/** The month or quarter that holds a day. */
export const periodOf = (kind: PeriodKind, day: string, start = 1): ReportingPeriod => holding(kind, monthOf(day, start), start);

/** The period of the same kind some months earlier. */
export const monthsBefore = ({ kind, from }: Pick<ReportingPeriod, 'kind' | 'from'>, months: number, start = 1): ReportingPeriod => holding(kind, addMonths(monthOf(from, start), -months), start);

/** What its briefing is called: 月报, 季报. */
export const reportOf = (key: string) => periodKinds[reportingPeriod(key).kind].report;

/** The period in the name of a file: `2026-10`, `2026年第二季度`. */
export const periodInName = (key: string) => (reportingPeriod(key).kind === 'month' ? key : nameOf(key));

/** What two days are the first and last of; null where it is neither a month nor a quarter. */
export function kindOf(from: string, to: string, start = 1): PeriodKind | null {
  return (Object.keys(periodKinds) as PeriodKind[]).find((kind) => { const found = periodOf(kind, from, start); return found.from === from && found.to === to; }) ?? null;
}

/** Periods that hold the days from `first` to `last`, newest first. */
export function periodsBetween(kind: PeriodKind, first: string, last: string, start = 1): ReportingPeriod[] {
  const found: ReportingPeriod[] = [];
  for (let at = periodOf(kind, last, start); at.to >= first; at = monthsBefore(at, periodKinds[kind].months, start)) found.push(at);
  return found;
}
