import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList, ImportReply, Job, SourceList, VersionList } from '../../server/api.ts';
import { openState } from '../../server/state.ts';
import { safeName } from '../../server/uploads.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir } from './sample-warehouse.ts';

const ledger = (rows: number, month = '2026-10') => ['登记编号,信访日期,单位,信访人,标题,内容,信访目的,信访形式',
  ...Array.from({ length: rows }, (_, i) => `XF${month}-${i},${month}-${String(1 + (i % 28)).padStart(2, '0')},一矿,,工资晚发,我们队上个月的绩效工资到现在还没有发第${i}次反映,申诉求决,来信`),
  'XF-没有日期,,一矿,,食堂,食堂的菜太咸了,建议意见,来信'].join('\n');

const form = (...files: [name: string, content: string | Uint8Array<ArrayBuffer>][]) => {
  const data = new FormData();
  for (const [name, content] of files) data.append('files', new Blob([content]), name);
  return data;
};

describe('imports', () => {
  const dir = newDataDir();
  let s: Running;
  let clerk: Client, other: Client;
  const uploads = () => (existsSync(dir.uploads) ? readdirSync(dir.uploads) : []);
  beforeAll(async () => {
    s = await start(dir);
    clerk = await s.signedIn('clerk', 'clerk');
    other = await s.signedIn('other', 'clerk');
  });
  afterAll(() => s.close());

  it.each<[string, FormData | object, number]>([
    ['something that is no upload', { x: 1 }, 400],
    ['an upload without a file', form(), 400],
    ['an old Excel file', form(['台账.xls', 'x']), 422],
    ['a program', form(['台账.exe', 'MZ']), 422],
    ['a file without an extension', form(['台账', 'x']), 422],
    ['an empty file', form(['台账.csv', '']), 422],
    ['text that is called xlsx', form(['台账.xlsx', ledger(1)]), 422],
    ['an xlsx that is called csv', form(['台账.csv', 'PK\u0003\u0004rest']), 422],
    ['bytes that are no text', form(['台账.csv', new Uint8Array([65, 0, 66])]), 422],
    ['two files of one name', form(['a.csv', ledger(1)], ['a.csv', ledger(2)]), 400],
    ['one good and one bad file', form(['a.csv', ledger(1)], ['b.pdf', 'x']), 422],
    ['more than twenty files', form(...Array.from({ length: 21 }, (_, i): [string, string] => [`${i}.csv`, ledger(1)])), 413],
  ])('refuses %s and keeps nothing of it', async (_what, body, status) => {
    const reply = await clerk.send('POST', '/api/imports', body);
    expect([reply.status, uploads()]).toEqual([status, []]);
    expect(reply.json<{ error: { message: string } }>().error.message).toMatch(/\p{Script=Han}/u);
  });
  it.each([['../../etc/passwd.csv', 'passwd.csv'], ['C:\\x\\台账 10月（终）.xlsx', '台账 10月（终）.xlsx'], ['..csv', 'csv'], ['a\u0000b.csv', 'a_b.csv'], ['-rf.csv', 'rf.csv'], ['.hidden.csv', 'hidden.csv'], ['<script>.CSV', '_script_.csv']])(
    'stores %j as %j', (name, safe) => { expect(safeName(name)).toBe(safe); });

  it('says why a file cannot be read, in words for its owner', async () => {
    const reply = await clerk.send('POST', '/api/imports', form(['诗.csv', '床前明月光\n疑是地上霜\n举头望明月\n低头思故乡']));
    expect([reply.status === 200 ? reply.json<ImportReply>().sheets.map(({ accepted }) => accepted) : reply.status, reply.text.includes('/')]).toEqual([reply.status === 200 ? [0] : 422, false]);
  }, 60_000);

  it('shows what would happen, runs it with progress, publishes, and deletes the upload', async () => {
    const preview = (await clerk.send('POST', '/api/imports', form(['../2026年10月台账.csv', ledger(40)]))).json<ImportReply>();
    expect(preview.sheets.map(({ file, kind, rows, accepted, rejected }) => ({ file, kind, rows, accepted, rejected }))).toEqual([{ file: '2026年10月台账.csv', kind: 'petition', rows: 41, accepted: 40, rejected: 1 }]);
    expect(preview.sheets[0]?.mapping.find(({ column }) => column === '信访日期')?.field).toBeTruthy();

    expect((await other.post(`/api/imports/${preview.import_id}/run`)).status).toBe(404);
    const accepted = await clerk.post(`/api/imports/${preview.import_id}/run`);
    expect(accepted.status).toBe(202);
    const { job_id } = accepted.json<{ job_id: string }>();
    expect((await clerk.post(`/api/imports/${preview.import_id}/run`)).status).toBe(409);

    const events = (await clerk.get(`/api/jobs/${job_id}/events`)).text.split('\n\n').filter((e) => e.startsWith('data: ')).map((e) => JSON.parse(e.slice(6)) as Job);
    const last = events.at(-1);
    expect(last).toMatchObject({ state: 'done', result: { version: 1, sources: [{ file: '2026年10月台账.csv', accepted: 40, rejected: 1 }] } });
    expect(events.some(({ stage }) => stage !== null)).toBe(true);
    expect((await clerk.get(`/api/jobs/${job_id}`)).json<Job>()).toEqual(last);
    expect((await clerk.get('/api/sources')).json<SourceList>().sources.map(({ file, accepted: a, rejected }) => [file, a, rejected])).toEqual([['2026年10月台账.csv', 40, 1]]);
    expect(uploads().filter((id) => id === preview.import_id)).toEqual([]);
  }, 300_000);

  it('goes back to an earlier version and forth again', async () => {
    const { import_id } = (await clerk.send('POST', '/api/imports', form(['11月.csv', ledger(5, '2026-11')]))).json<ImportReply>();
    const { job_id } = (await clerk.post(`/api/imports/${import_id}/run`)).json<{ job_id: string }>();
    expect((await clerk.post('/api/versions/rollback', { version: 1 })).status).toBe(409);
    await clerk.get(`/api/jobs/${job_id}/events`);
    expect((await clerk.get('/api/versions')).json<VersionList>()).toMatchObject({ current: 2, versions: [{ version: 2 }, { version: 1 }] });
    expect((await clerk.post('/api/versions/rollback', { version: 1 })).json()).toEqual({ version: 1 });
    expect((await clerk.get('/readyz')).json()).toEqual({ ok: true, version: 1 });
    expect((await clerk.post('/api/versions/rollback', { version: 99 })).status).toBe(422);
    expect((await clerk.post('/api/versions/rollback', { version: 2 })).json()).toEqual({ version: 2 });
  }, 300_000);

  it('leaves uploads, imports and rollbacks in the audit log, and no text in the log', async () => {
    const admin = await s.signedIn('admin1', 'admin');
    const actions = new Set((await admin.get('/api/audit')).json<AuditList>().entries.map(({ action }) => action));
    expect([...actions]).toEqual(expect.arrayContaining(['upload', 'import', 'rollback']));
    expect(s.log()).not.toContain('绩效工资');
  });
});

