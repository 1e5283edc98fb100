// In: the bytes of a final briefing. Out: the same on disk under their SHA-256, and back again.
// Invariant: what is given back is what was frozen, byte for byte, or an error.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZhiweiError } from '../../../datasets/errors.ts';

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Keeps the bytes; their hash. */
export function freeze(root: string, content: Buffer): string {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const hash = sha256(content), path = join(root, hash);
  if (existsSync(path)) return hash;
  writeFileSync(`${path}.partial`, content, { mode: 0o400 });
  renameSync(`${path}.partial`, path);
  return hash;
}

/** Throws `failed` where the file is gone or is not what it was. */
export function frozen(root: string, hash: string, what = '定稿的文件'): Buffer {
  const path = join(root, hash);
  if (!existsSync(path)) throw new ZhiweiError('failed', `${what}不在数据目录里了；请从备份恢复 briefings 文件夹`);
  const content = readFileSync(path);
  if (sha256(content) !== hash) throw new ZhiweiError('failed', `${what}与当时的 SHA-256 不符，可能被改动或损坏；请从备份恢复 briefings 文件夹`);
  return content;
}
