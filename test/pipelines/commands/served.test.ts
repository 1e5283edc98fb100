// In: what the command line was asked for. Out: the period of the briefing, or what to write instead.
import { describe, expect, it } from 'vitest';
import { askedPeriod } from '../../../pipelines/commands/served.ts';

describe('pipelines/commands/served', () => {
  it.each<[Parameters<typeof askedPeriod>[0], string]>([
    [{ month: '2026-10' }, '2026-10'], [{ quarter: '2026-Q2' }, '2026-Q2'], [{ month: '2026-05', quarter: true }, '2026-Q2'], [{ month: '2026-12', quarter: true }, '2026-Q4'],
  ])('takes %j as %s', (asked, period) => { expect(askedPeriod(asked)).toBe(period); });

  it.each<[Parameters<typeof askedPeriod>[0], string]>([
    [{}, '二者取一'], [{ quarter: true }, '二者取一'], [{ month: '2026-10', quarter: '2026-Q4' }, '二者取一'], [{ month: '2026-13' }, '--month 应写作 2026-10，不是“2026-13”'], [{ month: '2026-13', quarter: true }, '--month 应写作'], [{ quarter: '2026-Q7' }, '--quarter 应写作 2026-Q2，不是“2026-Q7”'],
  ])('refuses %j in words', (asked, why) => { expect(() => askedPeriod(asked)).toThrow(why); });
});
