// In: the data directory of a run over datasets/sample, and the sample's truth.json.
// Out: printed: each planted story with the alert that found it and its delay in days beside the least possible; other alerts a month.
// Invariant: prospective: detect is run for each day of the last 52 weeks, seeing only what was registered by then; alerts are told apart as the product does.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { dataDir, readPointer } from '../../datasets/data-dir.ts';
import { detect } from '../../pipelines/detect.ts';
import { dayNumber, isoDay, type DetectInput } from '../../pipelines/detect/material.ts';
import { openFile } from '../../pipelines/readers/open.ts';
import type { Segmented } from '../../pipelines/records.ts';
import { weeklySeries } from '../../pipelines/weekly-series.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import { matchHotspots, type KnownAlert } from '../../server/alerts/match-hotspots.ts';

interface Story { id: number; title: string; kind: 'series' | 'emergent' | 'critical' | 'not_news'; from: string; to: string; detect_by: string | null; registration_numbers: string[]; posts: string[] }
/** What a published sample gives to detection, the number by which truth.json names a document, and the day on which the office had it. */
export interface Published { input: DetectInput; numbers: ReadonlyMap<string, string>; registered: ReadonlyMap<string, string> }

const sample = fileURLToPath(new URL('../../datasets/sample', import.meta.url));
const days = 364, leastShare = 0.3, leastTexts = 3, goneDays = 14;

export async function loadPublished(root: string): Promise<Published> {
  const dir = dataDir(root), pointer = readPointer(dir);
  if (!pointer) throw new Error('nothing published there');
  const t = await readTables(join(dir.warehouse, pointer.file), ['series', 'document', 'demand', 'term', 'unit', 'headcount', 'run', 'petition', 'source']);
  const topics = new Map<string, { topic: string; subtopic: string | null; probability: number }[]>();
  for (const d of t.demand) if (!topics.get(d.document_id)?.some((x) => x.topic === d.topic)) topics.set(d.document_id, [...(topics.get(d.document_id) ?? []), d]);
  const terms = new Map<string, Segmented>();
  for (const { document_id, ...term } of t.term) {
    const own = terms.get(document_id) ?? { document_id, terms: [] };
    own.terms.push(term);
    terms.set(document_id, own);
  }
  const documents = t.document.map((d) => ({ ...d, text: d.text ?? '', topics: (topics.get(d.document_id) ?? []).sort((a, b) => b.probability - a.probability).map((x) => x.topic), subtopics: (topics.get(d.document_id) ?? []).flatMap((x) => x.subtopic ?? []) }));
  const posts = new Map<string, string>();
  for (const source of t.source) if (source.kind === 'post' && existsSync(join(sample, source.file))) for (const sheet of await openFile(join(sample, source.file))) for await (const { row, cells } of sheet.rows()) posts.set(`${source.source_id} ${row}`, String(cells[0]));
  return {
    input: { series: t.series, documents, terms: [...terms.values()], units: t.unit, headcounts: t.headcount, asOf: t.run[0]?.as_of ?? '', provisionalFrom: t.run[0]?.provisional_from ?? '' },
    registered: new Map(t.petition.map((p) => [p.document_id, p.registered_date])),
    numbers: new Map([
      ...t.petition.flatMap((p) => (p.registration_no ? [[p.document_id, p.registration_no] as const] : [])),
      ...t.document.flatMap((d) => { const id = posts.get(`${d.source_id} ${d.source_row}`); return d.kind === 'post' && id !== undefined ? [[d.document_id, id] as const] : []; }),
    ]),
  };
}

/** Judges a published sample, looking every `step` days. */
export async function judgeStories(root: string, step = 1): Promise<void> { judge(await loadPublished(root), step); }

interface Told { day: string; kind: string; title: string; members: number; right: number; story: Story | null }

