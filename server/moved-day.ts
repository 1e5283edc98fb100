// In: a day that a page asked for while data reached to `from`. Out: the day that it asks for where they reach to `to`.
// Invariant: first and last days of months stay such, as periods begin and end with months; no day after `from` is asked for, so none after `to` is.
import { addMonths } from '../datasets/calendar.ts';
import { periodMonths } from '../datasets/metric-query.ts';
import { firstDayOf, lastDayOf, monthOf } from '../datasets/reporting-period.ts';

/** ISO days; a day within a month stays where it is. `start` is the day on which months begin. */
export function movedDay(day: string, from: string, to: string, start = 1): string {
  if (day === from) return to;
  const month = monthOf(day, start), target = addMonths(month, periodMonths({ from, to }, start) - 1);
  if (day === firstDayOf(month, start)) return firstDayOf(target, start);
  if (day !== lastDayOf(month, start)) return day;
  const moved = lastDayOf(target, start);
  return moved > to ? to : moved;
}
