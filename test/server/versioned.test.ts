import { afterEach, describe, expect, it } from 'vitest';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { MetricsReply } from '../../server/api.ts';
import type { Reader } from '../../server/warehouse.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, point, publish, rows } from './sample-warehouse.ts';

const metric = (filters: Record<string, string> = {}) => `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['petitions'], filters }))}`;
const paths = ['/api/meta', metric(), '/api/heat', '/api/curve', '/api/supervision', '/api/hotspots', '/api/matters', '/api/cases', '/api/topics/keywords?from=2026-10-01&to=2026-10-28&topic=pay', '/api/topics/together?from=2026-10-01&to=2026-10-28&topic=pay', '/api/surveys', '/api/why?from=2026-10-01&to=2026-10-28&topic=pay', '/api/rejects', '/api/briefing?period=2026-10'];
const counted = async (client: Client, filters?: Record<string, string>) => (await client.get(metric(filters))).json<MetricsReply>().rows[0]?.['petitions'];

let running: Running[] = [];
async function serve(dir = newDataDir()) {
  const s = await start(dir);
  running.push(s);
  return { s, dir, readers: async () => ({ all: await s.signedIn('all', 'leader'), one: await s.signedIn('one', 'leader', 'G/M1'), two: await s.signedIn('two', 'leader', 'G/M2') }) };
}
async function published() {
  const dir = newDataDir();
  await publish(dir, 1);
  return serve(dir);
}
afterEach(async () => { await Promise.all(running.map((s) => s.close())); running = []; });

/** From now on the version can say only what it has kept. */
const silence = (reader: Reader) => Object.assign(reader, { query: () => Promise.reject(new ZhiweiError('failed', 'asked again')) });
/** Silences each version as it begins to be served. */
function silenceWhenWarm({ warehouse, asked }: Running['app']['house']): { servedMeanwhile: (number | null)[] } {
  const seen: { servedMeanwhile: (number | null)[] } = { servedMeanwhile: [] };
  warehouse.onOpened = async (reader, wanted) => {
    await asked.warm(reader, wanted);
    seen.servedMeanwhile.push(warehouse.version);
    silence(reader);
  };
  return seen;
}

