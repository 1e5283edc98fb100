// In: the path of state.sqlite. Out: the open state file, its tables made or brought up to date.
// Invariant: what people did lives here (users, sessions, audit, jobs, alerts, briefings, saved queries, which questions pages ask), petition text does not but for the quotes of a report or a briefing; mode 600.
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { alertMeasure, alertTables } from './alerts/tables.ts';
import { askedQuestionTable } from './asked-questions.ts';
import { briefingPeriod, briefingSeal, briefingTables, briefingTemplateTable } from './briefing/drafts/tables.ts';
import { keepsakeTables } from './keepsakes.ts';
import { queryDescription, queryTables } from './queries/tables.ts';

export type State = Database.Database;

/** Steps by which the file grew; each runs once, in order. */
export const steps = [`
CREATE TABLE users (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, unit_path TEXT, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL,
  -- Raised whenever the password changes: sessions of an older epoch are signed out.
  epoch INTEGER NOT NULL DEFAULT 1, created_at TEXT NOT NULL, last_sign_in TEXT
) STRICT;
CREATE TABLE sessions (sid TEXT PRIMARY KEY, data TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE TABLE audit (audit_id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, user TEXT, action TEXT NOT NULL, detail TEXT NOT NULL, ip TEXT) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit rows stay as written'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit rows stay as written'); END;
CREATE TABLE imports (import_id TEXT PRIMARY KEY, created_by TEXT NOT NULL, created_at TEXT NOT NULL, files TEXT NOT NULL, job_id TEXT) STRICT;
CREATE TABLE jobs (job_id TEXT PRIMARY KEY, created_at TEXT NOT NULL, import_id TEXT, state TEXT NOT NULL, job TEXT NOT NULL) STRICT;
`, alertTables, alertMeasure, briefingTables, keepsakeTables, queryTables, briefingTemplateTable, queryDescription, briefingPeriod, askedQuestionTable, briefingSeal];

/** Opens the state file, making it (readable by its owner alone) where it is missing. */
export function openState(file: string): State {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const state = new Database(file);
  state.pragma('journal_mode = WAL');
  state.pragma('synchronous = NORMAL');
  state.pragma('busy_timeout = 5000');
  state.transaction(() => {
    const done = state.pragma('user_version', { simple: true }) as number;
    for (const step of steps.slice(done)) state.exec(step);
    state.pragma(`user_version = ${steps.length}`);
  }).immediate();
  return state;
}
