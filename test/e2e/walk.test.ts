// Every page once as administrator, on a desk, in both themes: drawn without a complaint, nothing that is already read moves, and without a finding of axe.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyAddress, openFullHouse } from './every-page.ts';
import { findingsInBothThemes, mostShift, openWatched, watchShifts } from './faults.ts';
import { browserIsHere, type House } from './start.ts';

describe.skipIf(!browserIsHere)('a walk through every page', () => {
  let house: House;
  beforeAll(async () => { house = await openFullHouse(); await watchShifts(house.page, 1440); }, 300_000);
  afterAll(() => house?.close());

  it.each(everyAddress)('%s is drawn, does not move what is already read, and is accessible, light and dark', async (address) => {
    const { page, url, complaints } = house;
    complaints.splice(0);
    const { shift, moved } = await openWatched(page, url + address);
    expect(shift, moved.join('\n')).toBeLessThan(mostShift);
    expect(await page.locator('.skeleton').count(), 'nothing is still waited for').toBe(0);
    expect(await findingsInBothThemes(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('compares who asks for what by another group when one is chosen', async () => {
    const { page, url } = house;
    await page.goto(`${url}/topics?period=12m`);
    const groups = page.locator('section', { has: page.getByLabel('按什么分') });
    await groups.getByRole('img', { name: /每百份答卷/ }).waitFor();
    await groups.getByLabel('按什么分').selectOption('unit_kind');
    await groups.getByRole('img', { name: /占这类单位全部文字/ }).waitFor();
    await groups.getByRole('button', { name: '表格' }).click();
    await groups.getByRole('columnheader', { name: '区队' }).waitFor();
  }, 60_000);

  it('takes the months dragged over on a chart of topics as the period', async () => {
    const { page, url } = house;
    await page.goto(url);
    const chart = page.getByRole('img', { name: /按月、按诉求，同一尺度/ });
    await chart.locator('canvas').first().waitFor();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (!box) throw new Error('the chart has no place on the page');
    await page.mouse.move(box.x + 40, box.y + 60);
    await chart.locator('.chart.awake canvas').first().waitFor();
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/period=\d{4}-\d{2}\.\.\d{4}-\d{2}/);
  }, 60_000);

  it('prints each chart as a picture, in light colours whatever the screen is', async () => {
    const { page, url } = house;
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(url);
    await page.getByRole('img', { name: /按单位、按诉求/ }).locator('canvas').first().waitFor();
    await page.waitForLoadState('networkidle');
    const charts = await page.locator('.chart').count();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('.chart + img').evaluateAll((all) => all.filter((img) => img instanceof HTMLImageElement && img.naturalWidth > 0 && img.offsetHeight > 0).length)).toBe(charts);
    expect(await page.locator('canvas:visible').count()).toBe(0);
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe('rgb(28, 27, 24)');
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  }, 60_000);
});
