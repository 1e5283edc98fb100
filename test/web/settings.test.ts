import { describe, expect, it } from 'vitest';
import { outboundChangeSchema, type HouseSettingsTold, type Outbound } from '../../server/api.ts';
import { outboundChange, outboundFields, settingsFinding } from '../../web/settings.ts';

const mail = { host: 'mail.example.cn', port: 465, secure: true, from: 'zhiwei@example.cn', to: ['a@example.cn', 'b@example.cn'] };
const told = (change: Partial<HouseSettingsTold['outbound']>): Pick<HouseSettingsTold, 'outbound'> => ({ outbound: { webhook_origin: null, mail: null, link_base: null, levels: ['紧急'], ...change } });
const sent = (...states: Outbound['deliveries'][number]['state'][]) => ({ deliveries: states.map((state, delivery_id) => ({ delivery_id, channel: 'mail' as const, alert_id: '2026-0001', what: '新预警', state, tries: 1, created_at: '', next_at: null, sent_at: null, error: null })) });

describe('web/settings', () => {
  it.each([
    { outbound: {}, webhook: true, states: [], expected: '预警不外发，只在系统内提醒' },
    { outbound: { webhook_origin: 'https://a.cn' }, webhook: false, states: [], expected: '预警不外发，只在系统内提醒' },
    { outbound: { webhook_origin: 'https://a.cn', mail }, webhook: true, states: ['已发', '失败', '待发', '失败'] as const, expected: '预警经 webhook、邮件外发；2 条没有发出，1 条待发' },
  ])('says $expected', ({ outbound, webhook, states, expected }) => { expect(settingsFinding({ ...told(outbound), secrets: { webhook, smtp: false } }, sent(...states))).toBe(expected); });

  it.each([
    ['nothing set', told({}), { webhook_url: null, mail: null, link_base: null, levels: ['紧急'] }],
    ['an address set, which is kept', told({ webhook_origin: 'https://a.cn', mail, link_base: 'https://z.cn' }), { mail, link_base: 'https://z.cn', levels: ['紧急'] }],
    ['a name to sign in with', told({ mail: { ...mail, user: 'zhiwei' } }), { webhook_url: null, mail: { ...mail, user: 'zhiwei' }, link_base: null, levels: ['紧急'] }],
  ])('sends back unchanged what was filled in: %s', (_what, settings, expected) => {
    const change = outboundChange(outboundFields(settings));
    expect(change).toEqual(expected);
    expect(outboundChangeSchema.safeParse(change).success).toBe(true);
  });
  it('takes recipients as people part them, and a new address', () => {
    const change = outboundChange({ ...outboundFields(told({ mail })), webhook: 'set', webhook_url: ' https://a.cn/x ', to: 'a@example.cn，b@example.cn\n c@example.cn;' });
    expect([change.webhook_url, change.mail?.to]).toEqual(['https://a.cn/x', ['a@example.cn', 'b@example.cn', 'c@example.cn']]);
  });
});
