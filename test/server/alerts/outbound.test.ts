// The real server against a real HTTP receiver and a real SMTP sink, both on this machine.
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema, webhookUrlSchema } from '../../../datasets/settings.ts';
import type { Outbound } from '../../../server/api.ts';
import { backoff, mostTries } from '../../../server/alerts/outbound/queue.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish } from '../sample-warehouse.ts';
import { mailSink, read, receiver } from './receivers.ts';

const secret = 'a key of the webhook, long enough';
describe('messages to the outside', () => {
  const dir = newDataDir();
  let at = new Date('2026-10-29T04:00:00Z');
  const later = (ms: number) => { at = new Date(at.getTime() + ms); };
  let hook: Awaited<ReturnType<typeof receiver>>, sink: Awaited<ReturnType<typeof mailSink>>, s: Running, admin: Client;
  const status = async () => (await admin.get('/api/outbound')).json<Outbound>();
  const deliver = () => s.app.house.outbound.deliver(() => at);
  beforeAll(async () => {
    [hook, sink] = [await receiver(), await mailSink()];
    writeFileSync(dir.settings, JSON.stringify({ outbound: { webhook_url: hook.url, link_base: 'https://zhiwei.example.cn/', levels: ['紧急', '重要'], mail: { host: '127.0.0.1', port: sink.port, secure: false, from: 'zhiwei@example.cn', to: ['office@example.cn', 'leader@example.cn'] } } }));
    await publish(dir, 1);
    s = await start(dir, 0, { clock: () => at, secrets: { webhook: secret, smtp: null } });
    admin = await s.signedIn('admin', 'admin');
  });
  afterAll(async () => { await s.close(); await hook.close(); await sink.close(); });

  it('wait in the state file, one per alert of the levels chosen and channel', async () => {
    expect((await status()).deliveries.map((d) => [d.channel, d.alert_id, d.what, d.state, d.tries]).reverse()).toEqual(['2026-0001', '2026-0003'].flatMap((id) => [['webhook', id, '新预警', '待发', 0], ['mail', id, '新预警', '待发', 0]]));
  });
  it('by webhook are signed JSON without a word of a petition', async () => {
    await deliver();
    expect(hook.taken.length).toBe(2);
    for (const { headers, body } of hook.taken) {
      const time = String(headers['x-zhiwei-timestamp']);
      expect(headers['x-zhiwei-signature']).toBe(`sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`);
      expect(time).toBe(String(at.getTime() / 1000));
    }
    const bodies = hook.taken.map((t) => JSON.parse(t.body) as Record<string, unknown>);
    expect(bodies[0]).toEqual({ event: 'alert.new', alert_id: '2026-0001', level: '重要', kind: '热点', unit: '一矿', topic: '薪酬', from_date: '2026-10-01', to_date: '2026-10-20', observed: 9, expected: 2.5, deadline: '2026-11-01', link: 'https://zhiwei.example.cn/alerts/2026-0001', owner_unit: null, owner: null });
  });
  it('by mail say the same to everyone named', () => {
    expect(sink.mails.map(({ from, to }) => [from, to])).toEqual([1, 2].map(() => ['zhiwei@example.cn', ['office@example.cn', 'leader@example.cn']]));
    const { subject, text } = read(sink.mails[0]?.text ?? '');
    expect(subject).toBe('【知微】新预警 2026-0001（重要）一矿 薪酬');
    for (const line of ['单位：一矿', '观测 9 件，期望 2.5 件', '应报日期：2026-11-01', '查看：https://zhiwei.example.cn/alerts/2026-0001']) expect(text).toContain(line);
  });
  it('hold no petition text, title or term', () => {
    const all = [...hook.taken.map((t) => t.body), ...sink.mails.map((m) => read(m.text).text)].join();
    for (const word of ['明文', '密件', '工资', '晚发', '增多', '受限']) expect([word, all.includes(word)]).toEqual([word, false]);
  });
  it('are sent once: neither a tick nor a new match sends them again', async () => {
    await s.app.house.alerts.sync();
    await deliver();
    expect([hook.taken.length, sink.mails.length, (await status()).deliveries.every((d) => d.state === '已发' && d.tries === 1)]).toEqual([2, 2, true]);
  });
  it('remind of what is late, once for each date', async () => {
    later(5 * 86_400_000);
    s.app.house.alerts.remind();
    s.app.house.alerts.remind();
    expect((await status()).deliveries.filter((d) => d.state === '待发').map((d) => [d.alert_id, d.what]).reverse()).toEqual([['2026-0001', '逾期（应报 2026-11-01）'], ['2026-0001', '逾期（应报 2026-11-01）'], ['2026-0003', '逾期（应报 2026-10-29）'], ['2026-0003', '逾期（应报 2026-10-29）']]);
  });
  it('that are not taken are tried again, ever later, until they are', async () => {
    hook.answer(500);
    sink.refuse(true);
    await deliver();
    expect((await status()).deliveries.slice(0, 4).map((d) => [d.channel, d.state, d.tries, d.error, d.next_at]).reverse()).toEqual([1, 2].flatMap(() => [
      ['webhook', '待发', 1, '对方应答 500', new Date(at.getTime() + 60_000).toISOString()], ['mail', '待发', 1, '邮件服务器没有收下（451）', new Date(at.getTime() + 60_000).toISOString()],
    ]));
    const before = hook.taken.length;
    later(59_000);
    await deliver();
    expect(hook.taken.length).toBe(before);
    sink.refuse(false);
    later(2_000);
    await deliver();
    expect([hook.taken.length, (await status()).deliveries.slice(0, 4).map((d) => `${d.channel} ${d.state} ${d.tries}`).sort()]).toEqual([before + 2, ['mail 已发 2', 'mail 已发 2', 'webhook 待发 2', 'webhook 待发 2']]);
  });
  it('are given up after eight tries, in plain sight, and can be sent again', async () => {
    for (let n = 2; n < mostTries; n++) { later(backoff(n)); await deliver(); }
    const lost = (await status()).deliveries.filter((d) => d.state === '失败');
    expect(lost.map((d) => [d.channel, d.tries, d.next_at, d.error])).toEqual([['webhook', 8, null, '对方应答 500'], ['webhook', 8, null, '对方应答 500']]);
    hook.answer(204);
    expect((await admin.post(`/api/outbound/${lost[0]?.delivery_id}/retry`)).status).toBe(200);
    later(60_000);
    await deliver();
    expect((await status()).deliveries.map((d) => d.state).filter((state) => state !== '已发')).toEqual(['失败']);
    expect((await admin.post(`/api/outbound/${lost[0]?.delivery_id}/retry`)).status).toBe(404);
  });
  it('follow no redirect', async () => {
    hook.answer(307);
    const [lost] = (await status()).deliveries.filter((d) => d.state === '失败');
    await admin.post(`/api/outbound/${lost?.delivery_id}/retry`);
    later(60_000);
    await deliver();
    expect((await status()).deliveries.find((d) => d.delivery_id === lost?.delivery_id)?.error).toBe('对方要求转到别处（307），不予跟随');
    expect(hook.taken.some((t) => t.url === '/elsewhere')).toBe(false);
  });
  it('show neither key nor path of the address', async () => {
    const told = await admin.get('/api/outbound');
    expect([told.text.includes('/hook'), told.text.includes(secret), s.log().includes(secret)]).toEqual([false, false, false]);
  });
});

