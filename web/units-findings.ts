// In: figures of units. Out: the titles of the panels of 单位: the finding, in one short sentence.
// Invariant: pure; units are compared with what their size explains, never ranked.
import type { FunnelPoint } from './charts/funnel-plot.ts';
import { funnelOf, standing } from './charts/funnel-plot.ts';
import { quantile, type ProfileRow } from './charts/profile-plot.ts';

/** Which units are unusual for their size. */
export function funnelFinding(points: readonly FunnelPoint[]): string {
  const funnel = funnelOf(points);
  const named = (end: string) => points.filter((p) => standing(funnel, p).endsWith(end)).map((p) => p.label);
  const [above, below] = [named('above'), named('below')];
  const list = (names: string[]) => (names.length > 3 ? `${names.slice(0, 3).join('、')}等 ${names.length} 个单位` : names.join('、'));
  if (above.length === 0 && below.length === 0) return '按人数算，各单位的差别没有超出偶然';
  return [above.length ? `${list(above)}高于同样大小的单位` : '', below.length ? `${list(below)}低于` : ''].filter(Boolean).join('，');
}

/** Where the chosen unit stands among its siblings. */
export function placeFinding(points: readonly FunnelPoint[], name: string): string {
  const own = points.find((p) => p.chosen);
  if (!own) return `${name}没有可比的在岗人数`;
  const rate = (own.value / Math.max(1, own.heads)) * 1000;
  const funnel = funnelOf(points);
  const where = standing(funnel, own);
  const words = where === 'within' ? '在同样大小单位的常态之内' : where.endsWith('above') ? `${where.startsWith('far') ? '远' : ''}高于同样大小的单位` : `${where.startsWith('far') ? '远' : ''}低于同样大小的单位`;
  return `${name}每千人 ${rate.toFixed(1)} 件，${words}`;
}

/** The topic in which the unit stands out most from its siblings' middle. */
export function profileFinding(rows: readonly ProfileRow[]): string {
  const gaps = rows.map((row) => { const s = [...row.others].sort((a, b) => a - b); const high = quantile(s, 0.75); return { label: row.label, gap: row.own - high, beyond: row.own > (s.at(-1) ?? Infinity) }; }).sort((a, b) => b.gap - a.gap);
  const first = gaps[0];
  if (!first || first.gap <= 0) return '各类诉求都不高于同级的多数单位';
  return first.beyond ? `${first.label}比所有同级单位都多` : `${first.label}多于四分之三的同级单位`;
}

/** What still waits. */
export function mattersFinding(total: number, repeated: number): string {
  if (total === 0) return '没有未办结的事项';
  return `${total} 个事项未办结${repeated > 0 ? `，其中 ${repeated} 个反复提出` : ''}`;
}
