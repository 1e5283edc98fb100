// In: a workbook and one thing of a briefing. Out: one sheet of it.
// Invariant: a sheet opens with what it says, then what it counts; its header row stays in sight.
import type { Row, Workbook, Worksheet } from 'exceljs';
import { chartTable } from '../chart-table.ts';
import type { ChartBlock, Note, Parts, TableBlock } from '../content.ts';
import { noteNumbers, notesOf } from '../said.ts';
import { cellValue, wordsCell, type CellValue } from './cell-value.ts';
import { splitQuery } from './split-query.ts';

const headerRow = 3;
const quiet = { argb: 'FF55514A' };
const rule = { style: 'thin', color: { argb: 'FFA9A192' } } as const;
const shownWidth = (text: string) => [...text].reduce((n, c) => n + (c > '\u2e7f' ? 2.1 : 1.1), 2);

/** A row is at most 409 points high. */
const mostLines = 27;
export const linesOf = (text: string, width: number) => text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(shownWidth(line) / width)), 0);

/** Makes a row as high as its wrapped words need: not every program does so by itself. */
export function fitHeight(row: Row, widths: readonly number[]): void {
  row.height = 15 * Math.min(mostLines, Math.max(1, ...widths.map((width, i) => linesOf(String(row.getCell(i + 1).value ?? ''), width)))) + 3;
}

/** A title and what stands under it, with air around. */
export function addTitle(sheet: Worksheet, title: string, subtitle: string): void {
  const [first, second] = [sheet.addRow([wordsCell(title)]), sheet.addRow([wordsCell(subtitle)])];
  Object.assign(first, { font: { bold: true, size: 14 }, height: 26 });
  Object.assign(second, { font: { color: quiet }, height: 20 });
}

/** A name that Excel takes: at most 31 characters, none of `\/?*[]:`, no other sheet's. */
export function sheetName(book: Workbook, wanted: string): string {
  const clean = wordsCell(wanted).replace(/[\\/?*[\]:']/g, '').trim().slice(0, 26) || '表';
  const taken = new Set(book.worksheets.map((s) => s.name));
  for (let n = 1; ; n++) { const name = n === 1 ? clean : `${clean}（${n}）`; if (!taken.has(name)) return name; }
}

/** An empty sheet, ready to be printed on the width of a page. */
export function newSheet(book: Workbook, name: string, landscape = false): Worksheet {
  return book.addWorksheet(sheetName(book, name), { pageSetup: { paperSize: 9, orientation: landscape ? 'landscape' : 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${headerRow}:${headerRow}` } });
}

function fill(sheet: Worksheet, title: string, subtitle: string, header: readonly string[], rows: readonly (readonly CellValue[])[]): void {
  sheet.views = [{ state: 'frozen', ySplit: headerRow, showGridLines: false }];
  addTitle(sheet, title, subtitle);
  const head = sheet.addRow(header.map(wordsCell));
  Object.assign(head, { font: { bold: true }, height: 20 });
  head.eachCell({ includeEmpty: true }, (cell, i) => { cell.border = { top: rule, bottom: rule }; cell.alignment = { horizontal: i === 1 ? 'left' : 'right', vertical: 'middle' }; });
  for (const cells of rows) {
    const row = sheet.addRow(cells.map((c) => c.value));
    row.height = 18;
    cells.forEach((c, i) => {
      const cell = row.getCell(i + 1);
      if (c.format !== undefined) cell.numFmt = c.format;
      cell.alignment = { horizontal: i === 0 ? 'left' : 'right', vertical: 'middle' };
    });
  }
  header.forEach((name, i) => { sheet.getColumn(i + 1).width = Math.min(48, Math.max(9, shownWidth(name), ...rows.map((r) => shownWidth(String(typeof r[i]?.value === 'number' ? '000000' : r[i]?.value ?? ''))))); });
}

const source = (notes: readonly string[]) => noteNumbers(notes).join('、');

export function tableSheet(book: Workbook, name: string, block: TableBlock): void {
  const rows = block.rows.map((row: readonly Parts[]) => [...row.map(cellValue), { value: source(row.flatMap(notesOf)) }]);
  fill(newSheet(book, name, block.header.length > 8), block.caption, block.remark === undefined ? '' : `注：${block.remark}`, [...block.header, '出处'], rows);
}

export function chartSheet(book: Workbook, name: string, block: ChartBlock): void {
  const { columns, rows } = chartTable(block.chart);
  fill(newSheet(book, name), block.title, `${block.subtitle}（出处${source(block.notes)}）`, columns, rows.map((r) => r.map((v) => (typeof v === 'number' ? { value: v } : { value: wordsCell(v ?? '') }))));
}

/** A sheet of words in columns of given widths, whose rows are as high as they need. */
function wordsSheet(book: Workbook, title: string, subtitle: string, columns: readonly (readonly [name: string, width: number])[], rows: readonly (readonly CellValue[])[]): Worksheet {
  const sheet = newSheet(book, title, true), widths = columns.map(([, width]) => width);
  fill(sheet, title, subtitle, columns.map(([name]) => name), rows);
  widths.forEach((width, i) => { sheet.getColumn(i + 1).width = width; });
  sheet.eachRow((row, n) => {
    if (n < headerRow) return;
    row.eachCell((cell) => { cell.alignment = { vertical: 'top', horizontal: 'left', wrapText: true }; });
    fitHeight(row, widths);
  });
  return sheet;
}

const number = (note: Note) => ({ value: Number(note.id.slice(1)) });

/** 出处: what each number of the column 出处 stands for. */
export function sourcesSheet(book: Workbook, notes: readonly Note[], subtitle: string): void {
  wordsSheet(book, '出处', subtitle, [['出处', 6], ['内容', 28], ['统计期间', 26], ['范围', 26], ['口径', 70]],
    notes.map((n) => [number(n), ...[n.label, n.period, n.filter, n.definitions.join('；')].map((text) => ({ value: wordsCell(text) }))]));
}

/** 查询语句: the query behind each 出处; a long one goes on in the rows below, so that none is clipped. */
export function queriesSheet(book: Workbook, notes: readonly Note[]): void {
  const width = 110, code = { name: 'Consolas', size: 9 };
  const rows = notes.flatMap((n) => splitQuery(n.sql, (text) => linesOf(text, width) <= mostLines).map((sql, i) => [i === 0 ? number(n) : { value: '' }, { value: i === 0 ? wordsCell(n.label) : '' }, { value: sql }, { value: i === 0 ? n.params.join('，') : '' }]));
  const sheet = wordsSheet(book, '查询语句', '在系统“查询”中可复算；一条语句占几行时，连着复制这几行即可', [['出处', 6], ['内容', 24], ['查询语句', width], ['参数（依次代入 ?）', 26]], rows);
  sheet.eachRow((row, n) => { if (n > headerRow) row.getCell(3).font = code; });
}
