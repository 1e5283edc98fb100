// In: the parts of a sentence, or the element in which it is being edited. Out: the one as the other.
// Invariant: a figure or a quote is one thing to the caret: it can be moved or taken out, never typed into.
import type { DraftPart } from '../server/api.ts';
import type { Parts } from './briefing-draft.ts';

/** How a key reads, and where it comes from. */
export interface Shown { text: string; from: string }
export type Show = (part: Exclude<DraftPart, { type: 'text' }>) => Shown;
/** Kind of the clipboard's data that keeps figures bound. */
export const clipboardType = 'application/x-zhiwei-parts';

/** A place for the caret beside a thing that has no inside. */
const hair = '\u200b';
const plain = (text: string) => text.replaceAll(hair, '').replace(/[\n\r\t\u00a0]+/g, ' ');

export function fragmentOf(parts: Parts, show: Show): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const part of parts) {
    if (part.type === 'text') { made.append(part.text); continue; }
    const { text, from } = show(part);
    const chip = Object.assign(document.createElement('span'), { className: `chip ${part.type}`, contentEditable: 'false', textContent: text, title: from });
    Object.assign(chip.dataset, { key: part.key, kind: part.type });
    made.append(hair, chip, hair);
  }
  return made;
}

/** Says of each figure what it is now: newer data leave the words, and the keys, as they are. */
export function renewed(field: HTMLElement, show: Show): void {
  for (const chip of field.querySelectorAll<HTMLElement>('[data-key]')) {
    const { key = '', kind } = chip.dataset, { text, from } = show({ type: kind === 'quote' ? 'quote' : 'number', key });
    if (chip.textContent !== text) chip.textContent = text;
    chip.title = from;
  }
}

export function partsOf(node: Node): DraftPart[] {
  const made: DraftPart[] = [];
  const add = (text: string) => {
    const last = made.at(-1);
    if (text === '') return;
    if (last?.type === 'text') last.text += text; else made.push({ type: 'text', text });
  };
  const walk = (of: Node) => of.childNodes.forEach((child) => {
    if (child instanceof HTMLElement && child.dataset['key'] && (child.dataset['kind'] === 'number' || child.dataset['kind'] === 'quote')) made.push({ type: child.dataset['kind'], key: child.dataset['key'] });
    else if (child.nodeType === Node.TEXT_NODE) add(plain(child.textContent ?? ''));
    else walk(child);
  });
  walk(node);
  return made;
}

/** Reads what the clipboard brings; anything else than parts is text. */
export function pasted(data: DataTransfer, known: (key: string) => boolean): DraftPart[] {
  const own = data.getData(clipboardType);
  if (own) {
    const parts = JSON.parse(own) as DraftPart[];
    return parts.filter((p) => p.type === 'text' || known(p.key));
  }
  const text = plain(data.getData('text/plain')).trim();
  return text === '' ? [] : [{ type: 'text', text }];
}

/** Puts parts where the caret is, in place of what is selected; the caret stands behind them. */
export function insertAtCaret(field: HTMLElement, parts: Parts, show: Show, remembered: Range | null = null): void {
  const selection = getSelection();
  if (!selection) return;
  const live = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  let range = [live, remembered].find((r) => r !== null && field.contains(r.commonAncestorContainer));
  if (!range) { range = document.createRange(); range.selectNodeContents(field); range.collapse(false); }
  range.deleteContents();
  range.insertNode(fragmentOf(parts, show));
  range.collapse(false);
  field.normalize();
  selection.removeAllRanges();
  selection.addRange(range);
}
