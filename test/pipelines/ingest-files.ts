// In: rows as an office would type them. Out: real files on disk, in a folder that goes with this run of the tests.
// Invariant: files are written by exceljs or byte by byte, never by the code under test.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { ingest, type IngestOptions } from '../../pipelines/ingest.ts';
import type { Ingested } from '../../pipelines/records.ts';

export const folder = mkdtempSync(join(tmpdir(), 'zhiwei-ingest-'));

export type Rows = unknown[][];

/** Writes a workbook with the given sheets and merges. */
export async function xlsx(name: string, sheets: Record<string, Rows>, merges: Record<string, string[]> = {}): Promise<string> {
  const book = new ExcelJS.Workbook();
  for (const [title, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(title);
    rows.forEach((row, r) => { row.forEach((value, c) => {
      if (value === null || value === undefined) return;
      const cell = sheet.getCell(r + 1, c + 1);
      cell.value = value as ExcelJS.CellValue;
      if (value instanceof Date) cell.numFmt = 'yyyy/m/d h:mm';
    }); });
    for (const range of merges[title] ?? []) sheet.mergeCells(range);
  }
  const path = join(folder, name);
  await book.xlsx.writeFile(path);
  return path;
}

/** Writes an xlsx from raw XML parts, for shapes that exceljs never writes. */
export async function rawXlsx(name: string, parts: Record<string, string>): Promise<string> {
  const zip = new JSZip();
  for (const [path, text] of Object.entries(parts)) zip.file(path, text);
  const file = join(folder, name);
  writeFileSync(file, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
  return file;
}

export function bytes(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const today = '2026-11-30';

export async function read(path: string, options: Partial<IngestOptions> = {}): Promise<Ingested[]> {
  const sheets: Ingested[] = [];
  for await (const sheet of ingest([path], { version: 1, today, ...options })) {
    if (sheet.source.accepted + sheet.source.rejected !== sheet.source.rows) throw new Error('accepted + rejected ≠ rows');
    sheets.push(sheet);
  }
  return sheets;
}

export async function readOne(path: string, options: Partial<IngestOptions> = {}): Promise<Ingested> {
  const [sheet, ...others] = await read(path, options);
  if (!sheet || others.length > 0) throw new Error(`one sheet expected, ${others.length + (sheet ? 1 : 0)} came`);
  return sheet;
}

/** `row column: reason` of each reject. */
export const reasons = ({ rejects }: Ingested): string[] => rejects.map((reject) => `${reject.source_row} ${reject.column_name}：${reject.reason}`);
