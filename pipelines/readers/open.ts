// In: a path. Out: the sheets of the file, by what the file is, not by what it is called.
// Invariant: a file that can't be read ends in a ZhiweiError that says what to do with it.
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import { csvSheets } from './csv.ts';
import { jsonSheets } from './jsonl.ts';
import type { Sheet } from './sheet.ts';
import { xlsxSheets } from './xlsx.ts';

const maxBytes = 1 << 30;
const oldOffice = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Sheets of an xlsx, csv, jsonl or json file; throws `bad_file` with the way out for anything else. */
export async function openFile(path: string): Promise<Sheet[]> {
  const name = basename(path);
  const refuse = (why: string) => new ZhiweiError('bad_file', `文件“${name}”${why}`);
  const { size } = await stat(path).catch((cause: unknown) => { throw new ZhiweiError('bad_file', `找不到文件“${name}”，请检查路径`, undefined, { cause }); });
  if (size === 0) throw refuse('是空的（0 字节）；请重新导出后再导入');
  if (size > maxBytes) throw new ZhiweiError('too_large', `文件“${name}”超过 1 GB；请按月或按单位拆成几个文件再导入`);
  const head = await firstBytes(path, 65536);
  if (head.subarray(0, 8).equals(oldOffice)) {
    if (await isEncrypted(path, size)) throw refuse('设有打开密码；请用 Excel 打开，在“文件—信息—保护工作簿”中去掉密码后另存，再导入');
    throw refuse('是旧版 Excel（.xls）；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入');
  }
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return xlsxSheets(path);
  const start = head.toString('latin1').trimStart().replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^<(\?xml|html|!doctype|table|meta)/i.test(start)) throw refuse('是网页或 XML 格式（扩展名不代表真实格式）；请用 Excel 打开，另存为 .xlsx 后再导入');
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') throw refuse('是 PDF；请索取原始的 Excel 或 CSV 文件');
  if (/\.(jsonl|ndjson|json)$/i.test(name) || /^[[{]\s*["{]/.test(start)) return jsonSheets(path);
  return csvSheets(path);
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally { await file.close(); }
}

/** An OOXML file under a password is an old-Office container that holds a stream named EncryptedPackage. */
async function isEncrypted(path: string, size: number): Promise<boolean> {
  const bytes = await firstBytes(path, Math.min(size, 64 << 20));
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}
