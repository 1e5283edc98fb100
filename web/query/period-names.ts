// In: days across a chart, as DuckDB writes them. Out: how each is written there: a year, a quarter, a month or the day itself.
// Invariant: pure; as many names as days; days that begin months are months, days that begin quarters are quarters where nothing lies between.
const quarters = ['一', '二', '三', '四'];
const starts = (days: readonly string[], pattern: RegExp) => days.length > 0 && days.every((day) => pattern.test(day));

/** Of one day alone nothing can be told but the day. */
export function periodNames(days: readonly string[]): string[] {
  const known = days.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day));
  const each = (write: (year: string, month: number, day: string) => string) => days.map((day) => (known.includes(day) ? write(day.slice(0, 4), Number(day.slice(5, 7)), day) : day));
  if (known.length < 2) return [...days];
  if (starts(known, /-01-01$/)) return each((year) => `${year}年`);
  if (known.length > 2 && starts(known, /-(01|04|07|10)-01$/)) return each((year, month) => `${year}年${quarters[(month - 1) / 3] ?? ''}季度`);
  if (starts(known, /-01$/)) return each((year, month) => `${year}年${month}月`);
  return [...days];
}
