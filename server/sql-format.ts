// In: a query's result. Out: the text that the command line prints: a table, CSV or JSON.
import { csv } from '../datasets/csv.ts';
import type { SqlResult } from './sandbox.ts';
import type { Plain } from './warehouse.ts';

export type SqlFormat = 'table' | 'csv' | 'json';

const textOf = (value: Plain) => (value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
/** Columns on a terminal: a Chinese character takes two. */
const width = (text: string) => [...text].reduce((n, c) => n + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1), 0);

/** Names that are there twice get a number, as DuckDB does it. */
const distinct = (names: string[]) => names.map((name, i) => { const before = names.slice(0, i).filter((n) => n === name).length; return before === 0 ? name : `${name}_${before}`; });

/** JSON is one object per row, keyed by column. */
export function formatResult({ columns, rows }: SqlResult, format: SqlFormat): string {
  const names = distinct(columns.map(({ name }) => name));
  if (format === 'json') return `${JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))))}\n`;
  // As the file of a result, but for the mark at its beginning that only a spreadsheet needs.
  if (format === 'csv') return csv(names, rows).slice(1);
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(textOf))];
  const flat = lines.map((line) => line.map((cell) => cell.replace(/\s+/g, ' ')));
  const widths = columns.map((_, i) => Math.max(...flat.map((line) => width(line[i] ?? ''))));
  const draw = (line: string[]) => line.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell))).join('  ').trimEnd();
  const [head = [], ...body] = flat;
  return `${[draw(head), widths.map((w) => '─'.repeat(w)).join('  '), ...body.map(draw)].join('\n')}\n（${rows.length} 行）\n`;
}
