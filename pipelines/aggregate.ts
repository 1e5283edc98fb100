// In: facts, groupings and labels. Out: the labelled tables (document, petition, matter, demand, demand_frame), the weekly series and the counts by group.
// Invariant: restricted texts (检举控告) leave only counts here; their words go to restricted_text alone.
import type { Row } from '../datasets/schema.ts';
import { groupDemands } from './group-demands.ts';
import type { FactDocument, Facts, Grouping, Labels } from './records.ts';
import { weeklySeries } from './weekly-series.ts';

export interface Aggregated {
  document: Row<'document'>[]; restricted_text: Row<'restricted_text'>[]; petition: Row<'petition'>[];
  group_demand: Row<'group_demand'>[]; matter: Row<'matter'>[]; demand: Row<'demand'>[]; demand_frame: Row<'demand_frame'>[]; series: Row<'series'>[];
}

/** `groupings` and `labels` run parallel to `facts.documents`. */
export function aggregate(facts: Facts, groupings: Grouping[], labels: Labels[], monthStart = 1): Aggregated {
  const documents = facts.documents.map((d, i) => labelled(d, groupings[i]!, labels[i]!));
  const groupOf = new Map(groupings.map((g) => [g.document_id, g]));
  const petition = facts.petitions.map((p): Row<'petition'> => {
    const is_repeat = p.stated_repeat === true || (groupOf.get(p.document_id)?.is_repeat ?? false);
    return { ...p, is_repeat, is_first: !is_repeat };
  });
  const hidden = new Set(facts.documents.filter((d) => d.restricted).map((d) => d.document_id));
  return {
    document: documents,
    restricted_text: restrictedTexts(facts, hidden),
    petition: petition.map((p) => (hidden.has(p.document_id) ? { ...p, outcome: null, reply: null } : p)),
    group_demand: groupDemands(facts, groupings, labels, monthStart),
    matter: matters(documents, labels, petition, facts),
    demand: documents.flatMap((d, i) => labels[i]!.topics.map((t) => ({ document_id: d.document_id, topic: t.code, subtopic: t.subtopic, probability: t.probability, evidence_start: t.evidence[0], evidence_end: t.evidence[1] }))),
    demand_frame: facts.documents.flatMap((d, i) => { const frame = labels[i]!.frame; return frame === null || d.restricted ? [] : [{ document_id: d.document_id, ...frame }]; }),
    series: weeklySeries(documents.map((d, i) => ({ ...d, ...topicsOf(labels[i]!) }))),
  };
}

/** The topics of both levels that a text was given. */
export const topicsOf = ({ topics }: Labels) => ({ topics: topics.map((t) => t.code), subtopics: topics.flatMap((t) => t.subtopic ?? []) });

function labelled(d: FactDocument, group: Grouping, label: Labels): Row<'document'> {
  return {
    ...d, title: d.restricted ? null : d.title, text: d.restricted ? null : d.text, length: [...d.text].length,
    polarity: label.polarity, intensity: label.intensity, intent: label.intent,
    critical: label.critical.flag, critical_reason: d.restricted && label.critical.flag ? '受限件' : label.critical.reason,
    matter_id: group.matter_id, template_id: group.template_id,
  };
}

function restrictedTexts(facts: Facts, hidden: ReadonlySet<string>): Row<'restricted_text'>[] {
  const petitions = new Map(facts.petitions.map((p) => [p.document_id, p]));
  return facts.documents.filter((d) => hidden.has(d.document_id)).map((d) => {
    const p = petitions.get(d.document_id);
    return { document_id: d.document_id, title: d.title, text: d.text, outcome: p?.outcome ?? null, reply: p?.reply ?? null };
  });
}

/** One row per matter 事项; letters count templates once, persons count a shared key once and the unknown one each. */
function matters(documents: Row<'document'>[], labels: Labels[], petitions: Row<'petition'>[], facts: Facts): Row<'matter'>[] {
  const petitionOf = new Map(petitions.map((p) => [p.document_id, p]));
  const keysOf = new Map(facts.persons.map((p) => [p.document_id, p.keys]));
  const members = new Map<string, number[]>();
  documents.forEach((d, i) => {
    const list = members.get(d.matter_id);
    if (list) list.push(i); else members.set(d.matter_id, [i]);
  });
  return [...members].map(([matter_id, indexes]) => {
    const rows = indexes.map((i) => documents[i]!);
    const own = rows.flatMap((d) => petitionOf.get(d.document_id) ?? []);
    const dates = rows.map((d) => d.received_date).sort();
    return {
      matter_id, unit_id: mostFrequent(rows.map((d) => d.unit_id)), topic: mostFrequent(indexes.map((i) => labels[i]!.topics[0]?.code ?? 'other')),
      first_date: dates[0]!, last_date: dates.at(-1)!, documents: rows.length,
      letters: new Set(rows.map((d) => d.template_id ?? d.document_id)).size,
      persons: countPersons(rows.map((d) => keysOf.get(d.document_id) ?? [])),
      people: rows.reduce((n, d) => n + d.people, 0), repeats: own.filter((p) => p.is_repeat).length,
      is_open: own.some((p) => p.concluded_date === null),
    };
  }).sort((a, b) => (a.matter_id < b.matter_id ? -1 : 1));
}

/** Distinct writers: documents that share a key are one person; a document without keys is one of its own. */
function countPersons(keys: string[][]): number {
  const groups: Set<string>[] = [];
  let unknown = 0;
  for (const own of keys) {
    if (own.length === 0) { unknown++; continue; }
    const joined = groups.filter((g) => own.some((k) => g.has(k)));
    for (const g of joined) groups.splice(groups.indexOf(g), 1);
    groups.push(new Set([...own, ...joined.flatMap((g) => [...g])]));
  }
  return groups.length + unknown;
}

function mostFrequent<T>(values: T[]): T {
  const counts = new Map<T, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
