// In: filters, or one hotspot's id. Out: hotspots 热点, hottest first; one with its curve, life, spread and texts, and how sibling units handled the like.
// Invariant: a look at the texts is in the audit log; restricted texts are in no reply.
import { addDays } from '../../datasets/calendar.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { siblingsOf } from '../alerts/detail.ts';
import { spreadOf } from '../alerts/evidence.ts';
import type { Hotspot, HotspotDetail } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { pathSql, scopedUnit, unitsOf } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import { versioned } from '../versioned.ts';
import type { Parameter } from '../warehouse.ts';
import { curve } from './expectation.ts';

const mostMembers = 300;
const daysBefore = 182;

export const hotspotRoutes = (house: House) => [
  versioned(house, 'GET /api/hotspots', async (reader, { query: { unit, topic, kind, from, to, limit }, scope }) => {
    const path = await scopedUnit(reader, unit, scope);
    const asked = ([['h.topic = ?', topic], ['h.kind = ?', kind], ['h.to_date >= ?::DATE', from], ['h.from_date <= ?::DATE', to]] as const)
      .flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
    const params: Parameter[] = asked.map(({ value }) => value);
    return { hotspots: await reader.answer<Hotspot>(`SELECT h.*, u.name AS unit_name FROM (${scopedViews('main', scope).hotspot}) h JOIN unit u USING (unit_id)
      WHERE ${[pathSql('u.path', path), ...asked.map(({ sql }) => sql)].join(' AND ')} ORDER BY h.score DESC, h.from_date DESC, h.hotspot_id LIMIT ${limit}`, params) };
  }),

  route('GET /api/hotspots/:id', ({ param, user, ip }) => house.warehouse.use(async (reader) => {
    const id = param('id');
    const views = scopedViews('main', user.unit_path);
    const [hotspot] = await reader.query<Hotspot>(`SELECT h.*, u.name AS unit_name FROM (${views.hotspot}) h JOIN unit u USING (unit_id) WHERE h.hotspot_id = ?`, [id]);
    if (!hotspot) throw new ZhiweiError('not_found', '没有这个热点，或它不在你的查看范围内');
    const members = await reader.query<HotspotDetail['members'][number]>(`SELECT d.document_id, p.registration_no, d.received_date, d.unit_id, d.title, d.text, d.restricted
      FROM (${views.hotspot_member}) m JOIN (${views.document}) d USING (document_id) LEFT JOIN (${views.petition}) p USING (document_id)
      WHERE m.hotspot_id = ? ORDER BY d.received_date DESC, d.document_id LIMIT ${mostMembers}`, [id]);
    house.audit.write(user.name, 'view_text', `热点 ${id}，${members.length} 件`, ip);
    const path = (await unitsOf(reader)).find((u) => u.unit_id === hotspot.unit_id)?.path;
    const weeks = await curve(reader, path, { topic: hotspot.topic, from: addDays(hotspot.from_date, -daysBefore), to: addDays(hotspot.to_date, 28) }, hotspot);
    const stages = await reader.query<HotspotDetail['stages'][number]>(`SELECT * EXCLUDE (hotspot_id) FROM (${views.hotspot_stage}) WHERE hotspot_id = ? ORDER BY week`, [id]);
    const ids = await reader.query<{ document_id: string }>(`SELECT document_id FROM (${views.hotspot_member}) WHERE hotspot_id = ?`, [id]);
    return {
      hotspot, curve: weeks, members, stages, spread: await spreadOf(reader, { members: ids.map((m) => m.document_id) }, user.unit_path),
      siblings: path === undefined ? [] : await siblingsOf(reader, house.alerts, { alert_id: '', topic: hotspot.topic, to_date: hotspot.to_date, unit_path: path }, user.unit_path),
    };
  })),
];
