// In: the settings before and after. Out: what was changed, in words for the audit log.
// Invariant: pure; of a webhook's address only the host is told, since what follows it may be a robot's key.
import type { HouseSettings } from '../../datasets/settings.ts';
import { alertLevels } from '../../datasets/vocabulary.ts';

const deadlines = { first_report_days: '首报期限', next_report_days: '续报期限' } as const;
const hostOf = (url: string | null) => (url === null ? '关' : new URL(url).origin);
const mailOf = (mail: HouseSettings['outbound']['mail']) => (mail === null ? '关' : `${mail.host}:${mail.port}${mail.secure ? '（TLS）' : '（STARTTLS）'}，${mail.user ?? '不登录'}，由 ${mail.from} 发给 ${mail.to.join('、')}`);

/** Null where nothing was changed. */
export function settingsChange(before: HouseSettings, after: HouseSettings): string | null {
  const [was, is] = [before.outbound, after.outbound];
  const facts: [string, string | number, string | number, string?][] = [
    ['误报预算', before.alarm_budget_per_month, after.alarm_budget_per_month, '（起/月）'],
    ['会计月起始日', before.month_start_day, after.month_start_day, ' 日'],
    ...(['first_report_days', 'next_report_days'] as const).flatMap((key) => alertLevels.map((level): [string, number, number, string] => [`${deadlines[key]}（${level}）`, before[key][level], after[key][level], ' 天'])),
    ['外发邮件', mailOf(was.mail), mailOf(is.mail)], ['外发级别', was.levels.join('、'), is.levels.join('、')], ['链接地址', was.link_base ?? '无', is.link_base ?? '无'],
  ];
  const words = facts.filter(([, from, to]) => from !== to).map(([what, from, to, unit = '']) => `${what} ${from} → ${to}${unit}`);
  if (was.webhook_url !== is.webhook_url) words.push(`外发 webhook ${hostOf(was.webhook_url)} → ${hostOf(is.webhook_url)}${hostOf(was.webhook_url) === hostOf(is.webhook_url) ? '（路径已改）' : ''}`);
  return words.length === 0 ? null : words.join('；');
}
