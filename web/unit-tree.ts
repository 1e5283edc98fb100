// In: units with their paths. Out: the same units in tree order, with depth below the top that is visible.
// Invariant: pure; a child follows its parent, siblings keep the order in which they came.

export interface UnitNode { unit_id: string; parent_id: string | null; name: string; path: string }

export function treeOf<U extends UnitNode>(units: readonly U[]): (U & { depth: number })[] {
  const known = new Set(units.map((u) => u.unit_id));
  const children = new Map<string | null, U[]>();
  for (const unit of units) {
    const parent = unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null;
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const below = (parent: string | null, depth: number): (U & { depth: number })[] =>
    (children.get(parent) ?? []).flatMap((unit) => [{ ...unit, depth }, ...below(unit.unit_id, depth + 1)]);
  return below(null, 0);
}

/** The unit and those above it, the top first; as far as they are known. */
export function ancestorsOf<U extends UnitNode>(units: readonly U[], unit_id: string): U[] {
  const byId = new Map(units.map((u) => [u.unit_id, u]));
  const way: U[] = [];
  for (let unit = byId.get(unit_id); unit && !way.includes(unit); unit = unit.parent_id === null ? undefined : byId.get(unit.parent_id)) way.unshift(unit);
  return way;
}
