// In: a mapping file that a person wrote, or data/mappings.json. Out: checked mappings; the latter is also written here.
// Invariant: what an explicit mapping decided for some headers is used again for the same headers, until another is given.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { sourceKinds, type SourceKind } from '../../datasets/vocabulary.ts';
import type { ExplicitMapping, SavedMappings } from './map-columns.ts';

const kinds = Object.keys(sourceKinds) as [SourceKind, ...SourceKind[]];
const explicitSchema = z.strictObject({ kind: z.enum(kinds).optional(), sheet: z.string().optional(), columns: z.record(z.string(), z.string()).optional() });
const savedSchema = z.record(z.string(), z.object({ kind: z.enum(kinds), columns: z.record(z.string(), z.string()) }));

/** Reads `--mapping FILE`; throws `bad_request` with the expected form. */
export function readMapping(path: string): ExplicitMapping {
  try { return explicitSchema.parse(JSON.parse(readFileSync(path, 'utf8'))); } catch (cause) {
    throw new ZhiweiError('bad_request', `列映射文件“${basename(path)}”无法识别；应形如 {"kind":"petition","sheet":"Sheet1","columns":{"received":"来访时间","text":"反映事项"}}，kind 可为 ${kinds.join('、')}`, undefined, { cause });
  }
}

/** Mappings saved in the data directory; none where there is no file yet. */
export function loadSavedMappings(path: string): SavedMappings {
  if (!existsSync(path)) return {};
  try { return savedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))); } catch (cause) {
    throw new ZhiweiError('failed', `已保存的列映射（${basename(path)}）损坏；请改正或删去该文件后重试`, undefined, { cause });
  }
}

/** Adds mappings to the saved ones, replacing the file at once. */
export function saveMappings(path: string, added: SavedMappings): void {
  if (Object.keys(added).length === 0) return;
  const all = { ...loadSavedMappings(path), ...added };
  writeFileSync(`${path}.new`, `${JSON.stringify(Object.fromEntries(Object.entries(all).sort()), null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
