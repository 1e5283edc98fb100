// In: a unit, a topic, a period. Out: matters 事项 that wait, cases that were handled well; one of either with its texts.
// Invariant: read through the scoped views; a look at texts is in the audit log, and restricted ones are in none of it.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Case, CaseDetail, Matter, MatterDetail } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { mainTopicSql } from '../main-topic.ts';
import { pathSql, scopedUnit } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import { versioned } from '../versioned.ts';
import type { Parameter } from '../warehouse.ts';

const most = 200, mostMembers = 300;
const daysOpen = "date_diff('day', m.first_date, (SELECT as_of FROM run))";

export const matterRoutes = (house: House) => [
  versioned(house, 'GET /api/matters', async (reader, { query: { unit, topic }, scope }) => {
    const path = await scopedUnit(reader, unit, scope);
    const params: Parameter[] = topic === undefined ? [] : [topic];
    const from = `FROM (${scopedViews('main', scope).matter}) m JOIN unit u USING (unit_id) WHERE m.is_open AND ${pathSql('u.path', path)}${topic === undefined ? '' : ' AND m.topic = ?'}`;
    const [matters, all] = await Promise.all([
      reader.answer<Matter>(`SELECT m.*, u.name AS unit_name, ${daysOpen} AS days_open ${from} ORDER BY m.repeats DESC, m.people DESC, m.first_date, m.matter_id LIMIT ${most}`, params),
      reader.answer<{ total: number; repeated: number }>(`SELECT count(*) AS total, count(*) FILTER (m.repeats > 0) AS repeated ${from}`, params),
    ]);
    return { matters, total: all[0]?.total ?? 0, repeated: all[0]?.repeated ?? 0 };
  }),

  route('GET /api/matters/:id', ({ param, user, ip }) => house.warehouse.use(async (reader) => {
    const id = param('id');
    const views = scopedViews('main', user.unit_path);
    const [matter] = await reader.query<Matter>(`SELECT m.*, u.name AS unit_name, ${daysOpen} AS days_open FROM (${views.matter}) m JOIN unit u USING (unit_id) WHERE m.matter_id = ?`, [id]);
    if (!matter) throw new ZhiweiError('not_found', '没有这个事项，或它不在你的查看范围内');
    const members = await reader.query<MatterDetail['members'][number]>(`SELECT d.document_id, p.registration_no, d.received_date, d.unit_id, d.title, d.text, d.restricted
      FROM (${views.document}) d LEFT JOIN (${views.petition}) p USING (document_id) WHERE d.matter_id = ? ORDER BY d.received_date DESC, d.document_id LIMIT ${mostMembers}`, [id]);
    house.audit.write(user.name, 'view_text', `事项 ${id}，${members.length} 件`, ip);
    return { matter, members };
  })),

  // Worth learning from: in time, found satisfying, and not raised again afterwards; those of many people first.
  versioned(house, 'GET /api/cases', async (reader, { query: { unit, topic, from, to }, scope }) => {
    const path = await scopedUnit(reader, unit, scope);
    const asked = ([['p.concluded_date >= ?::DATE', from], ['p.concluded_date <= ?::DATE', to]] as const).flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
    return { cases: await reader.answer<Case>(`WITH well AS (SELECT p.document_id, p.registration_no, d.unit_id, d.people, p.registered_date, p.accepted_date, p.concluded_date, date_diff('day', p.accepted_date, p.concluded_date) AS days, p.satisfaction
        FROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id JOIN matter m ON m.matter_id = d.matter_id
        WHERE NOT d.restricted AND p.concluded_date <= p.conclude_due_date AND p.satisfaction = 'satisfied' AND m.last_date <= p.concluded_date AND (p.outcome IS NOT NULL OR p.reply IS NOT NULL)
          AND ${[pathSql('u.path', path), ...asked.map(({ sql }) => sql)].join(' AND ')}),
        main AS (${mainTopicSql('well')})
      SELECT w.document_id, w.registration_no, w.unit_id, x.topic, w.* EXCLUDE (document_id, registration_no, unit_id) FROM well w JOIN main x USING (document_id)${topic === undefined ? '' : ' WHERE x.topic = ?'}
      ORDER BY w.people DESC, w.days, w.concluded_date DESC, w.document_id LIMIT 20`, [...asked.map(({ value }) => value), ...(topic === undefined ? [] : [topic])]) };
  }),

  route('GET /api/cases/:id', ({ param, user, ip }) => house.warehouse.use(async (reader) => {
    const id = param('id');
    const views = scopedViews('main', user.unit_path);
    const [found] = await reader.query<CaseDetail>(`SELECT d.document_id, d.title, d.text, p.outcome, p.reply FROM (${views.document}) d JOIN (${views.petition}) p USING (document_id) WHERE document_id = ? AND NOT d.restricted`, [id]);
    if (!found) throw new ZhiweiError('not_found', '没有这件信访，或它不在你的查看范围内');
    house.audit.write(user.name, 'view_text', `办结件 ${id}`, ip);
    return found;
  })),
];
