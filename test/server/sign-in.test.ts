import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList, Session } from '../../server/api.ts';
import { serve, type Served } from '../../server/serve.ts';
import { chosenPassword, Client, start, type Running } from './client.ts';
import { newDataDir } from './sample-warehouse.ts';

describe('the first start', () => {
  const dir = newDataDir();
  const printed: string[] = [];
  let served: Served;
  let password = '';
  beforeAll(async () => {
    served = await serve(dir, { port: 0 }, (line) => printed.push(line));
    password = /一次性密码 (\S+)（/.exec(printed.join('\n'))?.[1] ?? '';
  });
  afterAll(() => served.close());

  it('listens on the loopback address and prints a one-time password for admin', () => {
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(password).toMatch(/^[a-z2-9-]{23}$/);
  });
  it('keeps the state file and the cookie key to their owner', () => {
    expect((statSync(dir.state).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(dir.private, 'session.key')).mode & 0o777).toString(8)).toBe('600');
  });
  it('answers nothing but the session until the one-time password is changed', async () => {
    const c = new Client(served.url);
    expect((await c.signIn('admin', password)).json<Session>().user).toEqual({ name: 'admin', role: 'admin', unit_path: null, must_change: true });
    expect((await c.get('/api/meta')).status).toBe(403);
    expect((await c.get('/api/users')).status).toBe(403);
    expect((await c.post('/api/session/password', { current: password, next: 'short' })).status).toBe(400);
    expect((await c.post('/api/session/password', { current: 'wrong', next: chosenPassword })).status).toBe(400);
    const changed = await c.post('/api/session/password', { current: password, next: chosenPassword });
    expect(changed.json<Session>().user?.must_change).toBe(false);
    expect((await c.get('/api/meta')).status).toBe(200);
    expect((await new Client(served.url).signIn('admin', password)).status).toBe(401);
  });
  it('makes no second administrator at the next start', async () => {
    const again: string[] = [];
    const second = await serve(dir, { port: 0 }, (line) => again.push(line));
    await second.close();
    expect(again.join('\n')).not.toContain('一次性密码');
  });
});

describe('sessions', () => {
  let s: Running;
  beforeAll(async () => { s = await start(newDataDir()); });
  afterAll(() => s.close());

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const reply = await s.client().get('/api/session');
    expect(reply.headers.get('set-cookie')).toMatch(/^zhiwei\.sid=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
  });
  it('sends it over https alone where a trusted proxy says https, and believes nobody else', async () => {
    const behind = await start(newDataDir(), 1);
    const cookie = async (url: string) => (await fetch(`${url}/api/session`, { headers: { 'x-forwarded-proto': 'https' } })).headers.get('set-cookie') ?? '';
    expect([(await cookie(behind.url)).includes('; Secure'), (await cookie(s.url)).includes('; Secure')]).toEqual([true, false]);
    await behind.close();
  });
  it('refuses a change without the CSRF token, with a wrong one, and with one of another session', async () => {
    const c = await s.signedIn('analyst0', 'analyst');
    const token = c.csrf;
    for (const wrong of ['', 'wrong', (await s.client().session()).csrf]) {
      c.csrf = wrong;
      expect([(await c.send('DELETE', '/api/session')).status, (await c.post('/api/sql', { sql: 'SELECT 1' })).status]).toEqual([403, 403]);
    }
    c.csrf = token;
    expect((await c.send('DELETE', '/api/session')).status).toBe(200);
    expect((await c.get('/api/meta')).status).toBe(401);
  });
  it('asks whoever writes after the session ended to sign in again', async () => {
    const c = s.client();
    c.csrf = (await s.signedIn('analyst0', 'analyst')).csrf;
    expect((await c.post('/api/sql', { sql: 'SELECT 1' })).status).toBe(401);
  });
  it('gives a new session identifier at sign-in, so that a planted one is worth nothing', async () => {
    await s.signedIn('analyst1', 'analyst');
    const c = s.client();
    const before = (await c.get('/api/session')).headers.get('set-cookie')?.split(';')[0];
    const after = (await c.signIn('analyst1', chosenPassword)).headers.get('set-cookie')?.split(';')[0];
    expect(after).not.toBe(before);
  });
  it('signs a user out everywhere when an administrator resets the password', async () => {
    const c = await s.signedIn('leader1', 'leader');
    const admin = await s.signedIn('boss', 'admin');
    expect((await admin.post('/api/users/leader1/reset')).status).toBe(200);
    expect((await c.get('/api/meta')).status).toBe(401);
  });
  it('tells a wrong name and a wrong password in the same words', async () => {
    await s.signedIn('leader2', 'leader');
    const [a, b] = [await s.client().signIn('leader2', 'wrong'), await s.client().signIn('nobody', 'wrong')];
    expect([a.status, a.text]).toEqual([401, b.text]);
  });
  it('stops guessing at one account after ten failures, whatever is tried next', async () => {
    await s.signedIn('victim', 'leader');
    const c = s.client();
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await c.signIn('victim', `wrong ${i}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await c.signIn('victim', chosenPassword)).status).toBe(429);
    await s.signedIn('somebody', 'leader');
  });
  it('writes sign-ins, failures and sign-outs into the audit log, without passwords', async () => {
    const admin = await s.signedIn('boss', 'admin');
    const reply = await admin.get('/api/audit?limit=500');
    const actions = new Set(reply.json<AuditList>().entries.map(({ action }) => action));
    expect([...actions].sort()).toEqual(expect.arrayContaining(['sign_in', 'sign_in_failed', 'sign_out', 'user_reset']));
    expect(reply.text).not.toContain(chosenPassword);
    expect(s.log()).not.toContain(chosenPassword);
  });
  it('lets nobody rewrite or shorten the audit log', () => {
    const { state } = s.app.house;
    expect(() => state.exec("UPDATE audit SET user = 'x'")).toThrow('audit rows stay');
    expect(() => state.exec('DELETE FROM audit')).toThrow('audit rows stay');
  });
});
