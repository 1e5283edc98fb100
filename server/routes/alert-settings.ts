// In: an administrator's word. Out: the false-alarm budget, deadlines, outbound channels 外发 and what was sent by them.
// Invariant: settings hold for every unit, so only an administrator of all units sees and changes them; every change is in the audit log, no secret is told.
import { ZhiweiError } from '../../datasets/errors.ts';
import { readHouseSettings, writeHouseSettings, type HouseSettings } from '../../datasets/settings.ts';
import { settingsChange } from '../alerts/settings-change.ts';
import type { HouseSettingsTold, User } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

const forAllUnits = ({ unit_path }: User) => { if (unit_path !== null) throw new ZhiweiError('forbidden', '这项设置影响所有单位；请联系集团管理员'); };

export const alertSettingsRoutes = ({ dir, audit, alerts, outbound }: House) => {
  function told(): HouseSettingsTold {
    const { alarm_budget_per_month, month_start_day, first_report_days, next_report_days, outbound: { webhook_url, ...rest } } = readHouseSettings(dir);
    return { alarm_budget_per_month, month_start_day, first_report_days, next_report_days, outbound: { ...rest, webhook_origin: webhook_url === null ? null : new URL(webhook_url).origin }, secrets: outbound.secretsSet };
  }

  function change(to: (now: HouseSettings) => Partial<HouseSettings>, user: User, ip: string | null): HouseSettingsTold {
    forAllUnits(user);
    const before = readHouseSettings(dir), words = settingsChange(before, writeHouseSettings(dir, to(before)));
    if (words !== null) audit.write(user.name, 'settings', words, ip);
    return told();
  }

  return [
    route('GET /api/settings/detection', () => ({ alarm_budget_per_month: readHouseSettings(dir).alarm_budget_per_month })),
    route('POST /api/settings/detection', ({ body, user, ip }) => ({ alarm_budget_per_month: change(() => body, user, ip).alarm_budget_per_month })),

    route('GET /api/settings', ({ user }) => { forAllUnits(user); return told(); }),
    route('POST /api/settings/deadlines', ({ body, user, ip }) => change(() => body, user, ip)),
    route('POST /api/settings/months', ({ body, user, ip }) => change(() => body, user, ip)),
    route('POST /api/settings/outbound', ({ body: { webhook_url, ...body }, user, ip }) => change(({ outbound: now }) => ({ outbound: { ...now, ...body, ...(webhook_url !== undefined && { webhook_url }) } }), user, ip)),

    route('GET /api/outbound', ({ user }) => { forAllUnits(user); return outbound.status(); }),
    route('POST /api/outbound/test', async ({ body: { channel }, user, ip }) => {
      forAllUnits(user);
      const error = await outbound.test(channel, alerts.now());
      audit.write(user.name, 'settings', `发送测试 ${channel === 'mail' ? '邮件' : channel}：${error ?? '已收下'}`, ip);
      return { error };
    }),
    route('POST /api/outbound/:id/retry', ({ param, user, ip }) => {
      forAllUnits(user);
      outbound.retry(param('id'), alerts.now());
      audit.write(user.name, 'settings', `重发消息 ${param('id')}`, ip);
      return { ok: true as const };
    }),
  ];
};
