// Links that someone who sees all units sends on: opened by each role that sees another unit alone, they tell what is the matter and no word of what they lead to.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/api.ts';
import { browserIsHere, enter, openHouse, publishSample, type House } from './start.ts';

const files = ['单位树.xlsx', '在岗人数.xlsx', '2026年信访台账（截至10月31日）.xlsx'];
const mine = 'HY/HY01';
const roleOnly = '这项功能供信访专员、管理员使用';
const outside = '不在您的查看范围内，或这版数据里没有它；下面是东山煤矿的';

/** What each link leads to, what it says to whom may not see it, and words that only whom may see it can read. */
interface Sent { what: string; path: string; says: string | Record<'leader' | 'analyst' | 'clerk', string>; never: string[] }

/** Asks the server as the page does, with its session. */
const ask = (page: Page, path: string, body?: unknown) => page.evaluate(async ([to, text]) => {
  const { csrf } = await (await fetch('/api/session')).json() as { csrf: string };
  const reply = await fetch(to, text === null ? {} : { method: 'POST', body: text, headers: { 'content-type': 'application/json', 'x-csrf-token': csrf } });
  return { status: reply.status, body: await reply.json() as Record<string, unknown> };
}, [path, body === undefined ? null : JSON.stringify(body)] as const);

describe.skipIf(!browserIsHere)('links of one who sees all, opened by one who sees a mine', () => {
  let house: House;
  const sent: Sent[] = [];
  beforeAll(async () => {
    house = await openHouse((_home, data) => { publishSample(files, data); });
    const { page } = house;
    await enter(house);
    await page.locator('header.masthead').waitFor();
    const of = async <T>(path: string, body?: unknown) => (await ask(page, path, body)).body as T;
    const { alerts } = await of<{ alerts: { alert_id: string; title: string; unit_path: string; unit_name: string }[] }>('/api/alerts');
    const alert = alerts.find((a) => /^HY\/HY\d\d/.test(a.unit_path) && !a.unit_path.startsWith(mine));
    if (!alert) throw new Error('no alert of another unit');
    const theirs = alert.unit_path.split('/').slice(0, 2).join('/');
    const { hotspots } = await of<{ hotspots: { hotspot_id: string; title: string }[] }>(`/api/hotspots?unit=${theirs}&limit=50`);
    const { hits } = await of<{ hits: { document_id: string; text: { text: string }[] }[] }>(`/api/search?q=${encodeURIComponent('工资')}&unit=${theirs}`);
    const { draft } = await of<{ draft: { draft_id: number } }>('/api/briefing/drafts', { period: '2026-10', unit: theirs });
    const { query } = await of<{ query: { query_id: string } }>('/api/queries', { title: '只给自己存的一条', sql: 'SELECT 42 AS 谁也没给' });
    const { units } = await of<{ units: { path: string; name: string }[] }>('/api/meta');
    const name = units.find((u) => u.path === theirs)!.name, [hotspot, hit] = [hotspots[0]!, hits[0]!];
    sent.push(
      { what: 'an alert', path: `/alerts/${alert.alert_id}`, says: '没有这条预警，或它不在你的查看范围内', never: [alert.title, name] },
      { what: 'the report on an alert', path: `/alerts/${alert.alert_id}/report?kind=first`, says: { leader: roleOnly, analyst: roleOnly, clerk: '没有这条预警，或它不在你的查看范围内' }, never: [alert.title, name] },
      { what: 'a hotspot', path: `/hotspots/${hotspot.hotspot_id}?period=12m`, says: '没有这个热点，或它不在你的查看范围内', never: [hotspot.title, name] },
      { what: 'a document', path: `/search?q=${encodeURIComponent('工资')}&open=${hit.document_id}`, says: '没有这条文字，或它不在你的查看范围内', never: [hit.text.map((t) => t.text).join(''), name] },
      { what: 'a unit', path: `/units?unit=${theirs}`, says: outside, never: [name] },
      { what: 'a unit on the overview', path: `/?unit=${theirs}&period=12m`, says: outside, never: [name] },
      { what: 'a briefing', path: `/briefing?report=2026-09&unit=${theirs}`, says: outside, never: [name] },
      { what: 'a draft', path: `/briefing/drafts/${draft.draft_id}`, says: { leader: '没有这份稿件，或它不在你的查看范围内', analyst: '这项功能供领导、信访专员、管理员使用', clerk: '没有这份稿件，或它不在你的查看范围内' }, never: [name] },
      { what: 'a saved query', path: `/query/${query.query_id}`, says: '这条查询打不开', never: ['只给自己存的一条', '谁也没给'] },
    );
  }, 300_000);
  afterAll(() => house?.close());

  it.each(['leader', 'analyst', 'clerk'] as const satisfies readonly Role[])('%s reads what is the matter, and nothing else', async (role) => {
    const { page, url } = house;
    const context = await page.context().browser()!.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } }), other = await context.newPage();
    const oneTime = (await ask(page, '/api/users', { name: `矿上${role}`, role, unit_path: mine })).body['password'];
    await enter({ page: other, url, oneTime: String(oneTime) }, `矿上${role}`);
    await other.locator('header.masthead').waitFor();
    const heard: string[] = [];
    other.on('response', (reply) => { if (reply.url().includes('/api/')) void reply.text().then((text) => heard.push(text), () => undefined); });
    for (const { what, path, says, never } of sent) {
      heard.splice(0);
      await other.goto(url + path);
      const words = typeof says === 'string' ? says : says[role];
      await other.locator('main, dialog').getByText(words).first().waitFor({ timeout: 30_000 }).catch(() => { throw new Error(`${role} opens ${what} and does not read: ${words}`); });
      await other.waitForLoadState('networkidle');
      const seen = await other.locator('body').innerText();
      for (const word of never) expect([what, word, seen.includes(word) || heard.some((text) => text.includes(word))]).toEqual([what, word, false]);
      expect([what, await other.getByRole('button', { name: '再试一次' }).count()]).toEqual([what, 0]);
      expect(await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await context.close();
  }, 120_000);
});
