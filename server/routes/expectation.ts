// In: unit, topic, period. Out: what was observed beside what was expected, by unit and topic (heat) or by week (curve).
// Invariant: expectations of several series or weeks add up; their bounds do not, so the half-widths add as squares (independent parts).
import type { Row } from '../../datasets/schema.ts';
import type { Curve, Heat } from '../api.ts';
import type { House } from '../house.ts';
import { scopedUnit, unitsOf } from '../scope.ts';
import { versioned } from '../versioned.ts';
import type { Parameter, Reader } from '../warehouse.ts';

const sums = 'sum(e.observed) AS observed, sum(e.expected) AS expected, sum(e.expected) + sqrt(sum(power(e.upper - e.expected, 2))) AS upper';

interface Asked { from?: string | undefined; to?: string | undefined; topic?: string | undefined }

/** What of a topic: a second-level topic of it or all (null), and what is counted. */
export type Detail = Pick<Row<'hotspot'>, 'subtopic' | 'measure'>;

/** Weeks that begin within the period. */
function conditions({ from, to, topic }: Asked, detail?: Detail): { sql: string; params: Parameter[] } {
  const all = ([['e.week >= ?::DATE', from], ['e.week <= ?::DATE', to], ['e.topic = ?', topic], ['e.measure = ?', detail?.measure], ['e.subtopic IS NOT DISTINCT FROM ?', detail?.subtopic]] as const).flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return { sql: all.map(({ sql }) => ` AND ${sql}`).join(''), params: all.map(({ value }) => value) };
}

/** Units whose expectation covers `path` once: the unit itself, or every unit without a parent. */
async function topUnits(reader: Reader, path: string | undefined): Promise<string[]> {
  const units = await unitsOf(reader);
  return units.filter((u) => (path === undefined ? u.parent_id === null : u.path === path)).map((u) => u.unit_id);
}

const placeholders = (n: number) => Array.from({ length: n }, () => '?').join(', ');

/** Weekly curve of a unit (path; undefined is everything): of documents by topic, or of one second-level topic or measure. */
export async function curve(reader: Reader, path: string | undefined, asked: Asked, detail: Detail = { subtopic: null, measure: 'documents' }): Promise<Curve['rows']> {
  const units = await topUnits(reader, path);
  if (units.length === 0) return [];
  const isDetail = detail.subtopic !== null || detail.measure !== 'documents', { sql, params } = conditions(asked, isDetail ? detail : undefined);
  return reader.answer(`SELECT e.week, ${sums}, e.week >= (SELECT provisional_from FROM run) AS provisional
    FROM ${isDetail ? 'expectation_detail' : 'expectation'} e WHERE e.unit_id IN (${placeholders(units.length)})${sql} GROUP BY e.week ORDER BY e.week`, [...units, ...params]);
}

export const expectationRoutes = (house: House) => [
  versioned(house, 'GET /api/heat', async (reader, { query, scope }) => {
    const path = await scopedUnit(reader, query.unit, scope);
    const top = await topUnits(reader, path);
    const units = await unitsOf(reader);
    // The units one level below; a unit with none below shows itself.
    const shown = top.flatMap((id) => { const below = units.filter((u) => u.parent_id === id); return below.length > 0 ? below.map((u) => u.unit_id) : [id]; });
    if (shown.length === 0) return { rows: [] };
    const { sql, params } = conditions(query);
    // What is too rare to have an expectation is counted all the same.
    return { rows: await reader.answer<Heat['rows'][number]>(`WITH part AS (SELECT v.unit_id AS branch_id, u.unit_id FROM unit v JOIN unit u ON u.path = v.path OR starts_with(u.path, v.path || '/') WHERE v.unit_id IN (${placeholders(shown.length)})),
      counted AS (SELECT p.branch_id, e.topic, sum(e.documents) AS observed FROM series e JOIN part p USING (unit_id) WHERE true${sql} GROUP BY ALL),
      expected AS (SELECT e.unit_id AS branch_id, e.topic, ${sums} FROM expectation e WHERE e.unit_id IN (${placeholders(shown.length)})${sql} GROUP BY ALL)
      SELECT branch_id, topic, coalesce(e.observed, c.observed) AS observed, e.expected, e.upper FROM expected e FULL JOIN counted c USING (branch_id, topic) ORDER BY ALL`, [...shown, ...params, ...shown, ...params]) };
  }),

  versioned(house, 'GET /api/curve', async (reader, { query, scope }) => {
    const path = await scopedUnit(reader, query.unit, scope);
    const { subtopic = null, measure = 'documents' } = query;
    return { rows: await curve(reader, path, query, { subtopic, measure }) };
  }),
];
