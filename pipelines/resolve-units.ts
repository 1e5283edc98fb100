// In: unit names as people write them, and the unit tree. Out: the unit meant by each, and rows for units no tree knows.
// Invariant: the same name always means the same unit; what can't be told apart goes to the unit above, never to a chance one.
import type { Row } from '../datasets/schema.ts';
import { madeRoot, underUnit } from './unit-tree.ts';

type Unit = Row<'unit'>;

/** Unit 未注明: documents that name no unit. */
export const unnamedUnit = '未注明';

const strict = (name: string) => name.normalize('NFKC').replace(/[\s"'“”‘’]/g, '').toLowerCase();
/** What short and long forms of a name share: 东山煤矿 = 东山矿, 集团公司机关 = 集团机关. */
const loosen = (name: string) => strict(name).replace(/有限责任公司|股份有限公司|有限公司|\(.*?\)/g, '').replace(/煤矿/g, '矿').replace(/集团公司/g, '集团').replace(/分公司/g, '公司').replace(/总公司/g, '公司').replace(/[、,，·\-—_/\\]/g, '');

/** Maps a name as written to a unit_id: exact name, code or alias, then its short form, then the longest name within it, else itself as a new unit. */
export function unitResolver(units: readonly Unit[]): (name: string | null) => string {
  const byId = new Map(units.map((unit) => [unit.unit_id, unit]));
  const root = units.find(({ parent_id }) => parent_id === null);
  const exact = index(units, strict);
  const loose = index(units, loosen);
  const names = units.filter(({ unit_id, kind }) => unit_id !== unnamedUnit && kind !== '未登记')
    .map((unit) => ({ unit, names: [...new Set([unit.name, ...unit.aliases].map(loosen))].filter((name) => name.length >= 2) }));
  const cache = new Map<string, string>();
  const resolve = (written: string): string => {
    const at = written.indexOf(underUnit);
    if (at < 0) return whole(written);
    const mine = resolve(written.slice(0, at));
    return teamOf(byId.get(mine), loosen(written.slice(at + 1)), names)?.unit_id ?? mine;
  };
  const teamOf = (mine: Unit | undefined, team: string, named: typeof names): Unit | undefined => {
    const below = mine ? named.filter(({ unit }) => unit.path.startsWith(`${mine.path}/`)).map((entry) => ({ ...entry, length: Math.max(0, ...entry.names.filter((name) => stands(team, name)).map((name) => name.length)) })) : [];
    const longest = Math.max(1, ...below.map(({ length }) => length));
    return sameOrAbove(below.filter(({ length }) => length === longest).map(({ unit }) => unit), byId);
  };
  const whole = (written: string): string => {
    const found = exact.get(strict(written)) ?? loose.get(loosen(written));
    if (found) return sameOrAbove(found, byId)?.unit_id ?? written;
    return within(loosen(written), names, byId) ?? (root && loosen(written) === '集团' ? root.unit_id : newUnitId(written));
  };
  return (name) => {
    if (name === null || strict(name) === '') return unnamedUnit;
    const known = cache.get(name) ?? resolve(name);
    cache.set(name, known);
    return known;
  };
}

const newUnitId = (written: string) => written.normalize('NFKC').replace(/\s+/g, '').slice(0, 60);

function index(units: readonly Unit[], key: (name: string) => string): Map<string, Unit[]> {
  const found = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const name of new Set([unit.unit_id, unit.name, ...unit.aliases].map(key))) {
      if (name !== '') found.set(name, [...(found.get(name) ?? []), unit]);
    }
  }
  return found;
}

const ancestry = (unit: Unit, byId: ReadonlyMap<string, Unit>): Unit[] => {
  const line: Unit[] = [];
  for (let at: Unit | undefined = unit; at && line.length < 50; at = at.parent_id === null ? undefined : byId.get(at.parent_id)) line.push(at);
  return line;
};

/** The unit itself, or for several of one name the nearest that stands above all of them. */
function sameOrAbove(found: readonly Unit[], byId: ReadonlyMap<string, Unit>): Unit | undefined {
  const [first, ...others] = found;
  if (!first || others.length === 0) return first;
  const lines = others.map((unit) => new Set(ancestry(unit, byId)));
  return ancestry(first, byId).find((unit) => lines.every((line) => line.has(unit)));
}

/** The unit whose name, with the names of those above it, covers most of the written one. */
function within(written: string, named: { unit: Unit; names: string[] }[], byId: ReadonlyMap<string, Unit>): string | null {
  const covered = new Map<Unit, number>();
  for (const { unit, names } of named) {
    const longest = Math.max(0, ...names.filter((name) => stands(written, name)).map((name) => name.length));
    if (longest > 0) covered.set(unit, longest);
  }
  let best: Unit[] = [];
  let most = 0;
  for (const unit of covered.keys()) {
    const line = ancestry(unit, byId);
    const total = line.reduce((sum, above) => sum + (above.level === 0 && above !== unit ? 0 : covered.get(above) ?? 0), 0) * (unit.level === 0 ? 0.01 : 1);
    if (total > most + 1e-9) { best = [unit]; most = total; } else if (Math.abs(total - most) <= 1e-9) best.push(unit);
  }
  const [first] = best;
  if (!first) return null;
  const deepest = best.filter((unit) => best.every((other) => other === unit || ancestry(unit, byId).includes(other)));
  return (deepest[0] ?? sameOrAbove(best, byId) ?? first).unit_id;
}

/** Whether a name stands in the text as itself: 一矿 does not stand in 十一矿, nor 东山矿 in 新东山矿. */
function stands(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? '';
    const numbered = /[0-9一二三四五六七八九十]/.test(before) && /^[0-9一二三四五六七八九十]/.test(name);
    const qualified = at === 1 && /[新老大小南北东西上下中第]/.test(before);
    if (!numbered && !qualified) return true;
  }
  return false;
}

/** The tree with a root, with 未注明, and with one new unit at level 1 for each name that nothing knows; known rows stay as they are. */
export function completeUnits(units: readonly Unit[], names: Iterable<string | null>): Unit[] {
  const complete = units.some(({ parent_id }) => parent_id === null) ? [...units]
    : [{ unit_id: madeRoot.unit_id, parent_id: null, name: madeRoot.name, kind: madeRoot.kind, path: madeRoot.unit_id, level: 0, branch_id: madeRoot.unit_id, aliases: [] as string[] }, ...units];
  const root = complete.find(({ parent_id }) => parent_id === null);
  if (!root) return complete;
  const resolve = unitResolver(complete);
  const known = new Set(complete.map(({ unit_id }) => unit_id));
  const added = new Set<string>();
  for (const name of names) {
    const unit_id = resolve(name);
    if (!known.has(unit_id)) added.add(unit_id);
  }
  for (const unit_id of [...added].sort()) {
    complete.push({ unit_id, parent_id: root.unit_id, name: unit_id, kind: unit_id === unnamedUnit ? unnamedUnit : '未登记', path: `${root.path}/${unit_id.replaceAll('/', '／')}`, level: 1, branch_id: unit_id, aliases: [] });
  }
  return complete;
}
