// In: the facts of the served version, and what was newly ingested and de-identified. Out: the facts of the next version.
// Invariant: the same registration number, survey, unit-month or unit replaces what was there; nothing is counted twice.
import { addDays } from '../datasets/calendar.ts';
import { readPointer, type DataDir } from '../datasets/data-dir.ts';
import { join } from 'node:path';
import type { Row } from '../datasets/schema.ts';
import type { FactDocument, FactPetition, Facts, IncomingDocument, Ingested, PersonKeys } from './records.ts';
import { completeUnits, unitResolver, unnamedUnit } from './resolve-units.ts';
import { madeRoot, underUnit } from './unit-tree.ts';
import { readTables } from './warehouse.ts';

export const noFacts: Facts = { units: [], headcounts: [], documents: [], petitions: [], petition_groups: [], surveys: [], questions: [], answers: [], sources: [], rejects: [], persons: [] };

/** Reads back what the served version knows, restricted texts included; persons come from the private file. */
export async function loadFacts(dir: DataDir, readPersons: (version: number) => PersonKeys[]): Promise<Facts> {
  const pointer = readPointer(dir);
  if (!pointer) return noFacts;
  const t = await readTables(join(dir.warehouse, pointer.file), ['unit', 'headcount', 'document', 'restricted_text', 'petition', 'petition_group', 'survey', 'question', 'answer', 'source', 'reject']);
  const restricted = new Map(t.restricted_text.map((r) => [r.document_id, r]));
  const documents = t.document.map((d): FactDocument => {
    const hidden = restricted.get(d.document_id);
    return {
      document_id: d.document_id, kind: d.kind, unit_id: d.unit_id, channel: d.channel, received_at: d.received_at, received_date: d.received_date, occurred_date: d.occurred_date,
      title: hidden ? hidden.title : d.title, text: hidden?.text ?? d.text ?? '', people: d.people, likes: d.likes, restricted: d.restricted, source_id: d.source_id, source_row: d.source_row,
    };
  });
  const petitions = t.petition.map(({ is_repeat: _repeat, is_first: _first, ...facts }): FactPetition => {
    const hidden = restricted.get(facts.document_id);
    return hidden ? { ...facts, outcome: hidden.outcome, reply: hidden.reply } : facts;
  });
  return { units: t.unit, headcounts: t.headcount, documents, petitions, petition_groups: t.petition_group, surveys: t.survey, questions: t.question, answers: t.answer, sources: t.source, rejects: t.reject, persons: readPersons(pointer.version) };
}

/** Lays the new over the old. Names that no tree knew before are looked up again, since a tree may have come. */
export function mergeFacts(before: Facts, ingested: Ingested[], documents: IncomingDocument[], persons: PersonKeys[]): Facts {
  const loose = before.units.filter((u) => u.kind === unregistered);
  const declared = withOneRoot(keyed([...before.units.filter((u) => u.kind !== unregistered && u.unit_id !== unnamedUnit), ...ingested.flatMap((i) => i.units)], (u) => u.unit_id));
  const written = [...documents.flatMap((d) => [d.unit, d.petition?.responsible_unit ?? d.unit]), ...ingested.flatMap((i) => [...i.headcounts, ...i.answers].map((r) => r.unit)), ...loose.map((u) => u.name), ...before.units.filter((u) => u.unit_id === unnamedUnit).map(() => null)];
  const units = qualified(keyed(completeUnits(declared, written), (u) => u.unit_id));
  const resolve = unitResolver(units);
  const present = new Set(units.map((u) => u.unit_id));
  const moved = new Map(before.units.filter((u) => u.kind === unregistered || !present.has(u.unit_id)).map((u) => [u.unit_id, resolve(u.name)]));
  const known = (unit_id: string) => moved.get(unit_id) ?? unit_id;

  const surveys = new Set(ingested.flatMap((i) => (i.survey ? [i.survey.survey_id] : [])));
  const staleAnswers = before.answers.filter((a) => surveys.has(a.survey_id));
  const staleDocuments = new Set(staleAnswers.map((a) => a.document_id));
  const newDocuments = documents.map((d) => factDocument(d, resolve));
  const newIds = new Set(newDocuments.map((d) => d.document_id));
  const keptDocuments = before.documents.filter((d) => !newIds.has(d.document_id) && !staleDocuments.has(d.document_id));
  const replaced = countBy(before.documents.filter((d) => newIds.has(d.document_id)), (d) => d.source_id);
  const kept = new Set(keptDocuments.map((d) => d.document_id));

  return {
    units,
    headcounts: keyed([...before.headcounts.map((h) => ({ ...h, unit_id: known(h.unit_id) })), ...ingested.flatMap((i) => headcounts(i.headcounts, resolve))], (h) => `${h.unit_id} ${h.month}`),
    documents: keyed([...keptDocuments.map((d) => ({ ...d, unit_id: known(d.unit_id) })), ...newDocuments], (d) => d.document_id),
    petitions: keyed([...before.petitions.filter((p) => kept.has(p.document_id)).map((p) => ({ ...p, responsible_unit_id: known(p.responsible_unit_id) })), ...documents.flatMap((d) => factPetition(d, resolve))], (p) => p.document_id),
    petition_groups: keyed([...before.petition_groups.filter((p) => kept.has(p.document_id)), ...documents.flatMap(petitionGroup)], (p) => p.document_id),
    surveys: keyed([...before.surveys, ...ingested.flatMap((i) => (i.survey ? [i.survey] : []))], (s) => s.survey_id),
    questions: [...before.questions.filter((q) => !surveys.has(q.survey_id)), ...ingested.flatMap((i) => i.questions)],
    answers: [...before.answers.filter((a) => !surveys.has(a.survey_id)).map((a) => ({ ...a, unit_id: known(a.unit_id) })), ...ingested.flatMap((i) => i.answers.map(({ unit, ...a }) => ({ ...a, unit_id: resolve(unit) })))],
    sources: keyed([...before.sources.map((s) => ({ ...s, replaced: s.replaced + (replaced.get(s.source_id) ?? 0) })), ...ingested.map((i) => i.source)], (s) => s.source_id),
    rejects: [...before.rejects, ...ingested.flatMap((i) => i.rejects)],
    persons: [...before.persons.filter((p) => kept.has(p.document_id)), ...persons],
  };
}

