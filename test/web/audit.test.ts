import { describe, expect, it } from 'vitest';
import { auditFinding, readAudit } from '../../web/audit.ts';

describe('web/audit', () => {
  it.each([
    { query: {}, expected: { filter: {}, before: null } },
    { query: { user: '王书记', action: 'view_text', from: '2026-10-01', to: '2026-10-31', before: '250' }, expected: { filter: { user: '王书记', action: 'view_text', from: '2026-10-01', to: '2026-10-31' }, before: 250 } },
    { query: { user: '', action: 'read', from: '昨天', before: '-3' }, expected: { filter: {}, before: null } },
  ])('asks for what $query means', ({ query, expected }) => { expect(readAudit(query)).toEqual(expected); });

  it.each([
    { counts: { view_text: 40, export: 6, sign_in: 1_269 }, filter: {}, expected: '1,315 条操作，其中查看原文 40 条、导出 6 条' },
    { counts: { view_text: 40, sign_in: 2 }, filter: { user: '王书记', action: 'view_text' as const }, expected: '王书记 查看原文 40 条' },
    { counts: {}, filter: { action: 'sql' as const }, expected: 'SQL 查询 0 条' },
    { counts: {}, filter: {}, expected: '这段时间没有操作' },
  ])('says $expected', ({ counts, filter, expected }) => { expect(auditFinding(counts, filter)).toBe(expected); });
});
