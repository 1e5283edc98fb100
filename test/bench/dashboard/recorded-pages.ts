// In: a page signed in. Out: what each page of the dashboard asks of the server, as the browser asks it, in several views.
// Invariant: no list of questions is kept here; a page that asks something new is measured with it.
import type { Page } from 'playwright-core';
import type { Meta } from '../../../server/api.ts';

export interface Opened { page: string; asks: string[] }

const paths = ['/', '/hotspots', '/topics', '/units', '/handling', '/search'] as const;

/** Everything, each branch of the first ones by path, one topic, and the last year. */
function views({ units }: Meta, branches: number): Record<string, string>[] {
  const below = units.filter((u) => u.level === 1).slice(0, branches);
  return [{}, { period: '12m' }, { topic: 'pay' }, ...below.map(({ path }) => ({ unit: path })), ...below.slice(0, 2).map(({ path }) => ({ unit: path, period: '3m' }))];
}

/** The first answers over many documents take their time. */
const patience = 600_000;

export async function recordPages(page: Page, url: string, branches = 4): Promise<Opened[]> {
  const meta = await (await page.request.get(`${url}/api/meta`)).json() as Meta;
  const opened: Opened[] = [];
  for (const view of views(meta, branches)) {
    for (const path of paths) {
      const asks = new Set<string>();
      const note = (request: { url(): string; method(): string }) => {
        const { pathname, search } = new URL(request.url());
        if (request.method() === 'GET' && pathname.startsWith('/api/') && !['/api/session', '/api/events'].includes(pathname)) asks.add(pathname + search);
      };
      page.on('request', note);
      await page.goto(`${url}${path}?${new URLSearchParams({ ...view, ...(path === '/search' && { q: '拖欠工资' }) })}`, { waitUntil: 'networkidle', timeout: patience });
      page.off('request', note);
      opened.push({ page: path, asks: [...asks] });
    }
  }
  return opened;
}
