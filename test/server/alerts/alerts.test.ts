import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../datasets/schema.ts';
import { endpoints, type Alert, type AlertDetail, type AlertList, type AlertQuality, type AlertReport, type AlertSummary, type Attachment, type AuditList, type ReportDraft, type ReportFields } from '../../../server/api.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, point, publish, rows } from '../sample-warehouse.ts';

const clockFrom = (first: string) => { let at = new Date(first); return { now: () => at, set: (next: string) => { at = new Date(next); } }; };
const byTitle = async (client: Client) => new Map((await client.get('/api/alerts')).json<AlertList>().alerts.map((a) => [a.hotspot_id, a]));
const detailOf = async (client: Client, id: string) => (await client.get(`/api/alerts/${id}`)).json<AlertDetail>();
const form = (...files: [name: string, content: string][]) => { const data = new FormData(); for (const [name, content] of files) data.append('files', new Blob([content]), name); return data; };
const pdf = '%PDF-1.7 通知';

/** Version with h1 gone on under another id, h2 and h3 gone, and a new hotspot at 十矿. */
function later(version: number) {
  const made = rows(version);
  const hotspots = [...made.hotspot ?? []] as Row<'hotspot'>[];
  const [h1] = hotspots;
  if (!h1) throw new Error('no hotspot');
  return { ...made, hotspot: [{ ...h1, hotspot_id: 'h1b', from_date: '2026-10-06', to_date: '2026-10-26', observed: 14, title: '一矿薪酬仍多' }, { ...h1, hotspot_id: 'h9', unit_id: 'M10', title: '十矿薪酬增多' }],
    hotspot_member: [{ hotspot_id: 'h1b', document_id: 'd2' }, { hotspot_id: 'h9', document_id: 'd18' }] };
}

