// In: found hotspots and all documents. Out: the life of each, week by week: born, growing, going on, split, merged, gone, back.
// Invariant: a week's stage follows from the texts up to it; later texts of the matter do not change how an earlier week grew or was quiet.
import type { Row } from '../../datasets/schema.ts';
import type { HotspotStage } from '../../datasets/vocabulary.ts';
import { addDays, mondayOf } from '../../datasets/calendar.ts';
import type { TermsOf } from './describe.ts';
import { ascending, dayNumber, type DetectDocument, type Found } from './material.ts';
import { canPart, partEvents, type PartEvent } from './parts.ts';
import { textSubjects } from './text-subjects.ts';

const quiet = 56, window = 4, growth = 1.5, leastGrown = 3, newest = 6_000;

/** Rows of every hotspot but critical ones, of which one text is enough. Parts are looked for in emergent matters: those of a series are only of one topic. */
export function lives(found: readonly Found[], documents: readonly DetectDocument[], termsOf: TermsOf, asOf: string): Row<'hotspot_stage'>[] {
  const emergent = found.filter((f) => f.hotspot.kind === 'emergent' && canPart(f.members)), subjects = emergent.length > 0 ? subjectsOf(emergent, documents, termsOf) : new Map<string, Float32Array>();
  return found.filter((f) => f.hotspot.kind !== 'critical').flatMap(({ hotspot, members }) => {
    const sorted = [...members].sort((a, b) => ascending(a.received_date, b.received_date) || ascending(a.document_id, b.document_id));
    return life(sorted, hotspot.kind === 'emergent' && canPart(sorted) ? partEvents(sorted, subjects, termsOf) : [], asOf).map((row) => ({ hotspot_id: hotspot.hotspot_id, ...row }));
  });
}

/** What the members are about, as learned from them and the newest texts. */
function subjectsOf(found: readonly Found[], documents: readonly DetectDocument[], termsOf: TermsOf): Map<string, Float32Array> {
  const own = new Set(found.flatMap((f) => f.members.map((m) => m.document_id)));
  const open = documents.filter((d) => !d.restricted && d.kind !== 'survey_answer'), read = open.filter((d, i) => i >= open.length - newest || own.has(d.document_id));
  const subjects = textSubjects(read.map((d) => termsOf.get(d.document_id) ?? []));
  return new Map(read.flatMap((d, i) => (own.has(d.document_id) ? [[d.document_id, subjects[i] ?? new Float32Array()] as const] : [])));
}

/** One row per week with texts or a change: growing when the last four weeks hold half as many again as the four before, gone after eight weeks of quiet. */
function life(members: readonly DetectDocument[], events: readonly PartEvent[], asOf: string): Omit<Row<'hotspot_stage'>, 'hotspot_id'>[] {
  const weeks = new Map<string, DetectDocument[]>(), units = new Set<string>();
  for (const m of members) { const week = mondayOf(m.received_date), own = weeks.get(week); if (own) own.push(m); else weeks.set(week, [m]); }
  const rows: Omit<Row<'hotspot_stage'>, 'hotspot_id'>[] = [];
  const told = (to: string, back: number) => { let n = 0; for (let w = 0; w < window; w++) n += weeks.get(addDays(to, -7 * (back + w)))?.length ?? 0; return n; };
  const rest = (week: string) => rows.push({ week, documents: 0, matters: 0, likes: 0, units: units.size, stage: 'gone', words: [] });
  let last = '';
  for (const [week, texts] of weeks) {
    const pause = last === '' ? 0 : dayNumber(week) - dayNumber(last);
    if (pause > quiet) rest(addDays(last, quiet));
    for (const t of texts) units.add(t.unit_id);
    const own = events.filter((e) => e.week === week), now = told(week, 0);
    const stage: HotspotStage = own.at(-1)?.stage ?? (last === '' ? 'born' : pause > quiet ? 'back' : now >= leastGrown && now > growth * told(week, window) ? 'growing' : 'steady');
    rows.push({ week, documents: texts.length, matters: new Set(texts.map((t) => t.matter_id)).size, likes: texts.reduce((sum, t) => sum + t.likes, 0), units: units.size, stage, words: own.at(-1)?.words ?? [] });
    last = week;
  }
  if (last !== '' && dayNumber(asOf) - dayNumber(last) >= quiet) rest(addDays(last, quiet));
  return rows;
}