/** Runs detection through the last year and prints what it told, and when. */
export function judge({ input, numbers, registered }: Published, step = 1): void {
  const stories = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as Story[];
  const storyOf = new Map(stories.flatMap((s) => [...s.registration_numbers, ...s.posts].map((no) => [no, s] as const)));
  const ofStory = (id: string) => storyOf.get(numbers.get(id) ?? '');
  const known = (id: string, received: string) => registered.get(id) ?? received;
  const path = new Map(input.units.map((u) => [u.unit_id, u.path]));
  const end = dayNumber(input.asOf), start = performance.now();
  const told = new Map<string, Told>(), first = new Map<Story, Told>();
  let alerts: KnownAlert[] = [], runs = 0;
  for (let day = end - days; day <= end; day += step, runs++) {
    const asOf = isoDay(day);
    const documents = input.documents.filter((d) => d.received_date <= asOf && known(d.document_id, d.received_date) <= asOf);
    const lagDays = documents.map((d) => dayNumber(known(d.document_id, d.received_date)) - dayNumber(d.received_date)).sort((a, b) => a - b);
    const { hotspots, members } = detect({ ...input, asOf, lagDays, series: weeklySeries(documents), documents });
    const of = new Map<string, string[]>();
    for (const m of members) of.set(m.hotspot_id, [...(of.get(m.hotspot_id) ?? []), m.document_id]);
    const seen = hotspots.filter((h) => day - dayNumber(h.to_date) <= goneDays).map((h) => ({ ...h, unit_path: path.get(h.unit_id) ?? h.unit_id, members: of.get(h.hotspot_id) ?? [] }));
    const matches = new Map(matchHotspots(alerts, seen).map((m) => [m.hotspot_id, m.alert_id]));
    for (const h of seen) {
      const alert_id = matches.get(h.hotspot_id) ?? `${asOf} ${h.hotspot_id}`;
      const counts = new Map<Story, number>();
      for (const id of h.members) { const s = ofStory(id); if (s) counts.set(s, (counts.get(s) ?? 0) + 1); }
      const [best] = [...counts].sort((a, b) => b[1] - a[1]);
      const story = best && (best[0].kind === 'critical') === (h.kind === 'critical') && (h.kind === 'critical' || best[1] >= leastShare * h.members.length) ? best[0] : null;
      const now: Told = { day: asOf, kind: h.kind, title: h.title, members: h.members.length, right: best?.[1] ?? 0, story };
      if (story && !first.has(story)) first.set(story, now);
      const before = told.get(alert_id);
      if (!before) told.set(alert_id, now); else before.story ??= story;
      alerts = [...alerts.filter((a) => a.alert_id !== alert_id), { ...h, alert_id, closed: false }];
    }
  }
  const received = new Map(input.documents.map((d) => [d.document_id, d.received_date]));
  const had = (s: Story, texts: number) => [...numbers].filter(([, no]) => storyOf.get(no) === s).map(([id]) => known(id, received.get(id) ?? '')).sort()[texts - 1] ?? s.to;
  const delays: number[] = [], registration: number[] = [], visible: number[] = [], floors: number[] = [];
  const days0 = (from: string, to: string) => Math.max(0, dayNumber(to) - dayNumber(from));
  for (const s of stories) {
    const f = first.get(s), office = had(s, 1), floor = days0(s.from, had(s, s.kind === 'critical' ? 1 : leastTexts));
    const delay = f ? days0(s.from, f.day) : 999, after = f && s.detect_by ? days0(s.detect_by, f.day) : 999;
    if (s.kind !== 'not_news') { delays.push(delay); registration.push(f ? days0(office, f.day) : 999); visible.push(after); floors.push(floor); }
    console.log(`${s.id} ${s.kind.padEnd(8)} ${s.title}\n   ${f ? `${f.day} (${delay} days after the first text, ${after} after it is visible; ${f.right} of ${f.members} texts are the story's) ${f.kind}: ${f.title}` : s.kind === 'not_news' ? 'not told, as it should be' : 'NOT FOUND'}`);
    if (s.kind !== 'not_news') console.log(`   the office had ${s.kind === 'critical' ? 'the first' : `${leastTexts} texts`} ${floor} days after the first was received`);
  }
  const others = [...told.values()].filter((t) => t.kind !== 'critical' && t.story === null).sort((a, b) => (a.day < b.day ? -1 : 1));
  for (const o of others) console.log(`   other ${o.day} ${o.kind}: ${o.title}`);
  const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  console.log(`median delay ${median(registration)} days after the office had the first text (${median(delays)} after the day that it was sent), ${median(visible)} after the story is visible; no method that needs ${leastTexts} texts comes below ${median(floors)}`);
  console.log(`${others.length} other alerts in 12 months: ${(others.length / 12).toFixed(1)} a month; ${((performance.now() - start) / 1000 / runs).toFixed(2)} s a run`);
}
