// In: a header cell as written. Out: the bare wording by which headers are compared.
// Invariant: two headers that a clerk would call the same come out the same.
import type { Cell } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';

/** Half-width, lower case, without blanks, brackets' remarks, numbering, asterisks or a closing colon. */
export function normaliseHeader(cell: Cell | undefined): string {
  const text = cleanText(cell).normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  const bare = text.replace(/\([^()]*\)|\[[^\]]*\]|【[^】]*】/g, '') || text;
  return bare.replace(/^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、.．]\s*(?=\D)/, '').replace(/[*:：·_—\-]+$/g, '').replace(/^[*·]+/, '').replace(/[/、_\-·]/g, '');
}

/** A header as shown to people: one line, single blanks. */
export const headerLabel = (cell: Cell | undefined): string => cleanText(cell).replace(/\s+/g, ' ').slice(0, 200);

/** `1、题目`, `Q3：题目`, `第4题 题目`, `5(选项)`: a numbered survey question; null for any other header. */
export function questionNumber(header: string): { number: number; rest: string } | null {
  const match = /^\s*(?:Q|q|第|题)?\s*(\d{1,3})\s*(?:题)?\s*(?:[、.．:：,，)）]\s*|(?=[(（【\[_]))(.+)$/s.exec(header.normalize('NFKC'));
  return match ? { number: Number(match[1]), rest: (match[2] ?? '').trim() } : null;
}
