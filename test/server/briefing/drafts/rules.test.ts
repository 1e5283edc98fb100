// In: briefings of a few sentences, made by hand. Out: the rules of editing, as pure functions.
import { describe, expect, it } from 'vitest';
import { numeral } from '../../../../datasets/numerals.ts';
import type { Block, Briefing, NumberPart, Part } from '../../../../server/briefing/content.ts';
import type { DraftText } from '../../../../server/briefing/drafts/api.ts';
import { applyDraft, reads } from '../../../../server/briefing/drafts/apply.ts';
import { compare, rebase } from '../../../../server/briefing/drafts/compare.ts';
import { poolOf } from '../../../../server/briefing/drafts/keys.ts';
import { handTyped, problemsOf, quotedIn } from '../../../../server/briefing/drafts/problems.ts';
import { sentencesOf, split } from '../../../../server/briefing/drafts/split.ts';
import { mayDo, next } from '../../../../server/briefing/drafts/steps.ts';

const text = (t: string): Part => ({ type: 'text', text: t });
const number = (value: number, column: string, row: NumberPart['row'] = {}, note = 'N1'): NumberPart => ({ type: 'number', metric: column, value, formatted: String(value), note, row, column });
const chart: Block = { type: 'chart', title: '三矿最多', subtitle: '件次', alt: '条形图', notes: ['N2'], chart: { kind: 'bars', rows: [], unit: '件次' } };

/** Version `version` counts `total` petitions, `mine` of them at 三矿; `extra` sentences come last. */
function briefing(version: number, total: number, mine: number, extra: Part[] = [], rose = true): Briefing {
  return {
    title: '集团信访工作月报', period: '2026年10月', key: '2026-10', from: '2026-10-01', to: '2026-10-31', unit: { path: 'G', name: '集团' }, caution: null, tables: [],
    run: { version, as_of: '2026-10-31', provisional_from: '2026-10-19', model: 'm', taxonomy: 't' },
    notes: ['信访总量', '各单位信访量'].map((label, i) => ({ id: `N${i + 1}`, label, period: '2026年10月', filter: '集团', definitions: [], sql: '', params: [] })),
    sections: [
      { id: 'overview', title: '一、总体情况', blocks: [
        { type: 'paragraph', parts: [text('本月共登记'), number(total, 'petitions'), text(`件次，${rose ? '上升' : '下降'}。其中集体访`), number(3, 'joint'), text('件次。'), ...extra] },
      ] },
      { id: 'units', title: '二、分单位情况', blocks: [{ type: 'paragraph', parts: [text('三矿'), number(mine, 'petitions', { unit: 'B3' }, 'N2'), text('件次。有职工反映：'), { type: 'quote', document_id: 'D1', start: 0, end: 9, text: '绩效一直没有发放。' }] }, chart] },
      { id: 'advice', title: '三、意见建议', blocks: [{ type: 'prompt', text: '（请填写。）' }] },
    ],
  };
}
const base = briefing(1, 312, 120);
const draft = (): DraftText => structuredClone(split(base).text);
const printed = (of: Briefing) => of.sections.map((s) => [s.title, ...s.blocks.map((b) => (b.type === 'paragraph' ? reads(b.parts) : b.type === 'chart' ? `图：${b.title}` : b.type === 'prompt' ? b.text : ''))]);
const sentences = (of: DraftText, section: string) => of.sections.find((s) => s.id === section)!.blocks.flatMap((b) => (b.type === 'paragraph' ? b.sentences : []));
const noTexts = { version: 1, monthStart: 1, query: () => Promise.resolve([]), memo: <T>(_key: string, compute: () => Promise<T>) => compute() };
const problems = (of: DraftText) => problemsOf(base, of, split(base), poolOf(base), noTexts);

