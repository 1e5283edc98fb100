// In: arguments of the `zhiwei` command. Out: its result JSON, and its progress while it runs.
// Invariant: the server touches the batch only by starting this program; a failure is told in the program's own words.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ZhiweiError } from '../datasets/errors.ts';
import { childEnvironment } from './settings.ts';

export interface BatchProgress { stage: string; done: number; total: number; rows_per_second: number | null; seconds_left: number | null }

const program = fileURLToPath(new URL('../pipelines/zhiwei.js', import.meta.url));
const mostOutput = 32_000_000;
/** A file made to swell when it is unpacked ends the program, not the machine. */
const heapMegabytes = 3072;

/** Runs `zhiwei …args` and gives the JSON it prints. Throws `failed` with the program's last words; kills it after `timeoutMs`. */
export async function batch(args: readonly string[], options: { onProgress?: (p: BatchProgress) => void; onStart?: (child: ChildProcess) => void; timeoutMs?: number } = {}): Promise<unknown> {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, program, ...args], { env: childEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  options.onStart?.(child);
  const timer = options.timeoutMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
  const out: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (piece: Buffer) => { size += piece.length; if (size <= mostOutput) out.push(piece); else child.kill('SIGKILL'); });
  let lastWords = '';
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    const progress = progressOf(line);
    if (progress) options.onProgress?.(progress);
    else if (line.trim() && !/^\s+at /.test(line)) lastWords = line.trim().slice(0, 500);
  });
  const [code] = await new Promise<[number | null]>((resolve, reject) => { child.once('error', reject); child.once('close', (c) => resolve([c])); });
  if (timer) clearTimeout(timer);
  if (code === null) throw new ZhiweiError('timeout', '处理被中断（超时或被停止）；请重试');
  // Our own errors are Chinese; anything else may quote the data and is not repeated.
  if (code !== 0) throw /\p{Script=Han}/u.test(lastWords) && !/^\w*Error\b/.test(lastWords) ? new ZhiweiError('bad_file', lastWords) : new ZhiweiError('failed', '处理失败；请检查文件后重试，仍不行请联系管理员');
  return resultOf(Buffer.concat(out).toString('utf8'));
}

function progressOf(line: string): BatchProgress | null {
  if (!line.startsWith('{')) return null;
  try {
    const p = JSON.parse(line) as Partial<BatchProgress>;
    return typeof p.stage === 'string' ? { stage: p.stage, done: p.done ?? 0, total: p.total ?? 0, rows_per_second: p.rows_per_second ?? null, seconds_left: p.seconds_left ?? null } : null;
  } catch {
    return null;
  }
}

/** The result is the last thing on standard output. */
function resultOf(text: string): unknown {
  const starts = [0, ...[...text.matchAll(/\n(?=\{)/g)].map(({ index }) => index + 1)];
  for (const start of starts) {
    try {
      return JSON.parse(text.slice(start)) as unknown;
    } catch {
      // An earlier line was something else: try from the next line that opens an object.
    }
  }
  throw new ZhiweiError('failed', '处理已结束，但没有给出结果；请查看版本列表');
}
