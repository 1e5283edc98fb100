// In: an alert and who reads it. Out: everything its page shows.
// Invariant: nothing outside the reader's scope: neither texts, nor units, nor the alerts of sibling units.
import type { AlertDetail, AlertEvent, Effect, User } from '../api.ts';
import type { Reader } from '../warehouse.ts';
import type { Alerts } from './alerts.ts';
import { effectOf } from './effect.ts';
import { curveOf, exemplarOf, mattersOf, membersOf, spreadOf } from './evidence.ts';
import type { ListedAlert, StoredAlert } from './store.ts';
import { closedStates, possible } from './transitions.ts';

const mostSiblings = 10;

const measuresOf = (events: readonly AlertEvent[]) => events.flatMap((e) => (e.kind === 'measure' && e.date !== null ? [{ date: e.date, text: e.text }] : [])).sort((a, b) => (a.date < b.date ? -1 : 1));

/** Null where no measure was noted. */
export async function effectOfAlert(reader: Reader, alert: ListedAlert, events: readonly AlertEvent[]): Promise<Effect | null> {
  const [first] = measuresOf(events);
  if (!first) return null;
  const to_date = first.date > alert.to_date ? first.date : alert.to_date;
  const { rows, measure } = await curveOf(reader, { ...alert, to_date });
  return effectOf(rows, alert.from_date, first.date, measure);
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Earlier closed alerts of the same topic at units under the same parent, newest first. */
export async function siblingsOf(reader: Reader, alerts: Alerts, alert: Pick<StoredAlert, 'alert_id' | 'topic' | 'to_date' | 'unit_path'>, scope: string | null): Promise<AlertDetail['siblings']> {
  const near = alerts.store.list(scope).filter((a) => a.alert_id !== alert.alert_id && a.topic === alert.topic && closedStates.includes(a.state) && a.from_date <= alert.to_date
    && a.unit_path !== alert.unit_path && parentOf(a.unit_path) === parentOf(alert.unit_path)).reverse().slice(0, mostSiblings);
  return Promise.all(near.map(async (a) => {
    const events = alerts.store.events(a.alert_id);
    const { alert_id, unit_id, unit_name, title, from_date, to_date, closed_at, outcome } = a;
    return { alert_id, unit_id, unit_name, title, from_date, to_date, closed_at, outcome, measures: measuresOf(events), effect: await effectOfAlert(reader, a, events) };
  }));
}

export async function alertDetail(reader: Reader, alerts: Alerts, id: string, { unit_path: scope, role }: User): Promise<AlertDetail> {
  const { store } = alerts;
  const alert = store.get(id, scope), events = store.events(id);
  const linked = events.flatMap((e) => (e.matter_id === null ? [] : [e.matter_id]));
  const previous = alert.previous_alert_id === null ? undefined : store.list(scope).find((a) => a.alert_id === alert.previous_alert_id);
  const acts = role === 'clerk' || role === 'admin', shown = await curveOf(reader, alert);
  return {
    alert: alerts.tell(alert), actions: possible(alert.state, role).map(({ action, label, to }) => ({ action, label, to })),
    // A draft is its writers' until it is sent.
    timeline: events, reports: store.reports(id).filter((r) => acts || r.submitted_at !== null), attachments: store.attachments(id),
    curve: shown.rows, curve_of: { subtopic: shown.subtopic, measure: shown.measure }, terms: alert.terms, exemplar: await exemplarOf(reader, alert.hotspot_id, scope),
    members: await membersOf(reader, alert, scope), matters: await mattersOf(reader, alert, linked, scope), spread: await spreadOf(reader, alert, scope),
    siblings: await siblingsOf(reader, alerts, alert, scope),
    previous: previous ? { alert_id: previous.alert_id, title: previous.title, state: previous.state, outcome: previous.outcome, from_date: previous.from_date, to_date: previous.to_date } : null,
    effect: await effectOfAlert(reader, alert, events),
  };
}
