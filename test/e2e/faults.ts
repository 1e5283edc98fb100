// In: a page that is drawn. Out: what axe finds on it and how far it runs out of the window sideways; both are asserted by the journeys.
// Invariant: asserts nothing itself, so that each journey says where it was.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Axe { run: (where: Document, how: { runOnly?: string[] }) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

/** The findings of axe, each with the first element that has it; of `rules` alone where some are named. */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => (globalThis as unknown as { axe: Axe }).axe.run(document, only ? { runOnly: [...only] } : {}), rules);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}

/** Pixels by which the page is wider than the window. */
export const runsOut = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
