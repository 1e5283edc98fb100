// In: an alert and picked files. Out: the ids of the stored files; and the limits, told before anybody picks.
// Invariant: a file over the limits is refused here already, with its name; the server checks again.
import { ApiError, send } from '../../api.ts';

export const limits = { bytes: 20_000_000, files: 5 } as const;
export const accepted = '.pdf,.docx,.xlsx,.jpg,.jpeg,.png';
export const uploadHint = 'pdf、docx、xlsx、jpg、png，每个至多 20 MB，一次至多 5 个';

/** Why these files can't be sent; null where they can. */
export function refusal(files: readonly { name: string; size: number }[]): string | null {
  if (files.length > limits.files) return `一次至多 ${limits.files} 个文件，您选了 ${files.length} 个。`;
  const large = files.find((f) => f.size > limits.bytes);
  if (large) return `“${large.name}”超过 20 MB，请压缩或拆分后再传。`;
  const other = files.find((f) => !accepted.split(',').some((ending) => f.name.toLowerCase().endsWith(ending)));
  return other ? `不收“${other.name}”这种文件。可传：${uploadHint}。` : null;
}

/** Uploads; gives the ids of what is new beside `known`. */
export async function takeAttachments(alert: string, files: FileList, known: readonly { attachment_id: string }[]): Promise<string[]> {
  const list = [...files];
  const no = refusal(list);
  if (no) throw new ApiError('bad_file', no, 400);
  const form = new FormData();
  for (const file of list) form.append('files', file, file.name);
  const { attachments } = await send('POST /api/alerts/:id/attachments', form, { id: alert });
  const before = new Set(known.map((a) => a.attachment_id));
  return attachments.map((a) => a.attachment_id).filter((id) => !before.has(id));
}

/** `1.2 MB`, `340 KB`. */
export const size = (bytes: number) => (bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1_000))} KB`);
