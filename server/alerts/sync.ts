// In: the version that is served now. Out: its hotspots among the alerts 预警: known ones brought up to date, new ones added.
// Invariant: one transaction; run again on the same version it changes nothing; no state, report or event is ever lost.
import type { Row } from '../../datasets/schema.ts';
import type { HouseSettings } from '../../datasets/settings.ts';
import { countWord, hotspotKinds, type AlertLevel } from '../../datasets/vocabulary.ts';
import { scopedViews } from '../scoped-views.ts';
import type { Reader } from '../warehouse.ts';
import { addDays } from '../../datasets/calendar.ts';
import { deadlineFor, localDay } from './deadline.ts';
import { matchHotspots } from './match-hotspots.ts';
import type { AlertStore, StoredAlert } from './store.ts';
import { closedStates } from './transitions.ts';

/** Hotspots that ended more than eight weeks before the data's last day are history and raise no alert. */
const raisedDays = 56;
/** Deviation from the expected, in standard deviations, from which a hotspot is 重要. */
const majorScore = 4;

export const levelOf = ({ kind, score }: Pick<Row<'hotspot'>, 'kind' | 'score'>): AlertLevel => (kind === 'critical' ? '紧急' : score >= majorScore ? '重要' : '一般');

type Served = Row<'hotspot'> & { unit_name: string; unit_path: string; members: string[] };
interface Unit { unit_id: string; name: string; path: string }

/** What of a version the alerts need; restricted texts are in none of it. */
export async function readHotspots(reader: Reader): Promise<{ asOf: string; hotspots: Served[]; units: Unit[] }> {
  const views = scopedViews('main', null);
  const [run] = await reader.query<{ as_of: string }>('SELECT as_of FROM run');
  const hotspots = await reader.query<Served>(`SELECT h.*, u.name AS unit_name, u.path AS unit_path,
    (SELECT coalesce(list(m.document_id ORDER BY m.document_id), []) FROM (${views.hotspot_member}) m WHERE m.hotspot_id = h.hotspot_id) AS members
    FROM (${views.hotspot}) h JOIN unit u USING (unit_id) ORDER BY h.score DESC, h.hotspot_id`);
  return { asOf: run?.as_of ?? '', hotspots, units: await reader.query<Unit>('SELECT unit_id, name, path FROM unit') };
}

/** Matches and writes; gives the alerts that are new or of a higher level now. `onNew` runs within the same transaction. */
export function syncAlerts(store: AlertStore, version: number, { asOf, hotspots, units }: Awaited<ReturnType<typeof readHotspots>>, settings: HouseSettings, now: Date, onNew: (alert: StoredAlert) => void): StoredAlert[] {
  return store.change(() => {
    const known = new Map(movedUnits(store, units).map((a) => [a.alert_id, a]));
    const matches = matchHotspots([...known.values()].map((a) => ({ ...a, closed: closedStates.includes(a.state) })), hotspots);
    const told: StoredAlert[] = [];
    for (const [i, match] of matches.entries()) {
      const hotspot = hotspots[i];
      const alert = match.alert_id === null ? undefined : known.get(match.alert_id);
      if (!hotspot) continue;
      if (alert) { if (update(store, alert, hotspot, version, settings, now)) told.push(store.get(alert.alert_id, null)); }
      else if (hotspot.to_date >= addDays(asOf, -raisedDays)) told.push(raise(store, hotspot, match.previous, version, settings, now));
    }
    told.forEach(onNew);
    return told;
  });
}

/** All alerts, after those whose unit has moved in the tree or been renamed have followed it. */
function movedUnits(store: AlertStore, units: readonly Unit[]): StoredAlert[] {
  const byId = new Map(units.map((u) => [u.unit_id, u]));
  for (const { alert_id, unit_id, unit_path, unit_name } of store.all(null)) {
    const unit = byId.get(unit_id);
    if (unit && (unit.path !== unit_path || unit.name !== unit_name)) store.set(alert_id, { unit_path: unit.path, unit_name: unit.name });
  }
  return store.all(null);
}

/** Whether its level was raised. */
function update(store: AlertStore, alert: StoredAlert, hotspot: Served, version: number, settings: HouseSettings, now: Date): boolean {
  const { alert_id } = alert;
  // A closed alert keeps the window of the day it was closed: a later episode is told by it.
  if (closedStates.includes(alert.state)) { if (alert.last_version !== version) store.set(alert_id, { last_version: version }); return false; }
  const { hotspot_id, kind, unit_id, unit_path, unit_name, topic, subtopic, measure, title, from_date, to_date, observed, expected, upper, score, terms, members } = hotspot;
  const level = harder(alert.level, levelOf(hotspot)), at = now.toISOString();
  const next = { hotspot_id, kind, unit_id, unit_path, unit_name, topic, subtopic, measure, title, from_date, to_date, observed, expected, upper, score, terms, members, level, last_version: version, ...(level !== alert.level && { deadline: sooner(alert.deadline, deadlineFor(alert.state, level, localDay(now), settings)) }) };
  const changed = (Object.keys(next) as (keyof typeof next)[]).filter((key) => JSON.stringify(next[key]) !== JSON.stringify(alert[key]));
  if (changed.length === 0) return false;
  store.set(alert_id, { ...next, updated_at: at });
  const words = [
    ...(alert.kind !== kind ? [`由${hotspotKinds[alert.kind]}发展为${hotspotKinds[kind]}`] : []),
    ...(alert.from_date !== from_date || alert.to_date !== to_date ? [`起止 ${from_date} 至 ${to_date}（原 ${alert.from_date} 至 ${alert.to_date}）`] : []),
    ...(alert.unit_id !== unit_id ? [`单位改为${unit_name}（原 ${alert.unit_name}）`] : []),
    ...(alert.observed !== observed ? [`观测 ${observed} ${countWord(measure)}（原 ${alert.observed} ${countWord(alert.measure)}）`] : []),
    ...(alert.level !== level ? [`级别升为${level}`] : []),
  ];
  if (words.length > 0) store.note(alert_id, at, { kind: 'updated', user: null, text: `第 ${version} 版数据：${words.join('；')}` });
  return level !== alert.level;
}

const order: readonly AlertLevel[] = ['紧急', '重要', '一般'];
const sooner = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);
/** A level is raised by new data but not lowered: people have acted by it. */
const harder = (a: AlertLevel, b: AlertLevel) => (order.indexOf(b) < order.indexOf(a) ? b : a);

function raise(store: AlertStore, hotspot: Served, previous: string | null, version: number, settings: HouseSettings, now: Date): StoredAlert {
  const { hotspot_id, kind, unit_id, unit_path, unit_name, topic, subtopic, measure, title, from_date, to_date, observed, expected, upper, score, terms, members } = hotspot;
  const at = now.toISOString(), today = localDay(now), level = levelOf(hotspot);
  const alert = {
    alert_id: store.nextId(today.slice(0, 4)), kind, level, unit_id, unit_path, unit_name, topic, subtopic, measure, title, from_date, to_date, observed, expected, upper, score, terms, hotspot_id, members,
    first_version: version, last_version: version, state: '新发现' as const, owner: null, owner_unit: null, owner_unit_name: null, deadline: deadlineFor('新发现', level, today, settings),
    created_at: at, updated_at: at, closed_at: null, outcome: null, false_reason: null, previous_alert_id: previous,
  };
  store.add(alert);
  store.note(alert.alert_id, at, { kind: 'found', user: null, to_state: '新发现', text: `第 ${version} 版数据发现${previous === null ? '' : `；此前同类预警 ${previous} 已结`}` });
  return { ...alert, reports: 0, comments: 0 };
}
