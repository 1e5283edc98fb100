import { describe, expect, it } from 'vitest';
import { movedDay } from '../../server/moved-day.ts';

describe('server/moved-day.ts', () => {
  for (const [what, day, from, to, expected] of [
    ['the day to which data reach follows it', '2026-10-28', '2026-10-28', '2026-11-12', '2026-11-12'],
    ['the first day of this month becomes that of the new one', '2026-10-01', '2026-10-28', '2026-11-12', '2026-11-01'],
    ['a trend of thirteen months begins a month later', '2025-10-01', '2026-10-28', '2026-11-12', '2025-11-01'],
    ['the last day of a month becomes that of the month after, over the year’s end', '2026-12-31', '2027-01-20', '2027-02-03', '2027-01-31'],
    ['the last day of a month stays one, however long the month', '2027-01-31', '2027-02-20', '2027-03-31', '2027-02-28'],
    ['no day beyond the data is asked for', '2026-10-31', '2026-10-30', '2026-11-12', '2026-11-12'],
    ['within one month first days stay', '2026-10-01', '2026-10-20', '2026-10-28', '2026-10-01'],
    ['an earlier version is asked for earlier days', '2026-11-01', '2026-11-12', '2026-10-28', '2026-10-01'],
    ['a day within a month stays where it is', '2026-10-14', '2026-10-28', '2026-11-12', '2026-10-14'],
  ] as const) it(what, () => { expect(movedDay(day, from, to)).toBe(expected); });
});
