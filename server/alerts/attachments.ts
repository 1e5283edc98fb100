// In: files sent with a request. Out: the same on disk, beside the alert 预警 they belong to, and back again.
// Invariant: random names on disk; a file is what its extension says; it is only ever given out as a download.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Attachment } from '../api.ts';
import type { Request } from '../endpoint.ts';
import { storeFiles, type Taking } from '../uploads.ts';

export const attachmentLimits = { fileBytes: 20_000_000, files: 5, perAlert: 50 } as const;

const zip = Buffer.from('PK\x03\x04', 'latin1');
const kinds: Record<string, { type: string; begins: Buffer }> = {
  '.pdf': { type: 'application/pdf', begins: Buffer.from('%PDF-') },
  '.docx': { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', begins: zip },
  '.xlsx': { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', begins: zip },
  '.jpg': { type: 'image/jpeg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  '.jpeg': { type: 'image/jpeg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  '.png': { type: 'image/png', begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
};

/** Stores the request's files under `root/<alert_id>`. Throws `bad_request`, `bad_file` or `too_large`, and then keeps none of them. */
export async function receiveAttachments(req: Request, root: string, alertId: string, already: number, user: string): Promise<(Attachment & { sha256: string })[]> {
  const folder = join(root, alertId), incoming = join(folder, `.${randomUUID()}`);
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  const onDisk = new Map<string, string>();
  const taking: Taking = {
    fileBytes: attachmentLimits.fileBytes, files: attachmentLimits.files, extensions: new Set(Object.keys(kinds)),
    wrongKind: (name) => new ZhiweiError('bad_file', `不能上传“${name}”；请上传 pdf、docx、xlsx、jpg 或 png`),
    tooLarge: (name) => new ZhiweiError('too_large', `“${name}”超过 20 MB；请压缩后再上传`),
    nameOnDisk: (name) => { const id = randomUUID(); onDisk.set(name, id); return id; },
  };
  try {
    const names = await storeFiles(req, incoming, taking);
    if (names.length === 0) throw new ZhiweiError('bad_request', '没有收到文件；请选择 pdf、docx、xlsx、jpg 或 png');
    if (already + names.length > attachmentLimits.perAlert) throw new ZhiweiError('too_large', `一条预警至多 ${attachmentLimits.perAlert} 个附件`);
    const uploaded_at = new Date().toISOString();
    const files = names.map((name) => {
      const attachment_id = onDisk.get(name) ?? '', path = join(incoming, attachment_id), kind = kinds[extname(name)];
      const content = readFileSync(path);
      if (!kind || !content.subarray(0, kind.begins.length).equals(kind.begins)) throw new ZhiweiError('bad_file', `“${name}”的内容与扩展名不符；请另存后再上传`);
      return { attachment_id, name, type: kind.type, bytes: statSync(path).size, uploaded_by: user, uploaded_at, sha256: createHash('sha256').update(content).digest('hex') };
    });
    for (const { attachment_id } of files) renameSync(join(incoming, attachment_id), join(folder, attachment_id));
    return files;
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

/** Takes back files that no alert came to own. */
export function dropAttachments(root: string, alertId: string, files: readonly Attachment[]): void {
  for (const { attachment_id } of files) rmSync(join(root, alertId, attachment_id), { force: true });
}

/** Removes what a crash in the middle of an upload left. */
export function clearIncoming(root: string): void {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  for (const alert of readdirSync(root)) for (const name of readdirSync(join(root, alert))) if (name.startsWith('.')) rmSync(join(root, alert, name), { recursive: true, force: true });
}

export const attachmentPath = (root: string, alertId: string, attachmentId: string) => join(root, alertId, attachmentId);
