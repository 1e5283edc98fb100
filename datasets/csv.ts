// In: columns and rows. Out: CSV text that a spreadsheet opens as it is meant.
// Invariant: pure; begins with a BOM, and no cell can be taken for a formula.

/** RFC 4180 text with a byte order mark; text that begins like a formula gets an apostrophe before it. */
export function csv(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  const safe = safeText(cellText(value));
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Text that begins like a formula, also behind blanks and marks that nobody sees, gets an apostrophe before it. */
export const safeText = (text: string): string => (/^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(text) ? `'${text}` : text);

/** A value of any type as one line of a table. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
