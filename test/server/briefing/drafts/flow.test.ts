// In: the real server over a small published group. Out: a briefing from its first draft to the frozen file, over a new publish.
import { createHash } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../../datasets/data-dir.ts';
import type { DraftChanges, DraftText, DraftView } from '../../../../server/api.ts';
import { briefingFormats } from '../../../../server/briefing/index.ts';
import { start, type Client, type Running } from '../../client.ts';
import { smallWarehouse, special } from '../small-warehouse.ts';

const at = '/api/briefing/drafts';
let dir: DataDir, s: Running, clerk: Client, leader: Client, mineClerk: Client;
beforeAll(async () => {
  dir = await smallWarehouse('2026-10-30');
  s = await start(dir);
  [clerk, leader, mineClerk] = [await s.signedIn('赵', 'clerk'), await s.signedIn('王书记', 'leader'), await s.signedIn('钱', 'clerk', 'G/B3')];
});
afterAll(async () => { await s.close(); rmSync(dir.root, { recursive: true }); });

let draft: DraftView;
const view = async (client = clerk) => (await client.get(`${at}/${draft.draft_id}`)).json<{ draft: DraftView }>().draft;
const post = (client: Client, path: string, body: object) => client.post(`${at}/${draft.draft_id}/${path}`, { revision: draft.revision, ...body });
const write = (words: string): DraftText => {
  const text = structuredClone(draft.text);
  text.sections.find((x) => x.id === 'advice')!.blocks = [{ type: 'paragraph', id: 'w1', sentences: [{ id: 'w2', parts: [{ type: 'text', text: words }] }] }];
  return text;
};