describe('jobs across a restart', () => {
  it('one that was running is failed with a reason, one that was queued runs, and stale uploads are gone', async () => {
    const dir = newDataDir();
    const state = openState(dir.state);
    const job = (job_id: string, kept: Job['state']): Job => ({ job_id, kind: 'import', state: kept, created_by: 'clerk', created_at: `2026-10-01T00:00:0${kept === 'queued' ? 1 : 0}Z`, stage: null, done: 0, total: 0, rows_per_second: null, seconds_left: null, files: ['a.csv'] });
    for (const j of [job('j1', 'running'), job('j2', 'queued')]) state.prepare('INSERT INTO jobs VALUES (?, ?, ?, ?, ?)').run(j.job_id, j.created_at, `i-${j.job_id}`, j.state, JSON.stringify(j));
    state.close();
    mkdirSync(join(dir.uploads, 'i-j2', 'files'), { recursive: true });
    writeFileSync(join(dir.uploads, 'i-j2', 'files', 'a.csv'), ledger(3));
    const s = await start(dir);
    const admin = await s.signedIn('admin', 'admin');
    await admin.get('/api/jobs/j2/events');
    const jobs = (await admin.get('/api/jobs')).json<{ jobs: Job[] }>().jobs;
    expect(jobs.map(({ job_id, state: kept }) => [job_id, kept])).toEqual([['j2', 'done'], ['j1', 'failed']]);
    expect(jobs[1]?.error).toContain('重新导入');
    await s.close();
  }, 300_000);
});
