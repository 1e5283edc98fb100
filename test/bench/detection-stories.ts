// In: the data directory of a run over datasets/sample, and the sample's truth.json.
// Out: printed: each planted story with the hotspot that found it and its delay in days; false alarms a month.
// Invariant: prospective: detect is run for each of the last 52 weeks, and on three days of the week after each story's first text, seeing only what was registered by then.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, readPointer } from '../../datasets/data-dir.ts';
import { detect } from '../../pipelines/detect.ts';
import { dayNumber, isoDay, type DetectInput } from '../../pipelines/detect/material.ts';
import type { Segmented } from '../../pipelines/records.ts';
import { weeklySeries } from '../../pipelines/weekly-series.ts';
import { readTables } from '../../pipelines/warehouse.ts';

interface Story { id: number; title: string; kind: 'series' | 'emergent' | 'critical' | 'not_news'; from: string; to: string; detect_by: string | null; registration_numbers: string[] }

/** What a published warehouse gives to detection, and the registration number of each petition. */
export async function loadPublished(root: string): Promise<{ input: DetectInput; registration: Map<string, string>; registered: Map<string, string> }> {
  const dir = dataDir(root), pointer = readPointer(dir);
  if (!pointer) throw new Error('nothing published there');
  const t = await readTables(join(dir.warehouse, pointer.file), ['series', 'document', 'demand', 'term', 'unit', 'headcount', 'run', 'petition']);
  const topics = new Map<string, { topic: string; subtopic: string | null; probability: number }[]>();
  for (const d of t.demand) if (!topics.get(d.document_id)?.some((x) => x.topic === d.topic)) topics.set(d.document_id, [...(topics.get(d.document_id) ?? []), d]);
  const terms = new Map<string, Segmented>();
  for (const { document_id, ...term } of t.term) {
    const own = terms.get(document_id) ?? { document_id, terms: [] };
    own.terms.push(term);
    terms.set(document_id, own);
  }
  const documents = t.document.map((d) => ({ ...d, text: d.text ?? '', topics: (topics.get(d.document_id) ?? []).sort((a, b) => b.probability - a.probability).map((x) => x.topic), subtopics: (topics.get(d.document_id) ?? []).flatMap((x) => x.subtopic ?? []) }));
  return {
    input: { series: t.series, documents, terms: [...terms.values()], units: t.unit, headcounts: t.headcount, asOf: t.run[0]?.as_of ?? '', provisionalFrom: t.run[0]?.provisional_from ?? '' },
    registered: new Map(t.petition.map((p) => [p.document_id, p.registered_date])),
    registration: new Map(t.petition.flatMap((p) => (p.registration_no ? [[p.document_id, p.registration_no] as const] : []))),
  };
}

/** Judges a published sample. */
export async function judgeStories(root: string): Promise<void> {
  const { input, registration, registered } = await loadPublished(root);
  judge(input, registration, registered);
}

/** Runs detection through the last year and prints what it found, and when. */
export function judge(input: DetectInput, registration: ReadonlyMap<string, string>, registered: ReadonlyMap<string, string>): void {
  const stories = JSON.parse(readFileSync(new URL('../../datasets/sample/truth.json', import.meta.url), 'utf8')) as Story[];
  const storyOf = new Map(stories.flatMap((s) => s.registration_numbers.map((no) => [no, s] as const)));
  const found = new Map<Story, { day: string; kind: string; title: string; members: number; right: number }>();
  const other = new Map<string, { day: string; title: string; kind: string }>();
  const known = (id: string, received: string) => registered.get(id) ?? received;
  const end = dayNumber(input.asOf);
  const weekly = Array.from({ length: 52 }, (_, i) => end - 7 * i);
  const daily = stories.filter((s) => s.kind !== 'not_news').flatMap((s) => [3, 5, 7].map((i) => dayNumber(s.from) + i));
  const days = [...new Set([...weekly, ...daily])].filter((d) => d <= end).sort((a, b) => a - b);
  const start = performance.now();
  for (const day of days) {
    const asOf = isoDay(day);
    const documents = input.documents.filter((d) => d.received_date <= asOf && known(d.document_id, d.received_date) <= asOf);
    const lagDays = documents.map((d) => dayNumber(known(d.document_id, d.received_date)) - dayNumber(d.received_date)).sort((a, b) => a - b);
    const { hotspots, members } = detect({ ...input, asOf, lagDays, series: weeklySeries(documents), documents });
    const of = new Map<string, string[]>();
    for (const m of members) of.set(m.hotspot_id, [...(of.get(m.hotspot_id) ?? []), m.document_id]);
    for (const h of hotspots) {
      if (day - dayNumber(h.to_date) > 14) continue;
      const ids = of.get(h.hotspot_id) ?? [];
      const counts = new Map<Story, number>();
      for (const id of ids) { const s = storyOf.get(registration.get(id) ?? ''); if (s) counts.set(s, (counts.get(s) ?? 0) + 1); }
      const [best] = [...counts].sort((a, b) => b[1] - a[1]);
      const isStory = best && (best[0].kind === 'critical') === (h.kind === 'critical') && (h.kind === 'critical' || best[1] >= 0.3 * ids.length);
      if (isStory) { if (!found.has(best[0])) found.set(best[0], { day: asOf, kind: h.kind, title: h.title, members: ids.length, right: best[1] }); }
      else if (h.kind !== 'critical' && !other.has(h.hotspot_id)) other.set(h.hotspot_id, { day: asOf, kind: h.kind, title: h.title });
    }
  }
  const delays: number[] = [], fromVisible: number[] = [];
  for (const s of stories) {
    const f = found.get(s), delay = f ? dayNumber(f.day) - dayNumber(s.from) : 999, visible = f && s.detect_by ? Math.max(0, dayNumber(f.day) - dayNumber(s.detect_by)) : 999;
    if (s.kind !== 'not_news') { delays.push(delay); fromVisible.push(visible); }
    console.log(`${s.id} ${s.kind.padEnd(8)} ${s.title}\n   ${f ? `${f.day} (${delay} days after the first text, ${visible} after it is visible; ${f.right} of ${f.members} texts are the story's) ${f.kind}: ${f.title}` : s.kind === 'not_news' ? 'not told, as it should be' : 'NOT FOUND'}`);
  }
  for (const o of [...other.values()].sort((a, b) => (a.day < b.day ? -1 : 1))) console.log(`   other ${o.day} ${o.kind}: ${o.title}`);
  const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  console.log(`median delay ${median(delays)} days after the first text, ${median(fromVisible)} after the story is visible`);
  console.log(`${other.size} other hotspots in 12 months: ${(other.size / 12).toFixed(1)} a month; ${((performance.now() - start) / 1000 / days.length).toFixed(2)} s a run`);
}
