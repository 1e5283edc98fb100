// In: a ledger of May to October 2026, imported by a house whose months begin on the 26th, then on the 1st. Out: every figure of a month counted by hand from the ledger's days.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../datasets/calendar.ts';
import { dataDir, type DataDir } from '../../datasets/data-dir.ts';
import { tableNames } from '../../datasets/schema.ts';
import { runPipeline } from '../../pipelines/pipeline.ts';
import type { DraftView, Meta, MetricsReply, SearchReply } from '../../server/api.ts';
import type { Briefing } from '../../server/briefing/content.ts';
import { said } from '../../server/briefing/said.ts';
import { questionsFrom } from '../../web/questions.ts';
import { octoberRows, writeLedger } from '../pipelines/ledger.ts';
import { start, type Client, type Running } from './client.ts';

/** A petition on about every second day, and on each day about which months could be told wrongly. */
const days = [...Array.from({ length: 80 }, (_, i) => addDays('2026-05-20', i * 2)), '2026-06-25', '2026-06-26', '2026-08-25', '2026-08-26', '2026-08-31', '2026-09-01', '2026-09-25', '2026-09-26', '2026-09-30'];
const between = (from: string, to: string) => days.filter((day) => day >= from && day <= to).length;
/** Months by the days of the ledger, written out: those of the house, and those of the calendar. */
const fiscal = { '2026-05': ['2026-04-26', '2026-05-25'], '2026-06': ['2026-05-26', '2026-06-25'], '2026-07': ['2026-06-26', '2026-07-25'], '2026-08': ['2026-07-26', '2026-08-25'], '2026-09': ['2026-08-26', '2026-09-25'], '2026-10': ['2026-09-26', '2026-10-25'], '2026-11': ['2026-10-26', '2026-11-25'] } as const;
const calendar = { '2026-05': ['2026-05-01', '2026-05-31'], '2026-06': ['2026-06-01', '2026-06-30'], '2026-07': ['2026-07-01', '2026-07-31'], '2026-08': ['2026-08-01', '2026-08-31'], '2026-09': ['2026-09-01', '2026-09-30'], '2026-10': ['2026-10-01', '2026-10-31'] } as const;
const countedBy = (months: Record<string, readonly [string, string]>) => Object.entries(months).map(([month, [from, to]]) => [`${month}-01`, between(from, to)]).filter(([, n]) => n !== 0);

let home: string, dir: DataDir, s: Running, admin: Client, clerk: Client, draft: DraftView;
const at = '/api/briefing/drafts';
const ask = async (query: object) => (await admin.get(`/api/metrics?q=${encodeURIComponent(JSON.stringify(query))}`)).json<MetricsReply>().rows;
const sql = async (text: string, values: object = {}) => (await admin.post('/api/sql', { sql: text, values })).json<{ rows: unknown[][] }>().rows;
const briefing = async (period: string) => (await admin.get(`/api/briefing?period=${period}`)).json<Briefing>();
const first = ({ sections }: Briefing) => sections.flatMap((x) => x.blocks).flatMap((b) => (b.type === 'paragraph' ? [said(b.parts)] : []))[0];
const bars = ({ sections }: Briefing) => sections.flatMap((x) => x.blocks).flatMap((b) => (b.type === 'chart' && b.chart.kind === 'month_bars' ? [b.chart.rows.map(({ month, value }) => [month, value])] : []))[0];
const byMonth = async () => (await ask({ metrics: ['petitions'], dimensions: ['month'], filters: { from: '2026-01-01', to: '2026-12-31' } })).map((r) => [r['month'], r['petitions']]);
const meta = async () => (await admin.get('/api/meta')).json<Meta>();
const publish = async (...inputs: string[]) => { await runPipeline(dir, { inputs }, () => {}); await s.app.house.warehouse.refresh(); };
const tables = () => s.app.house.warehouse.use(async (reader) => Object.fromEntries(await Promise.all(tableNames.map(async (name) => [name, (await reader.query(`SELECT md5(coalesce(string_agg(t::VARCHAR, chr(10) ORDER BY t::VARCHAR), '')) AS hash FROM ${name} t`))[0]] as const))));

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhiwei-fiscal-'));
  dir = dataDir(join(home, 'data'));
  const ledger = join(home, '2026年信访台账.xlsx');
  await writeLedger(ledger, days.map((day, i) => ({ ...octoberRows[i % octoberRows.length]!, 登记编号: `KJ${i}`, 登记日期: day, 受理日期: '', 办结日期: '', 办理结果: '', 群众评价: '', 反映内容: `${octoberRows[i % octoberRows.length]!.反映内容}（${i} 号件）` })), '西岭煤矿2026年信访台账');
  s = await start(dir);
  [admin, clerk] = [await s.signedIn('管理', 'admin'), await s.signedIn('赵', 'clerk')];
  expect((await admin.post('/api/settings/months', { month_start_day: 26 })).json()).toMatchObject({ month_start_day: 26 });
  await publish(ledger);
}, 120_000);
afterAll(async () => { await s?.close(); rmSync(home, { recursive: true, force: true }); });

