// In: a view and a unit. Out: the rows that the page of units 单位 shows. Invariant: every figure is a metric; headcounts come as its denominators.
import { taxonomy, topicCodes } from '../datasets/taxonomy.ts';
import type { DimensionName } from '../datasets/metrics.ts';
import { ask } from './api.ts';
import type { FunnelPoint } from './charts/funnel-plot.ts';
import type { ProfileRow } from './charts/profile-plot.ts';
import { number } from './overview.ts';
import { filtersOf, type View } from './url-state.ts';

interface Unit { unit_id: string; parent_id: string | null; name: string; path: string; level: number }

/** Units at the level below `parent`: 矿 by branch, teams each for itself. */
const dimensionOf = (level: number): DimensionName => (level <= 1 ? 'branch' : 'unit');

/** Petitions and headcount of each of the units, those without headcount left out. */
export async function funnelPoints(view: View, units: readonly Unit[], parent: string | null, chosen: string | null): Promise<FunnelPoint[]> {
  const dimension = dimensionOf(units[0]?.level ?? 1);
  const { rows } = await ask({ metrics: ['petitions_per_1000'], dimensions: [dimension], filters: filtersOf({ ...view, unit: parent }) });
  const byUnit = new Map(rows.map((r) => [String(r[dimension]), r]));
  return units.flatMap((u) => {
    const row = byUnit.get(u.unit_id), heads = number(row, 'petitions_per_1000__den');
    return heads ? [{ label: u.name, heads, value: number(row, 'petitions_per_1000__num') ?? 0, ...(u.unit_id === chosen && { chosen: true }) }] : [];
  });
}

/** Petitions per 1,000 employees by topic: the unit's own and its siblings'. */
export async function profileOf(view: View, units: readonly Unit[], parent: string | null, chosen: string): Promise<ProfileRow[]> {
  const dimension = dimensionOf(units[0]?.level ?? 1);
  return Promise.all(topicCodes.map(async (topic) => {
    const { rows } = await ask({ metrics: ['petitions_per_1000'], dimensions: [dimension], filters: filtersOf({ ...view, unit: parent, topic }) });
    const rate = new Map(rows.flatMap((r) => { const value = number(r, 'petitions_per_1000'); return value === null ? [] : [[String(r[dimension]), value] as const]; }));
    return { label: taxonomy[topic].label, own: rate.get(chosen) ?? 0, others: units.filter((u) => u.unit_id !== chosen).map((u) => rate.get(u.unit_id) ?? 0) };
  }));
}
