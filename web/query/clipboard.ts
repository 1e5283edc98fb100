// In: cells. Out: the same as tab-separated text and as an HTML table, for a spreadsheet to take as cells.
// Invariant: pure; text that begins like a formula gets an apostrophe, text stays text, numbers stay numbers.
import { cellText, safeText } from '../../datasets/csv.ts';

const written = (value: unknown) => (typeof value === 'number' ? String(value) : safeText(cellText(value)));
const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);
const quoted = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function cellsForClipboard(rows: readonly (readonly unknown[])[]): { text: string; html: string } {
  return {
    text: rows.map((row) => row.map((value) => quoted(written(value))).join('\t')).join('\r\n'),
    html: `<meta charset="utf-8"><table>${rows.map((row) => `<tr>${row.map((value) => (typeof value === 'number' ? `<td>${value}</td>` : `<td style="mso-number-format:'\\@'">${escaped(written(value)).replaceAll('\n', '<br>')}</td>`)).join('')}</tr>`).join('')}</table>`,
  };
}
