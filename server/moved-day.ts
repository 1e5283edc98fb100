// In: a day that a page asked for while data reached to `from`. Out: the day that it asks for where they reach to `to`.
// Invariant: first and last days of months stay such, as periods begin and end with months; no day after `from` is asked for, so none after `to` is.

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstOf = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const lastOf = (month: number) => new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

/** ISO days; a day within a month stays where it is. */
export function movedDay(day: string, from: string, to: string): string {
  if (day === from) return to;
  const month = monthOf(day), target = month + monthOf(to) - monthOf(from);
  if (day === firstOf(month)) return firstOf(target);
  if (day !== lastOf(month)) return day;
  const moved = lastOf(target);
  return moved > to ? to : moved;
}
