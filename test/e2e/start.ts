// In: nothing but the repository. Out: a served product with an empty data directory, and a page in a real browser that notes every complaint.
// Invariant: what a house is made of is ended and removed by `close`; what is published once for several stays until the run of the tests ends.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const chromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const executablePath = chromiums.find((path) => existsSync(path));
/** Whether a browser is here; without one the journeys are skipped, and say so. */
export const browserIsHere = executablePath !== undefined;
if (!browserIsHere) process.stderr.write(`test/e2e: skipped, no Chromium at ${chromiums.join(', ')}\n`);

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const password = '一句记得住的话 2026';
const zhiwei = join(root, 'pipelines/zhiwei.js');

export interface House { home: string; data: string; url: string; server: ChildProcess; oneTime: string; page: Page; complaints: string[]; close: () => Promise<void> }

/** Publishes what lies in a folder into a data directory, as the command line does it. */
export function publish(input: string, data: string): void {
  execFileSync(process.execPath, [zhiwei, 'run', '--input', input, '--data', data], { cwd: root, stdio: 'pipe' });
}

const pause = new Int32Array(new SharedArrayBuffer(4)), mostPatience = 280_000;

/** Publishes once in a run of the tests what several houses begin with, and copies it; a journey that is at it meanwhile is waited for. `make` leaves it in `data` of the folder that it is given. */
function publishOnce(name: string, make: (home: string) => void, data: string): void {
  const kept = join(tmpdir(), name), lock = `${kept}-being-made`, since = Date.now();
  while (!existsSync(kept)) {
    try {
      mkdirSync(lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() - since > mostPatience) throw error;
      Atomics.wait(pause, 0, 0, 250);
      continue;
    }
    try {
      if (!existsSync(kept)) { make(lock); renameSync(join(lock, 'data'), kept); }
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  cpSync(kept, data, { recursive: true });
}

/** Publishes the whole sample. */
export const publishWholeSample = (data: string): void => publishOnce('whole-sample', (home) => publish(join(root, 'datasets/sample'), join(home, 'data')), data);

/** Publishes these files of the sample. */
export function publishSample(files: readonly string[], data: string): void {
  publishOnce(`sample-${createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16)}`, (home) => {
    const input = join(home, 'input');
    mkdirSync(input);
    for (const file of files) cpSync(join(root, 'datasets/sample', file), join(input, file));
    publish(input, join(home, 'data'));
  }, data);
}

/** Whether a file that the web is made of is newer than what was built; a fresh build is left alone, since journeys run side by side. */
function webIsStale(): boolean {
  const built = join(root, 'dist/web/index.html');
  if (!existsSync(built)) return true;
  const sources = ['web', 'datasets'].flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter((f) => /\.(ts|svelte|css|html|svg)$/.test(f)).map((f) => join(root, room, f)));
  return [...sources, join(root, 'vite.config.ts')].some((file) => statSync(file).mtimeMs > statSync(built).mtimeMs);
}

/** Builds the web where it is stale, serves a data directory, opens a browser. `prepare` may fill the directory before it is served. */
export async function openHouse(prepare: (home: string, data: string) => void = () => undefined): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), 'zhiwei-journey-'));
  const data = join(home, 'data');
  prepare(home, data);
  if (webIsStale()) execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  const server = spawn(process.execPath, [zhiwei, 'serve', '--data', data, '--port', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ZHIWEI_WEBHOOK_SECRET: 'only for the journeys' } });
  const { url, oneTime } = await started(server);
  // Without a locale the browser cannot open files with Chinese names.
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 }, acceptDownloads: true })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith(url) && /^https?:/.test(request.url())) complaints.push(`outside request: ${request.url()}`); });
  const close = async () => {
    await browser.close();
    server.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { home, data, url, server, oneTime, page, complaints, close };
}

/** Signs in with a one-time password, as the administrator of a new house where nobody else is named, and sets the password. */
export async function enter({ page, url, oneTime }: Pick<House, 'page' | 'url' | 'oneTime'>, name = 'admin'): Promise<void> {
  await page.goto(url);
  await page.getByLabel('用户名').fill(name);
  await page.getByLabel('密码').fill(oneTime);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('一次性密码').fill(oneTime);
  await page.getByLabel('新密码').fill(password);
  await page.getByLabel('再写一遍').fill(password);
  await page.getByRole('button', { name: '保存' }).click();
}

/** Waits for the lines that tell the address and the one-time password. */
function started(child: ChildProcess): Promise<{ url: string; oneTime: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (piece: Buffer) => {
      text += piece.toString('utf8');
      const [url, oneTime] = [/知微已启动：(\S+)/.exec(text)?.[1], /一次性密码 (\S+?)（/.exec(text)?.[1]];
      if (url && oneTime) resolve({ url, oneTime });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${text}`)));
  });
}
