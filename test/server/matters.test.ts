import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseDetailSchema, matterDetailSchema, matterListSchema, type AuditList, type Case } from '../../server/api.ts';
import type { Row } from '../../datasets/schema.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish, rows } from './sample-warehouse.ts';

describe('server/routes/matters, data up to 2026-10-28', () => {
  let s: Running;
  let all: Client, mine: Client, admin: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    const warehouse = rows(1);
    const well = { accepted_date: '2026-10-04', concluded_date: '2026-10-24', satisfaction: 'satisfied' } as const;
    // d3 (一矿), d13 (二矿) and the restricted d0 are handled well; d4 too, but the matter came back afterwards.
    const changes: Record<string, Partial<Row<'petition'>>> = { d3: well, d13: well, d0: well, d4: well };
    await publish(dir, 1, {
      ...warehouse, petition: [...warehouse.petition!].map((p) => ({ ...p, ...changes[p.document_id] })),
      matter: [...warehouse.matter!].map((m) => (m.matter_id === 'm4' ? { ...m, last_date: '2026-10-27' } : m.matter_id === 'm5' ? { ...m, repeats: 2 } : m.matter_id === 'm6' ? { ...m, is_open: false } : m)),
    });
    s = await start(dir);
    all = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('mine_leader', 'leader', 'G/M1');
    admin = await s.signedIn('group_admin', 'admin');
  });
  afterAll(() => s.close());

  it('lists what waits, what was raised again first, and tells how long', async () => {
    const { matters, total, repeated } = matterListSchema.parse((await all.get('/api/matters')).json());
    expect([total, repeated]).toEqual([19, matters.filter((m) => m.repeats > 0).length]);
    expect([matters[0]?.matter_id, matters[0]?.days_open]).toEqual(['m5', 22]);
    expect(matters.map((m) => m.matter_id)).not.toContain('m6');
  });

  it('opens the texts of a matter for the audit log, a restricted one without its words', async () => {
    expect(matterDetailSchema.parse((await all.get('/api/matters/m5')).json()).members[0]?.text).toBe('明文5：工资晚发了');
    const { members } = matterDetailSchema.parse((await all.get('/api/matters/m0')).json());
    expect([members[0]?.text, members[0]?.restricted]).toEqual([null, true]);
    const { entries } = (await admin.get('/api/audit')).json<AuditList>();
    expect(entries.filter((e) => e.action === 'view_text').map((e) => [e.user, e.detail])).toContainEqual(['group_leader', '事项 m5，1 件']);
  });

  it('offers what was handled in time, found satisfying, and not raised again, and no restricted one', async () => {
    const { cases } = (await all.get('/api/cases?from=2026-10-01&to=2026-10-31')).json<{ cases: Case[] }>();
    expect(cases.map((c) => [c.document_id, c.days]).sort()).toEqual([['d13', 20], ['d3', 20]]);
    expect(caseDetailSchema.parse((await all.get('/api/cases/d3')).json()).reply).toBe('明文答复');
    expect((await all.get('/api/cases/d0')).status).toBe(404);
  });

  it('keeps to the unit scope', async () => {
    expect((await mine.get('/api/matters/m13')).status).toBe(404);
    expect((await mine.get('/api/cases/d13')).status).toBe(404);
    expect((await mine.get('/api/cases')).json<{ cases: Case[] }>().cases.map((c) => c.document_id)).toEqual(['d3']);
    expect((await mine.get('/api/matters?unit=G/M2')).status).toBe(403);
  });
});
