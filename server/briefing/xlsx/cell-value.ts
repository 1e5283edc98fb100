// In: parts of a table cell. Out: the value and number format of a spreadsheet cell.
// Invariant: a lone figure is a number that shows as printed; words are never a formula, not even after a detour through CSV.
import type { Parts } from '../content.ts';
import { printable } from '../../../datasets/document-text.ts';
import { said } from '../said.ts';

export interface CellValue { readonly value: string | number; readonly format?: string }

/** What a spreadsheet program would take for the start of a formula. */
const formulaStart = /^[\s\u3000]*[=+\-@＝＋－＠]/;

/** Text as it may stand in a cell: a leading `=`, `+`, `-` or `@` is preceded by `'`. */
export function wordsCell(text: string): string {
  const clean = printable(text);
  return formulaStart.test(clean) ? `'${clean}` : clean;
}

/** `24.1%` is 0.241 shown as a percentage, `+3件次` is 3 shown with its sign and unit. */
export function cellValue(parts: Parts): CellValue {
  const [part] = parts;
  if (parts.length !== 1 || part?.type !== 'number') return { value: wordsCell(said(parts)) };
  const found = /^([+−-]?)\d+(?:\.(\d+))?(.*)$/.exec(part.formatted);
  if (!found) return { value: part.value, format: `0;-0;"${part.formatted.replaceAll('"', '')}"` };
  const [, sign = '', decimals = '', unit = ''] = found;
  const digits = decimals === '' ? '0' : `0.${'0'.repeat(decimals.length)}`;
  const shown = `${digits}${unit === '' || unit === '%' ? unit : `"${unit.replaceAll('"', '')}"`}`;
  return { value: unit === '%' ? part.value / 100 : part.value, format: sign === '' ? shown : `+${shown};-${shown};${shown}` };
}
