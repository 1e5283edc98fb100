import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList, Board, SavedQuery, SavedQueryDetail, SqlReply } from '../../../server/api.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish, rows } from '../sample-warehouse.ts';

const byMonth = "SELECT unit_id, count(*) AS n FROM document WHERE date_trunc('month', received_date) = {{month}} AND ({{unit}} IS NULL OR unit_id = {{unit}}) GROUP BY ALL ORDER BY ALL";
const input = (over: object = {}) => ({ title: '本月各单位', sql: byMonth, defaults: { month: 'latest', unit: null }, folder: '例行', shared_with: ['leader'], ...over });

describe('saved queries', () => {
  const dir = newDataDir();
  let s: Running, analyst: Client, other: Client, leader: Client, minder: Client;
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir);
    [analyst, other, leader, minder] = await Promise.all([s.signedIn('分析', 'analyst'), s.signedIn('别的', 'analyst', 'G/M1'), s.signedIn('领导', 'leader', 'G/M1'), s.signedIn('管理', 'admin')]);
  });
  afterAll(() => s.close());

  const saved = async (over: object = {}) => (await analyst.post('/api/queries', input(over))).json<{ query: SavedQuery }>().query;
  const detail = async (client: Client, id: string) => (await client.get(`/api/queries/${id}`)).json<SavedQueryDetail>();
  const run = async (client: Client, id: string, values: object = {}) => client.post(`/api/queries/${id}/run`, { values });

  it('tell their parameters, and run with their defaults or with what is given', async () => {
    const query = await saved();
    expect(query).toMatchObject({ owner: '分析', version_no: 1, mine: true, parameters: [{ name: 'month', type: 'month' }, { name: 'unit', type: 'unit' }] });
    expect((await run(analyst, query.query_id)).json<SqlReply>().rows).toEqual([['M1', 12], ['M10', 1], ['M1A', 1], ['M2', 6]]);
    expect((await run(analyst, query.query_id, { unit: '二矿' })).json<SqlReply>().rows).toEqual([['M2', 6]]);
    expect((await run(analyst, query.query_id, { month: '2026-09' })).json<SqlReply>().rows).toEqual([]);
    expect((await run(analyst, query.query_id, { month: '2026-09; DROP VIEW document' })).status).toBe(400);
  });
  it('run with the rights of their reader, not of their owner', async () => {
    const { query_id } = await saved();
    expect((await run(leader, query_id)).json<SqlReply>().rows).toEqual([['M1', 12], ['M1A', 1]]);
    expect((await run(leader, query_id, { unit: 'G/M2' })).status).toBe(422);
    const texts = await saved({ sql: 'SELECT text, title FROM document', defaults: {} });
    expect((await run(leader, texts.query_id)).text).not.toContain('密件');
  });
  it('are seen by their owner and by the roles they are shared with', async () => {
    const { query_id } = await saved({ shared_with: ['clerk'] });
    expect((await leader.get(`/api/queries/${query_id}`)).status).toBe(404);
    expect((await run(other, query_id)).status).toBe(404);
    expect((await other.get('/api/queries')).text).not.toContain(query_id);
    expect((await detail(minder, query_id)).query.mine).toBe(true);
  });
  it('keep every version, and write an earlier one anew; only the owner changes them', async () => {
    const { query_id } = await saved({ shared_with: ['analyst'] });
    expect((await other.post(`/api/queries/${query_id}`, input())).status).toBe(403);
    await analyst.post(`/api/queries/${query_id}`, input({ sql: 'SELECT 2', defaults: {} }));
    await analyst.post(`/api/queries/${query_id}`, input({ sql: 'SELECT 2', defaults: {}, folder: '别处' }));
    expect((await detail(analyst, query_id)).versions.map(({ version_no, sql }) => [version_no, sql])).toEqual([[2, 'SELECT 2'], [1, byMonth]]);
    const restored = (await analyst.post(`/api/queries/${query_id}/restore`, { version_no: 1 })).json<{ query: SavedQuery }>().query;
    expect(restored).toMatchObject({ version_no: 3, sql: byMonth, folder: '别处' });
    expect((await analyst.post(`/api/queries/${query_id}/restore`, { version_no: 9 })).status).toBe(404);
  });
  it('refuse a default that has no meaning', async () => {
    expect((await analyst.post('/api/queries', input({ defaults: { month: '十月' } }))).status).toBe(400);
    expect((await analyst.post('/api/queries', input({ sql: 'SELECT {{a:no}}', defaults: {} }))).status).toBe(422);
  });
  it('stand on a board of one’s own, until they are taken away', async () => {
    const { query_id } = await saved();
    const board = (await leader.post('/api/board', { pins: [{ query_id, shows: 'chart', values: { month: '2026-10' } }] })).json<Board>();
    expect(board.pins.map((p) => [p.query.query_id, p.shows, p.values])).toEqual([[query_id, 'chart', { month: '2026-10' }]]);
    expect((await analyst.get('/api/board')).json<Board>().pins).toEqual([]);
    expect((await leader.post('/api/board', { pins: [{ query_id: 'none', shows: 'table' }] })).status).toBe(404);
    await analyst.send('DELETE', `/api/queries/${query_id}`, {});
    expect((await leader.get('/api/board')).json<Board>().pins).toEqual([]);
    expect((await run(leader, query_id)).status).toBe(404);
  });
  it('come back after their removal, with their versions and places on boards; only for their owner', async () => {
    const { query_id } = await saved({ description: '月例会用' });
    await leader.post('/api/board', { pins: [{ query_id, shows: 'table', values: {} }] });
    await analyst.send('DELETE', `/api/queries/${query_id}`, {});
    expect((await other.post(`/api/queries/${query_id}/bring-back`)).status).toBe(404);
    expect((await analyst.post(`/api/queries/${query_id}/bring-back`)).json<{ query: SavedQuery }>().query).toMatchObject({ query_id, version_no: 1, description: '月例会用' });
    expect((await leader.get('/api/board')).json<Board>().pins.map((p) => p.query.query_id)).toEqual([query_id]);
    expect((await analyst.post(`/api/queries/${query_id}/bring-back`)).status).toBe(404);
  });
  it('are written as files after each publishing, with their owner’s rights, and given to whom may see as much', async () => {
    const { query_id } = await saved({ refresh: 'csv', sql: 'SELECT unit_id, {{month}} AS m, count(*) AS n FROM document WHERE unit_id = {{unit}} GROUP BY ALL', defaults: { month: 'latest', unit: 'M2' } });
    await s.app.house.refresh.start();
    await publish(dir, 2, rows(2));
    await s.app.house.warehouse.refresh();
    await s.app.house.refresh.start();
    expect((await detail(analyst, query_id)).exports.map(({ version, rows: n, error }) => [version, n, error])).toEqual([[2, 1, null], [1, 1, null]]);
    const file = await analyst.get(`/api/queries/${query_id}/exports/2`);
    expect(file.text).toBe('\ufeffunit_id,m,n\r\nM2,2026-10-01,6\r\n');
    // The leader sees one mine; the file holds another.
    expect((await detail(leader, query_id)).exports).toEqual([]);
    expect((await leader.get(`/api/queries/${query_id}/exports/2`)).status).toBe(404);
  });
  it('are taken along whole by whom they are shared with, within their own rights; and that is in the audit log', async () => {
    const { query_id } = await saved();
    const file = await leader.post(`/api/queries/${query_id}/file`, { format: 'csv', values: { month: '2026-10' } });
    expect([file.status, file.text]).toEqual([200, '\ufeffunit_id,n\r\nM1,12\r\nM1A,1\r\n']);
    const hidden = await saved({ shared_with: ['clerk'] });
    expect((await leader.post(`/api/queries/${hidden.query_id}/file`, { format: 'csv' })).status).toBe(404);
    expect((await minder.get('/api/audit?action=export')).json<AuditList>().entries[0]).toMatchObject({ user: '领导', detail: '查询《本月各单位》的结果（csv，2 行）' });
  });
  it('say in their list of files why one could not be written', async () => {
    const { query_id } = await saved({ refresh: 'json', sql: 'SELECT nothing FROM document', defaults: {} });
    await s.app.house.refresh.start();
    const [made] = (await detail(analyst, query_id)).exports;
    expect(made).toMatchObject({ rows: null, error: expect.stringContaining('nothing') as string });
    expect((await analyst.get(`/api/queries/${query_id}/exports/2`)).status).toBe(404);
  });
  it('are in the audit log: who kept, ran, took along', async () => {
    const { entries } = (await minder.get('/api/audit?limit=500')).json<AuditList>();
    const of = (action: string) => entries.filter((e) => e.action === action);
    expect(of('query_save').some(({ detail: d }) => d.includes('《例行/本月各单位》第 1 版，共享给领导'))).toBe(true);
    expect(of('sql').some(({ user, detail: d }) => user === '领导' && d.includes('-- {{unit}} = "G/M2"') && d.includes('已存查询'))).toBe(true);
    expect(of('export').some(({ detail: d }) => d.includes('第 2 版数据（csv，1 行）'))).toBe(true);
  });
});