describe('months that begin on the 26th', () => {
  it('are told to the pages, the first and last of those there are data of too', async () => {
    expect(await meta()).toMatchObject({ month_start_day: 26, first_month: '2026-05', last_month: '2026-10' });
  });

  it('are counted as the ledger’s days say, with the one before and in quarters', async () => {
    expect(await byMonth()).toEqual(countedBy(fiscal));
    const [from, to] = fiscal['2026-09'];
    expect(await ask({ metrics: ['petitions'], filters: { from, to }, compare: ['previous', 'year'] })).toEqual([expect.objectContaining({ petitions: between(from, to), petitions__previous: between(...fiscal['2026-08']), petitions__year: 0 })]);
    expect((await ask({ metrics: ['petitions'], dimensions: ['quarter'], filters: { from: fiscal['2026-07'][0], to } })).map((r) => [r['quarter'], r['petitions']])).toEqual([['2026-07-01', between('2026-06-26', '2026-09-25')]]);
  });

  it('are those of the briefing of a month and of a quarter, which names their days', async () => {
    const month = await briefing('2026-09'), quarter = await briefing('2026-Q3');
    expect([month.period, month.from, month.to]).toEqual(['2026年9月（8月26日–9月25日）', '2026-08-26', '2026-09-25']);
    expect([quarter.period, quarter.from, quarter.to]).toEqual(['2026年第三季度（6月26日–9月25日）', '2026-06-26', '2026-09-25']);
    expect(first(month)).toContain(`2026年9月（8月26日–9月25日），`);
    expect(first(month)).toContain(`共登记信访${between('2026-08-26', '2026-09-25')}件次`);
    expect(first(quarter)).toContain(`共登记信访${between('2026-06-26', '2026-09-25')}件次`);
    const told = countedBy(fiscal).filter(([m]) => m! <= '2026-09-01');
    for (const one of [month, quarter]) expect(bars(one)?.filter(([, n]) => n !== 0)).toEqual(told);
    expect((await admin.get('/api/briefing?period=2026-12')).json()).toMatchObject({ error: { message: expect.stringContaining('现有数据自2026年5月至2026年10月') as string } });
  });

  it('are named with their days in files, the months of a trend by name alone', async () => {
    const [docx, pptx] = await Promise.all(['docx', 'pptx'].map(async (format) => JSZip.loadAsync((await admin.get(`/api/briefing.${format}?period=2026-Q3`)).bytes)));
    const words = async (zip: JSZip, pattern: RegExp) => (await Promise.all(Object.keys(zip.files).filter((n) => pattern.test(n)).map((n) => zip.file(n)!.async('string')))).join('\n').replace(/<\/w:t>.*?<w:t[^>]*>/gs, '');
    expect(await words(docx!, /^word\/document\.xml$/)).toContain('2026年第三季度（6月26日–9月25日）');
    expect(await words(pptx!, /^ppt\/slides\/slide1\.xml$/)).toContain('6月26日–9月25日');
    const labels = [...(await words(pptx!, /^ppt\/charts\/chart\d+\.xml$/)).matchAll(/<c:v>((?:2026年 )?\d+月)(?:（暂定）)?<\/c:v>/g)].map((m) => m[1]);
    expect(labels).toEqual(expect.arrayContaining(['2026年 5月', '6月', '7月', '8月', '9月']));
    expect(labels).not.toContain('10月');
  });

  it('are those of SQL that asks a metric or for the latest month, and of the ready-made questions', async () => {
    expect(await sql("SELECT petitions FROM metric('petitions', month => '2026-09')")).toEqual([[between(...fiscal['2026-09'])]]);
    expect(await sql('SELECT {{month}}::VARCHAR', { month: 'latest' })).toEqual([['2026-10-01']]);
    expect(await sql("SELECT petitions FROM metric('petitions', month => {{month}})", { month: 'latest' })).toEqual([[between(...fiscal['2026-10'])]]);
    const { sql: ready } = questionsFrom(26).find((q) => q.title === '每月件次、人次与集体访')!;
    expect((await sql(ready)).map((row) => row.slice(0, 2))).toEqual(countedBy(fiscal));
  });

  it('part what is found in a search', async () => {
    const { facets, total } = (await admin.get(`/api/search?q=${encodeURIComponent('号件')}`)).json<SearchReply>();
    const months = facets.filter((f) => f.by === 'month');
    expect(total).toBeGreaterThan(80);
    expect(months.reduce((sum, f) => sum + f.documents, 0)).toBe(total);
    for (const { key, documents } of months) expect((await admin.get(`/api/search?q=${encodeURIComponent('号件')}&month=${key}`)).json<SearchReply>().total).toBe(documents);
    expect(months.find((f) => f.key === '2026-11')).toBe(undefined);
  });

  it('leave the legal days as they are', async () => {
    const rows = await s.app.house.warehouse.query<{ registered: string; due: string }>("SELECT registered_date::VARCHAR AS registered, accept_due_date::VARCHAR AS due FROM petition");
    expect(new Set(rows.map(({ registered, due }) => daysBetween(registered, due)))).toEqual(new Set([15]));
  });
});

