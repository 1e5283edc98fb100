// The settings page's endpoints against a real HTTP receiver and a real SMTP sink.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHouseSettings, settingsSchema } from '../../../datasets/settings.ts';
import { houseSettingsSchema, type Alert, type AlertList, type AuditList, type HouseSettingsTold } from '../../../server/api.ts';
import { settingsChange } from '../../../server/alerts/settings-change.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish } from '../sample-warehouse.ts';
import { mailSink, read, receiver } from './receivers.ts';

const secret = 'a key of the webhook, long enough';
const days = (紧急: number, 重要: number, 一般: number) => ({ 紧急, 重要, 一般 });

describe('settings of alerts', () => {
  const dir = newDataDir(), at = new Date('2026-10-29T04:00:00Z');
  let hook: Awaited<ReturnType<typeof receiver>>, sink: Awaited<ReturnType<typeof mailSink>>, s: Running, admin: Client;
  const audited = async () => (await admin.get('/api/audit?action=settings')).json<AuditList>().entries.map((e) => e.detail);
  const mail = () => ({ host: '127.0.0.1', port: sink.port, secure: false, from: 'zhiwei@example.cn', to: ['office@example.cn'] });
  const tried = async (channel: string) => (await admin.post('/api/outbound/test', { channel })).json<{ error: string | null }>().error;
  beforeAll(async () => {
    [hook, sink] = [await receiver(), await mailSink()];
    await publish(dir, 1);
    s = await start(dir, 0, { clock: () => at, secrets: { webhook: secret, smtp: null } });
    admin = await s.signedIn('admin', 'admin');
  });
  afterAll(async () => { await s.close(); await hook.close(); await sink.close(); });

  it('are told with whether each secret is there, never its value', async () => {
    const reply = await admin.get('/api/settings');
    expect(houseSettingsSchema.safeParse(reply.json()).error).toBeUndefined();
    expect(reply.json<HouseSettingsTold>()).toMatchObject({ alarm_budget_per_month: 2, outbound: { webhook_origin: null, mail: null }, secrets: { webhook: true, smtp: false } });
    expect(reply.text).not.toContain(secret);
  });
  it('are nobody’s but an administrator’s of all units', async () => {
    const [mine, clerk] = [await s.signedIn('mine_admin', 'admin', 'G/M1'), await s.signedIn('clerk', 'clerk')];
    const asked = (c: Client) => [c.get('/api/settings'), c.post('/api/settings/deadlines', { first_report_days: days(0, 3, 7), next_report_days: days(3, 7, 14) }), c.post('/api/settings/outbound', { webhook_url: null, mail: null, link_base: null, levels: ['紧急'] }), c.post('/api/outbound/test', { channel: 'mail' })];
    for (const client of [mine, clerk]) expect((await Promise.all(asked(client))).map((r) => r.status)).toEqual([403, 403, 403, 403]);
    expect(await audited()).toEqual([]);
  });
  it('take deadlines by level, which hold from the next report on', async () => {
    const told = (await admin.post('/api/settings/deadlines', { first_report_days: days(0, 2, 7), next_report_days: days(1, 7, 14) })).json<HouseSettingsTold>();
    expect([told.first_report_days, told.next_report_days]).toEqual([days(0, 2, 7), days(1, 7, 14)]);
    expect((await audited())[0]).toBe('首报期限（重要） 3 → 2 天；续报期限（紧急） 3 → 1 天');
    const alerts = (await admin.get('/api/alerts')).json<AlertList>().alerts;
    const deadlineOf = (level: Alert['level']) => alerts.find((a) => a.level === level)?.deadline;
    expect([deadlineOf('紧急'), deadlineOf('重要')]).toEqual(['2026-10-29', '2026-11-01']);
    const critical = alerts.find((a) => a.level === '紧急')?.alert_id ?? '';
    const { fields } = (await admin.get(`/api/alerts/${critical}/report-draft?kind=first`)).json<{ fields: object }>();
    expect((await admin.post(`/api/alerts/${critical}/reports`, { kind: 'first', fields, submit: true })).json<{ alert: Alert }>().alert).toMatchObject({ state: '首报', deadline: '2026-10-30' });
  });
  it.each([['half a day', { first_report_days: days(0.5, 3, 7), next_report_days: days(3, 7, 14) }], ['a level left out', { first_report_days: { 紧急: 0 }, next_report_days: days(3, 7, 14) }], ['two years', { first_report_days: days(0, 3, 730), next_report_days: days(3, 7, 14) }]])(
    'refuse %s', async (_what, body) => { expect((await admin.post('/api/settings/deadlines', body)).status).toBe(400); });

  it('take channels, keep an address that nobody retyped, and tell of it the host alone', async () => {
    const base = { mail: mail(), link_base: 'https://zhiwei.example.cn', levels: ['紧急'] };
    const first = await admin.post('/api/settings/outbound', { ...base, webhook_url: `${hook.url}?access_token=robot` });
    expect(first.json<HouseSettingsTold>().outbound).toEqual({ ...base, webhook_origin: new URL(hook.url).origin });
    await admin.post('/api/settings/outbound', { ...base, levels: ['紧急', '重要'] });
    expect(readHouseSettings(dir).outbound).toEqual({ ...base, levels: ['紧急', '重要'], webhook_url: `${hook.url}?access_token=robot` });
    const [again, set] = await audited();
    expect(again).toBe('外发级别 紧急 → 紧急、重要');
    expect(set).toBe(`外发邮件 关 → 127.0.0.1:${sink.port}（STARTTLS），不登录，由 zhiwei@example.cn 发给 office@example.cn；外发级别 紧急、重要、一般 → 紧急；链接地址 无 → https://zhiwei.example.cn；外发 webhook 关 → ${new URL(hook.url).origin}`);
    for (const text of [first.text, (await admin.get('/api/settings')).text, (await admin.get('/api/audit')).text, s.log()]) expect(text).not.toContain('robot');
    expect(readFileSync(dir.settings, 'utf8')).not.toContain(secret);
  });
  it('write nothing into the audit where nothing was changed', async () => {
    const before = await audited();
    await admin.post('/api/settings/outbound', { mail: mail(), link_base: 'https://zhiwei.example.cn', levels: ['紧急', '重要'] });
    expect(await audited()).toEqual(before);
  });
  it.each([['plain http elsewhere', { webhook_url: 'http://hook.example.cn/x' }], ['no level', { levels: [] }], ['no recipient', { mail: { host: 'mail.example.cn', from: 'a@example.cn', to: [] } }], ['a password', { mail: { host: 'mail.example.cn', from: 'a@example.cn', to: ['b@example.cn'], password: 'x' } }]])(
    'refuse %s', async (_what, change) => { expect((await admin.post('/api/settings/outbound', { mail: null, link_base: null, levels: ['紧急'], ...change })).status).toBe(400); });

  it('are tried by a message of no alert, which is not queued', async () => {
    expect([await tried('webhook'), await tried('mail')]).toEqual([null, null]);
    expect(JSON.parse(hook.taken[0]?.body ?? '{}')).toMatchObject({ event: 'test', kind: '发送测试', observed: 0, from_date: '2026-10-29' });
    expect(read(sink.mails[0]?.text ?? '')).toMatchObject({ subject: '【知微】发送测试' });
    expect(s.app.house.state.prepare('SELECT count(*) FROM delivery').pluck().get()).toBe(0);
    expect((await audited()).slice(0, 2)).toEqual(['发送测试 邮件：已收下', '发送测试 webhook：已收下']);
  });
  it('say why a try was not taken', async () => {
    hook.answer(403);
    sink.refuse(true);
    expect([await tried('webhook'), await tried('mail')]).toEqual(['对方应答 403', '邮件服务器没有收下（451）']);
    await admin.post('/api/settings/outbound', { mail: { ...mail(), user: 'zhiwei' }, webhook_url: null, link_base: null, levels: ['紧急'] });
    expect([await tried('webhook'), await tried('mail')]).toEqual(['webhook 已关闭', '没有邮箱密码；请设环境变量 ZHIWEI_SMTP_PASSWORD 后重启']);
  });
});

describe('what was changed in the settings', () => {
  const of = (webhook_url: string | null) => settingsSchema.parse({ outbound: { webhook_url } });
  it.each([[null, null, null], [null, 'https://a.cn/x', '外发 webhook 关 → https://a.cn'], ['https://a.cn/x', 'https://a.cn/y', '外发 webhook https://a.cn → https://a.cn（路径已改）'], ['https://a.cn/x', null, '外发 webhook https://a.cn → 关']])(
    'from %s to %s is told as %s', (before, after, words) => { expect(settingsChange(of(before), of(after))).toBe(words); });
});