describe('what Excel, Python and BI ask', () => {
  const dir = newDataDir();
  let s: Running, analyst: Client, leader: Client;
  let token = '', leaders = '';
  const ask = (path: string, given: string | null, body?: unknown) => s.client().send(body === undefined ? 'GET' : 'POST', path, body, given === null ? {} : { authorization: given });
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir);
    [analyst, leader] = await Promise.all([s.signedIn('分析', 'analyst'), s.signedIn('领导', 'leader', 'G/M1')]);
    token = (await analyst.post('/api/tokens', { name: '月报表' })).json<{ token: string }>().token;
    leaders = (await leader.post('/api/tokens', { name: 'Excel' })).json<{ token: string }>().token;
  });
  afterAll(() => s.close());

  it('is answered to whom shows a token, as Bearer or as the password that Excel sends', async () => {
    const basic = `Basic ${Buffer.from(`any:${token}`).toString('base64')}`;
    for (const given of [`Bearer ${token}`, basic]) expect((await ask('/api/v1/sql', given, { sql: 'SELECT 1 AS a' })).json()).toEqual([{ a: 1 }]);
    for (const given of [null, 'Bearer zw_wrong', `Bearer ${token}x`, 'Basic !!', 'Bearer']) expect((await ask('/api/v1/sql', given, { sql: 'SELECT 1' })).status).toBe(401);
    expect((await analyst.post('/api/v1/sql', { sql: 'SELECT 1' })).status).toBe(401);
  });
  it('opens nothing else with a token', async () => {
    for (const path of ['/api/meta', '/api/queries', '/api/tokens', '/api/users']) expect((await ask(path, `Bearer ${token}`)).status).toBe(401);
  });
  it('reaches what the user reaches, and no more', async () => {
    const { query } = (await analyst.post('/api/queries', input())).json<{ query: SavedQuery }>();
    expect((await ask(`/api/v1/query/${query.query_id}?format=json&month=2026-10`, `Bearer ${leaders}`)).json()).toEqual([{ unit_id: 'M1', n: 12 }, { unit_id: 'M1A', n: 1 }]);
    expect((await ask('/api/v1/sql', `Bearer ${leaders}`, { sql: 'SELECT 1' })).status).toBe(403);
    expect((await ask('/api/v1/sql', `Bearer ${token}`, { sql: 'SELECT * FROM restricted_text' })).status).toBe(422);
    expect((await ask(`/api/v1/query/${query.query_id}?month=2026-10&x=1`, `Bearer ${token}`)).status).toBe(400);
    expect((await ask(`/api/v1/query/${query.query_id}?format=xls`, `Bearer ${token}`)).status).toBe(400);
  });
  it('comes as CSV that no spreadsheet takes for a formula', async () => {
    const reply = await ask('/api/v1/sql', `Bearer ${token}`, { sql: "SELECT '=1+1' AS a, '知微' AS b, 1.5 AS c, '=HYPERLINK(1)' AS a", format: 'csv' });
    expect(reply.text).toBe("\ufeffa,b,c,a_1\r\n'=1+1,知微,1.5,'=HYPERLINK(1)\r\n");
  });
  it('comes as Parquet with its types', async () => {
    const sql = "SELECT 1::BIGINT AS n, DATE '2026-10-01' AS d, 1.25::DECIMAL(9,2) AS x, ['a'] AS l, {a: 1} AS s, NULL AS nothing, '知\"微' AS \"名\"\"称\", TIMESTAMP '2026-10-01 08:00:00' AS t, true AS b";
    const reply = await ask('/api/v1/sql', `Bearer ${token}`, { sql, format: 'parquet' });
    const file = join(tmpdir(), `zhiwei-parquet-${process.pid}.parquet`);
    writeFileSync(file, reply.bytes);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const read = await connection.runAndReadAll(`SELECT * FROM '${file}'`);
    expect(read.columnNames()).toEqual(['n', 'd', 'x', 'l', 's', 'nothing', '名"称', 't', 'b']);
    expect(read.columnTypes().map(String)).toEqual(['BIGINT', 'DATE', 'DECIMAL(9,2)', 'VARCHAR[]', 'VARCHAR', 'INTEGER', 'VARCHAR', 'TIMESTAMP', 'BOOLEAN']);
    expect(read.getRows()[0]?.map(String)).toEqual(['1', '2026-10-01', '1.25', "['a']", '{"a":1}', 'null', '知"微', '2026-10-01 08:00:00', 'true']);
  });
  it('ends when the token is revoked, expires, or the password changes; the file keeps no token', async () => {
    const { tokens, users } = s.app.house;
    const now = new Date();
    const made = tokens.add('分析', '试', 1, now);
    expect(tokens.userOf(made.token, now)?.user.name).toBe('分析');
    expect(tokens.userOf(made.token, new Date(now.getTime() + 2 * 86_400_000))).toBeNull();
    expect((await leader.send('DELETE', `/api/tokens/${made.made.token_id}`, {})).status).toBe(404);
    expect((await analyst.send('DELETE', `/api/tokens/${made.made.token_id}`, {})).json<{ tokens: { token_id: string }[] }>().tokens.map((t) => t.token_id)).not.toContain(made.made.token_id);
    expect(tokens.userOf(made.token, now)).toBeNull();
    expect(s.app.house.state.serialize().includes(Buffer.from(token))).toBe(false);
    await users.reset('分析');
    expect((await ask('/api/v1/sql', `Bearer ${token}`, { sql: 'SELECT 1' })).status).toBe(401);
  });
  it('is limited to 60 requests a minute for each token', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 62; i++) statuses.push((await ask('/api/v1/query/none', `Bearer ${leaders}`)).status);
    expect(statuses.slice(0, 40)).toEqual(Array<number>(40).fill(404));
    expect(statuses.at(-1)).toBe(429);
  });
});
