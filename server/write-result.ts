// In: columns and rows of a result. Out: a csv, json, xlsx or parquet file at a path.
// Invariant: no cell of csv or xlsx can be taken for a formula; parquet keeps DuckDB's types; names that are there twice get a number.
import { writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { cellText, csv } from '../datasets/csv.ts';
import { sheetText } from '../datasets/document-text.ts';
import type { ResultFormat } from './api.ts';
import type { SqlResult } from './sandbox.ts';
import { writeParquet } from './write-parquet.ts';

export type WriteRequest = Pick<SqlResult, 'columns' | 'rows'> & { format: ResultFormat; path: string };

/** Names as DuckDB makes them distinct: the second `a` is `a_1`; an empty one gets its place. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, i) => {
    const plain = name || `列${i + 1}`;
    let free = plain;
    for (let n = 1; taken.has(free.toLowerCase()); n++) free = `${plain}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

export async function writeResult({ columns, rows, format, path }: WriteRequest): Promise<void> {
  const names = distinctNames(columns.map(({ name }) => name));
  const objects = () => rows.map((row) => JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))));
  if (format === 'csv') await writeFile(path, csv(names, rows));
  else if (format === 'json') await writeFile(path, `[${objects().join(',\n')}]\n`);
  else if (format === 'xlsx') await writeXlsx(names, columns, rows, path);
  else await writeParquet(names, columns, objects(), path);
}

const daySeconds = 86_400_000;
/** Days since Excel's first, for a DATE or TIMESTAMP; times of day and zones stay text. */
const excelDay = (type: string, value: unknown) => (/^(DATE|TIMESTAMP)$/.test(type) && typeof value === 'string' ? (Date.parse(`${value.replace(' ', 'T')}${type === 'DATE' ? '' : 'Z'}`) / daySeconds) + 25_569 : NaN);

async function writeXlsx(names: string[], columns: WriteRequest['columns'], rows: WriteRequest['rows'], path: string): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true });
  const sheet = book.addWorksheet('查询结果', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = names.map((header, i) => {
    const type = columns[i]?.type ?? '';
    const numFmt = type === 'DATE' ? 'yyyy-mm-dd' : type === 'TIMESTAMP' ? 'yyyy-mm-dd hh:mm:ss' : undefined;
    return { width: Math.min(48, Math.max(10, 2 * header.length + 2, ...rows.slice(0, 100).map((row) => 1.6 * cellText(row[i]).length))), ...(numFmt && { style: { numFmt } }) };
  });
  const head = sheet.addRow(names.map(sheetText));
  head.font = { bold: true };
  head.commit();
  for (const row of rows) {
    sheet.addRow(row.map((value, i) => {
      if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
      const day = excelDay(columns[i]?.type ?? '', value);
      // Text is written as a string cell, which no spreadsheet takes for a formula.
      return Number.isFinite(day) && day >= 61 ? day : sheetText(cellText(value));
    })).commit();
  }
  sheet.commit();
  await book.commit();
}
