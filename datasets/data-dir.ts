// In: the data directory (--data). Out: where each file in it lies, and the pointer to the served version.
// Invariant: the pointer is replaced by rename alone, so a reader sees the old or the new version, never half of one.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export const pointerSchema = z.object({ version: z.int().positive(), file: z.string().regex(/^v\d{6}\.duckdb$/) });
export type Pointer = z.infer<typeof pointerSchema>;

export interface DataDir {
  root: string; warehouse: string; pointer: string; private: string; secret: string; lock: string;
  state: string; corrections: string; uploads: string; attachments: string; briefings: string; mappings: string; dictionary: string; settings: string; taxonomies: string; exports: string;
}

/** Paths below a data directory; makes the folders that are missing, `private` readable by its owner alone. */
export function dataDir(path: string): DataDir {
  const root = resolve(path);
  const warehouse = join(root, 'warehouse');
  const secrets = join(root, 'private');
  mkdirSync(warehouse, { recursive: true });
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  return {
    root, warehouse, pointer: join(warehouse, 'current.json'), private: secrets, secret: join(secrets, 'secret.key'), lock: join(secrets, 'run.lock'),
    state: join(root, 'state.sqlite'), corrections: join(root, 'corrections.jsonl'), uploads: join(root, 'uploads'), attachments: join(root, 'attachments'), briefings: join(root, 'briefings'), mappings: join(root, 'mappings.json'), dictionary: join(root, 'user-dict.txt'),
    settings: join(root, 'settings.json'), taxonomies: join(root, 'taxonomies'), exports: join(root, 'exports'),
  };
}

export const versionFile = (version: number) => `v${String(version).padStart(6, '0')}.duckdb`;

/** The served version, or null where nothing has been published yet. */
export function readPointer(dir: DataDir): Pointer | null {
  if (!existsSync(dir.pointer)) return null;
  return pointerSchema.parse(JSON.parse(readFileSync(dir.pointer, 'utf8')));
}
