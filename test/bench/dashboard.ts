// In: how many documents (`--documents 1000000`), a data directory to grow (`--data`; the sample is published where there is none). Out: how long the dashboard's pages take under 1, 20 and 200 readers, the server's memory, and what a browser waits for.
// Invariant: the real server, asked what the built pages ask; "server" is what its own log says; needs Linux for memory and processor time.
import { execSync } from 'node:child_process';
import { cpSync, linkSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dataDir, readPointer, versionFile } from '../../datasets/data-dir.ts';
import type { Meta } from '../../server/api.ts';
import { enter, openHouse, publish, root } from '../e2e/start.ts';
import { growWarehouse } from './dashboard/grown-warehouse.ts';
import { atOnce, inTurn, type Load, type Took } from './dashboard/load.ts';
import { recordPages } from './dashboard/recorded-pages.ts';
import { followLog } from './dashboard/server-times.ts';
import { webFigures } from './dashboard/web-figures.ts';

const { values: asked } = parseArgs({ options: { documents: { type: 'string', default: '1000000' }, data: { type: 'string' }, seconds: { type: 'string', default: '20' }, pause: { type: 'string', default: '5' } } });
const say = (line: string) => process.stdout.write(`${line}\n`);
process.env['ZHIWEI_TRUST_PROXY'] = '1';
process.env['ZHIWEI_LOG_LEVEL'] = 'info';

const seedHome = mkdtempSync(join(tmpdir(), 'zhiwei-dashboard-'));
if (asked.data) cpSync(join(asked.data, 'warehouse'), join(seedHome, 'warehouse'), { recursive: true }); else publish(join(root, 'datasets/sample'), seedHome);
const seed = dataDir(seedHome), file = readPointer(seed)?.file ?? '';
const grown = join(seedHome, 'grown.duckdb');
const documents = await growWarehouse(join(seed.warehouse, file), grown, Number(asked.documents));
const house = await openHouse((_home, data) => {
  const into = dataDir(data).warehouse;
  for (const name of [file.replace('.duckdb', '.json'), 'current.json']) cpSync(join(seed.warehouse, name), join(into, name));
  renameSync(grown, join(into, file));
  rmSync(seedHome, { recursive: true });
});
try {
  await enter(house);
  await house.page.locator('header.masthead').waitFor();
  const opened = await recordPages(house.page, house.url);
  const cookie = (await house.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const pid = house.server.pid ?? 0, logged = followLog(house.server);
  const of = { url: house.url, cookie, opened };
  say(`${documents} documents; ${opened.length} openings of pages, ${new Set(opened.flatMap((o) => o.asks)).size} different questions; load average ${load()}`);
  const measure = async (title: string, work: () => Promise<Load>) => {
    await logged.since();
    const before = cpuSeconds(pid), done = await work();
    report(title, done, await logged.since(), cpuSeconds(pid) - before, memory(pid));
  };
  say(`a version just published is served, warm, after ${(await publishAgain()).toFixed(1)} s`);
  await measure('each page in turn on a version just published', () => inTurn(of));
  for (const readers of [1, 20, 200]) await measure(`${readers} readers, a page each ${readers === 1 ? 0 : asked.pause} s`, () => atOnce({ ...of, readers, seconds: Number(asked.seconds), pause: readers === 1 ? 0 : Number(asked.pause) }));
  const web = await webFigures(house.page, house.url, root);
  say(`overview in Chromium, median of 5: first paint ${web.first.toFixed(0)} ms, largest paint ${web.largest.toFixed(0)} ms, layout shift ${web.shift.toFixed(4)}; ${web.scripts} scripts, ${web.scriptKb.toFixed(0)} KB gzip`);
} finally {
  await house.close();
}

/** The same file as the next version, of which nothing has been answered yet; gives the seconds until it is served. */
async function publishAgain(): Promise<number> {
  const started = performance.now();
  const dir = dataDir(house.data), version = (readPointer(dir)?.version ?? 0) + 1, next = `${dir.pointer}.next`;
  linkSync(join(dir.warehouse, file), join(dir.warehouse, versionFile(version)));
  writeFileSync(next, JSON.stringify({ version, file: versionFile(version) }));
  renameSync(next, dir.pointer);
  while ((await (await house.page.request.get(`${house.url}/api/meta`)).json() as Meta).version !== version) await sleep(100);
  return (performance.now() - started) / 1000;
}

function report(title: string, { asks, pages, seconds }: Load, server: readonly Took[], cpu: number, memory: string): void {
  say(`\n${title}: ${pages.length} pages, ${asks.length} answers in ${seconds.toFixed(1)} s; server ${(cpu * 1000 / Math.max(1, asks.length)).toFixed(1)} ms of processor an answer, ${memory}; load average ${load()}`);
  say(`${'ms'.padEnd(26)}${['n', 'p50', 'p95', 'p99'].map((h) => h.padStart(9)).join('')}`);
  for (const [kind, all] of [['answers in the server', server], ['answers', asks], ['pages', pages]] as const) {
    line(`all ${kind}`, all);
    for (const name of [...new Set(all.map((t) => t.name))].sort()) line(name, all.filter((t) => t.name === name));
  }
}

function line(name: string, all: readonly Took[]): void {
  const sorted = all.map((t) => t.ms).sort((a, b) => a - b);
  const at = (q: number) => (sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? NaN).toFixed(1).padStart(9);
  say(`${name.padEnd(26)}${String(sorted.length).padStart(9)}${at(0.5)}${at(0.95)}${at(0.99)}`);
}

function load(): string { return loadavg().map((n) => n.toFixed(1)).join(' '); }

function memory(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (key: string) => Math.round(Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
  return `memory ${mb('VmRSS')} MB, at most ${mb('VmHWM')} MB`;
}

/** User and system time of a process so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / Number(execSync('getconf CLK_TCK', { encoding: 'utf8' }));
}
