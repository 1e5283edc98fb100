// In: keys of reporting periods. Out: their days, neighbours and names.
import { describe, expect, it } from 'vitest';
import { addDays } from '../../datasets/calendar.ts';
import { firstDayOf, kindOf, lastDayOf, monthOf, monthsBefore, periodInName, periodOf, periodsBetween, reportingPeriod, reportOf } from '../../datasets/reporting-period.ts';

describe('a reporting period', () => {
  it.each([
    { key: '2028-02', from: '2028-02-01', to: '2028-02-29', label: '2028年2月', kind: 'month' },
    { key: '2026-12', from: '2026-12-01', to: '2026-12-31', label: '2026年12月', kind: 'month' },
    { key: '2026-Q1', from: '2026-01-01', to: '2026-03-31', label: '2026年第一季度', kind: 'quarter' },
    { key: '2026-Q2', from: '2026-04-01', to: '2026-06-30', label: '2026年第二季度', kind: 'quarter' },
    { key: '2025-Q4', from: '2025-10-01', to: '2025-12-31', label: '2025年第四季度', kind: 'quarter' },
  ])('$key goes from $from to $to', (expected) => {
    const found = reportingPeriod(expected.key);
    expect(found).toEqual(expected);
    expect(kindOf(found.from, found.to)).toBe(found.kind);
    expect(periodOf(found.kind, found.to)).toEqual(found);
  });

  it('is refused in any other form', () => {
    for (const key of ['2026-13', '2026-00', '2026-Q5', '2026-Q0', '2026Q2', '2026-q2', '2026/10', '2026-10-01', '']) expect(() => reportingPeriod(key)).toThrow('月份写作 2026-10，季度写作 2026-Q2');
  });

  it('has one before it, over the turn of a year too', () => {
    expect(monthsBefore(reportingPeriod('2026-01'), 3).key).toBe('2025-10');
    expect(monthsBefore(reportingPeriod('2026-Q1'), 3).key).toBe('2025-Q4');
  });

  it('is neither a month nor a quarter where the days are others', () => {
    for (const [from, to] of [['2026-01-01', '2026-10-31'], ['2026-02-01', '2026-04-30'], ['2026-10-02', '2026-10-31'], ['2026-04-01', '2026-06-29']] as const) expect(kindOf(from, to)).toBe(null);
  });

  it('is listed newest first', () => {
    expect(periodsBetween('month', '2025-11-05', '2026-01-31').map((p) => p.key)).toEqual(['2026-01', '2025-12', '2025-11']);
    expect(periodsBetween('quarter', '2025-11-05', '2026-04-01').map((p) => p.key)).toEqual(['2026-Q2', '2026-Q1', '2025-Q4']);
  });

  it('names its briefing and the file', () => {
    expect([reportOf('2026-10'), reportOf('2026-Q2'), periodInName('2026-10'), periodInName('2026-Q2')]).toEqual(['月报', '季报', '2026-10', '2026年第二季度']);
  });
});

describe('a month that begins on another day', () => {
  it.each([
    { key: '2026-06', start: 26, from: '2026-05-26', to: '2026-06-25', label: '2026年6月（5月26日–6月25日）' },
    { key: '2026-01', start: 26, from: '2025-12-26', to: '2026-01-25', label: '2026年1月（2025年12月26日–1月25日）' },
    { key: '2028-03', start: 28, from: '2028-02-28', to: '2028-03-27', label: '2028年3月（2月28日–3月27日）' },
    { key: '2026-Q2', start: 21, from: '2026-03-21', to: '2026-06-20', label: '2026年第二季度（3月21日–6月20日）' },
    { key: '2026-Q1', start: 2, from: '2025-12-02', to: '2026-03-01', label: '2026年第一季度（2025年12月2日–3月1日）' },
  ])('$key from the $start goes from $from to $to', ({ key, start, ...expected }) => {
    const found = reportingPeriod(key, start);
    expect(found).toMatchObject(expected);
    expect(kindOf(found.from, found.to, start)).toBe(found.kind);
    expect(kindOf(found.from, found.to)).toBe(null);
    for (const day of [found.from, found.to]) expect(periodOf(found.kind, day, start)).toEqual(found);
    expect(addDays(monthsBefore(found, found.kind === 'month' ? 1 : 3, start).to, 1)).toBe(found.from);
    expect(periodInName(key)).not.toContain('（');
  });

  it.each(Array.from({ length: 28 }, (_, i) => i + 1))('from the %i each day of seven years lies in one month, and months and quarters tile the calendar', (start) => {
    let month = monthOf('2023-12-31', start), quarter = periodOf('quarter', '2023-12-31', start);
    for (let day = '2023-12-31'; day <= '2030-12-31'; day = addDays(day, 1)) {
      if (day > lastDayOf(month, start)) {
        // The day after a month's last is the first of the next, and no other day begins one.
        const next = monthOf(day, start);
        expect([day, monthOf(addDays(day, -1), start), Number(day.slice(8))]).toEqual([firstDayOf(next, start), month, start]);
        expect(monthsBefore({ kind: 'month', from: day }, 1, start).key).toBe(month);
        month = next;
      }
      const [from, to] = [firstDayOf(month, start), lastDayOf(month, start)];
      if (monthOf(day, start) !== month || day < from || day > to) throw new Error(`${day} is not in ${month}`);
      if (day > quarter.to) { const next = periodOf('quarter', day, start); expect(next.from).toBe(day); quarter = next; }
      if (periodOf('quarter', day, start).key !== quarter.key) throw new Error(`${day} is not in ${quarter.key}`);
    }
    expect(month).toBe(start === 1 ? '2030-12' : '2031-01');
  });
});
