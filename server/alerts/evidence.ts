// In: an alert, one version of the warehouse, a reader's scope. Out: what the alert rests on: curve, texts, matters, spread.
// Invariant: read through the scoped views; restricted texts are in none of it; the documents are those of the last match, detected still or not.
import type { AlertDetail, Curve } from '../api.ts';
import { curve, type Detail } from '../routes/expectation.ts';
import type { Quotable } from '../briefing/quotes.ts';
import { scopedViews } from '../scoped-views.ts';
import type { Reader } from '../warehouse.ts';
import { addDays } from '../../datasets/calendar.ts';
import type { StoredAlert } from './store.ts';

const mostMembers = 300, mostMatters = 100;
const daysBefore = 182, daysAfter = 182;

/** Ids as one parameter of a query: none of them holds a line break. */
const lines = (ids: readonly string[]) => ids.join('\n');
const among = 'IN (SELECT unnest(string_split(?, chr(10))))';

export interface AlertCurve extends Detail { rows: Curve['rows'] }

/** Observed and expected by week, from half a year before to half a year after, of what the alert counts; of its topic's documents where that is no longer judged. */
export async function curveOf(reader: Reader, { kind, unit_path, topic, subtopic, measure, from_date, to_date }: Pick<StoredAlert, 'kind' | 'unit_path' | 'topic' | 'subtopic' | 'measure' | 'from_date' | 'to_date'>): Promise<AlertCurve> {
  const asked = { topic, from: addDays(from_date, -daysBefore), to: addDays(to_date, daysAfter) }, whole = { subtopic: null, measure: 'documents' as const };
  const own = kind === 'series' ? { subtopic, measure } : whole, rows = await curve(reader, unit_path, asked, own);
  return rows.length > 0 ? { ...own, rows } : { ...whole, rows: await curve(reader, unit_path, asked, whole) };
}

export type Member = AlertDetail['members'][number];

export function membersOf(reader: Reader, alert: StoredAlert, scope: string | null): Promise<Member[]> {
  const views = scopedViews('main', scope);
  return reader.query<Member>(`SELECT d.document_id, p.registration_no, d.received_date, d.unit_id, d.title, d.text, d.restricted
    FROM (${views.document}) d LEFT JOIN (${views.petition}) p USING (document_id) WHERE d.document_id ${among} ORDER BY d.received_date DESC, d.document_id LIMIT ${mostMembers}`, [lines(alert.members)]);
}

/** Matters 事项 of the texts, and those that people linked. */
export function mattersOf(reader: Reader, alert: StoredAlert, linked: readonly string[], scope: string | null): Promise<AlertDetail['matters']> {
  const views = scopedViews('main', scope);
  return reader.query(`WITH own AS (SELECT DISTINCT matter_id FROM (${views.document}) WHERE document_id ${among})
    SELECT m.matter_id, m.unit_id, u.name AS unit_name, m.topic, m.first_date, m.last_date, m.documents, m.persons, m.people, m.repeats, m.is_open,
      CASE WHEN m.matter_id IN (SELECT matter_id FROM own) THEN 'member' ELSE 'linked' END AS how
    FROM (${views.matter}) m JOIN unit u USING (unit_id) WHERE m.matter_id IN (SELECT matter_id FROM own) OR m.matter_id ${among}
    ORDER BY how DESC, m.last_date DESC, m.matter_id LIMIT ${mostMatters}`, [lines(alert.members), lines(linked)]);
}

export async function knowsMatter(reader: Reader, matterId: string, scope: string | null): Promise<boolean> {
  return (await reader.query(`SELECT 1 FROM (${scopedViews('main', scope).matter}) WHERE matter_id = ?`, [matterId])).length > 0;
}

type Spread = AlertDetail['spread'][number];

/** Units in the order in which the texts reached them, each with its texts by week. */
export async function spreadOf(reader: Reader, { members }: Pick<StoredAlert, 'members'>, scope: string | null): Promise<Spread[]> {
  const views = scopedViews('main', scope);
  const rows = await reader.query<Omit<Spread, 'weeks'> & { week: string }>(`SELECT d.unit_id, u.name AS unit_name, u.path AS unit_path, date_trunc('week', d.received_date)::DATE AS week, min(d.received_date) AS first_date, count(*) AS documents
    FROM (${views.document}) d JOIN unit u USING (unit_id) WHERE d.document_id ${among} GROUP BY ALL ORDER BY week, d.unit_id`, [lines(members)]);
  const reached = new Map<string, Spread>();
  for (const { week, ...row } of rows) {
    const before = reached.get(row.unit_id);
    const weeks = [...(before?.weeks ?? []), { week, documents: row.documents }];
    reached.set(row.unit_id, before ? { ...before, documents: before.documents + row.documents, weeks } : { ...row, weeks });
  }
  return [...reached.values()].sort((a, b) => (a.first_date < b.first_date ? -1 : a.first_date > b.first_date ? 1 : b.documents - a.documents || (a.unit_id < b.unit_id ? -1 : 1)));
}

/** How many texts, people and matters; which texts may be quoted, and the words that made critical ones critical. */
export async function figuresOf(reader: Reader, alert: StoredAlert, scope: string | null): Promise<{ documents: number; people: number; matters: number; reasons: string[]; quotable: Quotable[] }> {
  const views = scopedViews('main', scope);
  const [sum] = await reader.query<{ documents: number; people: number; matters: number }>(`SELECT count(*) AS documents, coalesce(sum(people), 0) AS people, count(DISTINCT matter_id) AS matters FROM (${views.document}) WHERE document_id ${among}`, [lines(alert.members)]);
  const quotable = await reader.query<Quotable & { critical_reason: string | null }>(
    `SELECT document_id, text, polarity, intensity, critical_reason FROM (${views.document}) WHERE document_id ${among} AND NOT restricted AND text IS NOT NULL ORDER BY received_date DESC, document_id LIMIT ${mostMembers}`, [lines(alert.members)]);
  return { documents: sum?.documents ?? 0, people: sum?.people ?? 0, matters: sum?.matters ?? 0, quotable, reasons: quotable.flatMap((d) => [...(d.critical_reason ?? '').matchAll(/“([^”]+)”/g)].map(([, reason]) => reason ?? '')) };
}

/** The text of an unrestricted document within the scope, or null. */
export async function openText(reader: Reader, documentId: string, scope: string | null): Promise<string | null> {
  const [row] = await reader.query<{ text: string | null }>(`SELECT text FROM (${scopedViews('main', scope).document}) WHERE document_id = ? AND NOT restricted`, [documentId]);
  return row?.text ?? null;
}

export async function exemplarOf(reader: Reader, hotspotId: string, scope: string | null): Promise<string | null> {
  const [row] = await reader.query<{ exemplar: string | null }>(`SELECT exemplar FROM (${scopedViews('main', scope).hotspot}) WHERE hotspot_id = ?`, [hotspotId]);
  return row?.exemplar ?? null;
}
