// In: made-up messages. Out: whether what groups them is one thing at one place, and whether the group is called by its place and thing.
import { describe, expect, it } from 'vitest';
import { backgroundOf } from '../../pipelines/detect/describe.ts';
import { keyPhrases, pairCounts } from '../../pipelines/detect/key-phrases.ts';
import { matterGroups } from '../../pipelines/detect/matter-groups.ts';
import { matterNames } from '../../pipelines/detect/matter-names.ts';
import { textSubjects } from '../../pipelines/detect/text-subjects.ts';
import { letters, segmented, type Letter } from './detect-material.ts';

const fumes = ['油烟', '夜宵', '烧烤', '烟道', '门面', '餐馆'], cracks = ['楼板', '开裂', '墙面', '裂缝', '验房', '维修'];
/** Four of six words, others each time. */
const some = (words: readonly string[], i: number) => [0, 1, 2, 3].map((k) => words[(i * 5 + k + (k > 1 ? i % 2 : 0)) % 6] ?? '');
const signs = '公交物业学校路灯社保停车垃圾绿化医院补贴拆迁园林桥梁河道消防电梯暖气网络地铁幼儿养老户籍低保就业税务工商质检食品药品教育体育文化旅游广播气象地震民政';
const pick = (i: number, k: number) => { const at = (i * 37 + k * 23 + ((i * i) % 41)) % (signs.length - 1); return signs.slice(at, at + 2); };
const letter = (place: string, words: string[], i: number): Letter => {
  const own = [...words, pick(i, 1), pick(i, 2)];
  return { unit: '未注明', topics: ['living'], day: 300 + (i % 60), text: `${place}${own.join('，')}。`, words: [...(place ? [place] : []), ...own] };
};
const estate = '望江苑';
const own = [fumes, cracks].map((words) => Array.from({ length: 6 }, (_, i) => letter(estate, some(words, i), 7 * i)));
/** Two matters of one estate; the same said elsewhere; and letters about anything. */
const all = [
  ...own.flat(),
  ...Array.from({ length: 24 }, (_, i) => letter(`${pick(i, 5)}街`, [...some(i % 2 ? cracks : fumes, i).slice(0, 2), ...[6, 7, 8, 9].map((k) => pick(i, k))], i + 100)),
  ...Array.from({ length: 400 }, (_, i) => letter('', [3, 4, 5, 6].map((k) => pick(i, k)), i + 200)),
];
const documents = letters(all);
const termsOf = new Map(segmented(documents).map((t) => [t.document_id, t.terms.map(({ term }) => term)]));
const readable = documents.map((d) => ({ title: null, text: d.text, terms: termsOf.get(d.document_id) ?? [] }));
const cosine = (a: Float32Array | undefined, b: Float32Array | undefined) => [...(a ?? [])].reduce((sum, x, d) => sum + x * (b?.[d] ?? 0), 0);

describe('matters of a ledger', () => {
  it('know that words of the same texts are alike, though two texts share none', () => {
    const other = Array.from({ length: 600 }, (_, i) => [7, 11, 13].map((k) => `词${(i * k + ((i * i) % 17)) % 150}`));
    const lists = [['油烟', '夜宵'], ['烧烤', '烟道'], ['楼板', '开裂'], ...Array.from({ length: 30 }, (_, i) => some(fumes, i)), ...Array.from({ length: 30 }, (_, i) => some(cracks, i)), ...other];
    const [smoke, grill, floor] = textSubjects(lists);
    expect(cosine(smoke, grill)).toBeGreaterThan(0.2);
    expect(Math.abs(cosine(smoke, floor))).toBeLessThan(0.1);
    expect(textSubjects(lists)).toEqual(textSubjects(lists));
  });

  it('keep two complaints of one estate apart', () => {
    const groups = matterGroups(readable, documents.map((_, i) => i)).map(({ members }) => members);
    const [smoke, broken] = [0, 6].map((first) => groups.find((g) => g.includes(first)));
    expect(smoke).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5]));
    expect(broken).toEqual(expect.arrayContaining([6, 7, 8, 9, 10, 11]));
    expect(smoke?.some((m) => broken?.includes(m))).toBe(false);
  });

  it('are called by the place and by what is wrong there', () => {
    const members = documents.slice(0, 6), texts = documents.map((d) => d.text);
    const names = matterNames(members, keyPhrases(members.map((d) => d.text), pairCounts(texts), texts.length), backgroundOf(documents, termsOf), termsOf);
    expect(names[0]).toBe(estate);
    expect(names.slice(1)).toHaveLength(2);
    for (const word of names.slice(1)) expect(fumes).toContain(word);
  });
});