describe('alerts', () => {
  const dir = newDataDir(), clock = clockFrom('2026-10-29T04:00:00Z');
  let s: Running;
  let clerk: Client, leader: Client, analyst: Client, mine: Client, other: Client, admin: Client;
  let h1 = '', h2 = '', h3 = '';
  beforeAll(async () => {
    await publish(dir, 1);
    s = await start(dir, 0, { clock: clock.now });
    [clerk, leader, analyst, admin] = [await s.signedIn('clerk', 'clerk'), await s.signedIn('leader', 'leader'), await s.signedIn('analyst', 'analyst'), await s.signedIn('admin', 'admin')];
    [mine, other] = [await s.signedIn('mine', 'clerk', 'G/M1'), await s.signedIn('other', 'clerk', 'G/M2')];
    const all = await byTitle(clerk);
    [h1, h2, h3] = ['h1', 'h2', 'h3'].map((id) => all.get(id)?.alert_id ?? '') as [string, string, string];
  });
  afterAll(() => s.close());
  const act = (client: Client, id: string, body: object) => client.post(`/api/alerts/${id}/actions`, body);
  const fields = async (id: string, kind: string, change: Partial<ReportFields> = {}): Promise<ReportFields> => ({ ...(await clerk.get(`/api/alerts/${id}/report-draft?kind=${kind}`)).json<ReportDraft>().fields, ...change });
  const send = async (client: Client, id: string, kind: string, change: Partial<ReportFields> = {}, submit = true) => client.post(`/api/alerts/${id}/reports`, { kind, fields: await fields(id, kind, change), submit });

  it('are there as soon as a version is served, with level, number and deadline', async () => {
    const { alerts, counts } = (await clerk.get('/api/alerts')).json<AlertList>();
    expect(alerts.map(({ hotspot_id, level, state, deadline, due, detected, next_report }) => [hotspot_id, level, state, deadline, due, detected, next_report])).toEqual([
      ['h3', '紧急', '新发现', '2026-10-29', '今日到期', true, 'first'], ['h1', '重要', '新发现', '2026-11-01', '未到期', true, 'first'], ['h2', '一般', '新发现', '2026-11-05', '未到期', true, 'first'],
    ]);
    expect(alerts.map((a) => a.alert_id).sort()).toEqual(['2026-0001', '2026-0002', '2026-0003']);
    expect(counts).toMatchObject({ total: 3, open: 3, overdue: 0, by_state: { 新发现: 3, 归档: 0 }, by_level: { 紧急: 1, 重要: 1, 一般: 1 } });
    expect((await leader.get('/api/alerts/summary')).json<AlertSummary>()).toEqual({ open: 3, new: 3, overdue: 0, due_today: 1, critical: 1, mine: { open: 0, overdue: 0, due_soon: 0 } });
  });
  it.each(['GET /api/alerts', 'GET /api/alerts/summary', 'GET /api/alerts/quality', 'GET /api/alerts/:id', 'GET /api/alerts/:id/report-draft', 'GET /api/settings/detection', 'GET /api/outbound'] as const)('%s replies in its declared shape', async (name) => {
    const reply = await admin.get(name.slice(4).replace(':id', h1) + (name.endsWith('draft') ? '?kind=first' : ''));
    expect([reply.status, endpoints[name].reply.safeParse(reply.json()).error]).toEqual([200, undefined]);
  });
  it.each([['?unit=G/M1', ['h3', 'h1']], ['?level=重要', ['h1']], ['?kind=critical', ['h3']], ['?state=归档', []], ['?overdue=true', []], ['?min_age_days=1', []], ['?open=true&limit=1', ['h3']]])('can be filtered by %s', async (query, expected) => {
    expect((await clerk.get(`/api/alerts${query}`)).json<AlertList>().alerts.map((a) => a.hotspot_id)).toEqual(expected);
  });
  it('explain themselves: curve, texts, matters, units in the order reached; and the look is in the audit log', async () => {
    const d = await detailOf(clerk, h1);
    expect([d.curve.length, d.members.map((m) => [m.document_id, m.text !== null]), d.matters.length, d.terms, d.exemplar]).toEqual([4, [['d3', true], ['d2', true], ['d0', false]], 3, ['工资'], null]);
    expect(d.spread).toEqual([{ unit_id: 'M1', unit_name: '一矿', unit_path: 'G/M1', first_date: '2026-10-01', documents: 3, weeks: [{ week: '2026-09-28', documents: 3 }] }]);
    expect([d.effect, d.previous, d.siblings]).toEqual([null, null, []]);
    const [entry] = (await admin.get('/api/audit')).json<AuditList>().entries;
    expect([entry?.action, entry?.detail]).toEqual(['view_text', `预警 ${h1}，3 件`]);
  });
  it('of restricted texts tell nothing of them', async () => {
    const d = await clerk.get(`/api/alerts/${h3}`), draft = await clerk.get(`/api/alerts/${h3}/report-draft?kind=first`);
    expect([d.text.includes('密件'), draft.text.includes('密件'), d.json<AlertDetail>().alert.title, draft.json<ReportDraft>().fields.quotes]).toEqual([false, false, '受限信访件', []]);
  });

  describe('within a unit scope', () => {
    it('show their own alone, in lists and counts', async () => {
      expect([...(await byTitle(mine)).keys()].sort()).toEqual(['h1', 'h3']);
      expect((await other.get('/api/alerts/summary')).json<AlertSummary>().open).toBe(1);
      expect((await other.get('/api/alerts?unit=G/M1')).status).toBe(403);
    });
    it('cannot be seen or acted on by another mine’s clerk, by any way', async () => {
      const before = await detailOf(clerk, h1);
      const one = await fields(h1, 'first');
      const tries = [
        other.get(`/api/alerts/${h1}`), act(other, h1, { action: 'false_alarm', reason: '不是' }), act(other, h1, { action: 'assign', owner: 'other', owner_unit: 'G/M2' }), other.post(`/api/alerts/${h1}/comments`, { text: '看看' }),
        other.send('POST', `/api/alerts/${h1}/attachments`, form(['a.pdf', pdf])), other.get(`/api/alerts/${h1}/report-draft?kind=first`), other.post(`/api/alerts/${h1}/reports`, { kind: 'first', fields: one, submit: true }),
        other.get(`/api/alerts/${h1}/reports/1.docx`), other.get(`/api/alerts/${h1}/attachments/x`),
      ];
      expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 404));
      expect((await detailOf(clerk, h1)).timeline).toEqual(before.timeline);
      expect(existsSync(join(dir.attachments, h1))).toBe(false);
    });
    it('do not take quotes, matters, units or owners from elsewhere', async () => {
      const quote = { document_id: 'd13', text: '工资晚发了' };
      expect((await mine.post(`/api/alerts/${h1}/reports`, { kind: 'first', fields: { ...await fields(h1, 'first'), quotes: [quote] }, submit: true })).status).toBe(400);
      expect((await act(mine, h1, { action: 'link_matter', matter_id: 'm13' })).status).toBe(404);
      expect((await act(mine, h1, { action: 'assign', owner: null, owner_unit: 'G/M2' })).status).toBe(403);
      expect((await act(mine, h1, { action: 'assign', owner: 'other', owner_unit: null })).status).toBe(400);
    });
  });

  it('take nothing without the CSRF token', async () => {
    const stray = s.client();
    await stray.signIn('clerk', '一个足够长的密码 42');
    stray.csrf = '';
    for (const path of ['actions', 'comments', 'reports', 'attachments']) expect((await stray.post(`/api/alerts/${h1}/${path}`, { action: 'start', text: 'x' })).status).toBe(403);
  });
  it.each([['an unknown action', { action: 'delete' }], ['no reason', { action: 'false_alarm', reason: ' ' }], ['a measure of tomorrow', { action: 'measure', text: '约谈', date: '2026-10-31' }], ['a foreign attachment', { action: 'measure', text: '约谈', date: '2026-10-28', attachment_ids: ['x'] }]])(
    'refuse %s', async (_what, body) => { expect((await act(clerk, h1, body)).status).toBe(400); });

  describe('are handled', () => {
    it('from an assignment to 首报, whose facts are filled in', async () => {
      expect((await act(clerk, h1, { action: 'assign', owner: 'mine', owner_unit: 'M1' })).json<{ alert: Alert }>().alert).toMatchObject({ owner: 'mine', owner_unit: 'G/M1', owner_unit_name: '一矿', state: '新发现' });
      const draft = await fields(h1, 'first');
      expect(draft).toMatchObject({ unit: '一矿', topic: '薪酬', period: '2026年10月1日至2026年10月20日', figures: '观测 9 件，按自身历史与季节推算期望 2.5 件，上界 5 件', documents: 3, people: 3, matters: 3 });
      expect(draft.situation).toContain('一矿（10月1日起 3 件）');
      const saved = await send(mine, h1, 'first', { next: '核对考勤' }, false);
      expect([saved.status, saved.json<{ alert: Alert; report: AlertReport }>().alert.state, saved.json<{ report: AlertReport }>().report.submitted_at]).toEqual([200, '新发现', null]);
      expect((await clerk.get(`/api/alerts/${h1}/report-draft?kind=first`)).json<ReportDraft>()).toMatchObject({ saved: true, fields: { next: '核对考勤' } });
      expect((await detailOf(leader, h1)).reports).toEqual([]);
      const sent = (await send(mine, h1, 'first')).json<{ alert: Alert; report: AlertReport }>();
      expect([sent.alert.state, sent.alert.deadline, sent.alert.next_report, sent.report.report_no]).toEqual(['首报', '2026-11-05', 'follow', 1]);
      expect((await mine.post(`/api/alerts/${h1}/reports`, { kind: 'first', fields: draft, submit: true })).status).toBe(409);
    });
    it('with a report that cannot be changed any more', () => {
      expect(() => s.app.house.state.prepare('UPDATE alert_report SET fields = ? WHERE alert_id = ?').run('{}', h1)).toThrow('sent reports stay as written');
      expect(() => s.app.house.state.prepare('DELETE FROM alert_event').run()).toThrow('alert events stay as written');
    });
    it.each([['a quote that is not to the letter', { quotes: [{ document_id: 'd2', text: '工资不发了' }] }], ['a quote of a restricted text', { quotes: [{ document_id: 'd0', text: '密件' }] }], ['a telephone number', { measures: '已联系 13812345678' }], ['an outcome before the end', { outcome: '已解决' as const }]])(
      'refusing %s in a report', async (_what, change) => {
        const base = (await detailOf(clerk, h1)).reports[0]?.fields;
        expect((await clerk.post(`/api/alerts/${h1}/reports`, { kind: 'follow', fields: { ...base, ...change }, submit: true })).status).toBe(400);
      });
    it('taking a quote to the letter', async () => {
      expect((await send(clerk, h1, 'follow', { quotes: [{ document_id: 'd2', text: '工资晚发了' }] }, false)).status).toBe(200);
    });
    it('with attachments of measures, under random names, given out as downloads', async () => {
      const reply = await clerk.send('POST', `/api/alerts/${h1}/attachments`, form(['../../约谈 记录.pdf', pdf], ['照片.png', '\u0089PNG']));
      expect(reply.status).toBe(422);
      expect(readdirSync(join(dir.attachments, h1))).toEqual([]);
      const { attachments } = (await clerk.send('POST', `/api/alerts/${h1}/attachments`, form(['../../约谈 记录.pdf', pdf]))).json<{ attachments: Attachment[] }>();
      const [file] = attachments;
      expect([file?.name, file?.type, file?.uploaded_by, readdirSync(join(dir.attachments, h1))]).toEqual(['约谈 记录.pdf', 'application/pdf', 'clerk', [file?.attachment_id]]);
      expect(statSync(join(dir.attachments, h1, file?.attachment_id ?? '')).mode & 0o077).toBe(0);
      const back = await leader.get(`/api/alerts/${h1}/attachments/${file?.attachment_id}`);
      expect([back.text, back.headers.get('content-disposition')?.startsWith('attachment'), back.headers.get('content-type'), back.headers.get('x-content-type-options')]).toEqual([pdf, true, 'application/pdf', 'nosniff']);
      const measured = await act(mine, h1, { action: 'measure', text: '约谈区队，补发绩效', date: '2026-10-20', attachment_ids: [file?.attachment_id] });
      expect(measured.json<{ alert: Alert }>().alert).toMatchObject({ state: '处置中', deadline: '2026-11-05' });
    });
    it.each([['a.exe', 'MZ', 422], ['a.html', '<script>', 422], ['a.svg', '<svg/>', 422], ['a.pdf', '<html>', 422], ['a.docx', 'x', 422]])('refusing %s', async (name, content, status) => {
      expect((await clerk.send('POST', `/api/alerts/${h1}/attachments`, form([name, content]))).status).toBe(status);
      expect(readdirSync(join(dir.attachments, h1)).length).toBe(1);
    });
    it('with words of leaders and links to matters', async () => {
      expect((await leader.post(`/api/alerts/${h1}/comments`, { text: '请三日内办结' })).status).toBe(200);
      expect((await leader.post(`/api/alerts/${h1}/actions`, { action: 'start' })).status).toBe(403);
      expect((await act(mine, h1, { action: 'link_matter', matter_id: 'm5' })).status).toBe(200);
      const d = await detailOf(mine, h1);
      expect(d.matters.filter((m) => m.how === 'linked').map((m) => m.matter_id)).toEqual(['m5']);
      expect([d.effect?.verdict, d.effect?.words]).toEqual(['无法判断', '数据不足，无法判断：措施之后只有 0 个登记完整的周，至少要 4 个。']);
    });

    it('while a new version is published, which loses nothing of it', async () => {
      const before = await detailOf(clerk, h1);
      await publish(dir, 2, later(2));
      await s.app.house.warehouse.refresh();
      const after = await detailOf(clerk, h1);
      expect(after.alert).toMatchObject({ alert_id: h1, hotspot_id: 'h1b', state: '处置中', owner: 'mine', title: '一矿薪酬仍多', from_date: '2026-10-06', to_date: '2026-10-26', first_version: 1, last_version: 2, detected: true, deadline: '2026-11-05' });
      expect(after.timeline.slice(0, -1)).toEqual(before.timeline);
      expect(after.timeline.at(-1)).toMatchObject({ kind: 'updated', user: null, text: '第 2 版数据：起止 2026-10-06 至 2026-10-26（原 2026-10-01 至 2026-10-20）；观测 14 件（原 9 件）' });
      expect([after.reports, after.attachments]).toEqual([before.reports, before.attachments]);
      const all = await byTitle(clerk);
      expect([...all.values()].map((a) => [a.hotspot_id, a.detected, a.state]).sort()).toEqual([['h1b', true, '处置中'], ['h2', false, '新发现'], ['h3', false, '新发现'], ['h9', true, '新发现']]);
      expect((await detailOf(clerk, h2)).members.length).toBe(2);
    });
    it('and read again, the same version changes nothing', async () => {
      const dump = () => JSON.stringify(['alert', 'alert_event', 'alert_report'].map((t) => s.app.house.state.prepare(`SELECT * FROM ${t}`).all()));
      const before = dump();
      await s.app.house.alerts.sync();
      await Promise.all([s.app.house.alerts.sync(), s.app.house.alerts.sync()]);
      expect(dump()).toBe(before);
    });
    it('while an earlier version is served again, and the later one after it', async () => {
      point(dir, 1);
      await s.app.house.warehouse.refresh();
      const back = await byTitle(clerk);
      expect(back.get('h1')).toMatchObject({ alert_id: h1, state: '处置中', from_date: '2026-10-01', detected: true });
      expect(back.get('h9')).toMatchObject({ detected: false, state: '新发现' });
      point(dir, 2);
      await s.app.house.warehouse.refresh();
      const forth = await byTitle(clerk);
      expect([forth.size, forth.get('h1b')?.alert_id, forth.get('h9')?.detected]).toEqual([4, h1, true]);
    });

    it('to 续报, 终报 with an outcome, and 归档', async () => {
      expect((await send(mine, h1, 'follow')).json<{ alert: Alert }>().alert.state).toBe('处置中');
      expect((await send(mine, h1, 'final')).status).toBe(400);
      expect((await send(mine, h1, 'final', { outcome: '已解决' })).json<{ alert: Alert }>().alert).toMatchObject({ state: '终报', outcome: '已解决', deadline: null, due: null, reports: 3 });
      expect((await act(mine, h1, { action: 'return', text: '尚有两人未发' })).json<{ alert: Alert }>().alert).toMatchObject({ state: '处置中', outcome: null, deadline: '2026-11-05' });
      await send(mine, h1, 'final', { outcome: '已解决' });
      clock.set('2026-10-30T04:00:00Z');
      expect((await act(mine, h1, { action: 'archive' })).json<{ alert: Alert }>().alert).toMatchObject({ state: '归档', closed_at: '2026-10-30T04:00:00.000Z', age_days: 1 });
      expect((await act(mine, h1, { action: 'return', text: '再看' })).status).toBe(409);
    });
    it('or are 误报, with a reason', async () => {
      expect((await act(other, h2, { action: 'false_alarm', reason: '系统割接，集中补登' })).json<{ alert: Alert }>().alert).toMatchObject({ state: '误报', false_reason: '系统割接，集中补登', deadline: null });
    });
    it('and the timeline tells who did what, in order', async () => {
      const { timeline } = await detailOf(leader, h1);
      expect(timeline.filter((e) => e.to_state !== null).map((e) => [e.user, e.from_state, e.to_state])).toEqual([
        [null, null, '新发现'], ['mine', '新发现', '首报'], ['mine', '首报', '处置中'], ['mine', '处置中', '终报'], ['mine', '终报', '处置中'], ['mine', '处置中', '终报'], ['mine', '终报', '归档'],
      ]);
      const audit = (await admin.get('/api/audit?limit=500')).json<AuditList>().entries;
      expect(audit.filter((e) => e.action === 'alert_report' && e.user === 'mine').length).toBe(5);
      expect(JSON.stringify(audit)).not.toMatch(/明文|密件|工资晚发了|约谈/);
      expect(s.log()).not.toMatch(/明文|密件|工资晚发了|约谈/);
    });
    it('and the print form is an official document that says what the form says', async () => {
      const reply = await fetch(`${s.url}/api/alerts/${h1}/reports/1.docx`, { headers: { cookie: (leader as unknown as { cookie: string }).cookie } });
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']);
      const xml = await (await JSZip.loadAsync(await reply.arrayBuffer())).file('word/document.xml')?.async('string') ?? '';
      const text = xml.replace(/<[^>]+>/g, '');
      for (const said of ['预警首报', '一矿薪酬增多', `预警〔2026〕${Number(h1.slice(5))}号`, '观测 9 件', '一、基本情况', '填报：mine', '2026年10月29日']) expect(text).toContain(said);
      expect((await leader.get(`/api/alerts/${h1}/reports/99.docx`)).status).toBe(404);
    });
  });

  it('tell whoever is to handle them, a person or a unit, what is due', async () => {
    const own = async (client: Client) => [(await client.get('/api/alerts/summary')).json<AlertSummary>().mine, (await client.get('/api/alerts?mine=true&open=true')).json<AlertList>().alerts.map((a) => a.alert_id)];
    expect(await own(mine)).toEqual([{ open: 0, overdue: 0, due_soon: 0 }, []]);
    await act(clerk, h3, { action: 'assign', owner: null, owner_unit: 'G/M1' });
    expect(await own(mine)).toEqual([{ open: 1, overdue: 1, due_soon: 0 }, [h3]]);
    await act(clerk, h3, { action: 'assign', owner: 'admin', owner_unit: 'G/M1' });
    expect([await own(mine), await own(admin)]).toEqual([[{ open: 0, overdue: 0, due_soon: 0 }, []], [{ open: 1, overdue: 1, due_soon: 0 }, [h3]]]);
    clock.set('2026-10-28T04:00:00Z');
    expect((await own(admin))[0]).toEqual({ open: 1, overdue: 0, due_soon: 1 });
    clock.set('2026-10-30T04:00:00Z');
  });

  it('become overdue with the days, and their reports are asked for', async () => {
    clock.set('2026-11-02T04:00:00Z');
    const all = await byTitle(clerk);
    expect(all.get('h3')).toMatchObject({ due: '已逾期', overdue_days: 4, age_days: 4 });
    expect((await clerk.get('/api/alerts?overdue=true')).json<AlertList>().alerts.map((a) => a.hotspot_id)).toEqual(['h3', 'h9'].filter((id) => all.get(id)?.due === '已逾期'));
    expect((await act(clerk, h3, { action: 'postpone', deadline: '2026-11-10', text: '等待现场核查' })).json<{ alert: Alert }>().alert).toMatchObject({ due: '未到期', deadline: '2026-11-10' });
  });
  it('measure their own quality, and an administrator of all units confirms another budget', async () => {
    expect((await leader.get('/api/alerts/quality')).json<AlertQuality>()).toMatchObject({ closed: 2, confirmed: 1, false_alarms: 1, ppv: 0.5, proposal: null });
    expect((await other.get('/api/alerts/quality')).json<AlertQuality>()).toMatchObject({ closed: 1, confirmed: 0, false_alarms: 1 });
    const mineAdmin = await s.signedIn('mine_admin', 'admin', 'G/M1');
    expect((await mineAdmin.post('/api/settings/detection', { alarm_budget_per_month: 9 })).status).toBe(403);
    expect((await admin.post('/api/settings/detection', { alarm_budget_per_month: 1.5 })).json()).toEqual({ alarm_budget_per_month: 1.5 });
    expect((await analyst.get('/api/settings/detection')).json()).toEqual({ alarm_budget_per_month: 1.5 });
    expect((await admin.get('/api/audit')).json<AuditList>().entries[0]).toMatchObject({ action: 'settings', detail: '误报预算 2 → 1.5（起/月）' });
  });

  it('that are closed are followed by a new, linked one when a later episode comes; siblings show what was done there', async () => {
    clock.set('2026-12-20T04:00:00Z');
    const made = rows(3);
    const [h] = [...made.hotspot ?? []] as Row<'hotspot'>[];
    if (!h) throw new Error('no hotspot');
    await publish(dir, 3, { ...made, run: [{ ...([...made.run ?? []] as Row<'run'>[])[0], version: 3, as_of: '2026-12-19' } as Row<'run'>],
      hotspot: [{ ...h, hotspot_id: 'h5', from_date: '2026-12-01', to_date: '2026-12-19' }, { ...h, hotspot_id: 'h6', unit_id: 'M2', from_date: '2026-12-01', to_date: '2026-12-19' }, { ...h, hotspot_id: 'h7', unit_id: 'M1A', from_date: '2026-01-05', to_date: '2026-01-25' }],
      hotspot_member: [] });
    await s.app.house.warehouse.refresh();
    const all = await byTitle(clerk);
    expect(all.get('h5')).toMatchObject({ state: '新发现', previous_alert_id: h1 });
    expect(all.get('h1b')).toMatchObject({ state: '归档', detected: false, to_date: '2026-10-26' });
    // An episode that ended eight weeks before the data's last day is history.
    expect(all.has('h7')).toBe(false);
    expect((await detailOf(clerk, all.get('h5')?.alert_id ?? '')).previous).toMatchObject({ alert_id: h1, outcome: '已解决' });
    const sibling = await detailOf(clerk, all.get('h6')?.alert_id ?? '');
    expect(sibling.siblings.map(({ alert_id, unit_name, outcome, measures }) => ({ alert_id, unit_name, outcome, measures }))).toEqual([{ alert_id: h1, unit_name: '一矿', outcome: '已解决', measures: [{ date: '2026-10-20', text: '约谈区队，补发绩效' }] }]);
    // Another mine's clerk sees the alert of that mine alone.
    expect((await detailOf(other, all.get('h6')?.alert_id ?? '')).siblings).toEqual([]);
  });
});

