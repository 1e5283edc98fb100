import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, runsOut } from './faults.ts';
import { enterWithLedger } from './ledger.ts';
import { browserIsHere, enter, type House } from './start.ts';

const byUnit = "SELECT u.name AS 单位, count(*) AS 件次, '=1+1' AS 备注\nFROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id\nWHERE date_trunc('month', p.registered_date) = {{month}}\nGROUP BY ALL ORDER BY 单位";

describe.skipIf(!browserIsHere)('the journey of an analyst: a query kept, shared, pinned, read from outside', () => {
  let house: House | undefined;
  let page: Page, url: string, complaints: string[];
  /** Where the kept query opens. */
  let path = '';

  beforeAll(async () => {
    house = await enterWithLedger();
    ({ page, url, complaints } = house);
  }, 300_000);
  afterAll(() => house?.close());

  const download = async (format: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: format, exact: true }).click()]);
    return { bytes: readFileSync(await file.path()), name: file.suggestedFilename() };
  };
  const cells = (n: number) => page.locator(`[role=grid] tbody tr td:nth-child(${n})`).allInnerTexts();
  const newUser = async (name: string, role: string, unit: string) => {
    await page.goto(`${url}/users`);
    await page.getByLabel('用户名').fill(name);
    await page.getByLabel('角色').selectOption({ label: role });
    await page.getByLabel('可见单位').selectOption({ label: await page.getByLabel('可见单位').locator('option', { hasText: unit }).first().innerText() });
    await page.getByRole('button', { name: '添加' }).click();
    return page.locator('.password').innerText();
  };

  it('offers a field for each parameter, and orders and filters the answer by its columns', async () => {
    await page.goto(`${url}/query`);
    const editor = page.getByRole('textbox', { name: 'SQL 查询' });
    await editor.fill(byUnit);
    await editor.press('Control+Enter');
    await page.getByRole('heading', { name: '4 行' }).waitFor();
    await page.getByLabel('month').selectOption('2026-09');
    await page.waitForURL(/month=2026-09/);
    await page.waitForFunction(() => document.querySelector('#result[aria-busy=false] [role=grid] td:nth-child(2)')?.textContent === '4');
    expect(await cells(2)).toEqual(['4', '4', '4', '4']);
    await page.getByRole('grid').getByRole('button', { name: '单位' }).click();
    await page.getByRole('button', { name: '降序' }).click();
    await page.locator('th[aria-sort=descending]').waitFor();
    // By sound: yi, xuan, san, er.
    expect(await cells(1)).toEqual(['一矿', '选煤厂', '三矿', '二矿']);
    await page.getByRole('textbox', { name: '筛选' }).fill('矿');
    await page.getByText('筛出 3 行，共 4 行').waitFor();
  });

  it('gives the whole as CSV that no spreadsheet takes for a formula, and as a workbook that opens', async () => {
    const csv = await download('CSV');
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.bytes.toString('utf8').split('\r\n').slice(0, 2)).toEqual(['\ufeff单位,件次,备注', "一矿,4,'=1+1"]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await download('Excel')).bytes as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    expect([sheet?.getCell('A2').value, sheet?.getCell('B2').value, sheet?.getCell('C2').formula]).toEqual(['一矿', 4, undefined]);
  });

  it('keeps the query by Ctrl + S, marks what was changed since, and keeps that as a second version', async () => {
    await page.goto(`${url}/query?sql=${encodeURIComponent(byUnit)}&month=2026-09`);
    await page.getByRole('heading', { name: '4 行' }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByLabel('名称').fill('各单位件次');
    await page.getByLabel('文件夹').fill('例行');
    await page.getByLabel('领导').check();
    await page.getByLabel('每次发布后刷新并导出').selectOption('csv');
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.waitForURL('**/query/q*');
    path = new URL(page.url()).pathname;
    await page.getByRole('heading', { level: 1, name: '各单位件次' }).waitFor();
    const editor = page.getByRole('textbox', { name: 'SQL 查询' });
    await editor.fill(byUnit.replace(", '=1+1' AS 备注", ''));
    await page.getByText('改过，还没有存').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 版').waitFor();
    await page.getByRole('button', { name: '历次写法' }).click();
    await page.getByRole('region', { name: '两版的差别' }).getByText("'=1+1' AS 备注", { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  });

  it('takes a removal back', async () => {
    await page.getByRole('button', { name: '删去', exact: true }).click();
    await page.getByRole('button', { name: '收回' }).click();
    await page.waitForURL(`**${path}`);
    await page.getByRole('heading', { level: 1, name: '各单位件次' }).waitFor();
  });

  it('opens by its link for a leader of one mine, with that mine alone; not for whom it is not shared with', async () => {
    for (const [name, role, sees] of [['矿领导', '领导', true], ['专员', '信访专员', false]] as const) {
      const oneTime = await newUser(name, role, '三矿');
      const browser = page.context().browser();
      const theirs = await browser!.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
      await enter({ page: theirs, url, oneTime }, name);
      await theirs.locator('header.masthead').waitFor();
      await theirs.goto(`${url}${path}?month=2026-10`);
      if (sees) {
        await theirs.getByRole('heading', { name: '1 行' }).waitFor();
        expect(await theirs.getByRole('gridcell').allInnerTexts()).toEqual(['三矿', '6']);
        expect(await theirs.getByRole('textbox', { name: 'SQL 查询' }).count()).toBe(0);
      } else await theirs.getByRole('heading', { name: '这条查询打不开' }).waitFor();
      await theirs.context().close();
    }
  });

  it('stands on the board, as a chart and as a table, in an order that the keyboard changes and a reload keeps', async () => {
    await page.goto(`${url}/query?sql=${encodeURIComponent('SELECT count(*) AS 件次 FROM petition')}`);
    await page.getByRole('heading', { name: '1 行' }).waitFor();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByLabel('名称').fill('总件次');
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.getByRole('button', { name: '放上看板' }).click();
    await page.getByRole('link', { name: '看板', exact: true }).click();
    await page.getByLabel('放上一条').selectOption({ label: '例行 / 各单位件次' });
    const items = page.locator('article h2');
    await page.waitForFunction(() => document.querySelectorAll('article').length === 2);
    expect(await items.allInnerTexts()).toEqual(['总件次', '各单位件次']);
    await page.getByRole('article', { name: '各单位件次' }).getByRole('img').waitFor();
    await page.getByRole('article', { name: '各单位件次' }).getByRole('button', { name: '换成表' }).click();
    await page.getByRole('article', { name: '各单位件次' }).getByRole('cell', { name: '选煤厂' }).waitFor();
    await page.getByRole('article', { name: '各单位件次' }).getByRole('button', { name: '换成图' }).click();
    await page.getByRole('article', { name: '各单位件次' }).getByRole('img').waitFor();
    await page.getByRole('button', { name: '《各单位件次》前移' }).press('Enter');
    await page.getByText('《各单位件次》移到第 1 项').waitFor();
    await page.reload();
    await page.getByRole('article', { name: '总件次' }).getByRole('cell', { name: '40' }).waitFor();
    await page.getByRole('article', { name: '各单位件次' }).getByRole('img').waitFor();
    expect(await items.allInnerTexts()).toEqual(['各单位件次', '总件次']);
    await page.getByRole('article', { name: '总件次' }).locator('header').dragTo(page.getByRole('article', { name: '各单位件次' }));
    await page.getByText('《总件次》移到第 1 项').waitFor();
  });

  it('gives a token this once, with which a program reads the query until it is revoked', async () => {
    await page.locator('details.account summary').click();
    await page.getByRole('link', { name: '访问令牌' }).click();
    await page.getByLabel('用途').fill('月度表');
    await page.getByRole('button', { name: '新建' }).click();
    const token = await page.locator('.token').innerText();
    const ask = () => fetch(`${url}/api/v1${path}?format=csv&month=2026-10`, { headers: { authorization: `Bearer ${token}` } });
    expect(Buffer.from(await (await ask()).arrayBuffer()).toString('utf8')).toBe('\ufeff单位,件次\r\n一矿,6\r\n三矿,6\r\n二矿,6\r\n选煤厂,6\r\n');
    await page.getByLabel('哪条查询').selectOption({ label: '例行 / 各单位件次' });
    expect(await page.getByRole('region', { name: 'curl 的写法' }).innerText()).toContain(`${url}/api/v1${path}?format=csv`);
    await page.reload();
    await page.getByRole('heading', { name: '1 个访问令牌在用' }).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(token);
    await page.getByRole('button', { name: '停用“月度表”' }).click();
    await page.getByRole('button', { name: '停用“月度表”' }).click();
    await page.getByRole('heading', { name: '还没有访问令牌' }).waitFor();
    expect((await ask()).status).toBe(401);
  });

  it('has the file written after publishing, and no fault that a machine can find, on desk and phone, light and dark', async () => {
    await page.goto(url + path);
    await page.getByRole('button', { name: '下载第 1 版的 CSV' }).waitFor();
    for (const at of [path, '/board', '/tokens']) {
      for (const [width, scheme] of [[1440, 'light'], [390, 'dark']] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(url + at);
        await page.locator('main h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        expect(await runsOut(page), `${at} at ${width}`).toBeLessThanOrEqual(0);
        expect(await axeFindings(page), `${at} at ${width}, ${scheme}`).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });
});
