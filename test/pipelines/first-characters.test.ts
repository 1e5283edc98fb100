// In: the danger patterns and the corpus. Out: proof that looking only where a match can begin finds what the pattern alone finds.
// Invariant: no pattern of the lexicon is left out.
import { describe, expect, it } from 'vitest';
import { dangerPatterns, drillCue, historyCue, hypothesisCue, plainDanger, resolvedCue, unrealCue, urgentCue } from '../../datasets/lexicons/critical.ts';
import { finders } from '../../pipelines/classify/first-characters.ts';
import { readCorpus } from '../../pipelines/train/answers.ts';

function allOf(pattern: RegExp, text: string): string[] {
  return (finders([pattern])(text)[0] ?? []).map((m) => `${m.index} ${m[0]}`);
}

describe('first-characters', () => {
  it('finds in the corpus what each danger pattern and cue finds by itself', () => {
    const whole = readCorpus().slice(0, 1200).map((e) => e.text).join('\n');
    const patterns = [...Object.values(dangerPatterns), urgentCue, historyCue, drillCue, hypothesisCue, resolvedCue, unrealCue, plainDanger];
    const together = finders(patterns)(whole);
    patterns.forEach((pattern, k) => {
      const alone = Array.from(whole.matchAll(pattern), (m) => `${m.index} ${m[0]}`);
      expect(alone.length).toBeGreaterThan(0);
      expect(allOf(pattern, whole)).toEqual(alone);
      expect(together[k]?.map((m) => `${m.index} ${m[0]}`)).toEqual(alone);
    });
  });

  it('looks for the wanted patterns alone, and for no more matches than asked', () => {
    const found = finders([/停/g, /报/g])('停停报停报', 0b10, 1);
    expect(found.map((f) => f.map((m) => m.index))).toEqual([[], [2]]);
  });

  it.each([
    { pattern: /不?(?:再)?拖累|\d{1,2}号楼/g, text: '不再拖累，拖累，12号楼', found: ['0 不再拖累', '5 拖累', '8 12号楼'] },
    { pattern: /(?!没)[^人]报|[1-9甲]区/g, text: '没报又报，3区', found: ['2 又报', '5 3区'] },
    { pattern: /.停|(?:今|明)*天/g, text: '都停，明天', found: ['0 都停', '3 明天'] },
    { pattern: /(?<!没)(?:停|撤)了|(?<=再)晃/g, text: '没停了，撤了，再晃', found: ['4 撤了', '8 晃'] },
  ])('reads optional beginnings, groups, classes and looks around: $pattern', ({ pattern, text, found }) => {
    expect(allOf(pattern, text)).toEqual(found);
  });

  it('refuses a pattern that can match nothing, and a group that it cannot read', () => {
    expect(() => finders([/停?/g])).toThrow('matches nothing');
    expect(() => finders([/(?<name>停)/g])).toThrow('unknown here');
  });
});
