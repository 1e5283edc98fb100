// In: the rows of every table and what the run was. Out: a new version of the warehouse, served from now on.
// Invariant: the pointer moves last and by rename; a crash before that leaves the old version served and only litter behind.
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPointer, versionFile, type DataDir, type Pointer } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { writeWarehouse, type WarehouseRows } from './warehouse.ts';

export interface SourceResult { file: string; sheet: string; kind: string; accepted: number; rejected: number; unchanged?: boolean }
/** What lies beside each version: the timings and names that would make two equal runs differ if they were in the tables. */
export interface Manifest {
  version: number; started_at: string; seconds: number; documents: number; rejects: number; as_of: string;
  stages: { stage: string; rows: number; seconds: number }[];
  sources: SourceResult[];
}
export interface Version extends Manifest { current: boolean }

const keptVersions = 5;
const manifestFile = (version: number) => versionFile(version).replace('.duckdb', '.json');

/** One more than any version that ever got a file here. */
export function nextVersion(dir: DataDir): number {
  const used = readdirSync(dir.warehouse).map((f) => /^v(\d{6})\./.exec(f)?.[1]).filter((v) => v !== undefined).map(Number);
  return Math.max(0, readPointer(dir)?.version ?? 0, ...used) + 1;
}

/** Builds the file beside the served one, then moves the pointer to it. `manifest` is asked for at the end, when the timings are known. */
export async function publish(dir: DataDir, version: number, rows: WarehouseRows, manifest: () => Manifest): Promise<void> {
  sweep(dir);
  const building = join(dir.warehouse, `building-${version}.duckdb`);
  await writeWarehouse(building, rows);
  syncFile(building);
  renameSync(building, join(dir.warehouse, versionFile(version)));
  replace(join(dir.warehouse, manifestFile(version)), JSON.stringify(manifest(), null, 1));
  movePointer(dir, version);
  prune(dir, version);
}

/** The versions that can be served, newest first. */
export function versions(dir: DataDir): Version[] {
  const current = readPointer(dir)?.version;
  return readdirSync(dir.warehouse).filter((f) => /^v\d{6}\.json$/.test(f)).map((f) => JSON.parse(readFileSync(join(dir.warehouse, f), 'utf8')) as Manifest)
    .filter((m) => existsSync(join(dir.warehouse, versionFile(m.version))))
    .map((m) => ({ ...m, current: m.version === current })).sort((a, b) => b.version - a.version);
}

/** Serves an earlier version again; without `to`, the newest one before the present. */
export function rollback(dir: DataDir, to?: number): number {
  const all = versions(dir);
  const current = readPointer(dir)?.version ?? 0;
  const target = to === undefined ? all.find((v) => v.version < current) : all.find((v) => v.version === to);
  if (!target) throw new ZhiweiError('not_found', to === undefined ? '没有更早的版本可以回退' : `没有版本 ${to}；现有：${all.map((v) => v.version).join('、') || '无'}`);
  movePointer(dir, target.version);
  return target.version;
}

function movePointer(dir: DataDir, version: number): void {
  replace(dir.pointer, JSON.stringify({ version, file: versionFile(version) } satisfies Pointer));
}

/** Writes a file so that a reader sees the old content or the new, and a power cut keeps one of them. */
function replace(file: string, content: string): void {
  const next = `${file}.next`;
  writeFileSync(next, content);
  syncFile(next);
  renameSync(next, file);
  syncFile(dirname(file));
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r');
  try { fsyncSync(fd); } finally { closeSync(fd); }
}

/** Removes what a killed run left: half-built files, and versions without a manifest. */
function sweep(dir: DataDir): void {
  for (const f of readdirSync(dir.warehouse)) {
    const orphan = /^v\d{6}\.duckdb$/.test(f) && !existsSync(join(dir.warehouse, f.replace('.duckdb', '.json')));
    if (f.startsWith('building-') || f.endsWith('.next') || f.endsWith('.wal') || orphan) rmSync(join(dir.warehouse, f), { force: true });
  }
}

function prune(dir: DataDir, current: number): void {
  for (const { version } of versions(dir).filter((v) => v.version !== current).slice(keptVersions - 1)) {
    rmSync(join(dir.warehouse, manifestFile(version)), { force: true });
    rmSync(join(dir.warehouse, versionFile(version)), { force: true });
  }
}
