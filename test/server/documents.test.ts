import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorrections } from '../../datasets/corrections.ts';
import { documentDetailSchema, qualitySchema, type AuditList } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

const labels = { topics: [{ code: 'welfare', subtopic: null }, { code: 'pay', subtopic: 'pay.arrears' }], polarity: 'negative', intensity: 2, intent: '投诉', critical: false };

describe('server/routes/documents', () => {
  const dir = newDataDir();
  let s: Running;
  let clerk: Client, mine: Client, leader: Client, admin: Client;
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir);
    clerk = await s.signedIn('group_clerk', 'clerk');
    mine = await s.signedIn('mine_clerk', 'clerk', 'G/M1');
    leader = await s.signedIn('group_leader', 'leader');
    admin = await s.signedIn('group_admin', 'admin');
  });
  afterAll(() => s.close());
  const correction = async (who: Client, id: string) => documentDetailSchema.parse((await who.get(`/api/documents/${id}`)).json()).correction;

  it('keeps what a reader says a text is beside what was read, and says that it waits for a run', async () => {
    expect(await correction(clerk, 'd5')).toBeNull();
    expect((await clerk.post('/api/documents/d5/correction', labels)).status).toBe(200);
    expect(await correction(leader, 'd5')).toMatchObject({ by: 'group_clerk', labels, pending: true });
    expect(readCorrections(dir).get('d5')?.read).toMatchObject({ topics: [{ code: 'pay' }] });
    const { corrections } = qualitySchema.parse((await leader.get('/api/quality')).json());
    expect(corrections).toMatchObject({ texts: 1, topics: 1 });
  });
  it('writes in the audit log who said what, and no word of the text', async () => {
    const { entries } = (await admin.get('/api/audit')).json<AuditList>();
    expect(entries.find((e) => e.action === 'correction')).toMatchObject({ user: 'group_clerk', detail: '文字 d5：welfare、pay.arrears，negative 2，投诉' });
  });
  it('refuses labels that do not fit together, in words', async () => {
    const reply = await clerk.post('/api/documents/d5/correction', { ...labels, topics: [{ code: 'pay', subtopic: 'safety.gas' }] });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('二级诉求应属于')]);
  });
  it('keeps to the unit scope, to the roles that correct, and away from accusations', async () => {
    expect((await mine.post('/api/documents/d13/correction', labels)).status).toBe(404);
    expect((await leader.post('/api/documents/d5/correction', labels)).status).toBe(403);
    expect((await clerk.post('/api/documents/d0/correction', labels)).status).toBe(404);
  });
  it('takes a correction back', async () => {
    expect((await clerk.send('DELETE', '/api/documents/d5/correction')).status).toBe(200);
    expect(await correction(clerk, 'd5')).toBeNull();
    expect((await clerk.send('DELETE', '/api/documents/d5/correction')).status).toBe(404);
  });
});