describe('an alert that grows', () => {
  it('rises in level and is due sooner, and does not fall again', async () => {
    const dir = newDataDir(), clock = clockFrom('2026-10-29T04:00:00Z');
    await publish(dir, 1);
    const s = await start(dir, 0, { clock: clock.now });
    const clerk = await s.signedIn('clerk', 'clerk');
    const told = async () => { const { level, deadline, alert_id } = (await byTitle(clerk)).get('h2') ?? {}; return { level, deadline, alert_id }; };
    const before = await told();
    const scored = (version: number, score: number) => { const made = rows(version); return { ...made, hotspot: ([...made.hotspot ?? []] as Row<'hotspot'>[]).map((h) => (h.hotspot_id === 'h2' ? { ...h, score } : h)) }; };
    for (const [version, score] of [[2, 9], [3, 1]] as const) { await publish(dir, version, scored(version, score)); await s.app.house.warehouse.refresh(); }
    expect([before, await told()]).toEqual([{ level: '一般', deadline: '2026-11-05', alert_id: before.alert_id }, { level: '重要', deadline: '2026-11-01', alert_id: before.alert_id }]);
    expect((await detailOf(clerk, before.alert_id ?? '')).timeline.map((e) => e.text)).toEqual(['第 1 版数据发现', '第 2 版数据：级别升为重要']);
    await s.close();
  });

  it('stays the same alert when a 苗头 becomes a 热点', async () => {
    const dir = newDataDir(), of = (version: number, kind: 'emergent' | 'series', hotspot_id: string) => {
      const made = rows(version);
      return { ...made, hotspot: ([...made.hotspot ?? []] as Row<'hotspot'>[]).map((h) => (h.hotspot_id === 'h2' ? { ...h, hotspot_id, kind } : h)), hotspot_member: ([...made.hotspot_member ?? []] as Row<'hotspot_member'>[]).map((m) => (m.hotspot_id === 'h2' ? { ...m, hotspot_id } : m)), hotspot_stage: [] };
    };
    await publish(dir, 1, of(1, 'emergent', 'seed'));
    const s = await start(dir), clerk = await s.signedIn('clerk', 'clerk');
    const before = (await byTitle(clerk)).get('seed');
    await publish(dir, 2, of(2, 'series', 'grown'));
    await s.app.house.warehouse.refresh();
    const now = await byTitle(clerk);
    expect([before?.kind, now.get('seed'), now.get('grown')]).toMatchObject(['emergent', undefined, { kind: 'series', alert_id: before?.alert_id }]);
    expect((await detailOf(clerk, before?.alert_id ?? '')).timeline.map((e) => e.text)).toEqual(['第 1 版数据发现', '第 2 版数据：由苗头发展为热点']);
    await s.close();
  });
});

describe('alerts across a restart', () => {
  it('are as they were, and a version published meanwhile is matched at the start', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    const first = await start(dir);
    const clerk = await first.signedIn('clerk', 'clerk');
    const before = await byTitle(clerk);
    await clerk.post(`/api/alerts/${before.get('h1')?.alert_id}/comments`, { text: '已知' });
    await first.close();
    await publish(dir, 2, later(2));
    const second = await start(dir);
    const after = await byTitle(await second.signedIn('clerk', 'clerk'));
    expect([after.size, after.get('h1b')?.alert_id, after.get('h1b')?.comments]).toEqual([4, before.get('h1')?.alert_id, 1]);
    await second.close();
  });
});
