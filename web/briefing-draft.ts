// In: a draft of the briefing 月报、季报 and one thing to do with it. Out: the draft as it is then; its history for undo.
// Invariant: pure; nothing here makes a figure: figures and quotes are moved, taken out or put back by their keys.
import type { DraftBlock, DraftPart, DraftSection, DraftSentence, DraftText, DraftView, Problem } from '../server/api.ts';
import { reportOf } from '../datasets/reporting-period.ts';
import { momentName, periodName } from './format.ts';

export type Parts = readonly DraftPart[];
type Paragraph = Extract<DraftBlock, { type: 'paragraph' }>;
const isParagraph = (block: DraftBlock): block is Paragraph => block.type === 'paragraph';

export const same = (a: Parts | undefined, b: Parts) => JSON.stringify(a) === JSON.stringify(b);
/** What a figure is called, and where it comes from. */
export const cited = (name = '', source = '', period = '') => `${name}。出处：${source}，${period}`;
/** How a sentence differs from what was generated. */
export function mark(sentence: DraftSentence, origins: DraftView['origins']): '' | '改' | '新' {
  const origin = origins[sentence.id];
  return origin === undefined ? '新' : same(origin, sentence.parts) ? '' : '改';
}

const inSection = (text: DraftText, id: string, work: (section: DraftSection) => DraftSection): DraftText => ({ sections: text.sections.map((s) => (s.id === id ? work(s) : s)) });
const everyBlock = (text: DraftText, work: (block: DraftBlock) => DraftBlock[]): DraftText => ({ sections: text.sections.map((s) => ({ ...s, blocks: s.blocks.flatMap(work) })) });
/** In the paragraph that has the sentence. */
const inParagraph = (text: DraftText, sentence: string, work: (paragraph: Paragraph, at: number) => DraftBlock[]): DraftText =>
  everyBlock(text, (block) => { const at = isParagraph(block) ? block.sentences.findIndex((s) => s.id === sentence) : -1; return isParagraph(block) && at >= 0 ? work(block, at) : [block]; });

/** The list with one thing a place earlier or later; the same list where there is no such place. */
function moved<T>(list: readonly T[], at: number, by: 1 | -1): T[] {
  const made = [...list], [thing] = made.splice(at, 1);
  if (thing === undefined || at + by < 0 || at + by >= list.length) return [...list];
  made.splice(at + by, 0, thing);
  return made;
}

export const setSentence = (text: DraftText, id: string, parts: Parts) =>
  inParagraph(text, id, (p, at) => [{ ...p, sentences: p.sentences.map((s, i) => (i === at ? { ...s, parts: [...parts] } : s)) }]);
/** A paragraph without sentences goes too, but for the only one of its section. */
export const removeSentence = (text: DraftText, id: string): DraftText => ({ sections: text.sections.map((section) => ({ ...section, blocks: section.blocks.flatMap((b): DraftBlock[] => {
  if (!isParagraph(b) || !b.sentences.some((s) => s.id === id)) return [b];
  const sentences = b.sentences.filter((s) => s.id !== id);
  return sentences.length > 0 || section.blocks.filter(isParagraph).length === 1 ? [{ ...b, sentences }] : [];
}) })) });
/** Behind another sentence. */
export const addSentence = (text: DraftText, after: string, sentence: DraftSentence) =>
  inParagraph(text, after, (p, at) => [{ ...p, sentences: p.sentences.toSpliced(at + 1, 0, sentence) }]);
/** At the end of a paragraph. */
export const appendSentence = (text: DraftText, paragraph: string, sentence: DraftSentence) =>
  everyBlock(text, (b) => (isParagraph(b) && b.id === paragraph ? [{ ...b, sentences: [...b.sentences, sentence] }] : [b]));
/** What follows the sentence becomes a paragraph of its own; where nothing does, an empty sentence. */
export const breakAfter = (text: DraftText, id: string, paragraph: string, sentence: string) => inParagraph(text, id, (p, at) => {
  const rest = p.sentences.slice(at + 1);
  return [{ ...p, sentences: p.sentences.slice(0, at + 1) }, { type: 'paragraph', id: paragraph, sentences: rest.length > 0 ? rest : [{ id: sentence, parts: [] }] }];
});
/** At the end of a section. */
export const addParagraph = (text: DraftText, section: string, id: string, sentence: DraftSentence) =>
  inSection(text, section, (s) => ({ ...s, blocks: [...s.blocks, { type: 'paragraph', id, sentences: [sentence] }] }));

