import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../datasets/schema.ts';
import { supervisedSchema, type MetricsReply, type Supervised } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish, rows } from './sample-warehouse.ts';

describe('server/routes/handling, data up to 2026-10-28', () => {
  let s: Running;
  let all: Client, mine: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    const warehouse = rows(1);
    const changes: Record<string, Partial<Row<'petition'>>> = {
      d2: { conclude_due_date: '2026-10-20' }, d13: { accepted_date: null, accept_due_date: '2026-10-30', conclude_due_date: null }, d0: { conclude_due_date: '2026-10-01' },
      d3: { conclude_due_date: '2026-10-20', concluded_date: '2026-10-25' },
    };
    await publish(dir, 1, { ...warehouse, petition: [...warehouse.petition!].map((p) => ({ ...p, ...changes[p.document_id] })) });
    s = await start(dir);
    all = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('mine_leader', 'leader', 'G/M1');
  });
  afterAll(() => s.close());

  it('lists what is overdue first, then what is due within a week; what is concluded waits for nobody', async () => {
    const reply = supervisedSchema.parse((await all.get('/api/supervision')).json());
    expect(reply.rows.map((r) => [r.document_id, r.due_date, r.days_overdue])).toEqual([['d2', '2026-10-20', 8], ['d13', '2026-10-30', -2]]);
  });

  it('only counts those of 检举控告', async () => {
    expect((await all.get('/api/supervision')).json<Supervised>().restricted).toBe(1);
  });

  it('counts all that waits, listed or not', async () => {
    expect((await all.get('/api/supervision')).json<Supervised>()).toMatchObject({ overdue: 1, soon: 1, rows: [{ awaits: '办结' }, { awaits: '受理' }] });
  });

  it('waits for no acceptance, and judges none, where no ledger tells one', async () => {
    const dir = newDataDir(), warehouse = rows(1);
    await publish(dir, 1, { ...warehouse, petition: [...warehouse.petition!].map((p) => ({ ...p, accepted_date: null, concluded_date: null, accept_due_date: '2026-09-01', conclude_due_date: '2026-10-20' })), run: [...warehouse.run!].map((r) => ({ ...r, tells_acceptance: false })) });
    const other = await start(dir), leader = await other.signedIn('leader', 'leader');
    const { rows: waiting, overdue } = (await leader.get('/api/supervision')).json<Supervised>();
    expect(new Set(waiting.map((r) => `${r.awaits} ${r.due_date} ${r.days_overdue}`))).toEqual(new Set(['办结 2026-10-20 8']));
    expect(overdue).toBe(waiting.length);
    expect((await leader.get('/api/meta')).json()).toMatchObject({ tells_acceptance: false });
    const rate = (await leader.get(`/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['timely_acceptance_rate'] }))}`)).json<MetricsReply>().rows[0];
    expect([rate?.['timely_acceptance_rate'], rate?.['timely_acceptance_rate__den']]).toEqual([null, 0]);
    await other.close();
  });

  it('keeps to the unit scope, asked for or not', async () => {
    expect((await mine.get('/api/supervision')).json<Supervised>().rows.map((r) => r.document_id)).toEqual(['d2']);
    expect((await mine.get('/api/supervision?unit=G/M2')).status).toBe(403);
  });
});
