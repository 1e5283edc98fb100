// In: a cell that should hold a whole number. Out: the number, null for an empty cell, undefined where it can't be read.
// Invariant: a number that is only guessed at is never returned.
import type { Cell } from '../readers/sheet.ts';
import { optionalText } from './clean-text.ts';

const chinese = new Map([...'零一二三四五六七八九'].map((digit, i) => [digit, i]));

/** `3`, `３人`, `5人次`, `约 10 余人`, `3人（代表2人）`, `1,200`, `1.2万`, `十二人` → a non-negative whole number. */
export function parseCount(cell: Cell | undefined): number | null | undefined {
  if (typeof cell === 'number') return Number.isInteger(cell) && cell >= 0 ? cell : undefined;
  if (typeof cell === 'boolean' || cell instanceof Date) return undefined;
  const text = optionalText(cell)?.normalize('NFKC').replace(/[\s,]/g, '').replace(/(?<=.)\([^()]*\)$/, '');
  if (text === undefined) return typeof cell === 'string' && cell.startsWith('#') ? undefined : null;
  const large = /^(\d+(?:\.\d+)?)(万|w|千|k)\+?(?:人次?|次|赞)?$/i.exec(text);
  if (large) return Math.round(Number(large[1]) * (/万|w/i.test(large[2] ?? '') ? 10_000 : 1000));
  const match = /^(?:约|近|共|计|大约|第)?(\d+(?:\.0+)?|[零一二两三四五六七八九十]+)(?:余|多|来)?(?:个|名|位|人次|人|名员工|人员|天|日|次|个工作日|工作日|批|件|赞|票)*(?:左右|以上)?$/.exec(text);
  if (!match?.[1]) return undefined;
  return /^\d/.test(match[1]) ? Math.trunc(Number(match[1])) : chineseNumber(match[1]);
}

/** Chinese numerals up to 99, as people write days, months and small counts. */
export function chineseNumber(text: string): number | undefined {
  const plain = text.replace('两', '二');
  const parts = plain.split('十');
  if (parts.length > 2) return undefined;
  const digit = (piece: string | undefined, empty: number) => (piece ? chinese.get(piece) : empty);
  if (parts.length === 1) return digit(parts[0], 0);
  const tens = digit(parts[0], 1);
  const ones = digit(parts[1], 0);
  return tens === undefined || ones === undefined ? undefined : tens * 10 + ones;
}

/** A number with fraction, as surveys and wide tables give; null for an empty cell, undefined where it can't be read. */
export function parseScore(cell: Cell | undefined): number | null | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  const text = optionalText(cell)?.normalize('NFKC').replace(/\s/g, '');
  if (text === undefined) return null;
  const match = /^(-?\d+(?:\.\d+)?)(?:分|星|颗星)?$/.exec(text);
  return match ? Number(match[1]) : undefined;
}
