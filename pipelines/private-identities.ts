// In: the data directory's private folder. Out: the secret of the keyed hashes, and per version who wrote which document, as hashes.
// Invariant: mode 600, written whole then renamed; nothing older than the set months; no name, number or text in it.
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { versionFile, type DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import type { PersonKeys } from './records.ts';

const personSchema = z.object({ document_id: z.string(), received_date: z.string(), keys: z.array(z.string()) });
const personsFile = (dir: DataDir, version: number) => join(dir.private, `persons-v${String(version).padStart(6, '0')}.jsonl.gz`);
const unfinished = /^\.(?:persons|secret)-.*\.tmp$/;

function writeWhole(dir: DataDir, file: string, content: Buffer): void {
  mkdirSync(dir.private, { recursive: true, mode: 0o700 });
  const temporary = join(dir.private, `.persons-${randomUUID()}.tmp`);
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  renameSync(temporary, file);
}

/** The secret of the keyed hashes: 32 random bytes, made once; two first runs at once agree on one of them. */
export function loadSecret(dir: DataDir): Buffer {
  if (!existsSync(dir.secret)) {
    mkdirSync(dir.private, { recursive: true, mode: 0o700 });
    const temporary = join(dir.private, `.secret-${randomUUID()}.tmp`);
    writeFileSync(temporary, randomBytes(32), { mode: 0o600, flush: true });
    try {
      linkSync(temporary, dir.secret);
    } catch (cause) {
      if (!existsSync(dir.secret)) throw new ZhiweiError('failed', '无法在数据目录的 private 文件夹中建立密钥；请检查该文件夹的写权限。', undefined, { cause });
    } finally {
      rmSync(temporary, { force: true });
    }
  }
  const secret = readFileSync(dir.secret);
  if (secret.length !== 32) throw new ZhiweiError('failed', '数据目录 private 文件夹中的 secret.key 已损坏（应为 32 字节）；请从备份恢复，或删除后重新导入全部台账。');
  chmodSync(dir.secret, 0o600);
  return secret;
}

/** Person keys kept with a version; none where the version has no file. */
export function readPersons(dir: DataDir, version: number): PersonKeys[] {
  const file = personsFile(dir, version);
  if (!existsSync(file)) return [];
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => personSchema.parse(JSON.parse(line)));
}

/** The day `months` before `asOf` (both YYYY-MM-DD), at most the last day of that month. */
function monthsBefore(asOf: string, months: number): string {
  const [year = 0, month = 1, day = 1] = asOf.slice(0, 10).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

/** Writes a version's person keys without those older than `months` before `asOf`, deletes files of versions no longer in the warehouse folder; returns what was kept. */
export function writePersons(dir: DataDir, version: number, persons: readonly PersonKeys[], asOf: string, months = 24): PersonKeys[] {
  const oldest = monthsBefore(asOf, months);
  const kept = persons.filter(({ received_date, keys }) => received_date.slice(0, 10) >= oldest && keys.length > 0)
    .toSorted((a, b) => (a.document_id < b.document_id ? -1 : a.document_id > b.document_id ? 1 : 0));
  const lines = kept.map(({ document_id, received_date, keys }) => JSON.stringify({ document_id, received_date, keys }));
  writeWhole(dir, personsFile(dir, version), gzipSync(lines.join('\n')));
  prune(dir, version);
  return kept;
}

/** Deletes the files of versions whose warehouse is no longer kept, and what a killed run left unfinished. */
function prune(dir: DataDir, current: number): void {
  for (const name of readdirSync(dir.private)) {
    const version = Number(/^persons-v(\d+)\.jsonl\.gz$/.exec(name)?.[1] ?? NaN);
    const gone = version !== current && version >= 0 && !existsSync(join(dir.warehouse, versionFile(version)));
    if (gone || unfinished.test(name)) rmSync(join(dir.private, name), { force: true });
  }
}
