import { describe, expect, it } from 'vitest';
import { headcountOf } from '../../../server/surveys/response.ts';
import { likeness, waveBefore } from '../../../server/surveys/waves.ts';

describe('server/surveys/waves', () => {
  it.each([
    ['2025年度职工满意度调查', '2026 年度职工满意度调查', true], ['职工思想动态问卷（第一季度）', '职工思想动态问卷（第二季度）', true], ['请对以下方面的满意程度打分', '请您对以下方面的满意程度打分', true],
    ['职工满意度调查', '安全知识测评', false], ['食堂满意度', '宿舍满意度', false],
  ])('%s and %s: the same asked again is %s', (a, b, same) => expect(likeness(a, b) >= 0.8).toBe(same));

  it('takes the newest of the earlier ones', () => {
    const wave = (year: number) => ({ title: `${year}年度调查`, first_date: `${year}-05-01`, last_date: `${year}-05-10` });
    expect(waveBefore(wave(2026), [wave(2024), wave(2027), wave(2025), wave(2026)])).toEqual(wave(2025));
  });
});

describe('server/surveys/response', () => {
  const heads = [{ path: 'G/A', headcount: 100 }, { path: 'G/A/1', headcount: 30 }, { path: 'G/B/1', headcount: 40 }, { path: 'G/B/2', headcount: 20 }];
  it.each([
    [['G/A'], 100], [['G/B'], 60], [['G'], 160], [['G/A', 'G'], 160], [['G/A', 'G/A/1'], 100], [['G/A', 'G/C'], null], [[], null],
  ])('counts the people of %j once', (paths, expected) => expect(headcountOf(paths, heads)).toBe(expected));
});