describe('another day on which months begin', () => {
  it('is refused beyond the 28th, and to whoever is not an administrator of all units', async () => {
    for (const month_start_day of [0, 29, 1.5, '26']) expect((await admin.post('/api/settings/months', { month_start_day })).status).toBe(400);
    expect((await clerk.post('/api/settings/months', { month_start_day: 1 })).status).toBe(403);
    expect((await (await s.signedIn('矿管', 'admin', (await meta()).units.find((u) => u.level === 1)!.path)).post('/api/settings/months', { month_start_day: 1 })).status).toBe(403);
  });

  it('changes nothing until the next run, which changes months and nothing else', async () => {
    draft = (await clerk.post(at, { period: '2026-09' })).json<{ draft: DraftView }>().draft;
    const before = await tables();
    await admin.post('/api/settings/months', { month_start_day: 1 });
    expect((await meta()).month_start_day).toBe(26);
    expect(await byMonth()).toEqual(countedBy(fiscal));
    await publish();
    expect(await meta()).toMatchObject({ month_start_day: 1, first_month: '2026-05', last_month: '2026-10' });
    expect(await byMonth()).toEqual(countedBy(calendar));
    const month = await briefing('2026-09');
    expect([month.period, month.from, month.to]).toEqual(['2026年9月', '2026-09-01', '2026-09-30']);
    const after = await tables();
    expect(tableNames.filter((name) => after[name]!['hash'] !== before[name]!['hash'])).toEqual(['run']);
  }, 60_000);

  it('leaves a draft its own days: newer data are refused, it is finished as begun, and a correction has the new days', async () => {
    const post = async (client: Client, path: string, body: object) => client.post(`${at}/${draft.draft_id}/${path}`, { revision: draft.revision, ...body });
    const look = async () => { draft = (await clerk.get(`${at}/${draft.draft_id}`)).json<{ draft: DraftView }>().draft; return draft; };
    const refused = await clerk.get(`${at}/${draft.draft_id}/changes`);
    expect([refused.status, refused.json<{ error: { message: string } }>().error.message]).toEqual([409, expect.stringContaining('写的是2026年8月26日至2026年9月25日；会计月的起始日已改，这一期现在是2026年9月1日至2026年9月30日')]);
    expect((await post(clerk, 'rebase', { version: 2, accepted: [] })).status).toBe(409);
    const text = structuredClone((await look()).text);
    text.sections.find((x) => x.id === 'advice')!.blocks = [{ type: 'paragraph', id: 'w1', sentences: [{ id: 'w2', parts: [{ type: 'text', text: '请各单位认真办理。' }] }] }];
    expect((await post(clerk, 'text', { text })).status).toBe(200);
    await look();
    expect((await post(clerk, 'steps', { step: 'submit' })).status).toBe(200);
    await look();
    const leader = await s.signedIn('王书记', 'leader');
    expect((await post(leader, 'decision', { step: 'approve' })).status).toBe(200);
    const final = (await look()).printed;
    expect([draft.state, final.period, final.from]).toEqual(['定稿', '2026年9月（8月26日–9月25日）', '2026-08-26']);
    const again = (await clerk.post(at, { period: '2026-09' })).json<{ draft: DraftView }>().draft;
    expect([again.edition, again.printed.period, JSON.stringify(again.printed).includes('8月26日–9月25日')]).toEqual([2, '2026年9月', false]);
  }, 60_000);
});
