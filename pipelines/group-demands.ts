// In: posts and age bands of petitions, who wrote which, and topics. Out: per year, post or age band, and topic, how many petitions raise it.
// Invariant: each group of a year, and the one that small ones are folded into, comes from five persons at least, or is not told; nor is a count from which fewer could be told.
import { petitionGroupings, type PetitionGrouping } from '../datasets/post-groups.ts';
import { monthOf } from '../datasets/reporting-period.ts';
import type { Row } from '../datasets/schema.ts';
import { folded, leastGroup, otherGroup } from '../datasets/small-groups.ts';
import { topicCodes } from '../datasets/taxonomy.ts';
import type { Facts, Grouping, Labels } from './records.ts';

/** `group` is empty where the ledger tells none. */
interface Petition { year: string; group: string; person: string; topics: ReadonlySet<string> }

/** `groupings` and `labels` run parallel to `facts.documents`. */
export function groupDemands(facts: Pick<Facts, 'documents' | 'petitions' | 'petition_groups' | 'persons'>, groupings: readonly Grouping[], labels: readonly Labels[], monthStart = 1): Row<'group_demand'>[] {
  const at = new Map(facts.documents.map((d, i) => [d.document_id, i]));
  const groupsOf = new Map(facts.petition_groups.map((p) => [p.document_id, p]));
  const personOf = persons(facts.persons, (id) => groupings[at.get(id) ?? -1]?.matter_id ?? id);
  const open = facts.petitions.filter((p) => facts.documents[at.get(p.document_id) ?? -1]?.restricted === false).map((p) => ({
    ...groupsOf.get(p.document_id), year: `${monthOf(p.registered_date, monthStart).slice(0, 4)}-01-01`, person: personOf(p.document_id), topics: new Set<string>(labels[at.get(p.document_id) ?? -1]?.topics.map((t) => t.code)),
  }));
  return (Object.keys(petitionGroupings) as PetitionGrouping[]).flatMap((grouping) =>
    [...listsBy(open.map((p): Petition => ({ ...p, group: p[grouping] ?? '' })), (p) => p.year)].flatMap(([year, own]) => counted(own).map((row): Row<'group_demand'> => ({ year, grouping, ...row }))),
  ).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = (r: Row<'group_demand'>) => `${r.year} ${r.grouping} ${r.group_name} ${r.topic}`;
const people = (list: readonly Petition[]) => new Set(list.map((p) => p.person)).size;

/** One year's groups, the small ones folded, with those of no known group where these are few: what is left of all petitions is no small group either. */
function counted(own: readonly Petition[]): Omit<Row<'group_demand'>, 'year' | 'grouping'>[] {
  const sizes = new Map([...listsBy(own, (p) => p.group)].map(([group, list]) => [group, people(list)]));
  if ((sizes.get('') ?? 0) >= leastGroup) sizes.delete('');
  const small = folded(sizes, otherGroup);
  // Who wrote for two small groups is one person still.
  const left = [...sizes.keys()].filter((group) => !small.has(group)).sort((a, b) => sizes.get(a)! - sizes.get(b)! || (a < b ? -1 : 1));
  while (small.size > 0 && left.length > 0 && people(own.filter((p) => small.has(p.group))) < leastGroup) small.add(left.shift()!);
  const groups = listsBy(own.filter((p) => sizes.has(p.group)), (p) => (small.has(p.group) ? otherGroup : p.group));
  for (const [group, list] of groups) if (people(list) < leastGroup) groups.delete(group);
  const grouped = new Set([...groups.values()].flat()), ungrouped = own.filter((p) => !grouped.has(p));
  return topicCodes.flatMap((topic) => {
    const told = toldOf(groups, ungrouped, topic);
    return [...groups].map(([group_name, list]) => ({ group_name, topic, petitions: told.has(group_name) ? list.filter((p) => p.topics.has(topic)).length : null, of_petitions: list.length }));
  });
}

/** Groups of whom it is told how many raise a topic: five persons at least of each raise it and five do not, and so it is of all the other petitions together, which follow by subtraction. So no petition is known to be of a group, or not of it, by its topic. */
function toldOf(groups: ReadonlyMap<string, readonly Petition[]>, ungrouped: readonly Petition[], topic: string): Set<string> {
  const raised = ([, list]: readonly [string, readonly Petition[]]) => list.filter((p) => p.topics.has(topic)).length;
  const told = [...groups].filter(([, list]) => parted([list], topic)).sort((a, b) => raised(a) - raised(b) || (a[0] < b[0] ? -1 : 1));
  const rest = [ungrouped, ...[...groups].filter((g) => !told.some(([group]) => group === g[0])).map(([, list]) => list)];
  while (told.length > 0 && rest.some((list) => list.length > 0) && !parted(rest, topic)) rest.push(told.shift()![1]);
  return new Set(told.map(([group]) => group));
}

/** Whether five persons at least raise a topic, and five have petitions that do not. */
function parted(lists: readonly (readonly Petition[])[], topic: string): boolean {
  const [raising, others] = [new Set<string>(), new Set<string>()];
  for (const list of lists) for (const p of list) { (p.topics.has(topic) ? raising : others).add(p.person); if (raising.size >= leastGroup && others.size >= leastGroup) return true; }
  return false;
}

function listsBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const one of all) { const list = lists.get(key(one)); if (list) list.push(one); else lists.set(key(one), [one]); }
  return lists;
}

/** Who wrote a document: documents that share a key are one person's; where nobody is known, those of one matter are taken for one person's. */
function persons(known: Facts['persons'], matterOf: (document_id: string) => string): (document_id: string) => string {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let top = key;
    for (let next = parent.get(top); next !== undefined && next !== top; next = parent.get(top)) top = next;
    parent.set(key, top);
    return top;
  };
  const first = new Map<string, string>();
  for (const { document_id, keys } of known) {
    if (keys[0] === undefined) continue;
    const own = root(keys[0]);
    for (const key of keys) parent.set(root(key), own);
    first.set(document_id, own);
  }
  return (document_id) => { const key = first.get(document_id); return key === undefined ? `matter ${matterOf(document_id)}` : root(key); };
}
