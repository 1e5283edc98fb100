import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factSql, factTables } from '../../datasets/fact-tables.ts';
import { findingsInBothThemes, runsOut } from './faults.ts';
import { browserIsHere, enter, openHouse, password, publishWholeSample, type House } from './start.ts';

describe.skipIf(!browserIsHere)('the journey of a briefing, from its draft to the final version', () => {
  let house: House | undefined;
  let page: Page;
  let url: string;
  let path = '';

  beforeAll(async () => {
    house = await openHouse((_home, data) => { publishWholeSample(data); });
    ({ page, url } = house);
    await enter(house);
    await page.getByRole('link', { name: '月报', exact: true }).click();
    await page.getByRole('button', { name: '起草这份月报' }).click();
    await page.getByRole('heading', { level: 1, name: /月报草稿，还没有改动$/ }).waitFor();
    path = new URL(page.url()).pathname;
  }, 300_000);
  afterAll(() => house?.close());

  const first = () => page.locator('.sentence').first();
  const chips = () => first().locator('.chip').allInnerTexts();
  /** What the keyboard shows beside the first figure of a text that is only read. */
  const nameShown = async (reader: Page) => { const figure = reader.locator('[data-name]').first(); await figure.focus(); return figure.evaluate((span) => getComputedStyle(span, '::after').content); };
  const saved = () => page.getByText(/^已存 \d/).waitFor();

  it('lets words be changed and keeps the figures as they are', async () => {
    const before = await chips();
    await first().click();
    await page.keyboard.press('Home');
    await page.keyboard.type('据统计，');
    await page.getByRole('heading', { level: 1, name: /改了 1 句$/ }).waitFor();
    await first().locator('.chip').first().click();
    await page.keyboard.type('9');
    expect(await chips()).toEqual(before);
    await page.keyboard.press('Control+Z');
    await page.getByRole('heading', { level: 1, name: /还没有改动$/ }).waitFor();
    await page.getByRole('button', { name: '重做' }).click();
    await page.getByRole('heading', { level: 1, name: /改了 1 句$/ }).waitFor();
    await saved();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /改了 1 句$/ }).waitFor();
    expect(await first().innerText()).toContain('据统计，');
  });

  it('moves sentences, and puts back what was taken out', async () => {
    const [one, two] = [await first().innerText(), await page.locator('.sentence').nth(1).innerText()];
    await first().click();
    await page.getByRole('group', { name: '这一句' }).getByRole('button', { name: '下移' }).click();
    await expect.poll(() => first().innerText()).toBe(two);
    await page.getByRole('group', { name: '这一句' }).getByRole('button', { name: '删去' }).click();
    await page.getByText('删去了 1 处').click();
    await page.getByRole('button', { name: '放回' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => first().innerText()).toBe(one);
    await saved();
  });

  it('shows in changed sentences too what newer data say, once it was accepted', async () => {
    const before = await chips(), { data } = house!, next = join(data, 'warehouse', 'v000002.duckdb');
    copyFileSync(join(data, 'warehouse', 'v000001.duckdb'), next);
    const instance = await DuckDBInstance.create(next), connection = await instance.connect();
    await connection.run("UPDATE run SET version = 2; DELETE FROM petition WHERE document_id IN (SELECT document_id FROM petition WHERE registered_date BETWEEN '2026-10-01' AND '2026-10-31' ORDER BY document_id LIMIT 7)");
    for (const name of factTables) await connection.run(`CREATE OR REPLACE TABLE ${name} AS ${factSql(name, (table) => table)}`);
    await connection.run('CHECKPOINT');
    connection.closeSync();
    instance.closeSync();
    writeFileSync(join(data, 'warehouse', 'next.json'), JSON.stringify({ version: 2, file: 'v000002.duckdb' }));
    renameSync(join(data, 'warehouse', 'next.json'), join(data, 'warehouse', 'current.json'));
    const accept = page.getByRole('button', { name: '全部接受' });
    await expect.poll(async () => { await page.reload(); await first().waitFor(); return accept.waitFor({ timeout: 8000 }).then(() => true, () => false); }, { timeout: 60_000 }).toBe(true);
    await accept.click();
    await page.getByRole('button', { name: '改用第 2 版数据' }).click();
    await expect.poll(async () => Number((await chips())[0])).toBe(Number(before[0]) - 7);
    expect(await first().innerText()).toContain('据统计，');
    const shown = await chips();
    await page.reload();
    await first().waitFor();
    expect(await chips()).toEqual(shown);
  }, 120_000);

  it('loses nothing when the session ends in the middle of a sentence', async () => {
    await page.context().clearCookies();
    await page.getByRole('button', { name: '点这里写' }).click();
    await page.keyboard.type('请三矿月底前补发');
    await page.getByLabel('用户名').waitFor();
    await page.getByLabel('用户名').fill('admin');
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('button', { name: '恢复', exact: true }).click();
    await page.getByText('请三矿月底前补发').waitFor();
    await saved();
  });

  it('refuses a quotation that nobody wrote, then goes to the leader, who approves and freezes it', async () => {
    const advice = page.locator('.sentence', { hasText: '请三矿月底前补发' });
    await advice.click();
    await page.keyboard.press('End');
    await page.keyboard.type('，有人说“这句话其实谁也没有写过”');
    await page.getByText('引用须逐字照录').waitFor();
    await page.getByRole('button', { name: '提交审批…' }).click();
    await page.getByRole('dialog').getByText('引用须逐字照录').waitFor();
    await page.getByRole('button', { name: '回去改' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('引用须逐字照录').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '提交审批…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { level: 1, name: /待审批，admin提交$/ }).waitFor();
    expect(await findingsInBothThemes(page), '待审批').toEqual([]);

    await page.goto(`${url}/users`);
    await page.getByLabel('用户名').fill('王书记');
    await page.getByLabel('角色').selectOption('leader');
    await page.getByRole('button', { name: '添加' }).click();
    const oneTime = await page.getByText(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/).innerText();
    const context = await page.context().browser()?.newContext({ locale: 'zh-CN', acceptDownloads: true });
    const leader = await context?.newPage();
    if (!leader) throw new Error('no second page');
    await enter({ page: leader, url: `${url}/briefing`, oneTime }, '王书记');
    await leader.getByRole('link', { name: '去审批' }).click();
    await leader.locator('[data-mark="改"]').first().waitFor();
    expect(await findingsInBothThemes(leader), '去审批').toEqual([]);
    expect(await nameShown(leader)).toMatch(/^"信访总量.*。出处：.+，2026年10月/);
    await leader.getByRole('button', { name: '审批定稿…' }).click();
    await leader.getByRole('dialog').waitFor();
    expect(await findingsInBothThemes(leader), '审批定稿').toEqual([]);
    await leader.getByRole('dialog').getByRole('button', { name: '定稿' }).click();
    await leader.getByRole('heading', { level: 1, name: /已定稿/ }).waitFor({ timeout: 60_000 });
    const hash = await leader.locator('code').first().innerText();
    const [download] = await Promise.all([leader.waitForEvent('download'), leader.getByRole('button', { name: '下载定稿 Word' }).click()]);
    expect(createHash('sha256').update(readFileSync(await download.path())).digest('hex')).toBe(hash);
    expect(await leader.locator('main').innerText()).toContain('请三矿月底前补发');
    expect(await nameShown(leader)).toMatch(/^"信访总量.*。出处：.+，2026年10月/);
    await context?.close();
  }, 180_000);

  it('can be read by everyone, on a phone too, in light and dark', async () => {
    await page.goto(`${url}${path}`);
    await page.getByRole('button', { name: '起草更正稿' }).click();
    await page.getByText('点一句就能改').waitFor();
    const correction = new URL(page.url()).pathname;
    for (const [width, height] of [[1440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      for (const at of ['/briefing', '/briefing?report=2026-Q3', path, correction]) {
        await page.goto(url + at);
        await page.locator('main h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        if (at.includes('Q3')) expect(await page.locator('label', { hasText: '报告' }).locator('select').inputValue()).toBe('quarter');
        expect(await runsOut(page), `${at} at ${width}`).toBeLessThanOrEqual(0);
        expect(await findingsInBothThemes(page), `${at} at ${width}`).toEqual([]);
      }
    }
  }, 300_000);
});
