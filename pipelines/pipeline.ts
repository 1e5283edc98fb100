// In: files, a data directory, and what the served version already knows. Out: a new served version.
// Invariant: the whole way of the data, in order; a stage knows no other stage, and nothing is served before publish.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, mondayOf } from '../datasets/calendar.ts';
import { readCorrections } from '../datasets/corrections.ts';
import { readPointer, type DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import type { Row } from '../datasets/schema.ts';
import { readHouseSettings } from '../datasets/settings.ts';
import { taxonomyVersion, topicRows } from '../datasets/taxonomy.ts';
import { aggregate, topicsOf } from './aggregate.ts';
import { applyCorrections } from './apply-corrections.ts';
import { loadClassifier, readersOf } from './classify.ts';
import { deduplicate } from './deduplicate.ts';
import { detect } from './detect.ts';
import { forgetRejects } from './export-rejects.ts';
import { generaliseAnswers } from './generalise-answers.ts';
import { hashFile, ingestAll, type IngestOptions } from './ingest.ts';
import { loadFacts, mergeFacts } from './merge-facts.ts';
import { loadSecret, readPersons, writePersons } from './private-identities.ts';
import { Stopwatch, type Report } from './progress.ts';
import { nextVersion, publish, type SourceResult } from './publish.ts';
import type { Facts } from './records.ts';
import { exclusively } from './run-lock.ts';
import { SecondPair } from './second-pair.ts';
import { ownDictionary } from './segment.ts';
import { classifyAll, deidentifyAll, segmentAll } from './text-stages.ts';

export interface RunRequest { inputs: string[]; mapping?: IngestOptions['mapping'] }
export interface RunResult { version: number; seconds: number; sources: SourceResult[] }

/** Adds the inputs to what is there, relabels everything and publishes. Inputs known already, byte for byte, change nothing. */
export async function runPipeline(dir: DataDir, request: RunRequest, report: Report): Promise<RunResult> {
  const wait = () => report({ stage: 'wait', done: 0, total: 0, rows_per_second: 0, seconds_left: null });
  return exclusively(dir.lock, async () => {
    const started = new Date();
    const watch = new Stopwatch(report);
    if (request.inputs.length === 0 && !readPointer(dir)) throw new ZhiweiError('bad_request', '还没有导入过数据；请用 --input 指明台账、问卷等文件或文件夹');
    const before = await loadFacts(dir, (version) => readPersons(dir, version));
    const { fresh, known } = await sortInputs(request.inputs, before.sources);
    if (request.inputs.length > 0 && fresh.length === 0) return { version: readPointer(dir)!.version, seconds: 0, sources: known };
    const version = nextVersion(dir);
    forgetRejects(join(dir.private, 'rejects'), started);

    const ingested = await watch.time('ingest', 0, (progress) => ingestAll(fresh, { dir, version, ...(request.mapping && { mapping: request.mapping }) }, progress));
    const incoming = ingested.flatMap((i) => i.documents);
    const second = SecondPair.for(incoming.length + before.documents.length);
    const clean = await watch.time('deidentify', incoming.length, (progress) => deidentifyAll(incoming, loadSecret(dir), second, progress));
    const facts = generaliseAnswers(mergeFacts(before, ingested, clean.documents, clean.persons));
    const size = facts.documents.length;

    const dictionaries = { own: ownDictionary, user: existsSync(dir.dictionary) ? dir.dictionary : null };
    const branches = new Map(facts.units.map((u) => [u.unit_id, u.branch_id]));
    const repeats = new Set(facts.petitions.filter((p) => p.stated_repeat).map((p) => p.document_id));
    const groupings = await watch.time('deduplicate', size, (progress) => deduplicate(facts.documents, facts.persons, repeats, progress, (unit_id) => branches.get(unit_id) ?? unit_id));
    const segmented = await watch.time('segment', size, (progress) => segmentAll(facts.documents, dictionaries, second, progress));
    const settings = readHouseSettings(dir);
    const classifier = await loadClassifier(readersOf(settings));
    // A transformer has processes of its own: with them and this one the machine is full.
    if (!classifier.plain) second?.close();
    const read = await watch.time('classify', size, (progress) => classifyAll(facts.documents, classifier, second, progress)).finally(() => { classifier.close(); second?.close(); });
    const labels = applyCorrections(facts.documents, read, readCorrections(dir));
    const tables = await watch.time('aggregate', size, () => aggregate(facts, groupings, labels, settings.month_start_day));

    const as_of = latestDay(facts);
    const provisional_from = firstProvisionalWeek(tables.petition, tables.document, as_of);
    const documents = tables.document.map((d, i) => ({ ...d, text: facts.documents[i]!.text, ...topicsOf(labels[i]!) }));
    const found = await watch.time('detect', tables.series.length, (progress) => detect({
      series: tables.series, documents, terms: segmented, units: facts.units, headcounts: facts.headcounts, asOf: as_of, provisionalFrom: provisional_from, lagDays: lagDays(tables.petition, tables.document, as_of), budget: settings.alarm_budget_per_month,
    }, progress));

    const hidden = new Set(facts.documents.filter((d) => d.restricted).map((d) => d.document_id));
    const sources = ingested.map(({ source }): SourceResult => ({ file: source.file, sheet: source.sheet, kind: source.kind, accepted: source.accepted, rejected: source.rejected }));
    writePersons(dir, version, facts.persons, as_of);
    const seconds = () => Math.round(Date.now() - started.getTime()) / 1000;
    await watch.time('publish', size, () => publish(dir, version, {
      ...tables, petition_group: facts.petition_groups, unit: facts.units, headcount: facts.headcounts, survey: facts.surveys, question: facts.questions, answer: facts.answers,
      topic: topicRows(), source: facts.sources, reject: facts.rejects,
      expectation: found.expectations, expectation_detail: found.details, hotspot: found.hotspots, hotspot_member: found.members, hotspot_stage: found.stages,
      term: terms(segmented, hidden),
      run: [{ version, as_of, provisional_from, alarm_from: found.alarmFrom, month_start_day: settings.month_start_day, tells_acceptance: tables.petition.some((p) => p.accepted_date !== null), model: classifier.version, taxonomy: taxonomyVersion, dictionary: dictionaryVersion(Object.values(dictionaries)), pipeline: programVersion(), documents: size, rejects: facts.rejects.length }],
    }, () => ({ version, started_at: started.toISOString(), seconds: seconds(), as_of, documents: size, rejects: facts.rejects.length, stages: watch.stages, sources })));
    return { version, seconds: seconds(), sources: [...known, ...sources] };
  }, wait);
}

/** Splits files into new ones and those whose very bytes were imported before. */
async function sortInputs(inputs: string[], sources: Row<'source'>[]): Promise<{ fresh: string[]; known: SourceResult[] }> {
  const fresh: string[] = [];
  const known: SourceResult[] = [];
  for (const file of inputs) {
    const digest = await hashFile(file);
    const earlier = sources.filter((s) => s.file_hash === digest);
    if (earlier.length === 0) fresh.push(file);
    known.push(...earlier.map((s) => ({ file: s.file, sheet: s.sheet, kind: s.kind, accepted: s.accepted, rejected: s.rejected, unchanged: true })));
  }
  return { fresh, known };
}

/** The day the data reach to: the latest day on which anything was received; before any text came, the latest month of headcounts. */
function latestDay(facts: Facts): string {
  const days = facts.documents.length > 0 ? facts.documents.map((d) => d.received_date) : facts.headcounts.map((h) => h.month);
  return days.reduce((latest, day) => (day > latest ? day : latest), '1970-01-01');
}

/** First week whose registrations are still coming in: 95 of 100 petitions of the last year were registered within the lag from here to the end. */
function firstProvisionalWeek(petitions: Row<'petition'>[], documents: Row<'document'>[], as_of: string): string {
  const lags = lagDays(petitions, documents.filter((d) => d.kind === 'petition'), as_of);
  const lag = lags[Math.floor(lags.length * 0.95)] ?? 0;
  return mondayOf(addDays(as_of, 1 - lag));
}

/** Days from receipt to registration, ascending, of the last year's documents; what is no petition is there at once. */
function lagDays(petitions: Row<'petition'>[], documents: Row<'document'>[], as_of: string): number[] {
  const registered = new Map(petitions.map((p) => [p.document_id, p.registered_date]));
  const yearAgo = addDays(as_of, -365);
  return documents.filter((d) => d.kind !== 'survey_answer' && (registered.get(d.document_id) ?? d.received_date) > yearAgo)
    .map((d) => Math.max(0, (Date.parse(registered.get(d.document_id) ?? d.received_date) - Date.parse(d.received_date)) / 86_400_000)).sort((a, b) => a - b);
}

function* terms(segmented: { document_id: string; terms: { term: string; tag: string; count: number }[] }[], hidden: ReadonlySet<string>): Generator<Row<'term'>> {
  for (const { document_id, terms: list } of segmented) {
    if (!hidden.has(document_id)) for (const t of list) yield { document_id, ...t };
  }
}

/** Eight hex digits that change when a word of either dictionary does. */
function dictionaryVersion(files: (string | null)[]): string {
  return files.reduce((hash, file) => (file === null ? hash : hash.update(readFileSync(file))), createHash('sha256')).digest('hex').slice(0, 8);
}

function programVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}
