import { describe, expect, it } from 'vitest';
import { keywordsFinding, polarityFinding, togetherFinding, topicsFinding, whereFinding } from '../../web/topics-findings.ts';

describe('web/topics-findings', () => {
  it.each([
    { rows: [], expected: '这段时间没有人提出诉求' },
    { rows: [{ label: '薪酬', now: 1200, previous: 1100 }, { label: '安全', now: 30, previous: 20 }], expected: '薪酬提得最多，1,200 条，也是增得最多的，环比多 100 条' },
    { rows: [{ label: '薪酬', now: 50, previous: 60 }, { label: '安全', now: 30, previous: 20 }], expected: '薪酬提得最多，50 条；安全增得最多，环比多 10 条' },
    { rows: [{ label: '薪酬', now: 50, previous: 48 }], expected: '薪酬提得最多，50 条；没有明显增多的' },
    { rows: [{ label: '薪酬', now: 50, previous: null }], expected: '薪酬提得最多，50 条' },
  ])('names what is raised most and what grew most: $expected', ({ rows, expected }) => { expect(topicsFinding(rows)).toBe(expected); });

  it.each([[['a'], 0, '上一期没有文字，比不出新词'], [[], 9, '没有说得明显更多的词'], [['欠薪', '绩效', '加班', '停产'], 9, '比上一期说得多的：欠薪、绩效、加班']])('names the words %j against %d texts', (terms, before, expected) => {
    expect(keywordsFinding(terms, before)).toBe(expected);
  });

  it('names the topic that comes along most beyond chance, not the one that is merely frequent', () => {
    expect(togetherFinding([{ label: '薪酬', documents: 40, expected: 38 }, { label: '技能转型', documents: 12, expected: 4.2 }])).toBe('常与技能转型一同提出：12 条，偶然约 4 条');
    expect(togetherFinding([{ label: '薪酬', documents: 2, expected: 0.4 }])).toBe('没有格外常一同提出的诉求');
    expect(togetherFinding([])).toBe('没有与别的诉求一同提出');
  });

  it('names the unit over its bound', () => {
    const row = { unit: '三矿', observed: 31, expected: 12.4, upper: 20 };
    expect(whereFinding([row, { ...row, unit: '一矿', observed: 21 }, { ...row, observed: 9 }])).toBe('三矿高出常态：31 条，期望 12 条，另有 1 个单位');
    expect(whereFinding([{ ...row, observed: 15 }])).toBe('各单位都没有超出常态');
  });

  it('names the most negative topic of those with texts enough', () => {
    expect(polarityFinding([{ label: '薪酬', negative: 15, neutral: 3, positive: 2 }, { label: '安全', negative: 5, neutral: 0, positive: 0 }])).toBe('薪酬的文字最常是负面的：20 条中 15 条');
    expect(polarityFinding([{ label: '安全', negative: 5, neutral: 0, positive: 0 }])).toBe('各诉求的文字还不多，倾向看个大概');
  });
});
