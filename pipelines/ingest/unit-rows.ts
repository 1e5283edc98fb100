// In: the rows of a unit tree sheet. Out: one entry per unit, its parent known by name, by indentation or by its column.
// Invariant: units of one name under several parents are told apart: each is then known by its parent's name and its own.
import type { SheetRow } from '../readers/sheet.ts';
import { optionalText } from './clean-text.ts';
import { levelHeader, type Field } from './fields.ts';
import { normaliseHeader } from './normalise-header.ts';
import { cellOf, type SheetContext } from './sheet-context.ts';

/** A unit as its row gives it; `parent` is a code or name as written, or the key of an entry of the same sheet. */
export interface UnitEntry { row: number; key: string; parent: string | null; code: string | null; name: string; kind: string; aliases: string[] }

const separator = '›';
const tidy = (text: string | null) => text?.normalize('NFKC').replace(/^[├└│┣┗─\-—+·•\s]+/, '').trim() || null;

/** Columns that are levels of the tree, 集团 | 二级单位 | 三级单位, where no column names the parent. */
export const levelColumns = (context: SheetContext) => {
  const levels = context.columns.has('parent') || context.columns.has('unit_code') ? [] : context.all.filter(({ leaf }) => levelHeader.test(normaliseHeader(leaf)));
  return levels.length >= 2 ? levels : [];
};

/** Entries of one column per level: an empty higher level is the one above; a row names every unit on its way. */
export function entriesByLevel(context: SheetContext, row: SheetRow, line: (string | null)[]): UnitEntry[] {
  const columns = levelColumns(context);
  const own = columns.map(({ index }) => tidy(optionalText(row.cells[index])));
  const deepest = own.findLastIndex((name) => name !== null);
  let same = true;
  for (const depth of columns.keys()) {
    const name = own[depth] ?? null;
    if (depth > deepest || (name === null && !same)) line[depth] = null;
    else if (name !== null) { same &&= name === line[depth]; line[depth] = name; }
  }
  const entries: UnitEntry[] = [];
  let above: string | null = null;
  for (const [depth, { leaf }] of columns.entries()) {
    const name = line[depth] ?? null;
    if (name === null || name === line[depth - 1]) continue; // one cell merged over two levels is one unit
    const key: string = above === null ? name : above + separator + name;
    entries.push({ row: row.row, key, parent: above, code: null, name, kind: leaf, aliases: [] });
    above = key;
  }
  return deepest < 0 ? [] : entries;
}

/** How far a name is indented, in half-width blanks or marks of a drawn tree. */
export const indentOf = (cell: unknown): number => (typeof cell === 'string' ? (/^[\s\u3000├└│┣┗─\-—]*/.exec(cell)?.[0] ?? '').replace(/[^ \t-]/g, '  ').length : 0);

/** Entry of a row with its own name; `open` are the entries above it by indentation, null where a column names parents. */
export function entryOf(context: SheetContext, row: SheetRow, nameField: Field, open: { indent: number; key: string }[] | null): UnitEntry | null {
  const text = (field: Field) => tidy(optionalText(cellOf(context, row, field)));
  const name = text(nameField);
  if (name === null) return null;
  const code = text('unit_code');
  const indent = indentOf(cellOf(context, row, nameField));
  while (open && open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
  const parent = open ? open.at(-1)?.key ?? null : text('parent');
  const key = code ?? (parent === null ? name : parent + separator + name);
  open?.push({ indent, key });
  const aliases = (text('aliases') ?? '').split(/[,，、;；|/\s]+/).filter((alias) => alias !== '');
  return { row: row.row, key, parent, code, name, kind: text('unit_kind') ?? '未注明', aliases };
}
