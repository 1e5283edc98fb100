// In: the documents of a hotspot. Out: where it is: the unit that holds most of them, and the place that the texts name.
// Invariant: a place is told only when most of the texts are of it.
import { ascending, type DetectDocument } from './material.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const mostly = 0.6, often = 0.4;

/** The smallest unit that holds at least three fifths of the members. */
export function placeOf(members: readonly DetectDocument[], tree: UnitTree): { unit_id: string; name: string; isRoot: boolean } {
  const counts = new Map<UnitNode, number>();
  for (const d of members) for (let n = tree.byUnit.get(d.unit_id) ?? null; n; n = n.parent) counts.set(n, (counts.get(n) ?? 0) + 1);
  const fit = [...counts].filter(([, n]) => n >= mostly * members.length).sort(([a, x], [b, y]) => b.level - a.level || y - x || ascending(a.unit_id, b.unit_id))[0]?.[0] ?? tree.nodes[0];
  const unknown = members[0]?.unit_id ?? '';
  return fit ? { unit_id: fit.unit_id, name: fit.name, isRoot: fit.parent === null || fit.unit_id === '未注明' } : { unit_id: unknown, name: unknown, isRoot: true };
}

/** The district or town that at least two fifths of the texts name, the smaller before the larger; letters stand for names left out (A市, A2区). */
export function placeIn(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) for (const place of new Set(text.match(/[A-Z]\d{0,2}(?:区|县|市)/g) ?? [])) counts.set(place, (counts.get(place) ?? 0) + 1);
  const fit = [...counts].filter(([, n]) => n >= often * texts.length).sort(([a, x], [b, y]) => Number(/\d/.test(b)) - Number(/\d/.test(a)) || y - x || ascending(a, b));
  return fit[0]?.[0] ?? null;
}
