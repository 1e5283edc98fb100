import { describe, expect, it } from 'vitest';
import { metrics } from '../../datasets/metrics.ts';
import { change, duration, figure, spanName, whole } from '../../web/format.ts';

describe('web/format', () => {
  it.each([
    { value: 186, format: 'integer', expected: '186' },
    { value: 8214, format: 'integer', expected: '8,214' },
    { value: 12_345, format: 'integer', expected: '1.23万' },
    { value: 1_234_567, format: 'integer', expected: '123万' },
    { value: 63.44, format: 'percent', expected: '63.4' },
    { value: 97, format: 'percent', expected: '97.0' },
    { value: 1.666, format: 'decimal', expected: '1.67' },
    { value: null, format: 'percent', expected: '—' },
  ] as const)('writes $value as $expected ($format)', ({ value, format, expected }) => {
    expect(figure(value, format)).toBe(expected);
  });

  it('never shows a missing number as 0', () => {
    expect(whole(null)).toBe('—');
    expect(whole(0)).toBe('0');
  });

  it.each([
    { metric: metrics.petitions, now: 186, before: 155, text: '多 31（20%）', tone: 'worse' },
    { metric: metrics.petitions, now: 100, before: 125, text: '少 25（20%）', tone: 'better' },
    { metric: metrics.petitions, now: 5, before: 0, text: '多 5', tone: 'worse' },
    { metric: metrics.petitions, now: 5, before: 5, text: '持平', tone: 'same' },
    { metric: metrics.petitions, now: 1001, before: 1000, text: '多 1', tone: 'worse' },
    { metric: metrics.first_petitions, now: 6, before: 5, text: '多 1（20%）', tone: 'same' },
    { metric: metrics.satisfaction_rate, now: 91.24, before: 90, text: '升 1.2 个百分点', tone: 'better' },
    { metric: metrics.repeat_rate, now: 9.5, before: 12, text: '降 2.5 个百分点', tone: 'better' },
    { metric: metrics.repeat_rate, now: 9.51, before: 9.53, text: '持平', tone: 'same' },
    { metric: metrics.petitions, now: 5, before: null, text: '无可比', tone: 'same' },
  ])('says $text for $now after $before ($metric.label)', ({ metric, now, before, text, tone }) => {
    expect(change(now, before, metric)).toEqual({ text, tone });
  });

  it.each([
    { from: '2026-10-01', to: '2026-10-31', expected: '2026 年 10 月' },
    { from: '2026-08-01', to: '2026-10-31', expected: '2026 年 8–10 月' },
    { from: '2025-11-01', to: '2026-10-31', expected: '2025 年 11 月–2026 年 10 月' },
  ])('names the period $from to $to', ({ from, to, expected }) => {
    expect(spanName({ from, to })).toBe(expected);
  });

  it.each([{ s: 0.4, expected: '不到 1 秒' }, { s: 40, expected: '40 秒' }, { s: 200, expected: '3 分 20 秒' }, { s: 120, expected: '2 分' }])('says $expected for $s s', ({ s, expected }) => {
    expect(duration(s)).toBe(expected);
  });
});