describe('a draft of the briefing', () => {
  it('is begun once for a month and unit, by whoever writes, within their units', async () => {
    const reply = await clerk.post(at, { period: '2026-10' });
    draft = reply.json<{ draft: DraftView }>().draft;
    expect([reply.status, draft.state, draft.unit_path, draft.revision, draft.data_version, draft.edition]).toEqual([200, '草稿', 'G', 1, 1, 1]);
    expect((await clerk.post(at, { period: '2026-10' })).status).toBe(409);
    expect((await mineClerk.post(at, { period: '2026-10', unit: 'G' })).status).toBe(403);
    expect((await mineClerk.get(`${at}/${draft.draft_id}`)).status).toBe(404);
    expect((await mineClerk.get(at)).json<{ drafts: unknown[] }>().drafts).toEqual([]);
    expect((await (await s.signedIn('孙', 'analyst')).get(`${at}/${draft.draft_id}`)).status).toBe(403);
  });

  it('keeps what was written, with what is wrong with it, and does not overwrite somebody else', async () => {
    const saved = await post(clerk, 'text', { text: write(`有人说“${special.restricted}”`) });
    expect(saved.json<{ problems: { why: string }[] }>().problems.map((p) => p.why)).toEqual([expect.stringContaining('不是去标识原文的原句')]);
    expect((await post(clerk, 'text', { text: write('请各单位认真办理。') })).status).toBe(409);
    expect((await post(clerk, 'steps', { revision: 2, step: 'submit' })).json<{ error: { message: string } }>().error.message).toContain('还有1处要改');
    expect((await clerk.get(`${at}/${draft.draft_id}/file`)).status).toBe(400);
    draft = await view();
    expect((await post(clerk, 'text', { text: write('有人说“绩效工资从七月起一直没有发，问谁都说在研究。”请三矿核实。') })).json<{ problems: unknown[] }>().problems).toEqual([]);
    draft = await view();
    expect(draft.versions.map((v) => [v.what, v.written_by])).toEqual([['编辑', '赵'], ['起草', '赵']]);
    expect((await post(clerk, 'text', { text: { sections: [{ id: 'x', title: 'x', blocks: [{ type: 'paragraph', id: 'p', sentences: [{ id: 'q', parts: [{ type: 'number', key: 'forged' }] }] }] }] } })).status).toBe(400);
  });

  it('shows what a new publish changes, number by number, and moves to it when each was accepted', async () => {
    await smallWarehouse('2026-10-31', 2, dir);
    await s.app.house.warehouse.refresh();
    draft = await view();
    expect([draft.data_version, draft.served_version]).toEqual([1, 2]);
    const { changes } = (await clerk.get(`${at}/${draft.draft_id}/changes`)).json<{ changes: DraftChanges }>();
    const total = changes.numbers.find((n) => n.label === '信访总量');
    expect(changes.numbers.length).toBeGreaterThan(5);
    expect(total?.was).not.toBe(total?.now);
    const accepted = changes.numbers.map((n) => n.key);
    expect((await post(clerk, 'rebase', { version: 2, accepted: accepted.slice(1) })).status).toBe(409);
    expect((await post(clerk, 'rebase', { version: 1, accepted })).status).toBe(409);
    draft = (await post(clerk, 'rebase', { version: 2, accepted })).json<{ draft: DraftView }>().draft;
    expect(draft.data_version).toBe(2);
    expect((await clerk.get(`${at}/${draft.draft_id}/changes`)).json<{ changes: DraftChanges }>().changes.numbers).toEqual([]);
    const [hand] = await s.app.house.warehouse.query("SELECT count(*) AS n FROM petition WHERE strftime(registered_date, '%Y-%m') = '2026-10'");
    expect(JSON.stringify(draft.printed)).toContain(`"formatted":"${hand?.n}"`);
    expect(JSON.stringify(draft.text)).toContain('请三矿核实');
  });

  it('goes to the leader, comes back with a reason, and is frozen on approval', async () => {
    draft = (await post(clerk, 'steps', { step: 'submit' })).json<{ draft: DraftView }>().draft;
    expect([draft.state, draft.may]).toEqual(['待审', ['withdraw']]);
    expect((await post(clerk, 'text', { text: draft.text })).status).toBe(409);
    expect((await post(clerk, 'decision', { step: 'approve' })).status).toBe(403);
    expect((await post(leader, 'decision', { step: 'return' })).status).toBe(400);
    draft = (await post(leader, 'decision', { step: 'return', reason: '补写三矿的措施' })).json<{ draft: DraftView }>().draft;
    expect([draft.state, draft.reason]).toEqual(['退回', '补写三矿的措施']);
    const { revision } = (await post(clerk, 'text', { text: write('请三矿本月内补发。') })).json<{ revision: number }>();
    draft = (await post(clerk, 'steps', { revision, step: 'submit' })).json<{ draft: DraftView }>().draft;
    expect((await post(leader, 'decision', { revision: draft.revision - 1, step: 'approve' })).status).toBe(409);
    draft = (await post(leader, 'decision', { step: 'approve' })).json<{ draft: DraftView }>().draft;
    expect([draft.state, draft.decided_by, draft.files.map((f) => f.format)]).toEqual(['定稿', '王书记', [...briefingFormats].sort()]);
    const [first, second] = [await leader.get(`${at}/${draft.draft_id}/file`), await clerk.get(`${at}/${draft.draft_id}/file`)];
    expect(first.bytes.equals(second.bytes)).toBe(true);
    for (const { format, sha256 } of draft.files) expect(createHash('sha256').update((await clerk.get(`${at}/${draft.draft_id}/file?format=${format}`)).bytes).digest('hex')).toBe(sha256);
    expect(await (await JSZip.loadAsync(first.bytes)).file('word/document.xml')?.async('string')).toContain('请三矿本月内补发。');
  });

  it('stays as it is when final, and says so when its file was touched', async () => {
    expect((await post(clerk, 'text', { text: draft.text })).status).toBe(409);
    expect(() => s.app.house.state.prepare("UPDATE briefing_draft SET reason = 'x'").run()).toThrow('final briefings stay as written');
    const file = join(dir.briefings, draft.files.find((x) => x.format === 'docx')?.sha256 ?? '');
    chmodSync(file, 0o600);
    writeFileSync(file, 'changed');
    expect((await clerk.get(`${at}/${draft.draft_id}/file`)).json<{ error: { message: string } }>().error.message).toContain('SHA-256 不符');
  });

  it('can be followed by a correction with the same wording', async () => {
    const next = (await clerk.post(at, { period: '2026-10' })).json<{ draft: DraftView }>().draft;
    expect([next.edition, next.state, JSON.stringify(next.text)]).toEqual([2, '草稿', JSON.stringify(draft.text)]);
  });

  it('is in the audit log step by step, without a word of any text', async () => {
    const admin = await s.signedIn('管', 'admin');
    const entries = (await admin.get('/api/audit?action=briefing')).json<{ entries: { user: string; detail: string }[] }>().entries.reverse();
    expect(entries.map(({ user, detail }) => `${user} ${detail.replace(/( \w+ [0-9a-f]{64})+/, ' …').replace(/接受 \d+/, '接受 n')}`)).toEqual([
      '赵 2026-10 青石能源集团 起草', '赵 2026-10 青石能源集团 编辑', '赵 2026-10 青石能源集团 改用第2版数据，接受 n 个数', '赵 2026-10 青石能源集团 提交审批', '王书记 2026-10 青石能源集团 退回',
      '赵 2026-10 青石能源集团 编辑', '赵 2026-10 青石能源集团 提交审批', '王书记 2026-10 青石能源集团 审批定稿 …', '赵 2026-10 青石能源集团（更正1） 起草',
    ]);
    expect(s.log()).not.toContain('绩效工资');
  });

  it('may be of a quarter, beside those of its months, and says so in its files', async () => {
    const reply = await clerk.post(at, { period: '2026-Q3' });
    draft = reply.json<{ draft: DraftView }>().draft;
    expect([reply.status, draft.period, draft.edition, draft.state]).toEqual([200, '2026-Q3', 1, '草稿']);
    expect((await clerk.post(at, { period: '2026-Q3' })).status).toBe(409);
    expect((await clerk.post(at, { period: '2026-Q5' })).status).toBe(400);
    expect((await clerk.get(`${at}?period=2026-Q3`)).json<{ drafts: { draft_id: number }[] }>().drafts.map((d) => d.draft_id)).toEqual([draft.draft_id]);
    const { revision } = (await post(clerk, 'text', { text: write('请各单位认真办理。') })).json<{ revision: number }>();
    draft = (await post(clerk, 'steps', { revision, step: 'submit' })).json<{ draft: DraftView }>().draft;
    draft = (await post(leader, 'decision', { step: 'approve' })).json<{ draft: DraftView }>().draft;
    expect([draft.state, ...draft.files.map((f) => f.name)]).toEqual(['定稿', ...[...briefingFormats].sort().map((f) => `青石能源集团信访工作季报-2026年第三季度.${f}`)]);
    const word = await (await JSZip.loadAsync((await clerk.get(`${at}/${draft.draft_id}/file`)).bytes)).file('word/document.xml')?.async('string') ?? '';
    expect(word).toContain('青石能源集团信访工作季报');
    expect(word).toContain('2026年第三季度');
  });
});
