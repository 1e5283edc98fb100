// In: patterns and texts. Out: proof that running a pattern itself finds what matchAll finds, time after time.
import { describe, expect, it } from 'vitest';
import { allMatches } from '../../pipelines/all-matches.ts';

describe('all-matches', () => {
  it.each([
    { pattern: /\d+元/g, text: '扣了20元，又扣300元。' },
    { pattern: /(?<=第)[一二三](班)?/g, text: '第一班和第二，不算三。' },
    { pattern: /a*/g, text: 'baab' },
    { pattern: /没有的/g, text: '什么都有' },
  ])('finds in $text what matchAll finds with $pattern, and again', ({ pattern, text }) => {
    const told = (matches: Iterable<RegExpMatchArray>) => Array.from(matches, (m) => [m.index, ...m]);
    pattern.lastIndex = 2;
    for (let again = 0; again < 2; again++) expect(told(allMatches(text, pattern))).toEqual(told(text.matchAll(new RegExp(pattern))));
  });
});
