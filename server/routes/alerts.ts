// In: filters, an alert's number, what to do with it. Out: alerts 预警, as the reader's unit scope allows.
// Invariant: a look at the texts and every act is in the audit log.
import { addDays } from '../../datasets/calendar.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { alertLevels, alertStates, type AlertLevel, type AlertState } from '../../datasets/vocabulary.ts';
import type { Alert, User } from '../api.ts';
import { localDay } from '../alerts/deadline.ts';
import { alertDetail } from '../alerts/detail.ts';
import { knowsMatter } from '../alerts/evidence.ts';
import { qualityOf } from '../alerts/quality.ts';
import { closedStates, labelOf } from '../alerts/transitions.ts';
import { readHouseSettings } from '../../datasets/settings.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit, unitsOf, within } from '../scope.ts';

const isOpen = (a: Alert) => !closedStates.includes(a.state);
/** Whether it is the reader's to handle: named, or at the unit that is given it while nobody is named. */
const isMine = ({ name, unit_path }: User) => (a: Alert) => a.owner === name || (a.owner === null && a.owner_unit !== null && a.owner_unit === unit_path);
const tally = <K extends string>(keys: readonly K[], of: (key: K) => number) => Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, number>;
const pressing = (a: Alert, b: Alert) => Number(isOpen(b)) - Number(isOpen(a)) || b.overdue_days - a.overdue_days || alertLevels.indexOf(a.level) - alertLevels.indexOf(b.level) || b.score - a.score || (a.alert_id < b.alert_id ? 1 : -1);

export const alertRoutes = ({ alerts, warehouse, users, audit, dir }: House) => {
  const all = ({ unit_path }: User) => alerts.store.list(unit_path).map((a) => alerts.tell(a));

  /** The unit asked for; alerts also answer before anything is published, when nobody can know a unit. */
  const pathOf = (unit: string | undefined, scope: string | null) => (unit === undefined || warehouse.version === null ? Promise.resolve(scope ?? undefined) : warehouse.use((reader) => scopedUnit(reader, unit, scope)));

  /** The unit to which an alert is given, within the scope of who gives it. */
  async function ownerUnit(asked: string | null, user: User): Promise<{ owner_unit: string | null; owner_unit_name: string | null }> {
    if (asked === null) return { owner_unit: null, owner_unit_name: null };
    return warehouse.use(async (reader) => {
      const path = await scopedUnit(reader, asked, user.unit_path);
      const unit = (await unitsOf(reader)).find((u) => u.path === path);
      return { owner_unit: unit?.path ?? null, owner_unit_name: unit?.name ?? null };
    });
  }

  return [
    route('GET /api/alerts', async ({ query, user }) => {
      const path = await pathOf(query.unit, user.unit_path);
      const asked = all(user).filter((a) => within(a.unit_path, path ?? null) && (query.kind === undefined || a.kind === query.kind) && (query.topic === undefined || a.topic === query.topic)
        && (query.open === undefined || isOpen(a) === query.open) && a.age_days >= (query.min_age_days ?? 0));
      const shown = asked.filter((a) => (query.state === undefined || a.state === query.state) && (query.level === undefined || a.level === query.level) && (query.overdue === undefined || (a.due === '已逾期') === query.overdue) && (query.mine === undefined || isMine(user)(a) === query.mine));
      return {
        alerts: shown.sort(pressing).slice(0, query.limit),
        counts: {
          total: asked.length, open: asked.filter(isOpen).length, overdue: asked.filter((a) => a.due === '已逾期').length, mine: asked.filter((a) => isOpen(a) && isMine(user)(a)).length,
          by_state: tally<AlertState>(alertStates, (s) => asked.filter((a) => a.state === s).length), by_level: tally<AlertLevel>(alertLevels, (l) => asked.filter((a) => a.level === l).length),
        },
      };
    }),

    route('GET /api/alerts/summary', ({ user }) => {
      const open = all(user).filter(isOpen);
      const number = (is: (a: Alert) => boolean, among = open) => among.filter(is).length;
      const mine = open.filter(isMine(user)), tomorrow = addDays(localDay(alerts.now()), 1);
      return { open: open.length, new: number((a) => a.state === '新发现'), overdue: number((a) => a.due === '已逾期'), due_today: number((a) => a.due === '今日到期'), critical: number((a) => a.level === '紧急'),
        mine: { open: mine.length, overdue: number((a) => a.due === '已逾期', mine), due_soon: number((a) => a.due !== '已逾期' && a.deadline !== null && a.deadline <= tomorrow, mine) } };
    }),

    route('GET /api/alerts/quality', ({ user }) => qualityOf(alerts.store.list(user.unit_path), user.unit_path === null ? readHouseSettings(dir).alarm_budget_per_month : null, alerts.now())),

    route('GET /api/alerts/:id', ({ param, user, ip }) => {
      alerts.store.get(param('id'), user.unit_path);
      return warehouse.use(async (reader) => {
        const detail = await alertDetail(reader, alerts, param('id'), user);
        audit.write(user.name, 'view_text', `预警 ${detail.alert.alert_id}，${detail.members.length} 件`, ip);
        return detail;
      });
    }),

    route('POST /api/alerts/:id/actions', async ({ param, body, user, ip }) => {
      const { unit_path } = alerts.store.get(param('id'), user.unit_path);
      const checked = body.action === 'assign' ? await ownerUnit(body.owner_unit, user) : {};
      if (body.action === 'assign' && body.owner !== null) {
        const owner = users.find(body.owner);
        if (!owner || !within(unit_path, owner.unit_path)) throw new ZhiweiError('bad_request', `没有能看到这条预警的用户“${body.owner}”；请核对用户名`);
      }
      if (body.action === 'link_matter' && !await warehouse.use((reader) => knowsMatter(reader, body.matter_id, user.unit_path))) throw new ZhiweiError('not_found', '没有这个事项，或它不在你的查看范围内');
      const alert = alerts.act(param('id'), user, body, checked);
      audit.write(user.name, 'alert', `${alert.alert_id} ${labelOf(body.action)}，现为${alert.state}`, ip);
      return { alert };
    }),

    route('POST /api/alerts/:id/comments', ({ param, body, user, ip }) => {
      const alert = alerts.comment(param('id'), user, body.text);
      audit.write(user.name, 'alert', `${alert.alert_id} ${labelOf('comment')}`, ip);
      return { alert };
    }),
  ];
};
