// Texts that want to be more than text, read wherever the pages show them: nothing of them runs, all of it is to be read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsHere, enter, openHouse, publish, type House } from './start.ts';

/** Each would leave a trace if it ran; the last ones only look like something else. */
const hostile = ['<img src=x onerror=trace(1)>', '<script>trace(2)</script>', '<svg onload=trace(3)>', '"><iframe srcdoc="<script>parent.trace(4)</script>">', '[点我](javascript:trace(5))', '<a href="javascript:trace(6)">看</a>', '<style>*{display:none}</style>', '\u202e反着写的\u202c', "=HYPERLINK(\"javascript:trace(7)\")", '{{constructor.constructor("trace(8)")()}}', '${trace(9)}', '&lt;img src=x onerror=trace(10)&gt;'];
const says = ['区队绩效工资已经三个月没有发放，多次询问没有答复，请求尽快解决。', '工资拖欠两个月，家里老人看病没有钱，要求补发工资。', '工资少发了没有说明，职工很不满意，请公开工资的算法。'];
const units = ['一矿', '<svg/onload=trace(11)>矿', '=1+1矿'];
const day = (i: number) => `2026-${i % 3 === 0 ? '09' : '10'}-${String(1 + (i % 27)).padStart(2, '0')}`;
const ledger = Array.from({ length: 72 }, (_, i) => { const words = hostile[i % hostile.length]!; return { 登记编号: `X${i}`, 信访日期: day(i), 单位: units[i % units.length], 标题: `${words}工资`, 内容: `${words}${says[i % says.length]}${words}第 ${i + 1} 件。`, 信访目的: '申诉求决', 信访形式: '来信', 办理结果: `${words}已办` }; });

/** As it is read: marks that turn the direction of writing are taken out at the import. */
const read = hostile.map((words) => words.replace(/[\u202c\u202e]/g, ''));

/** Notes what runs, or tries to and is stopped by the page's policy. */
const watch = `window.traces = []; window.trace = (n) => { traces.push('ran ' + n); };
for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { traces.push(name); };
addEventListener('securitypolicyviolation', (e) => { traces.push('stopped ' + e.violatedDirective + ' ' + e.blockedURI); });`;

