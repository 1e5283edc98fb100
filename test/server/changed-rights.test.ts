import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, SavedQuery, SavedQueryDetail, SqlReply } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

/** What tells of 二矿 and not of 一矿. */
const theirs = /M2\b|二矿|明文标题1[3-7]|"h2"|s2\.xlsx/;
const asked = [
  '/api/meta', `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['petitions'], dimensions: ['unit'], filters: {}, compare: [] }))}`, '/api/heat', '/api/hotspots', '/api/matters', '/api/sources', '/api/search?q=工资',
  '/api/supervision', '/api/queries', '/api/board',
];

describe('a user whose rights have changed', () => {
  const dir = newDataDir();
  let s: Running, user: Client, token: string, query: SavedQuery;
  const rights = (role: Role, unit: string | null) => s.app.house.state.prepare('UPDATE users SET role = ?, unit_path = ? WHERE name = ?').run(role, unit, '某人');
  const outside = (body: object) => s.client().send('POST', '/api/v1/sql', body, { authorization: `Bearer ${token}` });
  const byToken = () => s.client().get(`/api/v1/query/${query.query_id}`, { authorization: `Bearer ${token}` });
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir);
    user = await s.signedIn('某人', 'analyst');
    token = (await user.post('/api/tokens', { name: 'Python' })).json<{ token: string }>().token;
    query = (await user.post('/api/queries', { title: '各单位', sql: 'SELECT unit_id, count(*) AS n FROM document GROUP BY ALL ORDER BY ALL', shared_with: ['leader'], refresh: 'csv' })).json<{ query: SavedQuery }>().query;
    await user.post('/api/board', { pins: [{ query_id: query.query_id, shows: 'table' }] });
    await s.app.house.refresh.start();
  });
  afterAll(() => s.close());

  it('is never given an answer that was made for the old ones', async () => {
    rights('analyst', null);
    const before = new Map(await Promise.all(asked.map(async (path) => [path, await user.get(path)] as const)));
    for (const path of asked.slice(0, 7)) expect(before.get(path)!.text, path).toMatch(theirs);
    rights('analyst', 'G/M1');
    for (const path of asked) {
      const tag = before.get(path)!.headers.get('etag');
      for (const headers of [{}, tag === null ? {} : { 'if-none-match': tag }]) {
        const after = await user.get(path, headers as Record<string, string>);
        expect([path, after.status]).toEqual([path, 200]);
        expect(after.text, path).not.toMatch(theirs);
      }
    }
  });
  it('asks with the new ones: in SQL, by a saved query, by a token, for values of columns and for a document', async () => {
    const units = async () => (await user.post('/api/sql', { sql: 'SELECT DISTINCT unit_id FROM document ORDER BY 1' })).json<SqlReply>().rows.flat();
    rights('analyst', null);
    expect(await units()).toEqual(['M1', 'M10', 'M1A', 'M2']);
    expect((await user.get('/api/documents/d13')).status).toBe(200);
    rights('analyst', 'G/M1');
    expect(await units()).toEqual(['M1', 'M1A']);
    expect((await user.post(`/api/queries/${query.query_id}/run`)).json<SqlReply>().rows).toEqual([['M1', 12], ['M1A', 1]]);
    expect((await byToken()).json()).toEqual([{ unit_id: 'M1', n: 12 }, { unit_id: 'M1A', n: 1 }]);
    expect((await outside({ sql: "FROM metric('petitions', unit => 'G/M2')" })).status).toBe(422);
    for (const table of ['unit', 'document', 'headcount']) expect((await user.get(`/api/sql/values/${table}`)).text, table).not.toMatch(theirs);
    expect((await user.get('/api/documents/d13')).status).toBe(404);
  });
  it('takes no file along that was made with the old ones', async () => {
    rights('analyst', null);
    expect((await user.get(`/api/queries/${query.query_id}/exports/1`)).text).toContain('M2,6');
    rights('analyst', 'G/M1');
    expect((await user.get(`/api/queries/${query.query_id}`)).json<SavedQueryDetail>().exports).toEqual([]);
    expect((await user.get(`/api/queries/${query.query_id}/exports/1`)).status).toBe(404);
  });
  it('writes no more queries once no analyst, in a page or by a token, and changes none; what is shared with the new role is read', async () => {
    rights('leader', 'G/M2');
    for (const [path, body] of [['/api/sql', { sql: 'SELECT 1' }], ['/api/sql/file', { sql: 'SELECT 1', format: 'csv' }], [`/api/queries/${query.query_id}`, { title: 'x', sql: 'SELECT 2' }]] as const) expect((await user.post(path, body)).status, path).toBe(403);
    expect((await outside({ sql: 'SELECT 1' })).status).toBe(403);
    expect((await byToken()).json()).toEqual([{ unit_id: 'M2', n: 6 }]);
    await s.app.house.refresh.start();
  });
  it('has no file made any more after the next publishing', async () => {
    rights('clerk', null);
    await publish(dir, 2);
    await s.app.house.warehouse.refresh();
    await s.app.house.refresh.start();
    rights('analyst', null);
    const [newest] = (await user.get(`/api/queries/${query.query_id}`)).json<SavedQueryDetail>().exports;
    expect(newest).toMatchObject({ version: 2, rows: null, error: expect.stringContaining('已不能查询') as string });
  });
  it('is nobody once removed: neither session nor token opens anything', async () => {
    s.app.house.state.prepare('DELETE FROM users WHERE name = ?').run('某人');
    expect((await user.get('/api/meta')).status).toBe(401);
    expect((await outside({ sql: 'SELECT 1' })).status).toBe(401);
    expect((await byToken()).status).toBe(401);
  });
  it('is not the one removed, though of the same name', async () => {
    await s.signedIn('某人', 'analyst');
    expect((await user.get('/api/meta')).status).toBe(401);
    expect((await outside({ sql: 'SELECT 1' })).status).toBe(401);
  });
});
