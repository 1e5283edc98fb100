// In: the bundled sample. Out: what happened when runs were killed with SIGKILL at random instants, 30 times (or the number given),
// while a real server answered: requests failed, versions seen, and whether the next run succeeded. Usage: npm run bench:crash [-- 30]
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDir, readPointer } from '../../datasets/data-dir.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import { random } from './random.ts';

const kills = Number(process.argv[2] ?? 30);
const folder = mkdtempSync(join(tmpdir(), 'zhiwei-crash-'));
const data = join(folder, 'data');
const port = 18_000 + (process.pid % 1000);
const next = random(7);

const zhiwei = (...args: string[]): ChildProcess => spawn(process.execPath, ['pipelines/zhiwei.js', ...args, '--data', data], { stdio: 'ignore' });
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('close', resolve));

const ledger = readdirSync('datasets/sample').find((f) => f.startsWith('信访登记表'));
if (!ledger) throw new Error('the sample has no 信访登记表');
if (await ended(zhiwei('run', '--input', join('datasets/sample', ledger))) !== 0) throw new Error('the first run failed');
const fullRun = performance.now();
if (await ended(zhiwei('run')) !== 0) throw new Error('relabelling failed');
const span = performance.now() - fullRun;

const server = zhiwei('serve', '--port', String(port));
let asked = 0;
let failed = 0;
const seen = new Set<number>();
const ask = async () => {
  asked += 1;
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
    const body = await reply.json() as { ok: boolean; version: number | null };
    if (!reply.ok || body.version === null) failed += 1;
    else seen.add(body.version);
  } catch {
    failed += 1;
  }
};
for (let i = 0; i < 100; i++) {
  if (await fetch(`http://127.0.0.1:${port}/readyz`).then((r) => r.ok, () => false)) break;
  await new Promise((r) => setTimeout(r, 200));
}
const poll = setInterval(() => void ask(), 50);

let broken = 0;
let published = 0;
let recovered = 0;
for (let i = 0; i < kills; i++) {
  const before = readPointer(dataDir(data))!.version;
  const run = zhiwei('run');
  const gone = ended(run);
  await new Promise((r) => setTimeout(r, next() * span * 1.05));
  run.kill('SIGKILL');
  await gone;
  const pointer = readPointer(dataDir(data))!;
  published += pointer.version === before ? 0 : 1;
  const copy = join(folder, 'check.duckdb');
  copyFileSync(join(data, 'warehouse', pointer.file), copy);
  const run1 = (await readTables(copy, ['run'])).run[0];
  if (run1?.version !== pointer.version) broken += 1;
  recovered += await ended(zhiwei('run')) === 0 ? 1 : 0;
}
clearInterval(poll);
server.kill('SIGTERM');
console.log(`kills ${kills}: runs that had just published ${published}, half versions visible ${broken}, next run succeeded ${recovered}/${kills}; server asked ${asked} times, failed ${failed}, versions seen ${seen.size}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = broken === 0 && failed === 0 && recovered === kills ? 0 : 1;
