import { describe, expect, it } from 'vitest';
import { Kept } from '../../server/kept.ts';
import { Warehouse } from '../../server/warehouse.ts';
import type { MetricsReply } from '../../server/api.ts';
import { start } from './client.ts';
import { newDataDir, point, publish } from './sample-warehouse.ts';

/** Counts how often each value is really made. */
function maker() {
  const made: string[] = [];
  return { made, make: (value: string) => () => { made.push(value); return Promise.resolve(value); } };
}
const kept = (most = 1_000) => new Kept<string>(most, (value) => value.length);
const metric = (unit?: string) => `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['petitions'], ...(unit && { filters: { unit } }) }))}`;

describe('server/kept.ts', () => {
  it('makes a value once for all who want it at the same time or later', async () => {
    const values = kept(), { made, make } = maker();
    const both = await Promise.all([values.get('a', make('A')), values.get('a', make('B'))]);
    expect([...both, await values.get('a', make('C'))]).toEqual(['A', 'A', 'A']);
    expect(made).toEqual(['A']);
  });
  it('makes it again after a failure, which all who waited are told', async () => {
    const values = kept(), { made, make } = maker();
    const fail = () => Promise.reject(new Error('disk'));
    expect((await Promise.allSettled([values.get('a', fail), values.get('a', make('joined'))])).map((r) => r.status)).toEqual(['rejected', 'rejected']);
    expect(await values.get('a', make('A'))).toBe('A');
    expect(made).toEqual(['A']);
  });
  it('lets go of what was unused longest when there is too much, and keeps nothing that is too large by itself', async () => {
    const values = kept(22), { made, make } = maker();
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await values.get(key, make(key.repeat(9)));
    expect(made.map((v) => v[0])).toEqual(['a', 'b', 'c', 'b']);
    await values.get('d', make('d'.repeat(30)));
    await values.get('d', make('d'));
    await values.get('e', make('e'));
    await values.get('d', make('d'));
    expect(made.slice(4).map((v) => v[0])).toEqual(['d', 'd', 'e']);
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
  it('are told apart by every value and its type, and nobody can change the rows for the others', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    const warehouse = await Warehouse.open(dir, { pollMs: 20 });
    const [number, text, none] = await warehouse.use((reader) => Promise.all([[1], ['1'], [null]].map((params) => reader.answer<{ it: string }>('SELECT typeof(?) AS it', params))));
    expect(new Set([number, text, none].map((rows) => rows?.[0]?.it)).size).toBe(3);
    expect(() => { number![0]!.it = 'b'; }).toThrow(TypeError);
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
