// In: a csv file in UTF-8, UTF-16 or GB18030, separated by , ; or tab. Out: its one sheet.
// Invariant: encoding and separator are found from the content; a record keeps its number however many lines it spans.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { ZhiweiError } from '../../datasets/errors.ts';
import { maxColumns, type Sheet, type SheetRow } from './sheet.ts';

const options = { relax_quotes: true, relax_column_count: true, max_record_size: 4 << 20 };

/** The single sheet, named 表1, of a csv file. */
export async function csvSheets(path: string): Promise<Sheet[]> {
  const encoding = await findEncoding(path);
  const sample = await decodedStart(path, encoding);
  if (sample.includes('\0')) throw new ZhiweiError('bad_file', `文件“${basename(path)}”不是表格：含有二进制内容；请另存为 .xlsx 或 CSV UTF-8 后再导入`);
  const stated = /^sep=(.)\r?\n/i.exec(sample);
  const delimiter = stated?.[1] ?? findSeparator(sample);
  return [{ name: '表1', rows: () => readRows(path, encoding, delimiter, stated !== null) }];
}

async function* readRows(path: string, encoding: string, delimiter: string, skipFirst: boolean): AsyncGenerator<SheetRow> {
  const source = createReadStream(path);
  const parser = source.pipe(iconv.decodeStream(encoding)).pipe(parse({ ...options, delimiter, bom: true }));
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      if (row === 1 && skipFirst) continue;
      const cells = record.slice(0, maxColumns).map((cell) => (/^="(.*)"$/s.exec(cell)?.[1] ?? cell)).map((cell) => (cell.trim() === '' ? null : cell));
      if (cells.some((cell) => cell !== null)) yield { row, cells };
    }
  } catch (cause) {
    throw new ZhiweiError('bad_file', `文件“${basename(path)}”第 ${row + 1} 行起读不下去：多半是双引号不成对；请用 Excel 打开并另存为 .xlsx 后再导入`, undefined, { cause });
  } finally { source.destroy(); }
}

/** Byte-order mark first; then UTF-8 if every byte agrees with it, else GB18030. */
async function findEncoding(path: string): Promise<string> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      if (first) {
        if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
        if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
        first = false;
      }
      strict.decode(chunk, { stream: true });
    }
    strict.decode();
    return 'utf-8';
  } catch { return 'gb18030'; }
}

async function decodedStart(path: string, encoding: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 18), 0, 1 << 18, 0);
    return iconv.decode(buffer.subarray(0, bytesRead), encoding);
  } finally { await file.close(); }
}

/** The separator under which most records of the sample agree on more than one column. */
function findSeparator(sample: string): string {
  const score = (delimiter: string): number => {
    let counts: number[] = [];
    try {
      counts = parseNow(sample, { ...options, delimiter, bom: true, to: 50 }).map((record) => record.length);
    } catch { counts = sample.split('\n', 50).map((line) => line.split(delimiter).length); }
    const most = Math.max(...counts, 1);
    return most === 1 ? 0 : counts.filter((count) => count === most).length * Math.log2(most);
  };
  return [',', '\t', ';'].map((delimiter) => ({ delimiter, score: score(delimiter) })).reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}
