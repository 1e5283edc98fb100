import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLedger } from './ledger.ts';
import { runsOut } from './faults.ts';
import { browserIsHere, enter, openHouse, type House } from './start.ts';

describe.skipIf(!browserIsHere)('the journey of a new administrator, from sign-in to the briefing', () => {
  let house: House | undefined;
  let home: string;
  let url: string;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    house = await openHouse();
    ({ home, url, page, complaints } = house);
  });
  afterAll(() => house?.close());

  it('signs in with the one-time password and must change it', async () => {
    if (house) await enter(house);
    await page.getByRole('heading', { name: '还没有数据' }).waitFor();
  });

  it('shows what an untidy ledger would become, then imports it', async () => {
    const ledger = await writeLedger(join(home, '2026年10月信访台账.xlsx'));
    await page.getByRole('link', { name: '去导入' }).click();
    await page.locator('input[type=file]').setInputFiles(ledger.file);
    await page.getByRole('heading', { name: `可导入 ${ledger.accepted} 行，退回 ${ledger.rejected} 行` }).waitFor({ timeout: 60_000 });
    expect(await page.getByLabel('“反映的主要问题”作为').inputValue()).toBe('text');
    await page.getByRole('button', { name: `导入 ${ledger.accepted} 行` }).click();
    await page.getByRole('heading', { name: `已导入 ${ledger.accepted} 行，发布为第 1 版` }).waitFor({ timeout: 180_000 });
  }, 300_000);

  it('finds the ledger’s figures on the overview', async () => {
    await page.getByRole('link', { name: '看总览' }).click();
    const figures = page.getByRole('region', { name: '主要数字' });
    await figures.getByText('信访总量', { exact: true }).waitFor();
    expect(await figures.locator('.value').first().innerText()).toMatch(/^24\s*件次$/);
    await page.getByRole('heading', { name: '10 月登记信访 24 件，环比多 8 件' }).waitFor();
  });

  it('keeps the view in the address, and the back button returns to it', async () => {
    await page.getByLabel('时段', { exact: true }).selectOption('3m');
    await page.waitForURL('**/?period=3m');
    await page.getByRole('link', { name: '热点', exact: true }).click();
    await page.waitForURL('**/hotspots?period=3m');
    await page.goBack();
    await page.goBack();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByLabel('时段', { exact: true }).inputValue()).toBe('month');
  });

  it('answers a question in SQL and explains a wrong one', async () => {
    await page.getByRole('link', { name: '查询', exact: true }).click();
    const editor = page.getByRole('textbox', { name: 'SQL 查询' });
    await editor.fill('SELECT count(*) AS 件数, count(*) FILTER (is_joint) AS 集体访 FROM petition');
    await editor.press('Control+Enter');
    await page.getByRole('gridcell', { name: '40', exact: true }).waitFor();
    await editor.fill('SELECT nothing FROM petition');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '第 1 行第 8 列：没有名为“nothing”的列' }).waitFor();
    complaints.splice(0);
  });

  it('makes the briefing of the month as a Word file', async () => {
    await page.getByRole('link', { name: '月报', exact: true }).click();
    await page.getByText('数字的出处').waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), page.getByRole('button', { name: '下载 Word' }).click()]);
    const zip = await JSZip.loadAsync(readFileSync(await download.path()));
    expect(await zip.file('word/document.xml')?.async('string')).toContain('信访');
  }, 180_000);

  it('fits a phone and asks nobody outside', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/', '/hotspots', '/alerts', '/surveys', '/data', '/query', '/briefing', '/users', '/settings', '/audit', '/quality']) {
      await page.goto(url + path);
      await page.locator('main h1').first().waitFor().catch(async () => { throw new Error(`${path}: ${await page.locator('body').innerText()} ${complaints.join('\n')}`); });
      expect(await runsOut(page), path).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });
});
