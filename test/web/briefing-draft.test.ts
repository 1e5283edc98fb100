import { describe, expect, it } from 'vitest';
import type { DraftText } from '../../server/api.ts';
import { addParagraph, addSentence, began, breakAfter, draftFinding, mark, moveBlock, moveSection, moveSentence, putBack, redone, removeSentence, setSentence, stepped, takenOut, undone } from '../../web/briefing-draft.ts';

const sentence = (id: string) => ({ id, parts: [{ type: 'text' as const, text: `${id}。` }] });
const text: DraftText = { sections: [
  { id: 'a', title: '甲', blocks: [{ type: 'paragraph', id: 'a/p1', sentences: [sentence('a/1'), sentence('a/2')] }, { type: 'kept', id: 'a/k' }, { type: 'paragraph', id: 'a/p2', sentences: [sentence('a/3')] }] },
  { id: 'b', title: '乙', blocks: [{ type: 'paragraph', id: 'b/p1', sentences: [sentence('b/1')] }] },
] };
/** `甲[1 2|图|3] 乙[1]` */
const read = (of: DraftText) => of.sections.map((s) => `${s.title}[${s.blocks.map((b) => (b.type === 'paragraph' ? b.sentences.map((x) => x.id.replace(/^\w\//, '')).join(' ') : b.type === 'kept' ? '图' : '题')).join('|')}]`).join(' ');

describe('web/briefing-draft', () => {
  it.each([
    ['a sentence moves within its paragraph', moveSentence(text, 'a/1', 1), '甲[2 1|图|3] 乙[1]'],
    ['and from its end over a chart into the next', moveSentence(text, 'a/2', 1), '甲[1|图|2 3] 乙[1]'],
    ['and back into the one before; the empty paragraph goes', moveSentence(text, 'a/3', -1), '甲[1 2 3|图] 乙[1]'],
    ['but stays in its section', moveSentence(text, 'b/1', 1), '甲[1 2|图|3] 乙[1]'],
    ['a chart moves', moveBlock(text, 'a/k', -1), '甲[图|1 2|3] 乙[1]'],
    ['a section moves', moveSection(text, 'b', -1), '乙[1] 甲[1 2|图|3]'],
    ['and not beyond the last', moveSection(text, 'b', 1), '甲[1 2|图|3] 乙[1]'],
    ['a sentence goes, with its paragraph when it was the last', removeSentence(text, 'a/3'), '甲[1 2|图] 乙[1]'],
    ['the only paragraph of a section stays, empty', removeSentence(text, 'b/1'), '甲[1 2|图|3] 乙[]'],
    ['a sentence comes behind another', addSentence(text, 'a/1', sentence('a/9')), '甲[1 9 2|图|3] 乙[1]'],
    ['a paragraph is broken', breakAfter(text, 'a/1', 'p', 's'), '甲[1|2|图|3] 乙[1]'],
    ['and begun', breakAfter(text, 'b/1', 'p', 'b/s'), '甲[1 2|图|3] 乙[1|s]'],
    ['and added', addParagraph(text, 'b', 'p', sentence('b/9')), '甲[1 2|图|3] 乙[1|9]'],
  ])('%s', (_what, made, expected) => { expect(read(made)).toBe(expected); });

  it('marks what was changed and what was written, and what was restored no more', () => {
    const origins = { 'a/1': sentence('a/1').parts };
    expect(mark(sentence('a/1'), origins)).toBe('');
    expect(mark({ id: 'a/1', parts: [] }, origins)).toBe('改');
    expect(mark(sentence('w-1'), origins)).toBe('新');
  });

  it('knows what was taken out of a section and puts it back', () => {
    const view = { origins: { 'a/1': sentence('a/1').parts, 'a/2': sentence('a/2').parts, 'b/1': [] }, kept: { 'a/k': {} } };
    const without = removeSentence({ sections: text.sections.map((s) => ({ ...s, blocks: s.blocks.filter((b) => b.type !== 'kept') })) }, 'a/2');
    expect(takenOut(without, 'a', view)).toEqual({ sentences: ['a/2'], blocks: ['a/k'] });
    expect(read(putBack(putBack(without, 'a', 'a/k', undefined), 'a', 'a/2', view.origins['a/2']))).toBe('甲[1|3|图|2] 乙[1]');
  });

  it('undoes and does again, typing in one sentence being one step', () => {
    let history = began(text);
    for (const words of ['一', '一二']) history = stepped(history, setSentence(text, 'a/1', [{ type: 'text', text: words }]), 'a/1');
    history = stepped(history, moveSection(history.now, 'b', -1));
    expect(history.past.length).toBe(2);
    history = undone(history);
    expect(history.now.sections[0]?.blocks[0]).toMatchObject({ sentences: [{ parts: [{ text: '一二' }] }, {}] });
    expect(undone(undone(undone(history))).now).toBe(text);
    expect(read(redone(history).now)).toBe('乙[1] 甲[1 2|图|3]');
  });

  it.each([
    [{ state: '草稿' as const, origins: {} }, '集团 2026 年 10 月月报草稿，新写 4 句'],
    [{ state: '草稿' as const, origins: { 'a/1': sentence('a/1').parts, 'a/2': [], 'a/3': sentence('a/3').parts, 'b/1': sentence('b/1').parts } }, '集团 2026 年 10 月月报草稿，改了 1 句'],
    [{ state: '待审' as const, origins: {} }, '集团 2026 年 10 月月报待审批，赵提交'],
    [{ state: '退回' as const, origins: {}, edition: 2 }, '集团 2026 年 10 月月报更正稿 1 被王退回，待改'],
  ])('says first %j', (draft, expected) => {
    expect(draftFinding({ period: '2026-10', unit_name: '集团', edition: 1, text, submitted_by: '赵', decided_by: '王', decided_at: null, ...draft })).toBe(expected);
  });
});
