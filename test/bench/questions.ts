// In: a published data directory, or none (the sample is published first). Out: seconds from pressing each ready-made question to its table and chart, in a browser; axe's findings on the page.
// Invariant: the page as it is built and served; nothing is warmed up but the editor.
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { questions } from '../../web/questions.ts';
import { enter, openHouse, publish, root } from '../e2e/start.ts';

const given = process.argv[2];
const house = await openHouse((_home, data) => { if (given) cpSync(join(given, 'warehouse'), join(data, 'warehouse'), { recursive: true }); else publish(join(root, 'datasets/sample'), data); });
try {
  const { page, url, complaints } = house;
  await enter(house);
  await page.locator('header.masthead').waitFor();
  await page.goto(`${url}/query`);
  await page.getByRole('textbox', { name: 'SQL 查询' }).waitFor();
  const seconds: number[] = [];
  for (const { title } of questions) {
    const started = performance.now();
    await page.getByRole('button', { name: title, exact: true }).click();
    await page.waitForFunction((sql) => decodeURIComponent(location.search.replaceAll('+', ' ')).includes(sql) && document.querySelector('#result[aria-busy=false]') !== null, questions.find((q) => q.title === title)?.sql.slice(0, 40) ?? '');
    const drawn = await page.locator('#result canvas').first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
    const took = (performance.now() - started) / 1000;
    if (drawn) seconds.push(took);
    process.stdout.write(`${drawn ? `${took.toFixed(2)} s` : 'no chart'}\t${title}\t${await page.locator('#result h2').innerText()}\n`);
  }
  seconds.sort((a, b) => a - b);
  process.stdout.write(`${seconds.length} of ${questions.length} drawn; median ${seconds[Math.floor(seconds.length / 2)]?.toFixed(2)} s, slowest ${seconds.at(-1)?.toFixed(2)} s\n`);
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Buttons take 140 ms to change their colours.
    await page.waitForTimeout(500);
    await page.evaluate(axe);
    const violations = await page.evaluate(`axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')))`);
    process.stdout.write(`axe ${colorScheme}: ${JSON.stringify(violations)}\n`);
  }
  process.stdout.write(`console and outside requests: ${JSON.stringify(complaints)}\n`);
} finally {
  await house.close();
}
