// In: who keeps what. Out: notes on dates 日期备注, which all trends show, and saved views 视图, which lead back to an address.
// Invariant: a note belongs to a unit and is seen by whoever sees that unit or one below it; a view is its owner's until she shares it, and gives nobody a right.
import { ZhiweiError } from '../datasets/errors.ts';
import type { DateNote, SavedView, User } from './api.ts';
import { within } from './scope.ts';
import type { State } from './state.ts';

export const keepsakeTables = `
CREATE TABLE date_note (note_id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, label TEXT NOT NULL, unit_path TEXT, created_by TEXT NOT NULL, created_at TEXT NOT NULL) STRICT;
CREATE TABLE saved_view (view_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, address TEXT NOT NULL, owner TEXT NOT NULL, shared INTEGER NOT NULL, created_at TEXT NOT NULL, UNIQUE (owner, name)) STRICT;
`;
/** Of each kind, over all users. */
const most = 2_000;

interface NoteRow { note_id: number; day: string; label: string; unit_path: string | null; created_by: string }
interface ViewRow { view_id: number; name: string; address: string; owner: string; shared: number }

export class Keepsakes {
  constructor(private readonly state: State) {}

  /** Notes on what the reader may see: her units, those below, and those that hold them; in order of days. */
  notes({ unit_path }: User): DateNote[] {
    const rows = this.state.prepare<[], NoteRow>('SELECT note_id, day, label, unit_path, created_by FROM date_note ORDER BY day, note_id').all();
    return rows.filter((n) => n.unit_path === null || unit_path === null || within(n.unit_path, unit_path) || within(unit_path, n.unit_path));
  }

  addNote(user: User, day: string, label: string, unit: string | null): number {
    const unit_path = unit ?? user.unit_path;
    if (!within(unit_path ?? '', user.unit_path)) throw new ZhiweiError('forbidden', '这个单位不在你的查看范围内');
    this.room('date_note');
    return Number(this.state.prepare('INSERT INTO date_note (day, label, unit_path, created_by, created_at) VALUES (?, ?, ?, ?, ?)').run(day, label, unit_path, user.name, new Date().toISOString()).lastInsertRowid);
  }

  /** Throws `not_found` for a note outside the scope, `forbidden` where somebody else wrote it and the user administers nothing. */
  removeNote(user: User, id: number): NoteRow {
    const note = this.notes(user).find((n) => n.note_id === id);
    if (!note || !within(note.unit_path ?? '', user.unit_path)) throw new ZhiweiError('not_found', '没有这条备注，或它不在你的查看范围内');
    if (note.created_by !== user.name && user.role !== 'admin') throw new ZhiweiError('forbidden', '只有写备注的人或管理员可以删去它');
    this.state.prepare('DELETE FROM date_note WHERE note_id = ?').run(id);
    return note;
  }

  /** Her own views and the shared ones, by name. */
  views({ name }: User): SavedView[] {
    return this.state.prepare<[string], ViewRow>('SELECT view_id, name, address, owner, shared FROM saved_view WHERE owner = ? OR shared = 1 ORDER BY name, view_id').all(name).map((v) => ({ ...v, shared: v.shared === 1, own: v.owner === name }));
  }

  /** Keeps an address under a name; the same name again replaces it. */
  keepView(user: User, { name, address, shared }: { name: string; address: string; shared: boolean }): number {
    this.room('saved_view');
    this.state.prepare('INSERT INTO saved_view (name, address, owner, shared, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, name) DO UPDATE SET address = excluded.address, shared = excluded.shared').run(name, address, user.name, shared ? 1 : 0, new Date().toISOString());
    return this.state.prepare<[string, string], { view_id: number }>('SELECT view_id FROM saved_view WHERE owner = ? AND name = ?').get(user.name, name)?.view_id ?? 0;
  }

  removeView(user: User, id: number): void {
    const { changes } = this.state.prepare('DELETE FROM saved_view WHERE view_id = ? AND owner = ?').run(id, user.name);
    if (changes === 0) throw new ZhiweiError('not_found', '没有这个视图，或它不是你存的');
  }

  private room(table: 'date_note' | 'saved_view'): void {
    const { n } = this.state.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get() ?? { n: 0 };
    if (n >= most) throw new ZhiweiError('conflict', '存得太多了；请先删去不用的');
  }
}