describe('server/versioned.ts', () => {
  it('sends the same reply in each encoding, packed where that saves a packet', async () => {
    const all = await (await published()).s.signedIn('all', 'leader');
    const replies = await Promise.all(['br', 'gzip', 'identity', 'gzip, deflate, br'].map((encoding) => all.get('/api/meta', { 'accept-encoding': encoding })));
    expect(replies.map((r) => r.headers.get('content-encoding'))).toEqual(['br', 'gzip', null, 'br']);
    expect(new Set(replies.map((r) => r.text)).size).toBe(1);
    expect((await all.get(metric(), { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBeNull();
    expect(replies[0]?.headers.get('vary')).toMatch(/Cookie.*Accept-Encoding/);
  });
  it('keeps a reply while its version is served, so that nobody asks the file twice', async () => {
    const { s, readers } = await published(), { all, one } = await readers();
    const before = await Promise.all(paths.map(async (path) => (await one.get(path)).text));
    await s.app.house.warehouse.use((reader) => Promise.resolve(silence(reader)));
    expect(await Promise.all(paths.map(async (path) => (await one.get(path)).text))).toEqual(before);
    expect((await all.get(metric())).status).toBe(500);
  });
  it('never gives a reader what was kept for other units, whoever asked first', async () => {
    const [shared, alone] = [await published(), await published()];
    const { all, one, two } = await shared.readers(), own = await alone.readers();
    for (const path of paths) await all.get(path);
    for (const path of paths) expect([path, (await one.get(path)).text, (await two.get(path)).text]).toEqual([path, (await own.one.get(path)).text, (await own.two.get(path)).text]);
    expect([await counted(all), await counted(one), await counted(two)]).toEqual([20, 13, 6]);
    expect((await one.get(metric({ unit: 'G/M2' }))).status).toBe(403);
  });
  it('gives a reader whose units or role have changed nothing of what she had before', async () => {
    const { s, readers } = await published(), { one } = await readers();
    const first = await one.get(metric()), headers = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    expect([first.json<MetricsReply>().rows[0]?.['petitions'], (await one.get(metric(), headers)).status]).toEqual([13, 304]);
    s.app.house.state.prepare("UPDATE users SET unit_path = 'G/M2' WHERE name = 'one'").run();
    const moved = await one.get(metric(), headers);
    expect([moved.status, moved.json<MetricsReply>().rows[0]?.['petitions']]).toEqual([200, 6]);
    s.app.house.state.prepare("UPDATE users SET unit_path = 'G/M1', role = 'clerk' WHERE name = 'one'").run();
    expect((await one.get(metric(), headers)).status).toBe(200);
  });
  it('tells whoever may not ask so before anything else, also where the reply is kept', async () => {
    const { s, readers } = await published(), { all } = await readers();
    const etag = (await all.get(metric())).headers.get('etag') ?? '';
    expect((await s.client().get(metric(), { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status).toBe(401);
    expect((await all.get('/api/heat?nope=1')).status).toBe(400);
  });
});

describe('server/asked-questions.ts', () => {
  it('has a new version answer what was asked of the last one before it is served, each reader within her units', async () => {
    const { s, dir, readers } = await published(), { all, one, two } = await readers();
    for (const client of [all, one, two]) await Promise.all(paths.map((path) => client.get(path)));
    const { servedMeanwhile } = silenceWhenWarm(s.app.house), fewer = rows(2), gone = new Set(['d3', 'd13']);
    await publish(dir, 2, { ...fewer, document: [...fewer.document ?? []].filter((d) => !gone.has(d.document_id)), petition: [...fewer.petition ?? []].filter((p) => !gone.has(p.document_id)) });
    await s.app.house.warehouse.refresh();
    expect([servedMeanwhile, s.app.house.warehouse.version]).toEqual([[1], 2]);
    expect([await counted(all), await counted(one), await counted(two)]).toEqual([18, 12, 5]);
    for (const client of [all, one, two]) for (const path of paths) expect([path, (await client.get(path)).status]).toEqual([path, 200]);
    expect((await all.get(metric({ topic: 'pay' }))).status).toBe(500);
  });
  it('asks for the days that pages will ask for once data reach further', async () => {
    const { s, dir, readers } = await published(), { one } = await readers();
    await one.get(metric({ from: '2026-10-01', to: '2026-10-28' }));
    silenceWhenWarm(s.app.house);
    await publish(dir, 2, { ...rows(2), run: [...rows(2).run ?? []].map((r) => ({ ...r, as_of: '2026-11-12' })) });
    await s.app.house.warehouse.refresh();
    expect(await counted(one, { from: '2026-11-01', to: '2026-11-12' })).toBe(0);
    expect((await one.get(metric({ from: '2026-10-01', to: '2026-10-28' }))).status).toBe(500);
  });
  it('is not waited for where an earlier version is gone back to', async () => {
    const { s, dir } = await published(), { warehouse } = s.app.house;
    await publish(dir, 2);
    await warehouse.refresh();
    let done = () => {};
    warehouse.onOpened = () => new Promise((resolve) => { done = resolve; });
    point(dir, 1);
    await warehouse.refresh();
    expect(warehouse.version).toBe(1);
    done();
  });
  it('remembers after a restart what was asked before', async () => {
    const { s, dir, readers } = await published(), { one } = await readers();
    await Promise.all(paths.map((path) => one.get(path)));
    await s.close();
    running = [];
    const again = (await serve(dir)).s, { warehouse, asked } = again.app.house;
    await warehouse.use(async (reader) => { await asked.warm(reader, () => true); silence(reader); });
    const back = await again.signedIn('one', 'leader', 'G/M1');
    for (const path of paths) expect([path, (await back.get(path)).status]).toEqual([path, 200]);
  });
  it('serves a version although a question can no longer be answered', async () => {
    const { s, dir, readers } = await published(), { all } = await readers();
    await Promise.all([metric({ unit: 'G/M2' }), metric()].map((path) => all.get(path)));
    silenceWhenWarm(s.app.house);
    await publish(dir, 2, { ...rows(2), unit: [...rows(2).unit ?? []].filter((u) => u.unit_id !== 'M2') });
    await s.app.house.warehouse.refresh();
    expect(s.app.house.warehouse.version).toBe(2);
    expect((await all.get(metric())).status).toBe(200);
    point(dir, 1);
    await s.app.house.warehouse.refresh();
    expect((await all.get(metric({ unit: 'G/M2' }))).status).toBe(200);
  });
});
