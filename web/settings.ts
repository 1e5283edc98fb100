// In: what has been set, what was sent. Out: the settings page's title, and the body of an outbound form.
// Invariant: pure.
import type { HouseSettingsTold, Outbound, OutboundChange } from '../server/api.ts';

/** `预警经 webhook、邮件外发；2 条没有发出`. */
export function settingsFinding({ outbound: { webhook_origin, mail }, secrets }: Pick<HouseSettingsTold, 'outbound' | 'secrets'>, { deliveries }: Pick<Outbound, 'deliveries'>): string {
  const on = [...(webhook_origin !== null && secrets.webhook ? ['webhook'] : []), ...(mail !== null ? ['邮件'] : [])];
  const failed = deliveries.filter((d) => d.state === '失败').length, waiting = deliveries.filter((d) => d.state === '待发').length;
  const queue = [...(failed ? [`${failed} 条没有发出`] : []), ...(waiting ? [`${waiting} 条待发`] : [])].join('，');
  return `${on.length ? `预警经 ${on.join('、')}外发` : '预警不外发，只在系统内提醒'}${queue && `；${queue}`}`;
}

/** The form's fields as people write them. */
export interface OutboundFields { webhook: 'keep' | 'set' | 'off'; webhook_url: string; mail_on: boolean; host: string; port: number; secure: boolean; user: string; from: string; to: string; link_base: string; levels: HouseSettingsTold['outbound']['levels'] }

export function outboundFields({ outbound: { webhook_origin, mail, link_base, levels } }: Pick<HouseSettingsTold, 'outbound'>): OutboundFields {
  return {
    webhook: webhook_origin === null ? 'off' : 'keep', webhook_url: '', mail_on: mail !== null, host: mail?.host ?? '', port: mail?.port ?? 465, secure: mail?.secure ?? true, user: mail?.user ?? '', from: mail?.from ?? '', to: mail?.to.join('\n') ?? '',
    link_base: link_base ?? '', levels: [...levels],
  };
}

/** Recipients may be parted by line breaks, commas or spaces. */
export function outboundChange(f: OutboundFields): OutboundChange {
  const user = f.user.trim();
  return {
    ...(f.webhook !== 'keep' && { webhook_url: f.webhook === 'off' ? null : f.webhook_url.trim() }),
    mail: f.mail_on ? { host: f.host.trim(), port: f.port, secure: f.secure, ...(user && { user }), from: f.from.trim(), to: f.to.split(/[\s,，;；、]+/).filter(Boolean) } : null,
    link_base: f.link_base.trim() || null, levels: f.levels,
  };
}
