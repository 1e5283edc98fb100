// In: an imported file, one of its sheets and the rejects found there. Out: an xlsx of the rejected rows, each with reason and remedy.
// Invariant: the file can be corrected and imported again; it holds original rows, so only its owner may read it.
import { createWriteStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import ExcelJS from 'exceljs';
import { ZhiweiError } from '../datasets/errors.ts';
import { sheetText } from '../datasets/document-text.ts';
import type { Reject } from './records.ts';
import { prepareSheet, type Mappings } from './ingest/prepare-sheet.ts';
import { openFile } from './readers/open.ts';
import type { SheetRow } from './readers/sheet.ts';

/** Columns that are added; ingest passes over them. */
export const addedColumns = ['退回原因', '怎样改'] as const;

/** Writes the rejected rows of one sheet, below its own title and header rows, to `output` (mode 600); returns how many. */
export async function exportRejects(path: string, sheetName: string, rejects: readonly Reject[], output: string, mappings: Mappings = {}): Promise<number> {
  const sheet = (await openFile(path)).find(({ name }) => name === sheetName);
  if (!sheet) throw new ZhiweiError('not_found', `文件“${basename(path)}”中没有工作表“${sheetName}”`);
  const prepared = await prepareSheet(sheet, basename(path), '', mappings);
  if (!prepared.header) throw new ZhiweiError('bad_file', `工作表“${sheetName}”没有表头，无法导出退回行`);
  const { header } = prepared;
  const width = Math.max(...header.columns.map(({ index }) => index)) + 1;
  const byRow = new Map<number, Reject[]>();
  for (const reject of rejects) byRow.set(reject.source_row, [...(byRow.get(reject.source_row) ?? []), reject]);
  const about = (list: readonly Reject[]) => [list.map(({ column_name, reason }) => `${column_name}：${reason}`).join('；'), [...new Set(list.map(({ remedy }) => remedy))].join('；')];

  await mkdir(dirname(output), { recursive: true, mode: 0o700 });
  const stream = createWriteStream(output, { mode: 0o600 });
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const page = book.addWorksheet(sheetName.slice(0, 31) || '退回');
  const add = (cells: readonly unknown[], extra: readonly string[] = []) => {
    const row = page.addRow([...Array.from({ length: width }, (_, i) => plain(cells[i] ?? null)), ...extra.map(plain)]);
    row.eachCell((cell) => { if (cell.value instanceof Date) cell.numFmt = 'yyyy-mm-dd hh:mm:ss'; });
    row.commit();
  };
  page.addRow([`${basename(path).replace(/\.[^.]+$/, '')} / ${sheetName}`].map(plain)).commit();
  let written = 0;
  const headerRows = new Set(header.rows.map(({ row }) => row));
  for await (const row of sheet.rows()) {
    if (headerRows.has(row.row)) add(row.cells, addedColumns);
    else if (row.row < header.last_row) page.addRow([plain(titleOf(row))]).commit();
    const found = byRow.get(row.row);
    if (row.row <= header.last_row || !found) continue;
    add(row.cells, about(found));
    written += 1;
  }
  page.commit();
  await book.commit();
  await chmod(output, 0o600);
  return written;
}

const keptDays = 90;

/** Removes kept rows that nobody corrected in 90 days: they are the one place where original text waits. */
export function forgetRejects(folder: string, now: Date): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).map((f) => join(folder, f))) {
    if (now.getTime() - statSync(file).mtimeMs > keptDays * 86_400_000) rmSync(file);
  }
}

/** A title that was merged across the sheet, once. */
const titleOf = (row: SheetRow): string => [...new Set(row.cells.filter((cell) => cell !== null).map(String))].join(' ');
const plain = (cell: unknown) => (typeof cell === 'string' ? sheetText(cell) : cell);
