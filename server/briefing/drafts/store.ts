// In: the state file. Out: drafts of the briefing 月报、季报 with their versions and final files, read and written.
// Invariant: every read names a unit scope, null for everything; each change checks the revision it starts from.
import { z } from 'zod';
import { ZhiweiError } from '../../../datasets/errors.ts';
import { within } from '../../scope.ts';
import type { State } from '../../state.ts';
import type { Briefing } from '../content.ts';
import { briefingFileSchema, draftSummarySchema, draftTextSchema, type DraftSummary, type DraftText, type DraftView } from './api.ts';

const text = z.string().transform((stored) => draftTextSchema.parse(JSON.parse(stored)));
/** What the server itself wrote, from a type of its own. */
const base = z.string().transform((stored) => JSON.parse(stored) as Briefing);
const rowSchema = draftSummarySchema.extend({ base, text });
export type StoredDraft = z.infer<typeof rowSchema>;
const versionSchema = z.object({ no: z.int(), what: z.string(), data_version: z.int(), written_by: z.string(), written_at: z.string() });
type Change = Partial<Omit<DraftSummary, 'draft_id'>> & { text?: DraftText; base?: Briefing };

/** Changes of one person within this time are one version. */
const sittingMinutes = 10;
const columns = Object.keys(draftSummarySchema.shape).join(', ');

export class DraftStore {
  constructor(private readonly state: State) {}

  change<T>(work: () => T): T { return this.state.transaction(work).immediate(); }

  /** Throws `not_found` also where it lies outside the scope. */
  get(id: string | number, scope: string | null): StoredDraft {
    const row = /^\d{1,9}$/.test(String(id)) ? this.state.prepare('SELECT * FROM briefing_draft WHERE draft_id = ?').get(Number(id)) : undefined;
    const draft = row === undefined ? null : rowSchema.parse(row);
    if (!draft || !within(draft.unit_path, scope)) throw new ZhiweiError('not_found', '没有这份稿件，或它不在你的查看范围内');
    return draft;
  }

  /** Newest period first, quarters of a year before its months; every edition. */
  list(scope: string | null, { period, unit }: { period?: string | undefined; unit?: string | undefined }): DraftSummary[] {
    const rows = this.state.prepare(`SELECT ${columns} FROM briefing_draft WHERE (? IS NULL OR period = ?) AND (? IS NULL OR unit_path = ?) ORDER BY period DESC, unit_path, edition DESC`).all(period ?? null, period ?? null, unit ?? null, unit ?? null);
    return rows.map((row) => draftSummarySchema.parse(row)).filter((d) => within(d.unit_path, scope));
  }

  add(draft: Pick<StoredDraft, 'period' | 'unit_path' | 'unit_name' | 'edition' | 'data_version' | 'base' | 'text'>, user: string, at: string, what: string): number {
    const { lastInsertRowid } = this.state.prepare(`INSERT INTO briefing_draft (period, unit_path, unit_name, edition, state, revision, data_version, base, text, created_by, created_at, updated_by, updated_at)
      VALUES (?, ?, ?, ?, '草稿', 1, ?, ?, ?, ?, ?, ?, ?)`).run(draft.period, draft.unit_path, draft.unit_name, draft.edition, draft.data_version, JSON.stringify(draft.base), JSON.stringify(draft.text), user, at, user, at);
    this.note(Number(lastInsertRowid), what, draft.data_version, draft.text, user, at);
    return Number(lastInsertRowid);
  }

  /** Throws `conflict` where somebody was quicker. */
  set(id: number, revision: number, change: Change): void {
    const entries = Object.entries(change).map(([column, value]) => [column, column === 'base' || column === 'text' ? JSON.stringify(value) : value] as const);
    const { changes } = this.state.prepare(`UPDATE briefing_draft SET revision = revision + 1, ${entries.map(([column]) => `${column} = ?`).join(', ')} WHERE draft_id = ? AND revision = ?`).run(...entries.map(([, value]) => value), id, revision);
    if (changes === 0) throw new ZhiweiError('conflict', '这份稿件刚刚被别人改过；请刷新，再在新稿上改');
  }

  /** Keeps a version; true where it is a new one and not the going on of the last. */
  note(id: number, what: string, dataVersion: number, made: DraftText, user: string, at: string): boolean {
    const last = this.versions(id)[0];
    const goesOn = last !== undefined && last.what === what && last.written_by === user && last.data_version === dataVersion && Date.parse(at) - Date.parse(last.written_at) < sittingMinutes * 60_000;
    if (goesOn) this.state.prepare('UPDATE briefing_version SET text = ? WHERE draft_id = ? AND no = ?').run(JSON.stringify(made), id, last.no);
    else this.state.prepare('INSERT INTO briefing_version VALUES (?, ?, ?, ?, ?, ?, ?)').run(id, (last?.no ?? 0) + 1, what, dataVersion, JSON.stringify(made), user, at);
    return !goesOn;
  }

  /** Newest first. */
  versions(id: number): DraftView['versions'] {
    return this.state.prepare('SELECT no, what, data_version, written_by, written_at FROM briefing_version WHERE draft_id = ? ORDER BY no DESC').all(id).map((row) => versionSchema.parse(row));
  }

  /** The text of a version; throws `not_found`. */
  version(id: number, no: string): DraftText {
    const row = this.state.prepare<unknown[], { text: string }>('SELECT text FROM briefing_version WHERE draft_id = ? AND no = ?').get(id, Number(no));
    if (!row) throw new ZhiweiError('not_found', '没有这个版本');
    return text.parse(row.text);
  }

  files(id: number): DraftView['files'] {
    return this.state.prepare('SELECT format, name, bytes, sha256 FROM briefing_file WHERE draft_id = ? ORDER BY format').all(id).map((row) => briefingFileSchema.parse(row));
  }

  addFile(id: number, { format, name, bytes, sha256 }: DraftView['files'][number]): void {
    this.state.prepare('INSERT INTO briefing_file VALUES (?, ?, ?, ?, ?)').run(id, format, name, bytes, sha256);
  }
}
