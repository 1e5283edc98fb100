// In: the state file. Out: alerts 预警 with their events, reports and attachments, read and written.
// Invariant: every read names a unit scope, null for everything; events are only ever added.
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { alertLevels, alertOutcomes, alertStates } from '../../datasets/vocabulary.ts';
import { alertEventSchema, alertSchema, attachmentSchema, reportFieldsSchema, reportSchema, type Alert, type AlertEvent, type AlertReport, type Attachment } from '../api.ts';
import type { State } from '../state.ts';
import { daysBetween } from '../../datasets/calendar.ts';
import { dueOf, localDay, nextReport } from './deadline.ts';

const list = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const storedSchema = alertSchema.omit({ detected: true, next_report: true, due: true, overdue_days: true, age_days: true })
  .extend({ terms: list, members: list, level: z.enum(alertLevels), state: z.enum(alertStates), outcome: z.nullable(z.enum(alertOutcomes)) });
/** An alert as the state file has it. */
export type StoredAlert = z.infer<typeof storedSchema>;
/** The same without its documents and words, of which there may be many. */
export type ListedAlert = Omit<StoredAlert, 'members' | 'terms'>;
const listedSchema = storedSchema.omit({ members: true, terms: true });
type Columns = Omit<StoredAlert, 'reports' | 'comments'>;
const eventRow = alertEventSchema.extend({ attachment_ids: list });
const reportRow = reportSchema.extend({ fields: z.string().transform((text) => reportFieldsSchema.parse(JSON.parse(text))) });

const counts = `(SELECT count(*) FROM alert_report r WHERE r.alert_id = a.alert_id AND r.submitted_at IS NOT NULL) AS reports,
  (SELECT count(*) FROM alert_event e WHERE e.alert_id = a.alert_id AND e.kind = 'comment') AS comments FROM alert a`;
const counted = `SELECT a.*, ${counts}`;
const listed = `SELECT ${Object.keys(listedSchema.shape).filter((c) => c !== 'reports' && c !== 'comments').map((c) => `a.${c}`).join(', ')}, ${counts}`;

export interface NewEvent { kind: AlertEvent['kind']; text: string; user: string | null; from_state?: AlertEvent['from_state']; to_state?: AlertEvent['to_state']; date?: string; matter_id?: string; report_no?: number; attachment_ids?: readonly string[] }

export class AlertStore {
  constructor(private readonly state: State) {}

  /** Runs `work` as one change of the state file: all of it or none. */
  change<T>(work: () => T): T { return this.state.transaction(work).immediate(); }

  all(scope: string | null): StoredAlert[] {
    return this.state.prepare(`${counted} WHERE ${inPath(scope)} ORDER BY a.alert_id`).all().map((row) => storedSchema.parse(row));
  }

  list(scope: string | null): ListedAlert[] {
    return this.state.prepare(`${listed} WHERE ${inPath(scope)} ORDER BY a.alert_id`).all().map((row) => listedSchema.parse(row));
  }

  /** Throws `not_found` also where it lies outside the scope. */
  get(id: string, scope: string | null): StoredAlert {
    const row = this.state.prepare(`${counted} WHERE a.alert_id = ? AND ${inPath(scope)}`).get(id);
    if (row === undefined) throw new ZhiweiError('not_found', '没有这条预警，或它不在你的查看范围内');
    return storedSchema.parse(row);
  }

  /** Number of the next alert of a year, `2026-0012`. */
  nextId(year: string): string {
    const { last } = z.object({ last: z.int() }).parse(this.state.prepare("SELECT coalesce(max(CAST(substr(alert_id, 6) AS INTEGER)), 0) AS last FROM alert WHERE substr(alert_id, 1, 5) = ? || '-'").get(year));
    return `${year}-${String(last + 1).padStart(4, '0')}`;
  }

  add(alert: Columns): void {
    const row = plain(alert);
    this.state.prepare(`INSERT INTO alert (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row).map(() => '?').join(', ')})`).run(...Object.values(row));
  }

  set(id: string, change: Partial<Columns>): void {
    const row = plain(change);
    this.state.prepare(`UPDATE alert SET ${Object.keys(row).map((c) => `${c} = ?`).join(', ')} WHERE alert_id = ?`).run(...Object.values(row), id);
  }

  note(id: string, at: string, { kind, text, user, from_state, to_state, date, matter_id, report_no, attachment_ids }: NewEvent): void {
    this.state.prepare('INSERT INTO alert_event (alert_id, at, user, kind, text, from_state, to_state, date, matter_id, report_no, attachment_ids) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(id, at, user, kind, text, from_state ?? null, to_state ?? null, date ?? null, matter_id ?? null, report_no ?? null, JSON.stringify(attachment_ids ?? []));
  }

  events(id: string): AlertEvent[] {
    return this.state.prepare('SELECT event_id, at, user, kind, text, from_state, to_state, date, matter_id, report_no, attachment_ids FROM alert_event WHERE alert_id = ? ORDER BY event_id').all(id).map((row) => eventRow.parse(row));
  }

  /** Drafts among them, in order. */
  reports(id: string): AlertReport[] {
    return this.state.prepare('SELECT report_no, kind, fields, version, written_by, written_at, submitted_at FROM alert_report WHERE alert_id = ? ORDER BY report_no').all(id).map((row) => reportRow.parse(row));
  }

  /** Writes a report, or over a draft of the same number. */
  saveReport(id: string, { report_no, kind, fields, version, written_by, written_at, submitted_at }: AlertReport): void {
    this.state.prepare(`INSERT INTO alert_report (alert_id, report_no, kind, fields, version, written_by, written_at, submitted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (alert_id, report_no) DO UPDATE SET kind = excluded.kind, fields = excluded.fields, version = excluded.version, written_by = excluded.written_by, written_at = excluded.written_at, submitted_at = excluded.submitted_at`)
      .run(id, report_no, kind, JSON.stringify(fields), version, written_by, written_at, submitted_at);
  }

  attachments(id: string): Attachment[] {
    return this.state.prepare('SELECT attachment_id, name, type, bytes, uploaded_by, uploaded_at FROM alert_attachment WHERE alert_id = ? ORDER BY uploaded_at, rowid').all(id).map((row) => attachmentSchema.parse(row));
  }

  addAttachment(id: string, { attachment_id, name, type, bytes, uploaded_by, uploaded_at }: Attachment, sha256: string): void {
    this.state.prepare('INSERT INTO alert_attachment (attachment_id, alert_id, name, type, bytes, sha256, uploaded_by, uploaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(attachment_id, id, name, type, bytes, sha256, uploaded_by, uploaded_at);
  }
}

const inPath = (scope: string | null) => (scope === null ? 'true' : `(a.unit_path = ${literal(scope)} OR substr(a.unit_path, 1, ${scope.length + 1}) = ${literal(`${scope}/`)})`);
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const plain = (row: Partial<Columns>) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, Array.isArray(v) ? JSON.stringify(v) : v]));

/** As it is told: with what depends on the day and on the version served. */
export function told(stored: ListedAlert | StoredAlert, version: number | null, now: Date): Alert {
  const { terms: _terms, members: _members, ...alert } = { terms: null, members: null, ...stored };
  const today = localDay(now);
  return {
    ...alert, detected: alert.last_version === version, next_report: nextReport(alert.state), ...dueOf(alert.deadline, today),
    age_days: daysBetween(localDay(new Date(alert.created_at)), alert.closed_at === null ? today : localDay(new Date(alert.closed_at))),
  };
}
