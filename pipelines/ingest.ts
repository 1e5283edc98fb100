// In: files as offices keep them (xlsx, csv, jsonl). Out: for each sheet its documents, units, headcounts, answers and rejects.
// Invariant: every data row is accepted or rejected with a reason; a file that can't be read at all throws.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import type { DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import type { Row } from '../datasets/schema.ts';
import type { SourceKind } from '../datasets/vocabulary.ts';
import type { Decision, ExplicitMapping, How, SavedMappings, UsedFor } from './ingest/map-columns.ts';
import { exportRejects } from './export-rejects.ts';
import { prepareSheet, type Mappings, type Prepared } from './ingest/prepare-sheet.ts';
import { readSheet, sourceOf, type Registered } from './ingest/read-sheet.ts';
import { loadSavedMappings, readMapping, saveMappings } from './ingest/saved-mappings.ts';
import { openFile } from './readers/open.ts';
import type { Ingested, Progress } from './records.ts';

export type { Decision, ExplicitMapping, How, SavedMappings };
export { readMapping };

export interface IngestOptions extends Mappings {
  /** Version in which new sources will first appear. */
  version: number;
  /** Where mappings are saved and rejected rows are kept for correction; without it nothing is written. */
  dir?: Pick<DataDir, 'mappings' | 'private'> | undefined;
  /** Rows read so far of all files; how many there will be is not known beforehand, so the total is 0. */
  onProgress?: Progress | undefined;
  /** Called after each sheet, also for sheets that were passed over. */
  onSheet?: ((description: SheetDescription) => void) | undefined;
}

/** What an import of a sheet would do, or did; `kind` is null for a sheet that is not data, and `note` says why. */
export interface SheetDescription {
  file: string; sheet: string; kind: SourceKind | null; rows: number; accepted: number; rejected: number;
  header_row: number | null; mapping: Decision[]; rejects: Row<'reject'>[]; fingerprint: string | null; note: string | null;
}

/** SHA-256 of a file's bytes, as 64 hex digits: the same file is known by it under any name. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/** Reads files sheet by sheet; throws `bad_file` for a file in which no sheet can be used. */
export async function* ingest(paths: readonly string[], options: IngestOptions): AsyncGenerator<Ingested> {
  let done = 0;
  const onRow = () => { done += 1; if (done % 500 === 0) options.onProgress?.(done, 0); };
  for (const path of paths) {
    for await (const { ingested, description } of readFile(path, options, onRow)) {
      options.onSheet?.(description);
      if (ingested) yield ingested;
    }
    options.onProgress?.(done, 0);
  }
}

/** Everything that the files hold; remembers explicit mappings, and keeps rejected rows in private/rejects/<source_id>.xlsx. */
export async function ingestAll(paths: readonly string[], options: Omit<IngestOptions, 'onProgress'> & { dir: NonNullable<IngestOptions['dir']> }, progress?: Progress): Promise<Ingested[]> {
  const { dir } = options;
  const saved = options.saved ?? loadSavedMappings(dir.mappings);
  const remembered: SavedMappings = {};
  const all: Ingested[] = [];
  let before = 0;
  for (const path of paths) {
    const onSheet = (sheet: SheetDescription) => {
      if (sheet.kind !== null && sheet.fingerprint !== null && sheet.mapping.some(({ how }) => how === 'explicit')) {
        remembered[sheet.fingerprint] = { kind: sheet.kind, columns: Object.fromEntries(sheet.mapping.flatMap(({ column, field, how }) => (how === 'explicit' && field !== null ? [[field, column]] : []))) };
      }
      options.onSheet?.(sheet);
    };
    for await (const ingested of ingest([path], { ...options, saved, onSheet, onProgress: (done) => progress?.(before + done, 0) })) {
      all.push(ingested);
      const { source_id, sheet } = ingested.source;
      if (ingested.rejects.length > 0) await exportRejects(path, sheet, ingested.rejects, join(dir.private, 'rejects', `${source_id}.xlsx`), { ...options, saved });
    }
    before = all.reduce((rows, { source }) => rows + source.rows, 0);
  }
  saveMappings(dir.mappings, remembered);
  return all;
}

/** What importing a file would do: kind, mapping, counts and the first 50 rejects of each sheet that holds data. */
export async function describeFile(path: string, options: Mappings & Pick<IngestOptions, 'dir'> & { version?: number } = {}): Promise<(SheetDescription & { kind: SourceKind })[]> {
  const used: (SheetDescription & { kind: SourceKind })[] = [];
  const passed: string[] = [];
  const saved = options.saved ?? (options.dir ? loadSavedMappings(options.dir.mappings) : undefined);
  for await (const { description } of readFile(path, { ...options, saved, version: 0 }, () => undefined)) {
    const { kind } = description;
    if (kind === null) passed.push(`工作表“${description.sheet}”未导入：${description.note ?? ''}`);
    else used.push({ ...description, kind });
  }
  return used.map((description, i) => (i === 0 && passed.length > 0 ? { ...description, note: passed.join('\n') } : description));
}

async function* readFile(path: string, options: IngestOptions, onRow: () => void): AsyncGenerator<{ ingested: Ingested | null; description: SheetDescription }> {
  const file = basename(path);
  const sheets = await openFile(path);
  const file_hash = await hashFile(path);
  const registered: Registered = new Map();
  const passed: { sheet: string; why: string }[] = [];
  let used = 0;
  for (const sheet of sheets) {
    const prepared = await prepareSheet(sheet, file, file_hash, options);
    if ('why' in prepared) {
      passed.push({ sheet: sheet.name, why: prepared.why });
      yield { ingested: null, description: { file, sheet: sheet.name, kind: null, rows: 0, accepted: 0, rejected: 0, header_row: prepared.header?.last_row ?? null, mapping: prepared.mapping?.decisions ?? [], rejects: [], fingerprint: prepared.mapping?.fingerprint ?? null, note: prepared.why } };
      continue;
    }
    used += 1;
    const result = await readSheet(prepared.kind, prepared.context, prepared.rows(), registered, onRow);
    const { rows: _rows, rejected: _rejected, used: columns, ...found } = result;
    const source = sourceOf(prepared.kind, prepared.context, result, options.version);
    yield { ingested: { source, ...found }, description: describe(prepared, source, found.rejects, columns) };
  }
  if (used === 0) throw new ZhiweiError('bad_file', `文件“${file}”无法导入：${passed.slice(0, 4).map(({ sheet, why }) => `工作表“${sheet}”${why}`).join('；') || '没有工作表'}${passed.length > 4 ? `；其余 ${passed.length - 4} 张工作表也不能用` : ''}`);
}

function describe({ kind, header, mapping }: Prepared, source: Row<'source'>, rejects: Row<'reject'>[], used: ReadonlyMap<number, UsedFor>): SheetDescription {
  const { file, sheet, rows, accepted, rejected } = source;
  const decisions = mapping.decisions.map((decision, i): Decision => {
    const use = used.get(header.columns[i]?.index ?? -1);
    if (use) return { column: decision.column, field: use, how: 'synonym' };
    return kind !== 'survey' || decision.field === 'received' || decision.field === 'registered' ? decision : { column: decision.column, field: null, how: 'unused' };
  });
  return { file, sheet, kind, rows, accepted, rejected, header_row: header.last_row, mapping: decisions, rejects: rejects.slice(0, 50), fingerprint: mapping.fingerprint, note: null };
}
