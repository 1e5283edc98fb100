// In: a page that is drawn, or to be opened. Out: what axe finds on it, how far it runs out of the window sideways, how far it shifted; all are asserted by the journeys.
// Invariant: asserts nothing itself, so that each journey says where it was.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Axe { run: (where: Document, how: { resultTypes: string[]; runOnly?: string[] }) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

/** The findings of axe, each with the first element that has it; of `rules` alone where some are named. */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => (globalThis as unknown as { axe: Axe }).axe.run(document, { resultTypes: ['violations'], ...(only && { runOnly: [...only] }) }), rules);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}

/** What axe finds in the dark theme, which differs in colours alone, and in the light one, in which the page stays. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, rules] of [['dark', ['color-contrast', 'link-in-text-block']], ['light', undefined]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await axeFindings(page, rules)).map((finding) => `${colorScheme}: ${finding}`));
  }
  return found;
}

const watch = `window.shifts = []; const text = (node) => ((node && node.textContent) || '').trim().slice(0, 30);
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifts.push({ value: e.value, what: e.sources.map((s) => text(s.node) + ' ' + s.previousRect.y + ' → ' + s.currentRect.y) }); }).observe({ type: 'layout-shift', buffered: true });`;

/** From now on, every page opened here, in a window of that width and with nothing kept from the page before, is watched for what moves. */
export async function watchShifts(page: Page, width: number): Promise<void> {
  await (await page.context().newCDPSession(page)).send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(watch);
  await page.setViewportSize({ width, height: width > 800 ? 900 : 844 });
}

/** Opens an address, as it is drawn where nothing is asked of motion, until nothing more is waited for: its cumulative layout shift, and what moved. */
export async function openWatched(page: Page, address: string): Promise<{ shift: number; moved: string[] }> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: { value: number; what: string[] }[] }).shifts);
  return { shift: shifts.reduce((sum, { value }) => sum + value, 0), moved: shifts.flatMap(({ what }) => what) };
}

/** So much may move of what is already read: a fifth of what is taken for good. */
export const mostShift = 0.02;

/** Pixels by which the page is wider than the window. */
export const runsOut = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
