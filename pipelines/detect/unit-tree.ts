// In: units, headcounts and weekly series rows. Out: a tree of nodes, each with the weekly counts of its whole subtree.
// Invariant: parents come before children; a unit that the tree does not know stands as a root of its own.
import type { Row } from '../../datasets/schema.ts';
import type { SeriesMeasure } from '../../datasets/vocabulary.ts';
import { ascending, dayNumber, isoDay, type TopicCode } from './material.ts';

export interface UnitNode {
  unit_id: string;
  name: string;
  parent: UnitNode | null;
  children: UnitNode[];
  level: number;
  /** Weekly documents of the subtree by topic. */
  counts: Map<TopicCode, number[]>;
  /** Weekly documents of the subtree by second-level topic. */
  finer: Map<string, number[]>;
  /** Weekly matters, negatives and people of the subtree by topic. */
  measured: Map<TopicCode, Record<OtherMeasure, number[]>>;
  /** Weekly headcount, when it is known. */
  headcount: number[] | null;
}

export type OtherMeasure = Exclude<SeriesMeasure, 'documents'>;
export const otherMeasures: readonly OtherMeasure[] = ['matters', 'negatives', 'people'];

export interface UnitTree { nodes: UnitNode[]; byUnit: Map<string, UnitNode>; weeks: string[]; weekOfYear: number[] }

/** Builds the tree over the weeks that the data cover, up to the day they reach to. */
export function unitTree(units: Row<'unit'>[], headcounts: Row<'headcount'>[], series: Row<'series'>[], asOf: string): UnitTree {
  const weeks = coveredWeeks(series, asOf);
  const at = new Map(weeks.map((week, i) => [week, i]));
  const byUnit = new Map<string, UnitNode>();
  const none = () => new Array<number>(weeks.length).fill(0);
  const add = <K>(to: Map<K, number[]>, key: K, week: number, documents: number) => {
    const counts = to.get(key) ?? none();
    counts[week] = (counts[week] ?? 0) + documents;
    to.set(key, counts);
  };
  const unit = (unit_id: string, name: string): UnitNode => {
    const node: UnitNode = { unit_id, name, parent: null, children: [], level: 0, counts: new Map(), finer: new Map(), measured: new Map(), headcount: null };
    byUnit.set(unit_id, node);
    return node;
  };
  for (const u of units) unit(u.unit_id, u.name);
  for (const u of [...units].sort((a, b) => ascending(a.unit_id, b.unit_id))) {
    const node = byUnit.get(u.unit_id), parent = u.parent_id === null ? undefined : byUnit.get(u.parent_id);
    if (node && parent && parent !== node) { node.parent = parent; parent.children.push(node); }
  }
  for (const s of series) if (!byUnit.has(s.unit_id)) unit(s.unit_id, s.unit_id);
  for (const s of series) {
    const week = at.get(s.week);
    if (week === undefined) continue;
    for (let node = byUnit.get(s.unit_id) ?? null; node; node = node.parent) {
      add(node.counts, s.topic, week, s.documents);
      if (s.subtopic !== null) add(node.finer, s.subtopic, week, s.documents);
      const measured = node.measured.get(s.topic) ?? { matters: none(), negatives: none(), people: none() };
      for (const measure of otherMeasures) measured[measure][week] = (measured[measure][week] ?? 0) + s[measure];
      node.measured.set(s.topic, measured);
    }
  }
  const nodes: UnitNode[] = [];
  const visit = (node: UnitNode, level: number) => { node.level = level; nodes.push(node); for (const child of node.children) visit(child, level + 1); };
  for (const node of [...byUnit.values()].filter((n) => !n.parent).sort((a, b) => ascending(a.unit_id, b.unit_id))) visit(node, 0);
  staff(nodes, headcounts, weeks);
  const weekOfYear = weeks.map((week) => (dayNumber(week) + 3 - dayNumber(`${week.slice(0, 4)}-01-01`)) / 7);
  return { nodes, byUnit, weeks, weekOfYear };
}

/** Weeks from the first quarter that holds a tenth of the last year's weekly volume: a few old letters before a ledger began are no history. */
function coveredWeeks(series: Row<'series'>[], asOf: string): string[] {
  const weeks = weeksBetween(series.reduce((first, s) => (s.week < first ? s.week : first), asOf), asOf);
  const at = new Map(weeks.map((week, i) => [week, i]));
  const totals = new Array<number>(weeks.length).fill(0);
  for (const s of series) { const i = at.get(s.week); if (i !== undefined) totals[i] = (totals[i] ?? 0) + s.documents; }
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  const least = mean(totals.slice(-52)) / 10;
  const start = totals.findIndex((n, i) => n > 0 && n >= least && mean(totals.slice(i, i + 13)) >= least);
  return weeks.slice(Math.max(0, start));
}

function weeksBetween(first: string, last: string): string[] {
  const monday = (day: string) => { const n = dayNumber(day); return n - ((n + 3) % 7); };
  const weeks: string[] = [];
  for (let day = monday(first); day <= dayNumber(last); day += 7) weeks.push(isoDay(day));
  return weeks;
}

/** Headcount of each node and week: its own months, carried on until the next; else the sum of its children. */
function staff(nodes: UnitNode[], headcounts: Row<'headcount'>[], weeks: string[]): void {
  const months = new Map<string, { month: string; headcount: number }[]>();
  for (const h of headcounts) if (h.headcount > 0) months.set(h.unit_id, [...(months.get(h.unit_id) ?? []), h]);
  for (const node of [...nodes].reverse()) {
    const known = (months.get(node.unit_id) ?? []).sort((a, b) => ascending(a.month, b.month));
    const of = node.children.flatMap((c) => (c.headcount ? [c.headcount] : []));
    const first = known[0];
    if (first) node.headcount = weeks.map((week) => known.findLast((k) => k.month <= week)?.headcount ?? first.headcount);
    else if (of.length > 0 && of.length === node.children.length) node.headcount = weeks.map((_, t) => of.reduce((sum, h) => sum + (h[t] ?? 0), 0));
  }
}
