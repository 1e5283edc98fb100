// In: made-up matters week by week. Out: whether their life is told as it was: born, growing, quiet, back, and which part set itself apart.
import { describe, expect, it } from 'vitest';
import { lives } from '../../pipelines/detect/lives.ts';
import type { Found } from '../../pipelines/detect/material.ts';
import { letters, segmented, type Letter } from './detect-material.ts';

const monday = 5; // day 5 of the letters' calendar is a Monday
const letter = (day: number, words: string[], more: Partial<Letter> = {}): Letter => ({ unit: 'xl', topics: ['living'], day, text: `${words.join('，')}。`, words, ...more });
const filler = Array.from({ length: 300 }, (_, i) => letter(i, [7, 11, 13].map((k) => `词${(i * k + ((i * i) % 17)) % 150}`)));

function told(own: Letter[], asOf: string, kind: Found['hotspot']['kind'] = 'emergent') {
  const documents = letters([...filler, ...own]), members = documents.slice(filler.length);
  const hotspot = { hotspot_id: 'h', kind, from_date: members[0]?.received_date ?? '', to_date: members.at(-1)?.received_date ?? '' } as Found['hotspot'];
  return lives([{ hotspot, members }], documents, new Map(segmented(documents).map((t) => [t.document_id, t.terms.map(({ term }) => term)])), asOf);
}
const many = (n: number, day: number, words: string[], more: Partial<Letter> = {}) => Array.from({ length: n }, (_, i) => letter(day + (i % 5), words, more));

describe('lives', () => {
  it('tell when a matter is born, grows, goes on, is gone and comes back', () => {
    const rows = told([...many(2, monday, ['油烟']), ...many(5, monday + 14, ['油烟']), ...many(2, monday + 49, ['油烟']), ...many(1, monday + 49 + 91, ['油烟'])], '2026-12-31');
    expect(rows.map((r) => [r.stage, r.documents])).toEqual([['born', 2], ['growing', 5], ['steady', 2], ['gone', 0], ['back', 1], ['gone', 0]]);
    expect(rows.map((r) => (Date.parse(r.week) - Date.parse(rows[0]?.week ?? '')) / 604_800_000)).toEqual([0, 2, 7, 15, 20, 28]);
  });

  it('count the units reached so far', () => {
    const rows = told([letter(monday, ['油烟']), letter(monday + 7, ['油烟'], { unit: 'dh' }), letter(monday + 8, ['油烟'])], '2024-12-31');
    expect(rows.map((r) => r.units).slice(0, 2)).toEqual([1, 2]);
  });

  it('name the part that sets itself apart', () => {
    const smoke = ['油烟', '夜宵', '烧烤'], floor = ['楼板', '开裂', '验房'];
    const rows = told([...many(5, monday, smoke), ...many(2, monday + 7, smoke), ...many(4, monday + 21, floor)], '2024-12-31');
    const split = rows.filter((r) => r.stage === 'split');
    expect(split).toHaveLength(1);
    expect(floor).toEqual(expect.arrayContaining(split[0]?.words ?? ['none']));
  });

  it('let copies of one matter be no part, and say nothing of critical hotspots', () => {
    const smoke = many(5, monday, ['油烟', '夜宵', '烧烤']);
    expect(told([...smoke, ...many(4, monday + 21, ['楼板', '开裂', '验房'], { matter: 'one' })], '2024-12-31').some((r) => r.stage === 'split')).toBe(false);
    expect(told(smoke, '2024-12-31', 'critical')).toEqual([]);
  });

  it('never change a past week when later texts arrive', () => {
    const early = [...many(3, monday, ['油烟', '夜宵']), ...many(4, monday + 14, ['油烟', '夜宵'])];
    const before = told(early, '2024-12-01').filter((r) => r.documents > 0);
    expect(told([...early, ...many(6, monday + 35, ['油烟', '夜宵'])], '2024-12-01').slice(0, before.length)).toEqual(before);
  });
});
