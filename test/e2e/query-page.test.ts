import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterWithLedger } from './ledger.ts';
import { browserIsHere, type House } from './start.ts';

describe.skipIf(!browserIsHere)('the page of queries, asked and read', () => {
  let house: House | undefined;
  let page: Page, url: string, complaints: string[];

  beforeAll(async () => {
    house = await enterWithLedger();
    ({ page, url, complaints } = house);
  }, 300_000);
  afterAll(() => house?.close());

  it('asks several statements or the selection alone, and tells at which line and column one goes wrong, with DuckDB’s own words beside it', async () => {
    await page.goto(`${url}/query`);
    const editor = page.getByRole('textbox', { name: 'SQL 查询' });
    await editor.fill("SELECT ';' AS 甲;\n-- 一; 二\nSELECT 2 AS 乙, 3 AS 丙;\nSELECT\n  nope FROM document");
    await editor.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: '第 5 行第 3 列：没有名为“nope”的列' }).waitFor();
    await page.getByRole('alert').locator('pre').filter({ hasText: 'Referenced column "nope" not found in FROM clause' }).waitFor();
    expect(await page.getByRole('tab').filter({ hasText: '行' }).allInnerTexts()).toEqual(['1：1 行', '2：1 行']);
    await page.getByRole('tab', { name: '2：1 行' }).click();
    await page.getByRole('columnheader', { name: '丙' }).waitFor();
    // The first line alone.
    await editor.press('Control+Home');
    await editor.press('Shift+End');
    await editor.press('Control+Enter');
    await page.getByRole('columnheader', { name: '甲' }).waitFor();
    expect(await page.getByRole('grid').getByRole('gridcell').allInnerTexts()).toEqual([';']);
    expect(await page.getByRole('tab').filter({ hasText: '行' }).count()).toBe(0);
    await page.getByRole('tab', { name: '查过的' }).click();
    await page.getByRole('listitem').filter({ hasText: "SELECT ';' AS 甲" }).first().waitFor();
    complaints.splice(0);
  }, 60_000);

  it('shows what tables hold, in few rows of the page a hundred thousand, by each column what it holds, and gives chosen cells to the clipboard', async () => {
    await page.goto(`${url}/query?sql=${encodeURIComponent("SELECT range AS 号, range % 7 AS 余, '=1+' || range AS 字, DATE '2026-01-01' + (range % 300)::INT AS 日, 0.5::DECIMAL(9,2) AS 小, 9007199254740993 + range AS 大 FROM range(100000)")}`);
    await page.getByRole('heading', { name: '100,000 行' }).waitFor();
    const grid = page.getByRole('grid'), rows = grid.locator('tbody tr');
    expect(await grid.getAttribute('aria-rowcount')).toBe('100001');
    expect(await rows.count()).toBeLessThan(80);
    await page.locator('.area').evaluate((area) => { area.scrollTop = area.scrollHeight; });
    await grid.getByRole('gridcell', { name: '99,999', exact: true }).waitFor();
    expect(await rows.count()).toBeLessThan(80);
    expect((await rows.filter({ hasText: '99,999' }).last().getByRole('gridcell').allInnerTexts()).slice(0, 6)).toEqual(['99,999', '4', '=1+99999', '2026-04-10', '0.50', '9,007,199,254,840,992']);
    await grid.getByRole('button', { name: '余' }).click();
    const panel = page.getByRole('dialog', { name: /^余：/ });
    for (const [term, value] of [['最小', '0'], ['最大', '6'], ['不同的值', '7'], ['空', '0']]) expect(await panel.locator('div', { has: page.getByText(term!, { exact: true }) }).locator('dd').innerText(), term).toBe(value);
    await panel.getByRole('button', { name: '降序' }).click();
    await page.locator('th[aria-sort=descending]').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    const copied = await grid.evaluate((sheet) => { const data = new DataTransfer(); sheet.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true })); return [data.getData('text/plain'), data.getData('text/html')]; });
    // Put in order, it is read from its beginning.
    expect(copied[0]).toBe('6\t6');
    expect(copied[1]).toContain('<td');
    await page.getByRole('tab', { name: '表与列' }).click();
    const document = page.locator('details', { has: page.locator('summary code', { hasText: /^document$/ }) });
    await document.locator('summary').click();
    await document.getByText('每行是', { exact: false }).first().waitFor();
    await document.getByRole('button', { name: '集体访', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is asked, ordered, filtered, pinned, pivoted and drawn by keyboard alone', async () => {
    /** Goes on by Tab to what is named so, and sees that it is shown where the keyboard is. */
    const to = async (name: string, key = 'Tab') => {
      for (let n = 0; n < 150; n++) {
        await page.keyboard.press(key);
        const at = await page.evaluate(() => { const e = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement; return e instanceof HTMLElement ? { name: (e.getAttribute('aria-label') ?? (e instanceof HTMLInputElement || e instanceof HTMLSelectElement ? e.labels?.[0]?.innerText : undefined) ?? e.innerText).trim(), seen: e.matches(':focus-visible') } : null; });
        if (at?.name.startsWith(name)) { expect(at.seen, name).toBe(true); return; }
      }
      throw new Error(`${key} never came to ${name}`);
    };
    const press = async (...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };
    const shown = () => new URL(page.url()).searchParams;
    await page.goto(`${url}/query`);
    await page.getByRole('textbox', { name: 'SQL 查询' }).waitFor();
    await to('SQL 查询');
    await press('Control+a');
    await page.keyboard.insertText('SELECT u.name AS 单位, d.channel AS 渠道, count(*) AS 件次, sum(d.people) AS 人次 FROM document d JOIN unit u USING (unit_id) GROUP BY ALL ORDER BY ALL');
    await press('Control+Enter');
    await page.getByRole('grid').waitFor();
    await to('件次');
    await press('Enter');
    await to('降序');
    await press('Enter');
    await page.locator('th[aria-sort=descending]', { hasText: '件次' }).waitFor();
    await to('固定在左');
    await press('Enter');
    expect(await page.getByRole('columnheader').first().innerText()).toContain('件次');
    await to('筛选');
    await page.keyboard.type('>5');
    await page.getByText(/^筛出 \d+ 行，共 \d+ 行/).waitFor();
    await press('Escape');
    await press('ArrowDown', 'ArrowDown', 'Shift+ArrowRight');
    expect(await page.locator('[aria-selected=true][role=gridcell], td[aria-selected=true]').count()).toBe(2);
    await to('图形', 'Shift+Tab');
    await press('ArrowDown');
    await page.waitForURL((at) => at.searchParams.get('chart')?.includes('"line"') ?? false);
    await to('横轴');
    await press('ArrowDown');
    await page.waitForURL((at) => at.searchParams.get('chart')?.includes('"x":"渠道"') ?? false);
    await to('透视', 'Shift+Tab');
    await press('Enter');
    await page.getByRole('region', { name: '透视的行与列' }).waitFor();
    expect(JSON.parse(shown().get('pivot') ?? '{}')).toMatchObject({ down: ['单位'], across: '渠道', value: '件次', how: 'sum' });
    await to('算法');
    await press('ArrowDown');
    await page.waitForURL((at) => at.searchParams.get('pivot')?.includes('"how":"count"') ?? false);
    await page.getByRole('columnheader', { name: '合计' }).waitFor();
  }, 60_000);
});
