// In: filters. Out: the petitions that wait too long or soon will: the list for supervision 督办.
// Invariant: petitions are named by number, unit and topic, never by person or text; restricted ones (检举控告) are only counted.
import type { Supervised } from '../api.ts';
import type { House } from '../house.ts';
import { mainTopicSql } from '../main-topic.ts';
import { pathSql, scopedUnit } from '../scope.ts';
import { versioned } from '../versioned.ts';
import type { Parameter } from '../warehouse.ts';

const soonDays = 7, most = 500;

export const handlingRoutes = (house: House) => [
  versioned(house, 'GET /api/supervision', async (reader, { query: { unit, topic, channel }, scope }) => {
    const path = await scopedUnit(reader, unit, scope);
    const asked = ([['EXISTS (FROM demand x WHERE x.document_id = p.document_id AND x.topic = ?)', topic], ['d.channel = ?', channel]] as const).flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
    const params: Parameter[] = asked.map(({ value }) => value);
    const where = [pathSql('u.path', path), ...asked.map(({ sql }) => sql)].join(' AND ');
    const waiting = `FROM (SELECT p.*, d.unit_id, d.matter_id, d.people, d.restricted, d.channel,
        p.accepted_date IS NULL AND r.tells_acceptance AS unaccepted, CASE WHEN unaccepted THEN p.accept_due_date ELSE coalesce(p.conclude_due_date, p.accept_due_date) END AS due_date
        FROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id, run r WHERE p.concluded_date IS NULL AND ${where}) w, run r
      WHERE w.due_date <= r.as_of + ${soonDays}`;
    const [rows, counts] = await Promise.all([
      reader.answer<Supervised['rows'][number]>(`WITH listed AS (SELECT w.*, date_diff('day', w.due_date, r.as_of) AS days_overdue ${waiting} AND NOT w.restricted ORDER BY w.due_date, w.document_id LIMIT ${most}),
          main AS (${mainTopicSql('listed')})
        SELECT l.document_id, l.registration_no, l.unit_id, l.responsible_unit_id, l.matter_id, x.topic, l.channel, l.people, CASE WHEN l.unaccepted THEN '受理' ELSE '办结' END AS awaits, l.registered_date, l.accepted_date, l.due_date, l.extended_days, l.is_repeat, l.days_overdue
        FROM listed l LEFT JOIN main x USING (document_id) ORDER BY l.due_date, l.document_id`, params),
      reader.answer<Omit<Supervised, 'rows'>>(`SELECT count(*) FILTER (NOT w.restricted AND w.due_date < r.as_of) AS overdue, count(*) FILTER (NOT w.restricted AND w.due_date >= r.as_of) AS soon, count(*) FILTER (w.restricted) AS restricted ${waiting}`, params),
    ]);
    return { rows, ...(counts[0] ?? { overdue: 0, soon: 0, restricted: 0 }) };
  }),
];
