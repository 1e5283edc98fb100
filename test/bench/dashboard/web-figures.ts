// In: a browser signed in, an address. Out: what a reader waits for when the overview opens afresh: script, first and largest paint, shift.
// Invariant: each opening has an empty cache; figures are the median of five.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface WebFigures { first: number; largest: number; shift: number; scriptKb: number; scripts: number }

const observe = `window.seen = { largest: 0, shift: 0 };
new PerformanceObserver((l) => { for (const e of l.getEntries()) window.seen.largest = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; }).observe({ type: 'layout-shift', buffered: true });`;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export async function webFigures(page: Page, url: string, root: string, path = '/'): Promise<WebFigures> {
  const browser = page.context().browser(), storageState = await page.context().storageState();
  const runs: (Omit<WebFigures, 'scriptKb' | 'scripts'> & { files: string[] })[] = [];
  for (let run = 0; run < 5; run++) {
    const context = await browser!.newContext({ storageState, locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    const fresh = await context.newPage();
    await fresh.addInitScript(observe);
    await fresh.goto(url + path, { waitUntil: 'networkidle' });
    await fresh.waitForTimeout(500);
    runs.push(await fresh.evaluate(`({ ...window.seen, first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      files: performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname).filter((p) => p.endsWith('.js')) })`));
    await context.close();
  }
  const files = new Set(runs[0]?.files);
  const bytes = [...files].map((file) => gzipSync(readFileSync(join(root, 'dist/web', file))).length);
  return { first: median(runs.map((r) => r.first)), largest: median(runs.map((r) => r.largest)), shift: median(runs.map((r) => r.shift)), scripts: files.size, scriptKb: bytes.reduce((a, b) => a + b, 0) / 1024 };
}
