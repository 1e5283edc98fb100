// In: what somebody did. Out: a row in the audit log 审计, and what the log holds for a reader's question.
// Invariant: rows are only ever added; none holds petition text or a password.
import { addDays } from '../datasets/calendar.ts';
import { csv } from '../datasets/csv.ts';
import { auditActions, type AuditAction } from '../datasets/vocabulary.ts';
import type { AuditFilter, AuditList } from './api.ts';
import type { State } from './state.ts';

type Entry = AuditList['entries'][number];
/** Rows of one file. */
export const mostExported = 100_000;

/** The first moment of a local day, as the log writes moments. */
const startOf = (day: string) => new Date(`${day}T00:00:00`).toISOString();

/** Condition and values of a filter; days are local and both inclusive. */
function where({ user, action, from, to }: AuditFilter): { sql: string; values: string[] } {
  const parts: [string, string | undefined][] = [
    ['user = ?', user], ['action = ?', action], ['at >= ?', from && startOf(from)], ['at < ?', to && startOf(addDays(to, 1))],
  ];
  const asked = parts.filter((part): part is [string, string] => part[1] !== undefined);
  return { sql: asked.map(([sql]) => `AND ${sql}`).join(' '), values: asked.map(([, value]) => value) };
}

export class Audit {
  constructor(private readonly state: State) {}

  write(user: string | null, action: AuditAction, detail: string, ip: string | null): void {
    this.state.prepare('INSERT INTO audit (at, user, action, detail, ip) VALUES (?, ?, ?, ?, ?)').run(new Date().toISOString(), user, action, detail, ip);
  }

  /** Newest first; `before` is the smallest audit_id already shown. */
  list(filter: AuditFilter, limit: number, before = Number.MAX_SAFE_INTEGER): Entry[] {
    const { sql, values } = where(filter);
    return this.state.prepare<unknown[], Entry>(`SELECT audit_id, at, user, action, detail, ip FROM audit WHERE audit_id < ? ${sql} ORDER BY audit_id DESC LIMIT ?`).all(before, ...values, limit);
  }

  /** How many rows of each action; the filter's own action is left aside, so that each can be shown beside its choice. */
  counts({ user, from, to }: AuditFilter): AuditList['counts'] {
    const { sql, values } = where({ user, from, to });
    return Object.fromEntries(this.state.prepare<unknown[], { action: AuditAction; n: number }>(`SELECT action, count(*) AS n FROM audit WHERE true ${sql} GROUP BY action`).all(...values).map(({ action, n }) => [action, n]));
  }

  /** What somebody asked in SQL, newest first, each text once. */
  queriesOf(user: string, limit = 100): { at: string; sql: string }[] {
    return this.state.prepare<unknown[], { at: string; sql: string }>("SELECT max(at) AS at, detail AS sql FROM audit WHERE user = ? AND action = 'sql' GROUP BY detail ORDER BY max(audit_id) DESC LIMIT ?").all(user, limit);
  }

  /** Everybody who is in the log. */
  people(): string[] {
    return this.state.prepare<unknown[], { user: string }>('SELECT DISTINCT user FROM audit WHERE user IS NOT NULL ORDER BY user').all().map(({ user }) => user);
  }

  /** The newest {@link mostExported} rows as CSV. */
  csv(filter: AuditFilter): string {
    return csv(['编号', '时间', '用户', '操作', '内容', '来自'], this.list(filter, mostExported).map(({ audit_id, at, user, action, detail, ip }) => [audit_id, at, user, auditActions[action], detail, ip]));
  }
}
