// In: a query's result and a format. Out: the file, written by a process of its own that is given rows and nothing else.
// Invariant: no file is opened by the sandbox; the temporary file is gone once it has been sent.
import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ZhiweiError } from '../datasets/errors.ts';
import type { ResultFormat } from './api.ts';
import type { SqlResult } from './sandbox.ts';

const program = fileURLToPath(new URL('./sql-file-process.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const mostSeconds = 120, mostAtOnce = 2;
let writing = 0;

/** The bytes of `result` as csv, json, xlsx or parquet. Throws `busy` where others are being written. */
export async function resultFile(result: SqlResult, format: ResultFormat): Promise<Buffer> {
  if (writing >= mostAtOnce) throw new ZhiweiError('busy', '正在写别的文件；请稍后再试');
  writing++;
  const folder = await mkdtemp(join(tmpdir(), 'zhiwei-result-'));
  try {
    const path = join(folder, `result.${format}`);
    await written({ columns: result.columns, rows: result.rows, format, path });
    return await readFile(path);
  } finally {
    writing--;
    await rm(folder, { recursive: true, force: true });
  }
}

function written(request: { columns: SqlResult['columns']; rows: SqlResult['rows']; format: ResultFormat; path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [], { execArgv: ['--import', loader, '--max-old-space-size=1024'], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
    const limit = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000);
    child.once('exit', (code) => { clearTimeout(limit); if (code === 0) resolve(); else reject(new ZhiweiError('failed', '文件没有写成；请减少行数后再试')); });
    child.once('error', reject);
    child.send(request, (error) => { if (error) child.kill('SIGKILL'); });
  });
}
