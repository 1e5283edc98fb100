// In: JSON lines, or one JSON array of objects. Out: its one sheet: row 0 holds the keys, row n the n-th line or item.
// Invariant: a line that is not a JSON object stays a row, with a `problem`, so that it is counted.
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { ZhiweiError } from '../../datasets/errors.ts';
import { maxColumns, type Cell, type Sheet, type SheetRow } from './sheet.ts';

interface Line { row: number; value: Record<string, unknown> | null }

/** The single sheet, named 表1, of a jsonl or json file. */
export async function jsonSheets(path: string): Promise<Sheet[]> {
  const lines = (await startsWithBracket(path)) ? await arrayLines(path) : () => textLines(path);
  const keys = new Set<string>();
  let objects = 0;
  for await (const { value } of lines()) {
    if (value === null) continue;
    objects += 1;
    for (const key of Object.keys(value)) if (keys.size < maxColumns) keys.add(key);
  }
  if (objects === 0) throw new ZhiweiError('bad_file', `文件“${basename(path)}”里没有一行是 JSON 对象；每行应形如 {"信访日期":"2026-03-05","信访内容":"…"}`);
  return [{ name: '表1', rows: () => readRows(lines, [...keys]) }];
}

async function* readRows(lines: () => AsyncIterable<Line>, keys: string[]): AsyncGenerator<SheetRow> {
  yield { row: 0, cells: keys };
  for await (const { row, value } of lines()) {
    yield value ? { row, cells: keys.map((key) => toCell(value[key])) } : { row, cells: [], problem: '这一行不是完整的 JSON 对象' };
  }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string' || typeof item === 'number').join('┋') || null;
  return null;
}

async function* textLines(path: string): AsyncGenerator<Line> {
  const input = createReadStream(path, 'utf8');
  let row = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      row += 1;
      if (line.trim() !== '') yield { row, value: toObject(line) };
    }
  } finally { input.destroy(); }
}

function toObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : null;
  } catch { return null; }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

async function arrayLines(path: string): Promise<() => AsyncGenerator<Line>> {
  const refuse = (why: string, cause?: unknown) => new ZhiweiError('bad_file', `文件“${basename(path)}”${why}`, undefined, { cause });
  if ((await stat(path)).size > 200 << 20) throw refuse('超过 200 MB；请改为每行一个对象的 JSONL');
  let items: unknown;
  try { items = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')); } catch (cause) { throw refuse('不是完整的 JSON；请重新导出', cause); }
  const list = Array.isArray(items) ? items : [];
  return async function* () { for (const [i, item] of list.entries()) yield { row: i + 1, value: isObject(item) ? item : null }; };
}

async function startsWithBracket(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead).toString('utf8').replace(/^\uFEFF/, '').trimStart().startsWith('[');
  } finally { await file.close(); }
}
