// In: the danger patterns and the corpus. Out: proof that looking only where a match can begin finds what the pattern alone finds.
// Invariant: no pattern of the lexicon is left out.
import { describe, expect, it } from 'vitest';
import { dangerPatterns, drillCue, historyCue, hypothesisCue, plainDanger, resolvedCue, unrealCue, urgentCue } from '../../datasets/lexicons/critical.ts';
import { finder } from '../../pipelines/classify/first-characters.ts';
import { readCorpus } from '../../pipelines/train/answers.ts';

function allOf(pattern: RegExp, text: string): string[] {
  const { next } = finder(pattern), out: string[] = [];
  for (let m = next(text, 0); m !== null; m = next(text, m.index + m[0].length)) out.push(`${m.index} ${m[0]}`);
  return out;
}

describe('first-characters', () => {
  it('finds in the corpus what each danger pattern and cue finds by itself', () => {
    const whole = readCorpus().slice(0, 1200).map((e) => e.text).join('\n');
    for (const pattern of [...Object.values(dangerPatterns), urgentCue, historyCue, drillCue, hypothesisCue, resolvedCue, unrealCue, plainDanger]) {
      const alone = Array.from(whole.matchAll(pattern), (m) => `${m.index} ${m[0]}`);
      expect(alone.length).toBeGreaterThan(0);
      expect(allOf(pattern, whole)).toEqual(alone);
    }
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
    expect(() => finder(/停?/g)).toThrow('matches nothing');
    expect(() => finder(/(?<name>停)/g)).toThrow('unknown here');
  });
});
