// In: the first rows of a sheet. Out: where its header is, the columns' names, and the title lines above.
// Invariant: a header of several rows becomes one name per column, “组/列”; no data row is ever part of it.
import type { Cell, SheetRow } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';
import { guesses, knownHeaders, levelHeader, unusedHeaders } from './fields.ts';
import { headerLabel, normaliseHeader, questionNumber } from './normalise-header.ts';

export interface Column { index: number; label: string; group: string; leaf: string }
export interface Header { rows: SheetRow[]; columns: Column[]; titles: string[]; last_row: number }

const known = (cell: Cell | undefined): boolean => {
  const name = normaliseHeader(cell);
  return knownHeaders.has(name) || unusedHeaders.test(name) || levelHeader.test(name);
};
const likely = (cell: Cell | undefined): boolean => {
  const name = normaliseHeader(cell);
  return known(cell) || (name.length <= 15 && guesses.some(([pattern]) => pattern.test(name)));
};
const isMonth = (cell: Cell | undefined) => /^(?:\d{4}[年./-])?\d{1,2}月?份?$/.test(normaliseHeader(cell)) && /[年月./-]/.test(cleanText(cell));
const distinct = (row: SheetRow) => new Set(row.cells.filter((cell) => cell !== null).map((cell) => cleanText(cell))).size;

/** Words that a header has, minus what only data has; a row below 2 is none. */
function score(row: SheetRow): number {
  if (distinct(row) < 2) return 0;
  let points = 0;
  for (const cell of row.cells) {
    if (cell === null) continue;
    const text = cleanText(cell);
    if (cell instanceof Date ? !isMonth(cell) : typeof cell !== 'string') points -= 1;
    else if (questionNumber(text) || isMonth(cell)) points += 1;
    else if (text.length > 40 || /^\d{4,}|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}/.test(text)) points -= 1;
    else if (known(cell)) points += 1;
    else if (likely(cell)) points += 0.5;
  }
  return points;
}

/** The header, or null where no row of the first ones reads like one. `wanted` are headers that a mapping names. */
export function findHeader(rows: SheetRow[], wanted: ReadonlySet<string> = new Set()): Header | null {
  const scored = rows.slice(0, 30).map((row) => score(row) + 2 * row.cells.filter((cell) => wanted.has(normaliseHeader(cell))).length);
  const total = scored.map((points, i) => points + (i + 1 < scored.length && points > 0 && isSubHeader(rows[i], rows[i + 1]) ? scored[i + 1] ?? 0 : 0));
  const most = Math.max(0, ...total);
  // The first that comes near the best: a header may be printed again on every page.
  const best = total.findIndex((points) => points >= most * 0.8);
  const main = rows[best];
  if (!main || (total[best] ?? 0) < (distinct(main) <= 2 ? 1.5 : 2)) return null;
  let [first, last] = [best, best];
  while (last - first < maxRows - 1 && isSubHeader(rows[last], rows[last + 1])) last += 1;
  for (let above = rows[first - 1], under = main; above && last - first < maxRows - 1 && isGroupRow(above, under); above = rows[first - 1]) { under = above; first -= 1; }
  return build(rows, first, rows.slice(first, last + 1));
}

/** Headers have at most this many rows. */
const maxRows = 4;

/** A second header row: only short words, at least one a known header, under cells that are empty or merged above. */
function isSubHeader(main: SheetRow | undefined, below: SheetRow | undefined): boolean {
  if (!main || !below || score(below) < 1) return false;
  const spans = (i: number) => (main.cells[i + 1] ?? null) === null && (below.cells[i + 1] ?? null) !== null;
  const cells = below.cells.map((cell, i) => ({ cell, upper: main.cells[i] ?? null, spans: spans(i) })).filter(({ cell }) => cell !== null);
  if (cells.some(({ cell }) => typeof cell !== 'string' || cleanText(cell).length > 20)) return false;
  const own = cells.filter(({ cell, upper }) => cleanText(cell) !== cleanText(upper));
  const groups = own.filter(({ upper, spans: wide }, i) => upper === null || wide || own.some((other, j) => j !== i && cleanText(other.upper) === cleanText(upper)) || !known(upper));
  return own.length >= 1 && groups.length === own.length && own.filter(({ cell }) => likely(cell)).length * 2 >= own.length;
}

/** A row of group names above the header: short words that span columns, and no title, remark or data. */
function isGroupRow(above: SheetRow, main: SheetRow): boolean {
  const cells = above.cells.map((cell, i) => ({ cell, i })).filter(({ cell }) => cell !== null);
  if (cells.some(({ cell }) => typeof cell !== 'string' || cleanText(cell).length > 15 || /[:：]/.test(cleanText(cell)))) return false;
  if (cells.some(({ i }) => (main.cells[i] ?? null) === null) && !cells.some(({ cell }) => known(cell))) return false;
  return distinct(above) >= 2 || (above.cells[0] ?? null) === null;
}

function build(rows: SheetRow[], first: number, header: SheetRow[]): Header {
  const width = Math.max(...header.map((row) => row.cells.length));
  const columns: Column[] = [];
  const groups = header.slice(1).map(() => '');
  for (let index = 0; index < width; index += 1) {
    const names = header.map((row) => headerLabel(row.cells[index]));
    const lowest = names.findLastIndex((name) => name !== '');
    for (const depth of groups.keys()) {
      if (names[depth] !== '' || lowest < depth) groups.fill('', depth);
      groups[depth] = names[depth] || (groups[depth] ?? '');
    }
    const leaf = names[lowest] ?? '';
    if (leaf === '') continue;
    const above = [...new Set(groups.slice(0, lowest))].filter((name) => name !== '' && name !== leaf);
    columns.push({ index, label: [...above, leaf].join('/'), group: above.join('/'), leaf });
  }
  const titles = rows.slice(0, first).flatMap((row) => [...new Set(row.cells.map((cell) => cleanText(cell)))]).filter((text) => text !== '');
  return { rows: header, columns: numberTwins(columns), titles, last_row: header.at(-1)?.row ?? 0 };
}

/** Duplicated headers are told apart as “联系电话#2”. */
function numberTwins(columns: Column[]): Column[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const count = (seen.get(column.label) ?? 0) + 1;
    seen.set(column.label, count);
    return count === 1 ? column : { ...column, label: `${column.label}#${count}` };
  });
}