describe('split and apply', () => {
  it('give back the briefing that they were given', () => {
    expect(applyDraft(base, draft()).sections).toEqual(base.sections);
  });
  it('cut after the marks that end a sentence, and leave a quote with the sentence that brings it', () => {
    expect(sentencesOf([text('甲。乙'), number(1, 'a'), text('件。丙')]).map(reads)).toEqual(['甲。', '乙1件。', '丙']);
    expect(sentences(draft(), 'units').map((s) => s.parts.length)).toEqual([3, 2]);
  });
  it('keep no figure and no quoted text in the draft', () => {
    expect(JSON.stringify(draft())).not.toMatch(/312|120|绩效/);
  });
  it('number the sections by their order, leave out empty ones, and keep the space of 意见建议', () => {
    const moved = draft();
    moved.sections.reverse();
    moved.sections.find((s) => s.id === 'overview')!.blocks = [];
    expect(printed(applyDraft(base, moved))).toEqual([['一、意见建议', '（请填写。）'], ['二、分单位情况', '三矿120件次。有职工反映：“绩效一直没有发放。”', '图：三矿最多']]);
    expect([1, 10, 11, 20, 23].map(numeral)).toEqual(['一', '十', '十一', '二十', '二十三']);
  });
  it('let figures be moved and wording be changed, and refuse a figure that was not generated', () => {
    const changed = draft(), [first] = sentences(changed, 'overview');
    first!.parts = [{ type: 'text', text: '全月 ' }, first!.parts[1]!, { type: 'text', text: ' 件次。' }];
    expect(printed(applyDraft(base, changed))[0]?.[1]).toBe('全月 312 件次。其中集体访3件次。');
    first!.parts = [{ type: 'number', key: 'forged' }];
    expect(() => applyDraft(base, changed)).toThrow('不是由数据生成的');
  });
  it('give the same keys whatever the values are', () => {
    const other = split(briefing(2, 5, 1));
    expect([...other.origins.keys()]).toEqual([...split(base).origins.keys()]);
    expect([...poolOf(briefing(2, 5, 1)).kept.keys()]).toEqual([...poolOf(base).kept.keys()]);
  });
});

describe('problems', () => {
  it('are none in what was generated but the missing 意见建议', async () => {
    expect(await problems(draft())).toEqual([{ section: 'advice', sentence: null, why: '意见建议还没有写', blocks: true }]);
  });
  it.each([
    ['他说“这是一句谁也没有写过的话”。', true], ['他说「这是一句谁也没有写过的话」。', true], ['他说"这是一句谁也没有写过的话"。', true], ['他说“这是一句谁也没有写过的话', true],
    ['落实“三个不放过”。', false], ['请打13869420571联系。', true], ['补写〔待补〕。', true], ['请各单位认真办理。', false],
  ])('%s stands in the way: %s', async (words, blocks) => {
    const changed = draft();
    changed.sections[2]!.blocks = [{ type: 'paragraph', id: 'w1', sentences: [{ id: 'w2', parts: [{ type: 'text', text: words }] }] }];
    expect((await problems(changed)).some((p) => p.blocks && p.sentence === 'w2')).toBe(blocks);
  });
  it('find a quotation that is spread over sentences and figures', async () => {
    const changed = draft(), [first, second] = sentences(changed, 'overview');
    first!.parts = [{ type: 'text', text: '他说“一共' }, first!.parts[1]!, { type: 'text', text: '件。' }];
    second!.parts = [{ type: 'text', text: '都没有人来管过”。' }];
    expect((await problems(changed)).filter((p) => p.section === 'overview').map((p) => p.blocks)).toEqual([true]);
  });
  it('tell of figures typed by hand, and of none that were there', async () => {
    expect(handTyped([{ type: 'text', text: '10月有３12件，占38.5%' }], [{ type: 'text', text: '10月' }])).toEqual(['312', '38.5%']);
    expect(quotedIn('“短”与「这是长长长长长的一句」')).toEqual(['这是长长长长长的一句']);
    const changed = draft(), [first] = sentences(changed, 'overview');
    first!.parts = [...first!.parts, { type: 'text', text: '另有7件。' }];
    expect((await problems(changed)).filter((p) => !p.blocks)).toEqual([{ section: 'overview', sentence: first!.id, why: '“7”是手写的数，没有出处', blocks: false }]);
  });
});

