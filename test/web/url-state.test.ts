import { describe, expect, it } from 'vitest';
import { addMonths } from '../../datasets/calendar.ts';
import { filtersOf, href, monthsBetween, parsePeriod, spanOf, stretchedPeriod, viewOf } from '../../web/url-state.ts';

describe('web/url-state', () => {
  it.each([
    { text: null, expected: 'month' }, { text: '3m', expected: '3m' }, { text: 'nonsense', expected: 'month' }, { text: '2026-13..2026-14', expected: 'month' },
    { text: '2026-01..2026-03', expected: '2026-01..2026-03' }, { text: '2026-03..2026-01', expected: '2026-01..2026-03' },
  ])('reads the period $text as $expected', ({ text, expected }) => {
    expect(parsePeriod(text)).toBe(expected);
  });

  it.each([
    { period: 'month', asOf: '2026-10-31', expected: { from: '2026-10-01', to: '2026-10-31' } },
    { period: 'month', asOf: '2026-10-14', expected: { from: '2026-10-01', to: '2026-10-14' } },
    { period: '3m', asOf: '2026-01-31', expected: { from: '2025-11-01', to: '2026-01-31' } },
    { period: '12m', asOf: '2026-10-31', expected: { from: '2025-11-01', to: '2026-10-31' } },
    { period: '2026-01..2026-02', asOf: '2026-10-31', expected: { from: '2026-01-01', to: '2026-02-28' } },
  ] as const)('takes $period as of $asOf for $expected.from to $expected.to', ({ period, asOf, expected }) => {
    expect(spanOf(period, asOf)).toEqual(expected);
  });

  it('takes what was dragged over as months, also of weeks, and no further than the axis', () => {
    const weeks = ['2026-08-24', '2026-08-31', '2026-09-07', '2026-10-05'];
    expect(stretchedPeriod(weeks, 1, 2)).toBe('2026-08..2026-09');
    expect(stretchedPeriod(weeks, 2, 9)).toBe('2026-09..2026-10');
    expect(stretchedPeriod([], 0, 0)).toBeNull();
  });

  it('counts months across years and leap days', () => {
    expect(addMonths('2026-01', -12)).toBe('2025-01');
    expect(addMonths('2026-11', 3)).toBe('2027-02');
    expect(monthsBetween('2025-11', '2026-01')).toEqual(['2026-01', '2025-12', '2025-11']);
  });

  it('takes of the address the filters that the page has, and leaves out what it cannot read', () => {
    const span = { from: '2026-10-01', to: '2026-10-31' };
    const query = { unit: 'G/M3', topic: 'pay', channel: '来信', doc: 'note' };
    expect(viewOf(query, ['unit', 'period', 'topic'], span, 'G/M3')).toEqual({ ...span, unit: 'G/M3', topic: 'pay', channel: null, kind: null });
    expect(viewOf({ ...query, topic: 'money' }, ['topic', 'channel', 'doc'], span, 'G/M3')).toEqual({ ...span, unit: null, topic: null, channel: '来信', kind: 'note' });
  });

  it('asks a metric for what is chosen alone', () => {
    const view = { from: '2026-10-01', to: '2026-10-31', unit: null, topic: 'pay', channel: null, kind: null } as const;
    expect(filtersOf(view)).toEqual({ from: '2026-10-01', to: '2026-10-31', topic: 'pay' });
  });

  it('leaves defaults out of the address', () => {
    expect(href('/', { unit: null, period: undefined, topic: '' })).toBe('/');
    expect(href('/hotspots', { unit: '集团/三矿', topic: 'pay' })).toBe('/hotspots?unit=%E9%9B%86%E5%9B%A2%2F%E4%B8%89%E7%9F%BF&topic=pay');
  });
});
