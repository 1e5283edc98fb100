// A real server with real imports: an alert is half handled when the data under it change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, AlertDetail, AlertList, Attachment, ImportReply, Job, ReportDraft } from '../../../server/api.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir } from '../sample-warehouse.ts';

const pdf = '%PDF-1.7 现场检查记录';
const ordinary = ['食堂饭菜价格上涨，质量下降，希望改进。', '单身宿舍热水供应不正常，洗澡困难。', '职称评定程序不公开，要求公布评审结果。', '夜班津贴标准降低，没有公示，要求说明依据。'];
/** A ledger of one month whose first text is critical where `critical` says what it tells. */
const ledger = (month: string, critical: string | null) => ['登记编号,信访日期,单位,信访人,标题,内容,信访目的,信访形式',
  ...(critical === null ? [] : [`XF${month}-J,${month}-26,一矿,,瓦斯,${critical},申诉求决,来信`]),
  ...Array.from({ length: 28 }, (_, i) => `XF${month}-${i},${month}-${String(1 + i).padStart(2, '0')},${i % 2 ? '一矿' : '二矿'},,反映,${ordinary[i % 4]}第${i}件,申诉求决,来信`)].join('\n');
const form = (name: string, content: string) => { const data = new FormData(); data.append('files', new Blob([content]), name); return data; };

