// In: keys of reporting periods. Out: their days, neighbours and names.
import { describe, expect, it } from 'vitest';
import { kindOf, monthsBefore, periodInName, periodOf, periodsBetween, reportingPeriod, reportOf } from '../../datasets/reporting-period.ts';

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
