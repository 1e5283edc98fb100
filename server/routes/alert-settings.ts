// In: an administrator's word. Out: the false-alarm budget, and what was sent outside.
// Invariant: settings hold for every unit, so only an administrator of all units changes them.
import { ZhiweiError } from '../../datasets/errors.ts';
import { readHouseSettings, writeHouseSettings } from '../../datasets/settings.ts';
import type { User } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

const forAllUnits = ({ unit_path }: User) => { if (unit_path !== null) throw new ZhiweiError('forbidden', '这项设置影响所有单位；请联系集团管理员'); };

export const alertSettingsRoutes = ({ dir, audit, alerts, outbound }: House) => [
  route('GET /api/settings/detection', () => ({ alarm_budget_per_month: readHouseSettings(dir).alarm_budget_per_month })),

  route('POST /api/settings/detection', ({ body: { alarm_budget_per_month }, user, ip }) => {
    forAllUnits(user);
    const before = readHouseSettings(dir).alarm_budget_per_month;
    const after = writeHouseSettings(dir, { alarm_budget_per_month }).alarm_budget_per_month;
    audit.write(user.name, 'settings', `误报预算 ${before} → ${after}（起/月）`, ip);
    return { alarm_budget_per_month: after };
  }),

  route('GET /api/outbound', ({ user }) => { forAllUnits(user); return outbound.status(); }),

  route('POST /api/outbound/:id/retry', ({ param, user, ip }) => {
    forAllUnits(user);
    outbound.retry(param('id'), alerts.now());
    audit.write(user.name, 'settings', `重发消息 ${param('id')}`, ip);
    return { ok: true as const };
  }),
];