describe.skipIf(!browserIsHere)('texts that want to be more than text, on the pages', () => {
  let house: House | undefined;
  let page: Page, url: string, complaints: string[];
  beforeAll(async () => {
    house = await openHouse((home, data) => {
      const input = join(home, 'input');
      mkdirSync(input);
      writeFileSync(join(input, '<b>台账.jsonl'), ledger.map((row) => JSON.stringify(row)).join('\n'));
      publish(input, data);
    });
    ({ page, url, complaints } = house);
    await page.addInitScript(watch);
    await enter(house);
    await page.locator('header.masthead').waitFor();
  }, 300_000);
  afterAll(() => house?.close());

  /** What of the texts has become part of the page, or ran. */
  const alive = () => page.evaluate(() => ({
    ran: (globalThis as unknown as { traces: string[] }).traces,
    made: [...document.querySelectorAll('body script, body style, iframe, object, embed, base, img[src="x"], [onerror], [onload], [srcdoc], a[href^="javascript:" i]')].map((element) => element.outerHTML.slice(0, 80)),
  }));
  const nothing = { ran: [], made: [] };
  const shows = async (where: ReturnType<Page['locator']>, words: readonly string[]) => { const text = await where.innerText(); for (const word of words) expect(text).toContain(word); };

  it('are read in the search and in the text that it opens', async () => {
    await page.goto(`${url}/search?q=${encodeURIComponent('工资')}`);
    await page.getByRole('heading', { name: /72 条文字/ }).waitFor();
    const seen = new Set<string>();
    for (let n = 1; n <= 4; n++) {
      await page.goto(`${url}/search?q=${encodeURIComponent('工资')}&page=${n}`);
      await page.getByText(`第 ${n} 页，共 4 页`).waitFor();
      const text = await page.locator('main ol').innerText();
      for (const words of read) if (text.includes(words)) seen.add(words);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(await alive()).toEqual(nothing);
    }
    expect([...seen].sort()).toEqual([...read].sort());
    await page.locator('main ol button.open').first().click();
    const opened = page.getByRole('dialog', { name: '一条文字' });
    await opened.getByText('已办').waitFor();
    const whole = await opened.innerText();
    // Once in the title, twice in the text, once in the outcome.
    expect(read.map((words) => whole.split(words).length - 1).filter((n) => n >= 4)).toHaveLength(1);
    expect(await alive()).toEqual(nothing);
  }, 60_000);

  it('are read in the result of a query, its columns’ profiles, its pivot, and drawn, not made, in its charts', async () => {
    const sql = 'SELECT d.title AS "<img src=x onerror=trace(12)>", u.name AS 单位, any_value(d.text) AS 文字, count(*) AS 件数 FROM document d JOIN unit u USING (unit_id) GROUP BY ALL ORDER BY ALL';
    await page.goto(`${url}/query?sql=${encodeURIComponent(sql)}`);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(2).waitFor();
    for (const words of read) expect(await grid.getByRole('gridcell').filter({ hasText: words.slice(0, 20) }).count(), words).toBeGreaterThan(0);
    for (const kind of ['bar', 'line', 'heat', 'scatter', 'box']) {
      const chart = JSON.stringify({ kind, x: '<img src=x onerror=trace(12)>', y: ['件数'], by: kind === 'box' ? null : '单位' });
      await page.goto(`${url}/query?sql=${encodeURIComponent(sql)}&chart=${encodeURIComponent(chart)}`);
      const drawing = page.getByRole('img', { name: /数字见下表/ });
      await drawing.locator('canvas').first().waitFor();
      const box = await drawing.boundingBox();
      if (!box) throw new Error('the chart has no place');
      for (const [x, y] of [[0.3, 0.3], [0.3, 0.6], [0.6, 0.5], [0.8, 0.8], [0.45, 0.95]] as const) await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 3 });
      expect(await alive(), kind).toEqual(nothing);
      // A tooltip is drawn too: the chart has no element but its canvas.
      expect(await drawing.locator('.chart *').evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))].sort()), kind).toEqual(['CANVAS', 'DIV']);
      expect(await drawing.locator('.chart').innerText()).toBe('');
    }
    await grid.getByRole('button').first().click();
    await shows(page.getByRole('dialog'), ['<img src=x onerror=trace(12)>']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '透视' }).click();
    await page.getByRole('region', { name: '透视的行与列' }).waitFor();
    expect(await alive()).toEqual(nothing);
  }, 120_000);

  it('are read as the name and the folder of a kept query, and on the board', async () => {
    await page.goto(`${url}/query?sql=${encodeURIComponent('SELECT title, count(*) AS 件数 FROM document GROUP BY ALL')}`);
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByLabel('名称').fill(hostile[0]!);
    await page.getByLabel('文件夹').fill(hostile[1]!);
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { level: 1, name: hostile[0]! }).waitFor();
    await page.getByRole('button', { name: '放上看板' }).click();
    await page.goto(`${url}/board`);
    await page.getByRole('article', { name: hostile[0]! }).waitFor();
    await shows(page.locator('main'), [hostile[0]!]);
    expect(await alive()).toEqual(nothing);
  }, 60_000);

  it('are read where a briefing quotes them, in its preview and in its editor, also written by hand', async () => {
    await page.goto(`${url}/briefing`);
    await page.locator('main h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await shows(page.locator('main'), [units[1]!]);
    const preview = await page.locator('main').innerText();
    expect(read.some((words) => preview.includes(words)), 'one of them is quoted').toBe(true);
    expect(await alive()).toEqual(nothing);
    await page.getByRole('button', { name: '起草这份月报' }).click();
    await page.getByRole('heading', { level: 1, name: /月报草稿，还没有改动$/ }).waitFor();
    expect(await alive()).toEqual(nothing);
    await page.getByRole('button', { name: '点这里写' }).click();
    const written = hostile.filter((words) => !/["\u202e]/.test(words)).join('');
    await page.keyboard.insertText(`请看${written}办理`);
    await page.getByText(/^已存 \d/).waitFor();
    await page.reload();
    await page.locator('.sentence', { hasText: '请看' }).waitFor();
    await shows(page.locator('.sentence', { hasText: '请看' }), [written]);
    // Pasted with its tags, a text comes in as text.
    await page.locator('.sentence', { hasText: '请看' }).click();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/html', '<img src=x onerror=trace(13)><b onclick=trace(14)>贴来的</b>');
      data.setData('text/plain', '贴来的<img src=x onerror=trace(13)>');
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.locator('.sentence', { hasText: '贴来的<img src=x onerror=trace(13)>' }).waitFor();
    expect(await alive()).toEqual(nothing);
  }, 120_000);

  it('are read on every other page that names units and texts, with no complaint of the browser', async () => {
    for (const at of ['/', '/units', '/topics', '/handling', '/hotspots', '/alerts', '/data', '/audit', '/wall']) {
      await page.goto(url + at);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await alive(), at).toEqual(nothing);
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});
