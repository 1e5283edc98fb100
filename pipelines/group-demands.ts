// In: posts and age bands of petitions, who wrote which, and topics. Out: per year, post or age band, and topic, how many petitions raise it.
// Invariant: each group of a year, and the one that small ones are folded into, comes from five persons at least, or is not told.
import { petitionGroupings, type PetitionGrouping } from '../datasets/post-groups.ts';
import { monthOf } from '../datasets/reporting-period.ts';
import type { Row } from '../datasets/schema.ts';
import { folded, leastGroup, otherGroup } from '../datasets/small-groups.ts';
import { topicCodes } from '../datasets/taxonomy.ts';
import type { Facts, Grouping, Labels } from './records.ts';

interface Petition { document_id: string; year: string; group: string; topics: ReadonlySet<string> }

/** `groupings` and `labels` run parallel to `facts.documents`. */
export function groupDemands(facts: Pick<Facts, 'documents' | 'petitions' | 'petition_groups' | 'persons'>, groupings: readonly Grouping[], labels: readonly Labels[], monthStart = 1): Row<'group_demand'>[] {
  const at = new Map(facts.documents.map((d, i) => [d.document_id, i]));
  const yearOf = new Map(facts.petitions.map((p) => [p.document_id, `${monthOf(p.registered_date, monthStart).slice(0, 4)}-01-01`]));
  const personOf = persons(facts.persons, (id) => groupings[at.get(id) ?? -1]?.matter_id ?? id);
  return (Object.keys(petitionGroupings) as PetitionGrouping[]).flatMap((grouping) => {
    const years = listsBy(facts.petition_groups.flatMap((p): Petition[] => {
      const group = p[grouping], year = yearOf.get(p.document_id);
      return group === null || year === undefined ? [] : [{ document_id: p.document_id, year, group, topics: new Set(labels[at.get(p.document_id) ?? -1]?.topics.map((t) => t.code)) }];
    }), (p) => p.year);
    return [...years].flatMap(([year, own]) => counted(own, personOf).map((row): Row<'group_demand'> => ({ year, grouping, ...row })));
  }).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = (r: Row<'group_demand'>) => `${r.year} ${r.grouping} ${r.group_name} ${r.topic}`;

/** One year's groups, the small ones folded; nothing where all of them together come from fewer than five. */
function counted(own: readonly Petition[], personOf: (document_id: string) => string): Omit<Row<'group_demand'>, 'year' | 'grouping'>[] {
  const people = (list: readonly Petition[]) => new Set(list.map((p) => personOf(p.document_id))).size;
  const sizes = new Map([...listsBy(own, (p) => p.group)].map(([group, list]) => [group, people(list)]));
  const small = folded(sizes, otherGroup);
  // Who wrote for two small groups is one person still.
  const left = [...sizes.keys()].filter((group) => !small.has(group)).sort((a, b) => sizes.get(a)! - sizes.get(b)! || (a < b ? -1 : 1));
  while (small.size > 0 && left.length > 0 && people(own.filter((p) => small.has(p.group))) < leastGroup) small.add(left.shift()!);
  return [...listsBy(own, (p) => (small.has(p.group) ? otherGroup : p.group))].filter(([, list]) => people(list) >= leastGroup).flatMap(([group_name, list]) =>
    topicCodes.map((topic) => ({ group_name, topic, petitions: list.filter((p) => p.topics.has(topic)).length, of_petitions: list.length })));
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
