import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints, type AuditList, type EndpointName, type Heat, type Hotspot, type HotspotDetail, type Meta, type MetricsReply, type SourceList, type SqlReply } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

const metrics = (query: unknown) => `/api/metrics?q=${encodeURIComponent(JSON.stringify(query))}`;

describe('reading', () => {
  let s: Running;
  let all: Client, mine: Client, admin: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    mkdirSync(join(dir.private, 'rejects'));
    for (const id of ['s1', 's2']) writeFileSync(join(dir.private, 'rejects', `${id}.xlsx`), 'PK');
    s = await start(dir);
    all = await s.signedIn('group_analyst', 'analyst');
    admin = await s.signedIn('group_admin', 'admin');
    mine = await s.signedIn('mine_admin', 'admin', 'G/M1');
  });
  afterAll(() => s.close());

  it.each<[EndpointName, string]>([
    ['GET /api/meta', '/api/meta'], ['GET /api/metrics', metrics({ metrics: ['petitions', 'repeat_rate'], dimensions: ['branch'] })], ['GET /api/heat', '/api/heat'], ['GET /api/curve', '/api/curve?unit=G/M1&topic=pay'],
    ['GET /api/why', '/api/why?topic=pay&from=2026-10-01&to=2026-10-31'], ['GET /api/hotspots', '/api/hotspots'], ['GET /api/hotspots/:id', '/api/hotspots/h1'], ['GET /api/sources', '/api/sources'], ['GET /api/rejects', '/api/rejects'], ['GET /api/versions', '/api/versions'],
    ['GET /api/sql/schema', '/api/sql/schema'], ['GET /api/users', '/api/users'], ['GET /api/audit', '/api/audit'], ['GET /api/session', '/api/session'], ['GET /api/jobs', '/api/jobs'], ['GET /api/briefing', '/api/briefing?period=2026-10'],
  ])('%s replies in its declared shape', async (name, path) => {
    const reply = await admin.get(path);
    expect(reply.status).toBe(200);
    const endpoint = endpoints[name];
    expect('reply' in endpoint && endpoint.reply.safeParse(reply.json()).error).toBeUndefined();
  });

  it('counts the same by metric and by SQL', async () => {
    const m = (await all.get(metrics({ metrics: ['petitions'], filters: { from: '2026-10-01', to: '2026-10-31' } }))).json<MetricsReply>();
    const sql = (await all.post('/api/sql', { sql: "SELECT count(*) FROM petition WHERE registered_date BETWEEN '2026-10-01' AND '2026-10-31'" })).json<SqlReply>();
    expect([m.rows[0]?.petitions, sql.rows[0]?.[0]]).toEqual([20, 20]);
  });
  it('adds expectations up and their bounds as independent parts', async () => {
    const heat = (await all.get('/api/heat?from=2026-10-05&to=2026-10-18')).json<Heat>();
    expect(heat.rows).toEqual(['M1', 'M10', 'M2'].map((branch_id) => ({ branch_id, topic: 'pay', observed: 6, expected: 4, upper: 4 + Math.sqrt(18) })));
  });
  it('counts what is too rare to have an expectation, and expects none of it', async () => {
    const heat = (await all.get('/api/heat?unit=G/M1&from=2026-10-05&to=2026-10-18')).json<Heat>();
    expect(heat.rows).toEqual([{ branch_id: 'M1A', topic: 'pay', observed: 6, expected: null, upper: null }]);
  });

  describe('within a unit scope', () => {
    it('meta names only the units of the scope', async () => {
      const meta = (await mine.get('/api/meta')).json<Meta>();
      expect([meta.units.map(({ path }) => path), meta.documents]).toEqual([['G/M1', 'G/M1/M1A'], 13]);
    });
    it('a question without a unit is about the scope', async () => {
      const one = (await mine.get(metrics({ metrics: ['petitions'] }))).json<MetricsReply>();
      const byUnit = (await mine.get(metrics({ metrics: ['petitions'], dimensions: ['unit'] }))).json<MetricsReply>();
      expect([one.rows[0]?.petitions, byUnit.rows.map(({ unit }) => unit)]).toEqual([13, ['M1', 'M1A']]);
    });
    it.each(['G', 'G/M2', 'M2', 'G/M10', 'G/M1/../M2', 'G/M', 'nothing', "G/M1' OR true --", '%'])('asking for unit %s is refused everywhere', async (unit) => {
      const u = encodeURIComponent(unit);
      const paths = [metrics({ metrics: ['petitions'], filters: { unit } }), `/api/heat?unit=${u}`, `/api/curve?unit=${u}`, `/api/hotspots?unit=${u}`, `/api/briefing?period=2026-10&unit=${u}`, `/api/briefing.docx?period=2026-10&unit=${u}`];
      const statuses = [];
      for (const path of paths) statuses.push((await mine.get(path)).status);
      expect(statuses).toEqual(paths.map(() => 403));
    });
    it('a unit below the scope may be asked for', async () => {
      expect((await mine.get(metrics({ metrics: ['petitions'], filters: { unit: 'G/M1/M1A' } }))).json<MetricsReply>().rows[0]?.petitions).toBe(1);
    });
    it('hotspots of other units are not listed and not found', async () => {
      expect((await mine.get('/api/hotspots')).json<{ hotspots: Hotspot[] }>().hotspots.map(({ hotspot_id }) => hotspot_id)).toEqual(['h1', 'h3']);
      expect((await mine.get('/api/hotspots/h2')).status).toBe(404);
    });
    it('a file that also holds other units can be seen but its rejected rows cannot be exported', async () => {
      expect((await mine.get('/api/sources')).json<SourceList>().sources.map(({ source_id, exportable }) => [source_id, exportable])).toEqual([['s1', false]]);
      expect((await mine.get('/api/rejects.xlsx?source_id=s1')).status).toBe(404);
      expect((await mine.get('/api/rejects.xlsx?source_id=s2')).status).toBe(404);
      expect((await admin.get('/api/rejects.xlsx?source_id=s1')).status).toBe(200);
      expect((await admin.get('/api/rejects.xlsx?source_id=../../state')).status).toBe(400);
    });
    it('SQL sees the scope alone', async () => {
      expect((await mine.post('/api/sql', { sql: 'SELECT DISTINCT unit_id FROM document ORDER BY 1' })).json<SqlReply>().rows).toEqual([['M1'], ['M1A']]);
    });
    it('going back to an earlier version is for those who see everything', async () => {
      expect((await mine.post('/api/versions/rollback', { version: 1 })).status).toBe(403);
    });
  });

  it('restricted texts are in no reply, whoever asks', async () => {
    const paths = ['/api/meta', metrics({ metrics: ['documents'], dimensions: ['kind'] }), '/api/heat', '/api/curve', '/api/hotspots', '/api/hotspots/h1', '/api/hotspots/h2', '/api/hotspots/h3', '/api/sources', '/api/rejects', '/api/versions', '/api/audit', '/api/briefing?period=2026-10', '/api/alerts', ...[1, 2, 3].flatMap((n) => [`/api/alerts/2026-000${n}`, `/api/alerts/2026-000${n}/report-draft?kind=first`])];
    let seen = '';
    for (const client of [admin, mine, all]) for (const path of paths) seen += (await client.get(path)).text;
    for (const table of ['document', 'petition', 'term', 'hotspot']) seen += (await admin.post('/api/sql', { sql: `SELECT * FROM ${table}` })).text;
    expect(seen).toContain('明文');
    expect(seen).not.toContain('密件');
    const h1 = (await admin.get('/api/hotspots/h1')).json<HotspotDetail>();
    expect(h1.members.map(({ document_id, restricted, text }) => [document_id, restricted, text === null])).toEqual([['d3', false, false], ['d2', false, false], ['d0', true, true]]);
  });
  it('every look at texts, export and query leaves an audit row with its user', async () => {
    const { entries } = (await admin.get('/api/audit?limit=500')).json<AuditList>();
    expect(entries.some(({ user, action, detail }) => user === 'group_admin' && action === 'view_text' && detail.startsWith('热点 h1'))).toBe(true);
    expect(entries.some(({ user, action, detail }) => user === 'group_analyst' && action === 'sql' && detail.includes('FROM petition'))).toBe(true);
    expect(entries.some(({ user, action }) => user === 'group_admin' && action === 'export')).toBe(true);
  });
  it('the log holds neither texts, nor SQL, nor what was asked', async () => {
    await admin.post('/api/sql', { sql: "SELECT text::INTEGER AS 明文探针 FROM document" });
    await admin.get('/api/hotspots?unit=秘密单位');
    expect(s.log()).toContain('"path":"/api/sql"');
    for (const secret of ['明文', '密件', '工资', 'SELECT', '秘密单位', 'filters']) expect([secret, s.log().includes(secret)]).toEqual([secret, false]);
  });
  it('a reply that has not changed is not sent again, and a scope never gets another scope’s', async () => {
    const path = metrics({ metrics: ['petitions'] });
    const etag = (await all.get(path)).headers.get('etag') ?? '';
    // Without a cache-control of its own, fetch asks for a full reply.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await all.get(path, headers)).status).toBe(304);
    expect((await mine.get(path, headers)).status).toBe(200);
  });
  it('errors have one shape and say what to do', async () => {
    for (const [path, status, code] of [['/api/none', 404, 'not_found'], [metrics({ metrics: ['nope'] }), 422, 'bad_query'], ['/api/metrics?q=%7B', 400, 'bad_request'], ['/api/curve?from=yesterday', 400, 'bad_request'], ['/api/curve?nope=1', 400, 'bad_request'], ['/api/hotspots/none', 404, 'not_found']] as const) {
      const reply = await all.get(path);
      expect([path, reply.status, reply.json<{ error: { code: string; message: string } }>().error.code]).toEqual([path, status, code]);
      expect(reply.json<{ error: { message: string } }>().error.message).toMatch(/\p{Script=Han}/u);
    }
    expect((await all.send('POST', '/api/sql', { sql: 'x'.repeat(300_000) })).status).toBe(413);
  });
  it('sends a strict content security policy and no trace of its make', async () => {
    const { headers } = await s.client().get('/');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect([headers.get('x-powered-by'), headers.get('x-content-type-options')]).toEqual([null, 'nosniff']);
  });
  it('describes itself in OpenAPI, every endpoint once', async () => {
    const { paths } = (await s.client().get('/api/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>();
    expect(Object.values(paths).flatMap((methods) => Object.keys(methods)).length).toBe(Object.keys(endpoints).length);
  });
});
