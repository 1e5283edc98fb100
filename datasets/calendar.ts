// In: ISO days, `YYYY-MM-DD`. Out: other ISO days and counts of days, for batch, server and web alike.
// Invariant: calendar days without clock or zone.

const msPerDay = 86_400_000;

/** ISO day `days` later; earlier when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * msPerDay).toISOString().slice(0, 10);
}

/** Days from one ISO day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / msPerDay);
}

/** Monday of the ISO week that holds a day. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** The month some months later (or earlier, when negative). */
export function addMonths(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`;
}