describe('an alert that is half handled', () => {
  const dir = newDataDir();
  let s: Running, clerk: Client, leader: Client, id = '', before: Awaited<ReturnType<typeof kept>>;

  const signIn = async () => { [clerk, leader] = [await s.signedIn('clerk', 'clerk'), await s.signedIn('leader', 'leader')]; };
  /** Imports as a clerk does, with something done in between while the batch runs; gives the version. */
  async function imported(name: string, content: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<number | undefined> {
    const { import_id } = (await clerk.send('POST', '/api/imports', form(name, content))).json<ImportReply>();
    const { job_id } = (await clerk.post(`/api/imports/${import_id}/run`)).json<{ job_id: string }>();
    await meanwhile();
    await clerk.get(`/api/jobs/${job_id}/events`);
    return (await clerk.get(`/api/jobs/${job_id}`)).json<Job>().result?.version;
  }
  const detail = async () => (await clerk.get(`/api/alerts/${id}`)).json<AlertDetail>();
  /** All that people have put into it. */
  async function kept() {
    const { alert, timeline, reports, attachments, matters } = await detail();
    const { state, owner, owner_unit, owner_unit_name, deadline, level, created_at, closed_at, outcome, false_reason, comments } = alert;
    const draft = (await clerk.get(`/api/alerts/${id}/report-draft?kind=follow`)).json<ReportDraft>();
    const files = await Promise.all(attachments.map(async (a) => (await clerk.get(`/api/alerts/${id}/attachments/${a.attachment_id}`)).text));
    return {
      alert: { state, owner, owner_unit, owner_unit_name, deadline, level, created_at, closed_at, outcome, false_reason, comments, reports: alert.reports },
      done: timeline.filter((e) => e.user !== null), reports, draft: { saved: draft.saved, fields: draft.fields }, attachments, files, linked: matters.filter((m) => m.how === 'linked').map((m) => m.matter_id),
    };
  }
  const act = async (body: object) => { const reply = await clerk.post(`/api/alerts/${id}/actions`, body); expect(reply.status).toBe(200); };

  beforeAll(async () => {
    s = await start(dir);
    await signIn();
    expect(await imported('2026年10月台账.csv', ledger('2026-10', '井下瓦斯超限了还在生产，随时可能爆炸，请立即停产处理'))).toBe(1);
    const [found] = (await clerk.get('/api/alerts?kind=critical')).json<AlertList>().alerts;
    id = found?.alert_id ?? '';
    const { fields } = (await clerk.get(`/api/alerts/${id}/report-draft?kind=first`)).json<ReportDraft>();
    expect(fields.situation).toBe('2026年10月26日，一矿收到安全类反映 1 件、1 人次，涉及事项 1 个。涉及单位：一矿（10月26日起 1 件）。');
    expect((await clerk.post(`/api/alerts/${id}/reports`, { kind: 'first', fields, submit: true })).status).toBe(200);
    const own = (await detail()).matters.map((m) => m.matter_id);
    const other = (await s.app.house.warehouse.use((reader) => reader.query<{ matter_id: string }>('SELECT matter_id FROM matter ORDER BY first_date, matter_id'))).find((m) => !own.includes(m.matter_id));
    await act({ action: 'assign', owner: 'clerk', owner_unit: found?.unit_path });
    await act({ action: 'link_matter', matter_id: other?.matter_id });
    const { attachments } = (await clerk.send('POST', `/api/alerts/${id}/attachments`, form('检查记录.pdf', pdf))).json<{ attachments: Attachment[] }>();
    await act({ action: 'measure', text: '已停产撤人', date: (found?.created_at ?? '').slice(0, 10), attachment_ids: attachments.map((a) => a.attachment_id) });
    await act({ action: 'postpone', deadline: '2099-01-01', text: '等待第三方检测' });
    await leader.post(`/api/alerts/${id}/comments`, { text: '每日报进展' });
    const follow = (await clerk.get(`/api/alerts/${id}/report-draft?kind=follow`)).json<ReportDraft>();
    expect((await clerk.post(`/api/alerts/${id}/reports`, { kind: 'follow', fields: { ...follow.fields, next: '复测后复产' }, submit: false })).status).toBe(200);
    before = await kept();
  }, 300_000);
  afterAll(() => s.close());

  it('has a sent report, a draft, a measure with its paper, a link, a comment, another deadline', () => {
    expect([before.alert.state, before.alert.owner, before.alert.deadline, before.alert.comments, before.reports.map((r) => [r.kind, r.submitted_at !== null]), before.draft.saved, before.draft.fields.next, before.files, before.linked.length])
      .toEqual(['处置中', 'clerk', '2099-01-01', 1, [['first', true], ['follow', false]], true, '复测后复产', [pdf], 1]);
    expect(before.done.map((e) => e.kind)).toEqual(['report', 'assigned', 'matter', 'attachment', 'measure', 'deadline', 'comment']);
  });
  it('keeps all of it over an import and a publish, and what is said meanwhile', async () => {
    expect(await imported('2026年11月台账.csv', ledger('2026-11', null), () => leader.post(`/api/alerts/${id}/comments`, { text: '导入时也要盯住' }))).toBe(2);
    const { done, alert, ...rest } = await kept();
    expect(done.slice(0, -1)).toEqual(before.done);
    expect(done.at(-1)).toMatchObject({ user: 'leader', kind: 'comment', text: '导入时也要盯住' });
    expect(alert).toEqual({ ...before.alert, comments: 2 });
    const { done: _done, alert: _alert, ...was } = before;
    expect(rest).toEqual(was);
    before = await kept();
  }, 300_000);
  it('over a rollback to the earlier version, and forth again', async () => {
    for (const version of [1, 2]) {
      expect((await clerk.post('/api/versions/rollback', { version })).json()).toEqual({ version });
      expect(await kept()).toEqual(before);
    }
  }, 60_000);
  it('over a ledger that comes again with the text corrected, as the same alert', async () => {
    expect(await imported('2026年10月台账（更正）.csv', ledger('2026-10', '井下瓦斯超限了还在生产，随时可能爆炸，请立即停产处理。补充：回风巷传感器被遮挡'))).toBe(3);
    expect((await clerk.get('/api/alerts?kind=critical')).json<AlertList>().alerts.map((a: Alert) => a.alert_id)).toEqual([id]);
    expect(await kept()).toEqual(before);
  }, 300_000);
  it('and over a restart of the server, after which it goes on to its end', async () => {
    await s.close();
    s = await start(dir);
    await signIn();
    expect(await kept()).toEqual(before);
    const { fields } = (await clerk.get(`/api/alerts/${id}/report-draft?kind=follow`)).json<ReportDraft>();
    expect((await clerk.post(`/api/alerts/${id}/reports`, { kind: 'follow', fields, submit: true })).json<{ alert: Alert }>().alert).toMatchObject({ state: '处置中', reports: 2 });
  }, 60_000);
});
