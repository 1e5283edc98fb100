// In: made-up letters of three summers. Out: whether what comes every year is told from what is new in these weeks.
import { describe, expect, it } from 'vitest';
import { backgroundOf } from '../../pipelines/detect/describe.ts';
import { comeEveryYear, isSeasonal } from '../../pipelines/detect/told-before.ts';
import { letters, segmented, type Letter } from './detect-material.ts';

const heat = (day: number, n: number): Letter[] => Array.from({ length: n }, (_, i) => ({ unit: 'xl', topics: ['health'], day: day + i, text: `井下高温，绿豆汤没送到（${i}）。`, words: ['高温', '防暑', '绿豆汤'] }));
const other = (day: number, n: number, of = '体检'): Letter[] => Array.from({ length: n }, (_, i) => ({ unit: 'xl', topics: ['health'], day: day + i * 7, text: `${of}的第 ${i} 件事。`, words: [of, `${of}${i}`] }));
const past = [...heat(250, 12), ...other(0, 80)];
const yearly = (now: Letter[]) => {
  const all = letters([...past, ...now]), members = all.slice(past.length);
  const terms = new Map(segmented(all).map((t) => [t.document_id, t.terms.map(({ term }) => term)]));
  return comeEveryYear(members, all.slice(0, past.length), backgroundOf(all, terms), terms, members.map((m) => m.received_date).sort().at(-1) ?? '', 28);
};

describe('told before', () => {
  it('counts the texts that come in these weeks of every year, and not those that come all year or never came', () => {
    expect(yearly([...heat(615, 6), ...other(615, 3), ...other(615, 2, '除尘')])).toBe(6);
  });

  it('lets a season explain an episode whose other texts would not stand out, and no more', () => {
    expect(isSeasonal(0.5, { observed: 100, upper: 20 })).toBe(true);
    expect(isSeasonal(10 / 27, { observed: 27, upper: 22 })).toBe(true);
    expect(isSeasonal(10 / 50, { observed: 50, upper: 22 })).toBe(false);
    expect(isSeasonal(0, { observed: 8, upper: 9 })).toBe(false);
  });
});
