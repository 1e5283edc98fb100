// In: the query of the URL, how often each action happened. Out: what to ask the audit log, and its title.
// Invariant: pure; what a query can't mean is left out.
import { auditActions, type AuditAction } from '../datasets/vocabulary.ts';
import type { AuditFilter, AuditList } from '../server/api.ts';

type Query = Readonly<Record<string, string | undefined>>;
const day = (text: string | undefined) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);
export const pageLength = 100;

export function readAudit(query: Query): { filter: AuditFilter; before: number | null } {
  const action = (Object.keys(auditActions) as AuditAction[]).find((a) => a === query['action']);
  const asked = { user: query['user'] || undefined, action, from: day(query['from']), to: day(query['to']) };
  const before = Number(query['before']);
  return { filter: Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)), before: Number.isInteger(before) && before > 0 ? before : null };
}

/** `315 条操作，其中查看原文 40 条、导出 6 条`. */
export function auditFinding(counts: AuditList['counts'], { action, user }: AuditFilter): string {
  const whose = user ? `${user} ` : '';
  if (action) return `${whose}${auditActions[action]} ${counts[action] ?? 0} 条`;
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  if (total === 0) return '这段时间没有操作';
  const named = (['view_text', 'export', 'sql', 'settings'] as const).flatMap((a) => (counts[a] ? [`${auditActions[a]} ${counts[a]} 条`] : []));
  return `${whose}${total.toLocaleString('zh-CN')} 条操作${named.length ? `，其中${named.join('、')}` : ''}`;
}
