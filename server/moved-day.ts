// In: a day that a page asked for while data reached to `from`. Out: the day that it asks for where they reach to `to`.
// Invariant: first and last days of months stay such, as periods begin and end with months; no day after `from` is asked for, so none after `to` is.
import { addMonths } from '../datasets/calendar.ts';
import { periodMonths } from '../datasets/metric-query.ts';
import { firstDayOf, lastDayOf, monthOf } from '../datasets/reporting-period.ts';

/** ISO days; a day within a month stays where it is. */
export function movedDay(day: string, from: string, to: string): string {
  if (day === from) return to;
  const month = monthOf(day), target = addMonths(month, periodMonths({ from, to }) - 1);
  if (day === firstDayOf(month)) return firstDayOf(target);
  if (day !== lastDayOf(month)) return day;
  const moved = lastDayOf(target);
  return moved > to ? to : moved;
}
