// In: a cell. Out: text fit to be read: no control characters, one kind of line break, no stray blanks.
// Invariant: wording, digits and punctuation stay as written; only what nobody typed on purpose is changed.
import type { Cell } from '../readers/sheet.ts';

/** Marks by which readers tell a broken formula. */
export const formulaError = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|CALC!|SPILL!|GETTING_DATA)$/;

/** Cell as clean text, `''` for an empty cell or a formula error. */
export function cleanText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ').replace(/ 00:00:00$/, '');
  if (typeof cell !== 'string') return String(cell);
  if (formulaError.test(cell)) return '';
  return cell
    .replace(/_x000[dD]_/g, '\n')
    .replace(/\r\n?|\\r\\n|\\n|[\u2028\u2029\v\f]|<br\s*\/?>/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]/g, '')
    .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000 ]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

const nothing = /^(?:[-—–_/\\.。、·*×…\s]+|无|没有|暂无|空|n\/?a|null|none|nan|未填|未填写|不详|未知|\(空\)|\(跳过\)|（空）|（跳过）)$/i;

/** Clean text of an optional cell; the ways of writing "nothing" (—, /, 无, 暂无…) become null. */
export function optionalText(cell: Cell | undefined): string | null {
  const text = cleanText(cell);
  return text === '' || nothing.test(text) ? null : text;
}
