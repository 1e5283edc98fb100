// In: what somebody did. Out: a row in the audit log 审计, and the log's pages.
// Invariant: rows are only ever added; none holds petition text or a password.
import type { AuditList } from './api.ts';
import type { State } from './state.ts';

export const auditActions = {
  sign_in: '登录', sign_in_failed: '登录失败', sign_out: '退出', password: '修改密码', view_text: '查看原文', export: '导出',
  sql: 'SQL 查询', upload: '上传文件', import: '导入', rollback: '退回版本', user_add: '新建用户', user_reset: '重置密码',
  alert: '处置预警', alert_report: '预警报告', settings: '修改设置',
} as const;
export type AuditAction = keyof typeof auditActions;

export class Audit {
  constructor(private readonly state: State) {}

  write(user: string | null, action: AuditAction, detail: string, ip: string | null): void {
    this.state.prepare('INSERT INTO audit (at, user, action, detail, ip) VALUES (?, ?, ?, ?, ?)').run(new Date().toISOString(), user, action, detail, ip);
  }

  /** Newest first; `before` is the smallest audit_id already shown. */
  list(limit: number, before?: number): AuditList['entries'] {
    return this.state.prepare<[number, number], AuditList['entries'][number]>('SELECT audit_id, at, user, action, detail, ip FROM audit WHERE audit_id < ? ORDER BY audit_id DESC LIMIT ?')
      .all(before ?? Number.MAX_SAFE_INTEGER, limit);
  }
}
