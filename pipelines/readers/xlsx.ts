// In: an xlsx file of any writer (Excel, WPS, exceljs, openpyxl). Out: its visible sheets, rows streamed.
// Invariant: strings and styles are in memory once a file, rows one at a time; merged cells all hold their first cell's value.
import { ZhiweiError } from '../../datasets/errors.ts';
import { maxColumns, type Cell, type Sheet, type SheetRow } from './sheet.ts';
import { readDateStyles, readStrings, readWorkbook, unescape, xmlParser } from './xlsx-parts.ts';
import { openPackage, type Package } from './xlsx-zip.ts';

interface Book { package: Package; strings: string[]; dates: boolean[]; date1904: boolean }
interface Merge { top: number; left: number; bottom: number; right: number }

/** The visible sheets of an xlsx file; strings and styles are read at once, rows when asked for. */
export async function xlsxSheets(path: string): Promise<Sheet[]> {
  const container = await openPackage(path);
  const refuse = (why: string, cause?: unknown) => new ZhiweiError('bad_file', `文件“${container.name}”${why}`, undefined, { cause });
  try {
    const workbook = await readWorkbook(container);
    if (!workbook) throw refuse('不是 Excel 工作簿（可能是 Word、WPS 专有格式或压缩包）；请另存为 .xlsx 后再导入');
    if (workbook.sheets.length === 0) throw refuse('没有可见的工作表；请取消隐藏后再导入');
    const strings = await readStrings(container, workbook.strings);
    const dates = await readDateStyles(container, workbook.styles);
    return workbook.sheets.map(({ name, part }) => ({ name, rows: async function* () {
      const opened = await openPackage(path);
      try {
        yield* readRows({ package: opened, strings, dates, date1904: workbook.date1904 }, part);
      } catch (error) {
        throw error instanceof ZhiweiError ? error : refuse(`的工作表“${name}”已损坏；请用 Excel 打开并另存后再导入`, error);
      } finally { opened.close(); }
    } }));
  } catch (error) {
    throw error instanceof ZhiweiError ? error : refuse('已损坏，读不出内容；请用 Excel 打开并另存后再导入', error);
  } finally { container.close(); }
}

async function* readRows(book: Book, part: string): AsyncGenerator<SheetRow> {
  const merges = await readMerges(book.package, part);
  let ready: SheetRow[] = [];
  let row = 0;
  let column = -1;
  let cells: Cell[] = [];
  let cell: { type: string; style: number; text: string; value: string | null; formula: boolean } | null = null;
  let reading = false;
  let phonetic = false;
  const parser = xmlParser({
    open: (name, { r, t, s }) => {
      if (name === 'row') { row = r ? Number(r) : row + 1; column = -1; cells = []; }
      else if (name === 'c') { column = r ? columnOf(r) : column + 1; cell = { type: t ?? 'n', style: Number(s ?? 0), text: '', value: null, formula: false }; }
      else if (!cell) return;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'f') cell.formula = true;
      else if (name === 'v' || name === 't') reading = !phonetic;
    },
    text: (text) => { if (reading && cell) cell.text += text; },
    close: (name) => {
      if (name === 'v' || name === 't') { if (reading && cell) cell.value = cell.text; reading = false; }
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c') {
        if (cell && column < maxColumns) {
          const value = toCell(book, cell.type, cell.style, cell.value, cell.formula);
          if (value !== null) { while (cells.length < column) cells.push(null); cells[column] = value; }
        }
        cell = null;
      } else if (name === 'row') {
        const own = cells.some((value) => value !== null);
        fillMerged(merges, row, cells);
        if (own) ready.push({ row, cells });
      }
    },
  });
  for await (const chunk of book.package.text(part)) {
    parser.write(chunk);
    yield* ready;
    ready = [];
  }
  parser.close();
}

function toCell(book: Book, type: string, style: number, value: string | null, formula: boolean): Cell {
  if (value === null || (value === '' && type !== 'inlineStr')) return formula && type !== 'str' ? '#CALC!' : null;
  if (type === 's') return solid(book.strings[Number(value)] ?? '');
  if (type === 'str' || type === 'inlineStr') return solid(unescape(value));
  if (type === 'b') return value === '1' || value === 'true';
  if (type === 'e') return value;
  if (type === 'd') { const date = new Date(/[zZ]$/.test(value) ? value : `${value}${value.includes('T') ? 'Z' : ''}`); return Number.isNaN(date.getTime()) ? value : date; }
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  return book.dates[style] && number > 0 && number < 2_958_466 ? serialDate(number + (book.date1904 ? 1462 : 0)) : number;
}

const solid = (text: string): string | null => (text.trim() === '' ? null : text);

/** Excel's day number as a Date whose UTC fields are the local time, to the second. */
export const serialDate = (serial: number): Date => new Date(Math.round((serial - 25569) * 86400) * 1000);

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

/** Merges stand after the rows they concern, so they are looked for first, by text alone. */
async function readMerges(book: Package, part: string): Promise<(Merge & { value: Cell })[]> {
  const merges: (Merge & { value: Cell })[] = [];
  let rest = '';
  for await (const chunk of book.text(part)) {
    const text = rest + chunk;
    for (const [, from = '', to = ''] of text.matchAll(/mergeCell\s+ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
      merges.push({ top: rowOf(from), left: columnOf(from), bottom: rowOf(to), right: Math.min(columnOf(to), maxColumns - 1), value: null });
    }
    const open = text.lastIndexOf('<');
    rest = open >= 0 && text.length - open < 100 ? text.slice(open) : '';
  }
  return merges.filter(({ top, bottom }) => bottom - top < 5000).sort((a, b) => a.top - b.top);
}

const rowOf = (reference: string) => Number(reference.replace(/^[A-Z]+/, ''));

/** Gives merged cells of this row the value of their first cell; merges that end here are let go. */
function fillMerged(merges: (Merge & { value: Cell })[], row: number, cells: Cell[]): void {
  for (const merge of merges) {
    if (merge.top > row) break;
    if (merge.bottom < row) continue;
    if (merge.top === row) merge.value = cells[merge.left] ?? null;
    if (merge.value === null) continue;
    while (cells.length <= merge.right) cells.push(null);
    for (let column = merge.left; column <= merge.right; column += 1) cells[column] = merge.value;
  }
  while (merges[0] && merges[0].bottom <= row) merges.shift();
}
