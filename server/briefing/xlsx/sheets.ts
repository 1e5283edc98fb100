// In: a workbook and one thing of a briefing. Out: one sheet of it.
// Invariant: a sheet opens with what it says, then what it counts; its header row stays in sight.
import type { Row, Workbook, Worksheet } from 'exceljs';
import { chartTable } from '../chart-table.ts';
import type { ChartBlock, Note, Parts, TableBlock } from '../content.ts';
import { noteNumbers, notesOf } from '../said.ts';
import { cellValue, wordsCell, type CellValue } from './cell-value.ts';

const headerRow = 3;
const quiet = { argb: 'FF55514A' };
const rule = { style: 'thin', color: { argb: 'FFA9A192' } } as const;
const shownWidth = (text: string) => [...text].reduce((n, c) => n + (c > '\u2e7f' ? 2.1 : 1.1), 2);

/** Makes a row as high as its wrapped words need: not every program does so by itself. */
export function fitHeight(row: Row, widths: readonly number[]): void {
  const lines = (text: string, width: number) => text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(shownWidth(line) / width)), 0);
  row.height = 15 * Math.min(27, Math.max(1, ...widths.map((width, i) => lines(String(row.getCell(i + 1).value ?? ''), width)))) + 3;
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
  sheet.addRow([wordsCell(title)]).font = { bold: true, size: 14 };
  sheet.addRow([wordsCell(subtitle)]).font = { color: quiet };
  const head = sheet.addRow(header.map(wordsCell));
  head.font = { bold: true };
  head.eachCell({ includeEmpty: true }, (cell, i) => { cell.border = { top: rule, bottom: rule }; cell.alignment = { horizontal: i === 1 ? 'left' : 'right', vertical: 'middle' }; });
  for (const cells of rows) {
    const row = sheet.addRow(cells.map((c) => c.value));
    cells.forEach((c, i) => {
      const cell = row.getCell(i + 1);
      if (c.format !== undefined) cell.numFmt = c.format;
      cell.alignment = { horizontal: i === 0 ? 'left' : 'right' };
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

/** 出处: what each number of the column 出处 stands for, with the query. */
export function sourcesSheet(book: Workbook, notes: readonly Note[], subtitle: string): void {
  const sheet = newSheet(book, '出处', true);
  fill(sheet, '出处', subtitle, ['出处', '内容', '统计期间', '范围', '口径', '查询语句', '参数（依次代入 ?）'], notes.map((n) => [
    { value: Number(n.id.slice(1)) }, ...[n.label, n.period, n.filter, n.definitions.join('；')].map((text) => ({ value: wordsCell(text) })), { value: n.sql }, { value: n.params.join('，') },
  ]));
  const widths = [6, 24, 22, 20, 48, 80, 30];
  widths.forEach((width, i) => { sheet.getColumn(i + 1).width = width; });
  sheet.eachRow((row, n) => {
    if (n < headerRow) return;
    row.eachCell((cell) => { cell.alignment = { vertical: 'top', horizontal: 'left', wrapText: true }; });
    fitHeight(row, widths);
  });
}
