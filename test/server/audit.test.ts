import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('the audit log', () => {
  const dir = newDataDir();
  let s: Running, admin: Client;
  /** A row of a moment of our own choice, as `write` makes it of now. */
  const note = (at: string, user: string | null, action: string, detail: string) => s.app.house.state.prepare('INSERT INTO audit (at, user, action, detail, ip) VALUES (?, ?, ?, ?, ?)').run(at, user, action, detail, '10.0.0.1');
  /** A local moment in the form of the log. */
  const at = (local: string) => new Date(local).toISOString();
  const ask = async (query: string) => (await admin.get(`/api/audit?${query}`)).json<AuditList>();
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir);
    admin = await s.signedIn('admin', 'admin');
    note(at('2026-03-01T00:00:00'), '张专员', 'view_text', '热点 h1，3 件');
    note(at('2026-03-01T23:59:59'), '张专员', 'sql', "SELECT '=1'");
    note(at('2026-03-02T00:00:00'), '李书记', 'view_text', '预警 2026-0001，2 件');
    note(at('2026-03-02T08:00:00'), null, 'sign_in_failed', '=cmd()');
  });
  afterAll(() => s.close());

  it.each([
    ['from=2026-03-01&to=2026-03-01', ["SELECT '=1'", '热点 h1，3 件']],
    ['from=2026-03-02&to=2026-03-02', ['=cmd()', '预警 2026-0001，2 件']],
    ['to=2026-03-31&action=view_text', ['预警 2026-0001，2 件', '热点 h1，3 件']],
    ['user=张专员', ["SELECT '=1'", '热点 h1，3 件']],
    ['user=张专员&action=view_text', ['热点 h1，3 件']],
    ['user=没有这个人', []],
  ])('answers %s, days whole and local, newest first', async (query, details) => { expect((await ask(encodeURI(query))).entries.map((e) => e.detail)).toEqual(details); });

  it('counts every action beside the one that is asked for', async () => {
    const { counts, people } = await ask('to=2026-03-31&action=sql');
    expect([counts, people]).toEqual([{ view_text: 2, sql: 1, sign_in_failed: 1 }, ['admin', '张专员', '李书记']]);
  });
  it('comes page by page without a gap', async () => {
    const first = await ask('to=2026-03-31&limit=3');
    const rest = await ask(`to=2026-03-31&limit=3&before=${first.entries.at(-1)?.audit_id}`);
    expect([first.entries.length, rest.entries.map((e) => e.detail)]).toEqual([3, ['热点 h1，3 件']]);
  });
  it.each(['action=read', 'from=gestern', 'limit=501', 'who=x'])('refuses %s', async (query) => { expect((await admin.get(`/api/audit?${query}`)).status).toBe(400); });
  it('is taken along as a table in which nothing is a formula, and that is noted too', async () => {
    const reply = await admin.get('/api/audit.csv?to=2026-03-31');
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, 'text/csv; charset=utf-8', true]);
    const lines = reply.text.trim().split('\r\n');
    expect([lines[0]?.replace('\ufeff', ''), lines.length]).toEqual(['编号,时间,用户,操作,内容,来自', 5]);
    expect([lines[1]?.split(',').slice(2), lines[4]?.split(',').slice(2)]).toEqual([['', '登录失败', "'=cmd()", '10.0.0.1'], ['张专员', '查看原文', '热点 h1，3 件', '10.0.0.1']]);
    expect((await ask('action=export')).entries[0]).toMatchObject({ user: 'admin', detail: '审计记录（至 2026-03-31）' });
  });
});
