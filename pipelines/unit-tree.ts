// In: units with a code or name and a parent named by either. Out: complete unit rows: level, path, branch.
// Invariant: the rows form one tree with one root; units in a circle or under an unknown parent are left out and named.
import type { Row } from '../datasets/schema.ts';

export interface LooseUnit { unit_id: string; parent: string | null; name: string; kind: string; aliases: string[] }
export interface Orphan { unit_id: string; why: 'cycle' | 'no_parent' | 'twins' }

/** Stands between a unit and a team below it, as one written name: 西岭煤矿›综采一队. */
export const underUnit = '›';

/** The root 集团 that is made where no tree names one. */
export const madeRoot: LooseUnit = { unit_id: '集团', parent: null, name: '集团', kind: '集团', aliases: [] };

/** Places units under one root, parents before children; several parentless units get the made root above them. */
export function placeUnits(loose: readonly LooseUnit[]): { units: Row<'unit'>[]; orphans: Orphan[] } {
  const byId = new Map(loose.map((unit) => [unit.unit_id, unit]));
  const byName = new Map(loose.map((unit) => [unit.name, unit.unit_id]));
  const names = loose.map(({ name }) => name);
  const twins = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const parentOf = (unit: LooseUnit) => (unit.parent === null ? null : byId.has(unit.parent) ? unit.parent : twins.has(unit.parent) ? undefined : byName.get(unit.parent));
  const tops = loose.filter((unit) => unit.parent === null);
  const made = tops.length === 1 || byId.has(madeRoot.unit_id) ? [] : [madeRoot];
  const root = made[0] ?? tops.find((unit) => unit.unit_id === madeRoot.unit_id) ?? tops[0];
  const children = new Map<string, LooseUnit[]>();
  const orphans: Orphan[] = [];
  for (const unit of loose) {
    if (unit === root) continue;
    const parent = parentOf(unit) ?? (unit.parent === null ? root?.unit_id : undefined);
    if (parent === undefined) orphans.push({ unit_id: unit.unit_id, why: unit.parent !== null && twins.has(unit.parent) ? 'twins' : 'no_parent' });
    else children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const units: Row<'unit'>[] = [];
  const place = (unit: LooseUnit, above: Row<'unit'> | null) => {
    const level = above ? above.level + 1 : 0;
    const code = unit.unit_id.replaceAll('/', '／');
    const row: Row<'unit'> = {
      unit_id: unit.unit_id, parent_id: above?.unit_id ?? null, name: unit.name, kind: unit.kind, aliases: unit.aliases,
      path: above ? `${above.path}/${code}` : code, level, branch_id: level <= 1 ? unit.unit_id : above?.branch_id ?? unit.unit_id,
    };
    units.push(row);
    for (const child of children.get(unit.unit_id) ?? []) place(child, row);
  };
  if (root && (loose.length > 0)) place(root, null);
  const placed = new Set(units.map(({ unit_id }) => unit_id));
  const named = new Set(orphans.map(({ unit_id }) => unit_id));
  for (const unit of loose) {
    if (placed.has(unit.unit_id) || named.has(unit.unit_id)) continue;
    orphans.push({ unit_id: unit.unit_id, why: leadsToCycle(unit, byId, parentOf) ? 'cycle' : 'no_parent' });
  }
  return { units: units.length === 1 && made.length === 1 ? [] : units, orphans };
}

function leadsToCycle(unit: LooseUnit, byId: ReadonlyMap<string, LooseUnit>, parentOf: (unit: LooseUnit) => string | null | undefined): boolean {
  const seen = new Set<string>();
  for (let at: LooseUnit | undefined = unit; at;) {
    if (seen.has(at.unit_id)) return true;
    seen.add(at.unit_id);
    const parent = parentOf(at);
    at = parent ? byId.get(parent) : undefined;
  }
  return false;
}
