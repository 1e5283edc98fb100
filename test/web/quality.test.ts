// Figures of labels become words that a reader without statistics can use.
import { describe, expect, it } from 'vitest';
import { readFigures, type LabelFigures, type QualitySection } from '../../datasets/quality.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { bestAndWorst, labelName, mistakeWords, outOfHundred, qualityFinding, quoteRows, servedReader } from '../../web/quality.ts';

const share = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
const label = (code: string, hit: number, said: number, real: number): LabelFigures => ({ kind: 'topic', code, hit, said, real, precision: share(hit / said), recall: share(hit / real), f1: share((2 * hit) / (said + real)) });
const labels = [label('pay', 90, 100, 120), label('safety', 30, 60, 40), label('other', 1, 40, 40)];

describe('quality', () => {
  it('is told out of a hundred, over all topics', () => {
    expect(qualityFinding(labels)).toBe('每 100 个自动标的诉求，约 61 个是对的；该标的 100 个，标出约 61 个');
    expect(qualityFinding([])).toBe('还没有量过自动标签准不准');
  });
  it('gives a share with its range, and none for a handful of texts', () => {
    expect(outOfHundred(share(0.744), 100)).toBe('约 74 条（69–79）');
    expect(outOfHundred(share(1), 6)).toBe('只有 6 条，说不准');
  });
  it('names the best and the worst topic, 其他 aside', () => { expect(bestAndWorst(labels)).toBe('最准的是薪酬，最容易错的是安全。'); });
  it.each([['topic', 'pay', '薪酬'], ['polarity', 'negative', '负面'], ['intent', '求决', '求决'], ['intensity', '0', '无负面'], ['critical', 'critical', '紧急']] as const)('calls %s %s %s', (kind, code, name) => { expect(labelName(kind, code)).toBe(name); });
  it('says what a text is and what it was taken for', () => {
    const of = { text: '', topics: ['pay' as const], given: ['safety' as const], intent: '求决' as const, given_intent: '投诉' as const };
    expect(mistakeWords({ ...of, kind: 'topic', code: 'pay', mistake: 'missed' })).toBe('应为薪酬，标成了安全');
    expect(mistakeWords({ ...of, kind: 'critical', code: 'critical', mistake: 'missed' })).toBe('应报紧急，没有报');
  });
  it('says how much of what is quoted tells of its topic', () => {
    expect(quoteRows({ texts: 30, quoted: 1200, carries: 900, elsewhere: 180 })).toEqual([['正是说这件事的话', '900 / 1,200，约 75%'], ['是同一条文字里别的话', '180 / 1,200，约 15%'], ['文字里没有这项诉求', '120 / 1,200，约 10%']]);
  });
  it('shows the reader that made the served labels', () => {
    const section: QualitySection = { name: 'corpus', texts: 1, quotes: null, readers: ['words', 'linear', 'combined'].map((reader) => ({ reader: reader as 'words', overall: [], labels: [] })) };
    expect([servedReader(section, 'linear-1'), servedReader(section, 'linear-1+encoder-1'), servedReader({ ...section, readers: section.readers.slice(0, 2) }, 'linear-1+own-1')]).toEqual(['linear', 'combined', 'linear']);
  });
});

describe('the figures that ship', () => {
  const figures = readFigures();
  it('cover every topic beside the word lists, with each share inside its interval', () => {
    const corpus = figures?.sections.find((s) => s.name === 'corpus');
    expect(corpus?.readers.map((r) => r.reader).slice(0, 2)).toEqual(['words', 'linear']);
    for (const reader of corpus?.readers ?? []) {
      expect(reader.labels.filter((l) => l.kind === 'topic').map((l) => l.code)).toEqual(topicCodes);
      for (const { precision, recall, f1 } of reader.labels) for (const s of [precision, recall, f1]) expect(s.low <= s.value && s.value <= s.high).toBe(true);
    }
  });
  it('quote the corpus alone, without identifiers', () => {
    expect(figures?.mistakes.length).toBeGreaterThan(10);
    for (const m of figures?.mistakes ?? []) expect(m.text).not.toMatch(/1[3-9]\d{9}|\d{17}[\dXx]/);
  });
});