describe('a reminder before the deadline', () => {
  it('goes out once, the day before, and names who handles it', async () => {
    const dir = newDataDir();
    const [hook, sink] = [await receiver(), await mailSink()];
    let at = new Date('2026-10-29T04:00:00Z');
    writeFileSync(dir.settings, JSON.stringify({ outbound: { webhook_url: hook.url, levels: ['重要'], mail: { host: '127.0.0.1', port: sink.port, secure: false, from: 'zhiwei@example.cn', to: ['office@example.cn'] } } }));
    await publish(dir, 1);
    const s = await start(dir, 0, { clock: () => at, secrets: { webhook: secret, smtp: null } });
    const admin = await s.signedIn('admin', 'admin');
    const { alerts, outbound } = s.app.house;
    await admin.post('/api/alerts/2026-0001/actions', { action: 'assign', owner: 'admin', owner_unit: 'G/M1' });
    const queued = () => outbound.status().deliveries.map((d) => `${d.channel} ${d.what}`).sort();
    const found = queued();
    for (const day of ['2026-10-29', '2026-10-30']) { at = new Date(`${day}T04:00:00Z`); alerts.remind(); }
    expect([found, queued()]).toEqual([['mail 新预警', 'webhook 新预警'], found]);
    at = new Date('2026-10-31T04:00:00Z');
    alerts.remind();
    alerts.remind();
    expect(queued()).toEqual(['mail 将到期（应报 2026-11-01）', 'mail 新预警', 'webhook 将到期（应报 2026-11-01）', 'webhook 新预警']);
    await outbound.deliver(() => at);
    expect(JSON.parse(hook.taken.at(-1)?.body ?? '{}')).toMatchObject({ event: 'alert.due', alert_id: '2026-0001', deadline: '2026-11-01', owner_unit: '一矿', owner: 'admin' });
    const told = read(sink.mails.at(-1)?.text ?? '');
    expect([told.subject, told.text.includes('责任：一矿，admin')]).toEqual(['【知微】预警将到期 2026-0001（重要）一矿 薪酬', true]);
    await s.close();
    await hook.close();
    await sink.close();
  });
});

describe('outbound settings', () => {
  it('are off: without a setting, and without a key, nothing is queued', async () => {
    const dir = newDataDir();
    writeFileSync(dir.settings, JSON.stringify({ outbound: { webhook_url: 'https://hook.example.cn/x' } }));
    await publish(dir, 1);
    const s = await start(dir);
    const told = (await (await s.signedIn('admin', 'admin')).get('/api/outbound')).json<Outbound>();
    expect(told).toEqual({ webhook: { on: false, url: 'https://hook.example.cn', signed: false }, mail: { on: false, host: null, to: [] }, deliveries: [] });
    await s.close();
  });
  it.each(['http://hook.example.cn/x', 'http://169.254.169.254/latest', 'http://127.0.0.1.example.cn/', 'http://localhost.example.cn/', 'http://127.0.0.1@example.cn/', 'https://user:pass@example.cn/', 'file:///etc/passwd', 'ftp://example.cn', 'gopher://127.0.0.1/', 'http://10.0.0.1/', 'http://[::2]/', 'nonsense'])(
    'refuse the address %s', (url) => { expect([webhookUrlSchema.safeParse(url).success, settingsSchema.safeParse({ outbound: { webhook_url: url } }).success]).toEqual([false, false]); });
  it.each(['https://hook.example.cn/x?id=1', 'http://localhost:8080/x', 'http://127.0.0.1/x', 'http://[::1]:9/x'])('take the address %s', (url) => { expect(webhookUrlSchema.safeParse(url).success).toBe(true); });
  it('have defaults for everything', () => {
    expect(settingsSchema.parse({})).toMatchObject({ alarm_budget_per_month: 2, first_report_days: { 紧急: 0, 重要: 3, 一般: 7 }, next_report_days: { 紧急: 3, 重要: 7, 一般: 14 }, outbound: { webhook_url: null, mail: null, link_base: null, levels: ['紧急', '重要', '一般'] } });
  });
});
