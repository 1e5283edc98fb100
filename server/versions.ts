// In: the data directory. Out: the manifests of the versions that are kept, newest first.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { versionFile, type DataDir } from '../datasets/data-dir.ts';
import { manifestSchema } from './api.ts';

type Manifest = z.infer<typeof manifestSchema>;

/** The manifest of one version; null where it is missing or unreadable. */
export function readManifest(dir: DataDir, version: number): Manifest | null {
  const file = join(dir.warehouse, versionFile(version).replace(/\.duckdb$/, '.json'));
  if (!existsSync(file)) return null;
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export function readManifests(dir: DataDir): Manifest[] {
  const versions = readdirSync(dir.warehouse).flatMap((name) => { const n = /^v(\d{6})\.duckdb$/.exec(name)?.[1]; return n === undefined ? [] : [Number(n)]; });
  return versions.sort((a, b) => b - a).flatMap((version) => readManifest(dir, version) ?? []);
}
