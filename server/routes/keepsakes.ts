// In: a note on a date, or an address to keep. Out: what is kept, within the reader's rights. Invariant: notes change what everybody's charts show, so each is in the audit log.
import { ZhiweiError } from '../../datasets/errors.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';

const idOf = (text: string) => { const id = Number(text); if (!Number.isSafeInteger(id)) throw new ZhiweiError('bad_request', '地址有误'); return id; };

export const keepsakeRoutes = ({ keepsakes, warehouse, audit }: House) => [
  route('GET /api/notes', ({ user }) => ({ notes: keepsakes.notes(user) })),
  route('POST /api/notes', async ({ body: { day, label, unit }, user, ip }) => {
    const path = await warehouse.use((reader) => scopedUnit(reader, unit, user.unit_path));
    const note_id = keepsakes.addNote(user, day, label, path ?? null);
    audit.write(user.name, 'settings', `日期备注 ${day} ${label}（${path ?? '全部单位'}）`, ip);
    return { note_id };
  }),
  route('DELETE /api/notes/:id', ({ param, user, ip }) => {
    const note = keepsakes.removeNote(user, idOf(param('id')));
    audit.write(user.name, 'settings', `删去日期备注 ${note.day} ${note.label}`, ip);
    return { ok: true as const };
  }),
  route('GET /api/views', ({ user }) => ({ views: keepsakes.views(user) })),
  route('POST /api/views', ({ body, user }) => ({ view_id: keepsakes.keepView(user, body) })),
  route('DELETE /api/views/:id', ({ param, user }) => { keepsakes.removeView(user, idOf(param('id'))); return { ok: true as const }; }),
];