/** Kind of a unit that was met in a file but stands in no unit tree. */
const unregistered = '未登记';

/** One row per unit and month of a sheet: the unit's own figure, or, where only teams that no tree knows are listed, their sum. */
function headcounts(rows: Ingested['headcounts'], resolve: (name: string | null) => string): Row<'headcount'>[] {
  const own = new Map<string, Row<'headcount'>>();
  const teams = new Map<string, Row<'headcount'>>();
  for (const { unit, month, headcount } of rows) {
    const unit_id = resolve(unit);
    const key = `${unit_id} ${month}`;
    const among = unit.includes(underUnit) && unit_id === resolve(unit.split(underUnit)[0] ?? unit) ? teams : own;
    const before = among === teams ? (among.get(key)?.headcount ?? 0) : 0;
    among.set(key, { unit_id, month, headcount: before + headcount });
  }
  return [...new Map([...teams, ...own]).values()];
}

/** Every mine has its 掘进一队: below a branch a unit's name begins with the branch's, and its own short name stays as an alias. */
function qualified(units: Row<'unit'>[]): Row<'unit'>[] {
  const names = new Map(units.map((u) => [u.unit_id, u.name]));
  return units.map((u) => {
    const branch = names.get(u.branch_id) ?? '';
    return u.level < 2 || u.name.startsWith(branch) ? u : { ...u, name: `${branch}${u.name}`, aliases: [...u.aliases, u.name] };
  });
}

/** The root made for want of a tree goes when a tree with its own root comes. */
function withOneRoot(units: Row<'unit'>[]): Row<'unit'>[] {
  const roots = units.filter((u) => u.parent_id === null);
  return roots.length > 1 ? units.filter((u) => u.unit_id !== madeRoot.unit_id) : units;
}

function factDocument(d: IncomingDocument, resolve: (name: string | null) => string): FactDocument {
  return {
    document_id: d.document_id, kind: d.kind, unit_id: resolve(d.unit), channel: d.channel, received_at: d.received_at, received_date: d.received_at.slice(0, 10), occurred_date: d.occurred_date,
    title: d.title, text: d.text, people: d.people, likes: d.likes, restricted: d.petition?.purpose === '检举控告', source_id: d.source_id, source_row: d.source_row,
  };
}

function factPetition(d: IncomingDocument, resolve: (name: string | null) => string): FactPetition[] {
  const p = d.petition;
  if (!p) return [];
  const { responsible_unit, post: _post, age_band: _band, ...facts } = p;
  return [{
    ...facts, document_id: d.document_id, is_joint: d.people >= 5 || d.channel === '集体访',
    responsible_unit_id: resolve(responsible_unit ?? d.unit),
    accept_due_date: addDays(p.registered_date, 15),
    // Acceptance is often not written down: the 60 days then count from registration, the earliest day they can.
    conclude_due_date: addDays(p.accepted_date ?? p.registered_date, 60 + Math.min(p.extended_days, 30)),
  }];
}

/** Of whom nothing is told, and of restricted petitions, no row is kept. */
const petitionGroup = ({ document_id, petition }: IncomingDocument): Row<'petition_group'>[] =>
  (petition === null || petition.purpose === '检举控告' || (petition.post === null && petition.age_band === null) ? [] : [{ document_id, post: petition.post, age_band: petition.age_band }]);

/** Later rows win; the order is that of the keys, so that equal inputs give equal tables. */
function keyed<T>(rows: T[], key: (row: T) => string): T[] {
  const map = new Map(rows.map((r) => [key(r), r]));
  return [...map.keys()].sort().map((k) => map.get(k) as T);
}

function countBy<T>(rows: T[], key: (row: T) => string): Map<string, number> {
  const out = new Map<string, number>();
  for (const row of rows) out.set(key(row), (out.get(key(row)) ?? 0) + 1);
  return out;
}
