// In: a multipart request. Out: its files on disk, under their own names in a folder of their own.
// Invariant: only the kinds of file that the caller takes, within its limits, pass; what a refused request left is the caller's to remove.
import { createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { ZhiweiError } from '../datasets/errors.ts';
import type { Request } from './endpoint.ts';

export const uploadLimits = { fileBytes: 100_000_000, files: 20 } as const;
const extensions = new Set(['.xlsx', '.csv', '.jsonl']);

/** The file's own name without what could lead elsewhere: the folder is new, so the name needs no number. */
export function safeName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).pop() ?? '';
  const clean = base.replace(/[^\p{L}\p{N}()（）【】《》、，。·_ .-]/gu, '_').replace(/^[.\s-]+/, '').trim();
  const extension = extname(clean).toLowerCase();
  return clean.slice(0, clean.length - extension.length).slice(0, 100) + extension;
}

/** What a request may bring, and how it is refused. */
export interface Taking {
  files: number; fileBytes: number; extensions: ReadonlySet<string>;
  wrongKind: (name: string) => ZhiweiError; tooLarge: (name: string) => ZhiweiError;
  /** Name on disk; its own where this is absent. */
  nameOnDisk?: (name: string) => string;
}

/** Stores the request's ledgers in `folder`; gives their names. Throws `bad_request`, `bad_file` or `too_large`. */
export async function receiveFiles(req: Request, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = await storeFiles(req, folder, ledgers);
  if (names.length === 0) throw new ZhiweiError('bad_request', '没有收到文件；请选择 xlsx、csv 或 jsonl 文件');
  for (const name of names) await checkContent(join(folder, name), name);
  return names;
}

/** Stores the request's files; gives their own names, in order. */
export async function storeFiles(req: Request, folder: string, taking: Taking): Promise<string[]> {
  if (!req.is('multipart/form-data')) throw new ZhiweiError('bad_request', '请以 multipart/form-data 上传文件');
  const parser = multipart(req, taking);
  const names: string[] = [];
  const writes: Promise<void>[] = [];
  let refusal: ZhiweiError | null = null;
  parser.on('file', (_field, stream, { filename }) => {
    const name = safeName(filename ?? '');
    if (refusal === null && !taking.extensions.has(extname(name))) refusal = taking.wrongKind(name);
    if (refusal === null && names.includes(name)) refusal = new ZhiweiError('bad_request', `有两个文件都叫“${name}”；请改名后再上传`);
    if (refusal !== null) { stream.resume(); return; }
    names.push(name);
    stream.on('limit', () => { refusal = taking.tooLarge(name); });
    const writing = pipeline(stream, createWriteStream(join(folder, taking.nameOnDisk?.(name) ?? name), { mode: 0o600, flags: 'wx' }));
    writing.catch(() => undefined);
    writes.push(writing);
  });
  parser.on('filesLimit', () => { refusal ??= new ZhiweiError('too_large', `一次至多上传 ${taking.files} 个文件`); });
  try {
    await pipeline(req, parser);
    await Promise.all(writes);
  } catch (cause) {
    throw refusal ?? new ZhiweiError('bad_request', '上传中断；请重试', undefined, { cause });
  }
  if (refusal) throw refusal;
  return names;
}

function multipart(req: Request, { files, fileBytes }: Taking): busboy.Busboy {
  try {
    return busboy({ headers: req.headers, defParamCharset: 'utf8', limits: { fileSize: fileBytes, files, fields: 10, fieldSize: 1_000 } });
  } catch (cause) {
    throw new ZhiweiError('bad_request', '上传的格式有误；请重试', undefined, { cause });
  }
}

const wrongKind = (name: string) => new ZhiweiError('bad_file', extname(name) === '.xls'
  ? `“${name}”是旧版 Excel 文件；请另存为 xlsx 后再上传`
  : `不能导入“${name}”；请上传 xlsx、csv 或 jsonl 文件`);

const ledgers: Taking = {
  ...uploadLimits, extensions, wrongKind,
  tooLarge: (name) => new ZhiweiError('too_large', `“${name}”超过 100 MB；请按月份拆分后再上传`),
};

/** The content must be what the extension says. */
async function checkContent(path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const start = head.subarray(0, bytesRead);
    if (bytesRead === 0) throw new ZhiweiError('bad_file', `“${name}”是空文件`);
    const zip = start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
    if (extname(name) === '.xlsx' ? !zip : zip || start.includes(0)) throw new ZhiweiError('bad_file', `“${name}”的内容与扩展名不符；请用 Excel 打开后另存为 xlsx 或 csv`);
  } finally {
    await file.close();
  }
}