/** One place on within the paragraph, and from its end into the next paragraph of the section. */
export function moveSentence(text: DraftText, id: string, by: 1 | -1): DraftText {
  return { sections: text.sections.map((section) => {
    const at = section.blocks.findIndex((b) => isParagraph(b) && b.sentences.some((s) => s.id === id)), block = section.blocks[at];
    if (!block || !isParagraph(block)) return section;
    const place = block.sentences.findIndex((s) => s.id === id), sentence = block.sentences[place];
    if (!sentence) return section;
    if (place + by >= 0 && place + by < block.sentences.length) return { ...section, blocks: section.blocks.with(at, { ...block, sentences: moved(block.sentences, place, by) }) };
    const next = by === 1 ? section.blocks.findIndex((b, i) => i > at && isParagraph(b)) : section.blocks.findLastIndex((b, i) => i < at && isParagraph(b)), home = section.blocks[next];
    if (!home || !isParagraph(home)) return section;
    const blocks = section.blocks.with(at, { ...block, sentences: block.sentences.filter((s) => s !== sentence) }).with(next, { ...home, sentences: by === 1 ? [sentence, ...home.sentences] : [...home.sentences, sentence] });
    return { ...section, blocks: blocks.filter((b) => !isParagraph(b) || b.sentences.length > 0) };
  }) };
}
export const moveBlock = (text: DraftText, id: string, by: 1 | -1): DraftText => ({ sections: text.sections.map((s) => { const at = s.blocks.findIndex((b) => b.id === id); return at < 0 ? s : { ...s, blocks: moved(s.blocks, at, by) }; }) });
export const removeBlock = (text: DraftText, id: string) => everyBlock(text, (b) => (b.id === id ? [] : [b]));
export const setHeading = (text: DraftText, id: string, words: string) => everyBlock(text, (b) => [b.id === id && b.type === 'heading' ? { ...b, text: words } : b]);
export const moveSection = (text: DraftText, id: string, by: 1 | -1): DraftText => ({ sections: moved(text.sections, text.sections.findIndex((s) => s.id === id), by) });
export const renameSection = (text: DraftText, id: string, title: string) => inSection(text, id, (s) => ({ ...s, title }));

/** Generated sentences, charts and tables of a section that are no longer in the text. */
export function takenOut(text: DraftText, section: string, { origins, kept }: Pick<DraftView, 'origins' | 'kept'>): { sentences: string[]; blocks: string[] } {
  const here = new Set(text.sections.flatMap((s) => s.blocks).flatMap((b) => (isParagraph(b) ? b.sentences.map((s) => s.id) : [b.id])));
  const out = (ids: readonly string[]) => ids.filter((id) => id.startsWith(`${section}/`) && !here.has(id));
  return { sentences: out(Object.keys(origins)), blocks: out(Object.keys(kept)) };
}
/** Puts a generated sentence, chart or table back at the end of its section. */
export const putBack = (text: DraftText, section: string, id: string, origin: Parts | undefined) => (origin === undefined
  ? inSection(text, section, (s) => ({ ...s, blocks: [...s.blocks, { type: 'kept', id }] })) : addParagraph(text, section, `${id}/back`, { id, parts: [...origin] }));

export interface History { past: readonly DraftText[]; now: DraftText; future: readonly DraftText[]; what: string }
export const began = (now: DraftText): History => ({ past: [], now, future: [], what: '' });
const mostSteps = 200;
/** A step on; typing on in one sentence (`what` the same and not empty) is one step. */
export function stepped(history: History, now: DraftText, what = ''): History {
  if (what !== '' && what === history.what && history.future.length === 0) return { ...history, now };
  return { past: [...history.past, history.now].slice(-mostSteps), now, future: [], what };
}
export function undone(history: History): History {
  const last = history.past.at(-1);
  return last ? { past: history.past.slice(0, -1), now: last, future: [history.now, ...history.future], what: '' } : history;
}
export function redone(history: History): History {
  const [next, ...future] = history.future;
  return next ? { past: [...history.past, history.now], now: next, future, what: '' } : history;
}

/** What the page of a draft says first. */
export function draftFinding({ state, period, unit_name, edition, text, origins, submitted_by, decided_by, decided_at }: Pick<DraftView, 'state' | 'period' | 'unit_name' | 'edition' | 'text' | 'origins' | 'submitted_by' | 'decided_by' | 'decided_at'>): string {
  const name = `${unit_name} ${periodName(period)}${reportOf(period)}${edition > 1 ? `更正稿 ${edition - 1} ` : ''}`;
  if (state === '定稿') return `${name}已定稿，${momentName(decided_at)} 由${decided_by ?? ''}审批`;
  if (state === '待审') return `${name}待审批，${submitted_by ?? ''}提交`;
  if (state === '退回') return `${name}被${decided_by ?? ''}退回，待改`;
  const marks = text.sections.flatMap((s) => s.blocks).flatMap((b) => (isParagraph(b) ? b.sentences : [])).map((s) => mark(s, origins));
  const counts = [['改', '改了'], ['新', '新写']].flatMap(([of, word]) => { const n = marks.filter((m) => m === of).length; return n ? [`${word ?? ''} ${n} 句`] : []; });
  return `${name}草稿${counts.length ? `，${counts.join('、')}` : '，还没有改动'}`;
}
export const blocking = (problems: readonly Problem[]) => problems.filter((p) => p.blocks);