describe('newer data', () => {
  const extra = [text('新增安全类'), number(9, 'petitions', { topic: 'safety' }, 'N2'), text('件次。')];
  const fresh = briefing(2, 320, 120, extra, false);

  it('are told number by number, and sentence by sentence where the wording is another', () => {
    const found = compare(base, fresh, draft());
    expect(found.numbers.map(({ label, was, now }) => [label, was, now])).toEqual([['信访总量', '312', '320']]);
    expect(found.sentences.map(({ kind, edited, was, now }) => [kind, edited, was, now])).toEqual([
      ['changed', false, '本月共登记312件次，上升。', '本月共登记320件次，下降。'], ['new', false, null, '新增安全类9件次。'],
    ]);
    expect(compare(base, briefing(2, 312, 120), draft())).toMatchObject({ numbers: [], sentences: [], kept: [] });
  });
  it('replace what was generated, leave changed wording with its new figures, and bring what is new in at its place', () => {
    const changed = draft(), [, second] = sentences(changed, 'overview');
    second!.parts = [{ type: 'text', text: '集体访仅' }, second!.parts[1]!, { type: 'text', text: '件次。' }];
    expect(printed(applyDraft(fresh, rebase(base, fresh, changed)))[0]).toEqual(['一、总体情况', '本月共登记320件次，下降。集体访仅3件次。新增安全类9件次。']);
  });
  it('do not bring back what people took out', () => {
    const changed = draft();
    const paragraph = changed.sections[0]!.blocks[0]!;
    if (paragraph.type === 'paragraph') paragraph.sentences.shift();
    changed.sections[1]!.blocks.pop();
    expect(printed(applyDraft(fresh, rebase(base, fresh, changed)))).toEqual([['一、总体情况', '其中集体访3件次。新增安全类9件次。'], ['二、分单位情况', '三矿120件次。有职工反映：“绩效一直没有发放。”'], ['三、意见建议', '（请填写。）']]);
  });
  it('leave a mark where a changed sentence showed a figure that is no more', () => {
    const from = briefing(1, 312, 120, extra), changed = split(from).text, third = sentences(changed, 'overview')[2]!;
    third.parts = [{ type: 'text', text: '安全类' }, third.parts[1]!, { type: 'text', text: '件。' }];
    const found = compare(from, base, changed);
    expect(found.numbers.map(({ was, now }) => [was, now])).toEqual([['9', null]]);
    expect(found.sentences.map(({ kind, edited }) => [kind, edited])).toEqual([['gone', true]]);
    expect(sentences(rebase(from, base, changed), 'overview')[2]?.parts.map((p) => (p.type === 'text' ? p.text : '#')).join('')).toBe('安全类〔待补〕件。');
  });
});

describe('steps', () => {
  it('are the writer’s and the leader’s, each at its time', () => {
    expect(mayDo('草稿', 'clerk')).toEqual(['save', 'submit']);
    expect(mayDo('待审', 'clerk')).toEqual(['withdraw']);
    expect(mayDo('待审', 'leader')).toEqual(['approve', 'return']);
    expect(mayDo('待审', 'admin')).toEqual(['withdraw']);
    expect(mayDo('定稿', 'clerk')).toEqual(['correct']);
    expect(mayDo('退回', 'analyst')).toEqual([]);
    expect(next('退回', 'save', 'clerk')).toBe('退回');
    expect(() => next('待审', 'approve', 'clerk')).toThrow('由领导办理');
    expect(() => next('定稿', 'save', 'clerk')).toThrow('现在是“定稿”');
  });
});
