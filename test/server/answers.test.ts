import { describe, expect, it } from 'vitest';
import type { MetricsReply } from '../../server/api.ts';
import { Answers } from '../../server/answers.ts';
import { Warehouse, type PlainRow } from '../../server/warehouse.ts';
import { start } from './client.ts';
import { newDataDir, point, publish } from './sample-warehouse.ts';

/** Counts how often each question is really asked. */
function asker() {
  const asked: string[] = [];
  return { asked, ask: (name: string, rows: PlainRow[] = [{ name }]) => () => { asked.push(name); return Promise.resolve(rows); } };
}
const metric = (unit?: string) => `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['petitions'], ...(unit && { filters: { unit } }) }))}`;

describe('server/answers.ts', () => {
  it('asks a question once for all who ask it at the same time or later', async () => {
    const answers = new Answers(), { asked, ask } = asker();
    const both = await Promise.all([answers.rows('a', [1], ask('a')), answers.rows('a', [1], ask('a'))]);
    expect([...both, await answers.rows('a', [1], ask('a'))]).toEqual([[{ name: 'a' }], [{ name: 'a' }], [{ name: 'a' }]]);
    expect(asked).toEqual(['a']);
  });
  it('tells questions apart by every value and its type', async () => {
    const answers = new Answers(), { asked, ask } = asker();
    await answers.rows('a', [1], ask('number'));
    await answers.rows('a', ['1'], ask('text'));
    await answers.rows('a', [1, null], ask('two'));
    await answers.rows('a', [], ask('none'));
    expect(asked).toEqual(['number', 'text', 'two', 'none']);
  });
  it('asks again after a failure, which all who waited are told', async () => {
    const answers = new Answers(), { asked, ask } = asker();
    const fail = () => Promise.reject(new Error('disk'));
    expect((await Promise.allSettled([answers.rows('a', [], fail), answers.rows('a', [], ask('joined'))])).map((r) => r.status)).toEqual(['rejected', 'rejected']);
    expect(await answers.rows('a', [], ask('a'))).toEqual([{ name: 'a' }]);
    expect(asked).toEqual(['a']);
  });
  it('lets go of what was unused longest when there is too much, and keeps nothing that is too large by itself', async () => {
    const answers = new Answers(60), { asked, ask } = asker();
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await answers.rows(name, [], ask(name, [{ v: 'x'.repeat(10) }]));
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
    await answers.rows('d', [], ask('d', [{ v: 'x'.repeat(100) }]));
    await answers.rows('d', [], ask('d', [{ v: 'x' }]));
    await answers.rows('e', [], ask('e', [{ v: 'x' }]));
    await answers.rows('d', [], ask('d'));
    expect(asked).toEqual(['a', 'b', 'c', 'b', 'd', 'd', 'e']);
  });
  it('keeps rows that nobody can change for the others', async () => {
    const [row] = await new Answers().rows('a', [], asker().ask('a'));
    expect(() => { row!['name'] = 'b'; }).toThrow(TypeError);
  });
});

describe('kept answers of the server', () => {
  it('are those of the version served', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    await publish(dir, 2);
    const warehouse = await Warehouse.open(dir, { pollMs: 20 });
    const versionOf = () => warehouse.use((reader) => reader.answer('SELECT version FROM run'));
    expect(await versionOf()).toEqual([{ version: 2 }]);
    point(dir, 1);
    await warehouse.refresh();
    expect(await versionOf()).toEqual([{ version: 1 }]);
    warehouse.close();
  });
  it('never reach a reader of other units, whoever asks first', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    const s = await start(dir);
    const [all, one, two] = [await s.signedIn('leader', 'leader'), await s.signedIn('one', 'leader', 'G/M1'), await s.signedIn('two', 'leader', 'G/M2')];
    const count = async (client: typeof all, unit?: string) => (await client.get(metric(unit))).json<MetricsReply>().rows[0]?.['petitions'];
    for (let round = 0; round < 2; round++) expect([await count(all), await count(one), await count(two), await count(all, 'G/M2')]).toEqual([20, 13, 6, 6]);
    const titles = async (client: typeof all) => (await client.get('/api/hotspots')).json<{ hotspots: { hotspot_id: string }[] }>().hotspots.map((h) => h.hotspot_id).sort();
    for (let round = 0; round < 2; round++) expect([await titles(all), await titles(one), await titles(two)]).toEqual([['h1', 'h2', 'h3'], ['h1', 'h3'], ['h2']]);
    expect((await one.get(metric('G/M2'))).status).toBe(403);
    await s.close();
  });
});
