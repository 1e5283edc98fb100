// In: a unit, a topic and a period. Out: the weeks nearest to an alarm, beside the alarm line, and the hotspots that tell of them: why, or why not.
// Invariant: of one unit's own expectation (a scope without a single top unit has none); provisional weeks may still grow and are not judged.
import type { Why } from '../api.ts';
import type { House } from '../house.ts';
import { scopedUnit, unitsOf } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import { versioned } from '../versioned.ts';

/** The upper bound is exceeded with probability 0.01, the normal deviate of which this is. */
const boundDeviate = 2.33;

export const whyRoutes = (house: House) => [
  versioned(house, 'GET /api/why', async (reader, { query: { unit, topic, from, to }, scope }): Promise<Why> => {
    const path = await scopedUnit(reader, unit, scope);
    const tops = (await unitsOf(reader)).filter((u) => (path === undefined ? u.parent_id === null : u.path === path)), own = tops.length === 1 ? tops[0] : undefined;
    const [run] = await reader.answer<{ alarm_from: number | null }>('SELECT alarm_from FROM run');
    if (!own || !run) return { unit_name: null, alarm_from: run?.alarm_from ?? null, nearest: null, newest: null, hotspots: [] };
    const weeks = await reader.answer<NonNullable<Why['newest']>>(`SELECT week, observed, expected, upper, score,
        greatest(observed + 1, CAST(ceil(expected + ? * (upper - expected) / ${boundDeviate}) AS INTEGER)) AS needed
      FROM expectation WHERE unit_id = ? AND topic = ? AND week >= ?::DATE AND week <= ?::DATE AND week < (SELECT provisional_from FROM run) ORDER BY week`, [run.alarm_from, own.unit_id, topic, from, to]);
    const views = scopedViews('main', scope);
    return {
      unit_name: own.name, alarm_from: run.alarm_from, newest: weeks.at(-1) ?? null,
      nearest: weeks.reduce<Why['nearest']>((most, w) => (most === null || w.score > most.score ? w : most), null),
      hotspots: await reader.answer(`SELECT h.hotspot_id, h.title, u.name AS unit_name, h.unit_id = ? AS is_own FROM (${views.hotspot}) h JOIN unit u USING (unit_id)
        WHERE h.kind = 'series' AND h.topic = ? AND h.to_date >= ?::DATE AND h.from_date <= ?::DATE AND (u.path = ? OR starts_with(u.path, ? || '/') OR starts_with(?, u.path || '/'))
        ORDER BY is_own DESC, h.score DESC, h.hotspot_id LIMIT 5`, [own.unit_id, topic, from, to, own.path, own.path, own.path]),
    };
  }),
];
