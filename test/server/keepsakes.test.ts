import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList, DateNote, SavedView } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('server/keepsakes', () => {
  let s: Running;
  let group: Client, mine: Client, other: Client, admin: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    s = await start(dir);
    group = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('mine_clerk', 'clerk', 'G/M1');
    other = await s.signedIn('other_clerk', 'clerk', 'G/M2');
    admin = await s.signedIn('group_admin', 'admin');
  });
  afterAll(() => s.close());
  const notes = async (client: Client) => (await client.get('/api/notes')).json<{ notes: DateNote[] }>().notes.map((n) => n.label);
  const views = async (client: Client) => (await client.get('/api/views')).json<{ views: SavedView[] }>().views.map((v) => v.name);

  it('shows a note of the group to everybody, one of a mine to those who see the mine', async () => {
    expect((await group.post('/api/notes', { day: '2026-03-01', label: '工资改革' })).status).toBe(200);
    expect((await mine.post('/api/notes', { day: '2026-02-01', label: '换了食堂' })).status).toBe(200);
    expect([await notes(group), await notes(mine), await notes(other)]).toEqual([['换了食堂', '工资改革'], ['换了食堂', '工资改革'], ['工资改革']]);
  });

  it('writes no note for a unit outside the scope, and says who wrote one in the audit log', async () => {
    expect((await mine.post('/api/notes', { day: '2026-03-01', label: '别人的', unit: 'G/M2' })).status).toBe(403);
    const { entries } = (await admin.get('/api/audit')).json<AuditList>();
    expect(entries.filter((e) => e.action === 'settings').map((e) => [e.user, e.detail])).toContainEqual(['mine_clerk', '日期备注 2026-02-01 换了食堂（G/M1）']);
  });

  it('lets the writer or an administrator remove a note, nobody else', async () => {
    const [own] = (await mine.get('/api/notes')).json<{ notes: DateNote[] }>().notes;
    expect((await group.send('DELETE', `/api/notes/${own?.note_id}`, {})).status).toBe(403);
    expect((await other.send('DELETE', `/api/notes/${own?.note_id}`, {})).status).toBe(404);
    expect((await mine.send('DELETE', `/api/notes/${own?.note_id}`, {})).status).toBe(200);
    expect(await notes(group)).toEqual(['工资改革']);
  });

  it('keeps a view for its owner until it is shared, and replaces one of the same name', async () => {
    await mine.post('/api/views', { name: '薪酬近三月', address: '/topics?topic=pay&period=3m' });
    expect([await views(mine), await views(other)]).toEqual([['薪酬近三月'], []]);
    await mine.post('/api/views', { name: '薪酬近三月', address: '/topics?topic=pay', shared: true });
    expect([await views(mine), await views(other)]).toEqual([['薪酬近三月'], ['薪酬近三月']]);
    const [shared] = (await other.get('/api/views')).json<{ views: SavedView[] }>().views;
    expect((await other.send('DELETE', `/api/views/${shared?.view_id}`, {})).status).toBe(404);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])('keeps no address outside: %s', async (address) => {
    expect((await mine.post('/api/views', { name: 'x', address })).status).toBe(400);
  });
});
