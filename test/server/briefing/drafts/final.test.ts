// In: the real server, a final briefing, and another version of the data. Out: the final in every format as it was, under one hash; finals and drafts of an older state file.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../../datasets/data-dir.ts';
import type { DraftSummary, DraftText, DraftView } from '../../../../server/api.ts';
import { applyDraft } from '../../../../server/briefing/drafts/apply.ts';
import { freeze } from '../../../../server/briefing/drafts/frozen.ts';
import { split } from '../../../../server/briefing/drafts/split.ts';
import { briefingPeriod } from '../../../../server/briefing/drafts/tables.ts';
import { briefingFormats, buildBriefing, type BriefingFormat } from '../../../../server/briefing/index.ts';
import { steps } from '../../../../server/state.ts';
import { Warehouse } from '../../../../server/warehouse.ts';
import { start, type Client, type Running } from '../../client.ts';
import { smallWarehouse } from '../small-warehouse.ts';

const at = '/api/briefing/drafts';
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const withAdvice = (text: DraftText): DraftText => {
  const made = structuredClone(text);
  made.sections.find((x) => x.id === 'advice')!.blocks = [{ type: 'paragraph', id: 'w1', sentences: [{ id: 'w2', parts: [{ type: 'text', text: '请三矿本月内补发。' }] }] }];
  return made;
};
const draftOf = (reply: { json: <T>() => T }) => reply.json<{ draft: DraftView }>().draft;

/** From a draft that lies open to the final one. */
async function finish(clerk: Client, leader: Client, draft: DraftView): Promise<DraftView> {
  const { revision } = (await clerk.post(`${at}/${draft.draft_id}/text`, { revision: draft.revision, text: withAdvice(draft.text) })).json<{ revision: number }>();
  const submitted = draftOf(await clerk.post(`${at}/${draft.draft_id}/steps`, { revision, step: 'submit' }));
  return draftOf(await leader.post(`${at}/${draft.draft_id}/decision`, { revision: submitted.revision, step: 'approve' }));
}
const filesOf = async (client: Client, id: number) => new Map(await Promise.all(briefingFormats.map(async (format) => [format, (await client.get(`${at}/${id}/file?format=${format}`)).bytes] as const)));

/** Whether a text stands in a file, as its reader meets it. */
async function tells(format: BriefingFormat, content: Buffer, text: string): Promise<boolean> {
  if (format === 'pdf') return content.includes(text);
  const part = { docx: 'word/document.xml', xlsx: 'xl/sharedStrings.xml', pptx: 'ppt/notesSlides/notesSlide1.xml' }[format];
  return (await (await JSZip.loadAsync(content)).file(part)?.async('string') ?? '').replace(/<[^>]+>/g, '').includes(text);
}

describe('a final briefing', () => {
  let dir: DataDir, s: Running, clerk: Client, leader: Client, final: DraftView;
  beforeAll(async () => {
    dir = await smallWarehouse('2026-10-30');
    s = await start(dir);
    [clerk, leader] = [await s.signedIn('赵', 'clerk'), await s.signedIn('王书记', 'leader')];
  });
  afterAll(async () => { await s.close(); rmSync(dir.root, { recursive: true }); });

  it('has one hash over its content, told by the page and in each of its files', async () => {
    const draft = draftOf(await clerk.post(at, { period: '2026-10' }));
    expect(draft.content_sha256).toBeNull();
    final = await finish(clerk, leader, draft);
    const { base, text } = s.app.house.drafts.store.get(final.draft_id, null);
    expect(final.content_sha256).toBe(sha256(JSON.stringify(applyDraft(base, text))));
    for (const [format, content] of await filesOf(clerk, final.draft_id)) expect(await tells(format, content, final.content_sha256 ?? '-'), format).toBe(true);
    const admin = await s.signedIn('管', 'admin');
    expect((await admin.get('/api/audit?action=briefing')).json<{ entries: { detail: string }[] }>().entries[0]?.detail).toContain(`content ${final.content_sha256}`);
  });

  it('stays as it is, byte for byte in every format, when newer data say otherwise', async () => {
    const before = await filesOf(clerk, final.draft_id);
    await smallWarehouse('2026-10-31', 2, dir);
    await s.app.house.warehouse.refresh();
    const after = await filesOf(leader, final.draft_id), now = draftOf(await clerk.get(`${at}/${final.draft_id}`));
    expect(now.served_version).toBe(2);
    for (const format of briefingFormats) {
      expect(after.get(format)?.equals(before.get(format)!), format).toBe(true);
      expect(sha256(after.get(format)!), format).toBe(final.files.find((f) => f.format === format)?.sha256);
      expect(await tells(format, (await clerk.get(`/api/briefing.${format}?period=2026-10`)).bytes, final.content_sha256 ?? '-'), format).toBe(false);
    }
    expect([now.content_sha256, JSON.stringify(now.printed)]).toEqual([final.content_sha256, JSON.stringify(final.printed)]);
    const fresh = (await clerk.get('/api/briefing?period=2026-10')).json<{ run: { version: number } }>();
    expect([fresh.run.version, final.data_version]).toEqual([2, 1]);
  });

  it('is followed by a correction that has a hash of its own', async () => {
    const correction = await finish(clerk, leader, draftOf(await clerk.post(at, { period: '2026-10' })));
    expect([correction.edition, correction.state]).toEqual([2, '定稿']);
    expect(correction.content_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(correction.content_sha256).not.toBe(final.content_sha256);
  });
});

describe('a state file from before there were quarters', () => {
  let dir: DataDir, s: Running, clerk: Client, leader: Client;
  const old = Buffer.from('the docx of September, as it was frozen');

  beforeAll(async () => {
    dir = await smallWarehouse('2026-10-31');
    const warehouse = await Warehouse.open(dir), state = new Database(dir.state), until = steps.indexOf(briefingPeriod);
    for (const step of steps.slice(0, until)) state.exec(step);
    state.pragma(`user_version = ${until}`);
    const insert = state.prepare(`INSERT INTO briefing_draft (month, unit_path, unit_name, edition, state, revision, data_version, base, text, created_by, created_at, updated_by, updated_at) VALUES (?, 'G', '青石能源集团', 1, ?, 1, 1, ?, ?, '赵', '2026-10-03T01:00:00.000Z', '赵', '2026-10-03T01:00:00.000Z')`);
    for (const [month, is] of [['2026-09', '定稿'], ['2026-10', '草稿']] as const) {
      const { key, ...briefing } = await warehouse.use((reader) => buildBriefing(reader, { period: month }));
      insert.run(month, is, JSON.stringify({ ...briefing, month: key }), JSON.stringify(split({ ...briefing }).text));
    }
    state.prepare("INSERT INTO briefing_file VALUES (1, 'docx', '青石能源集团信访工作月报-2026-09.docx', ?, ?)").run(old.length, freeze(dir.briefings, old));
    state.close();
    warehouse.close();
    s = await start(dir);
    [clerk, leader] = [await s.signedIn('赵', 'clerk'), await s.signedIn('王书记', 'leader')];
  });
  afterAll(async () => { await s.close(); rmSync(dir.root, { recursive: true }); });

  it('keeps its finals, with the bytes of their files', async () => {
    const { drafts } = (await clerk.get(`${at}?period=2026-09`)).json<{ drafts: DraftSummary[] }>();
    expect(drafts.map((d) => [d.period, d.state, d.content_sha256])).toEqual([['2026-09', '定稿', null]]);
    const final = draftOf(await leader.get(`${at}/${drafts[0]?.draft_id}`));
    expect(final.files.map((f) => f.name)).toEqual(['青石能源集团信访工作月报-2026-09.docx']);
    expect((await leader.get(`${at}/${final.draft_id}/file`)).bytes.equals(old)).toBe(true);
    expect(() => s.app.house.state.prepare("UPDATE briefing_draft SET period = '2026-08' WHERE draft_id = 1").run()).toThrow('final briefings stay as written');
  });

  it('lets its drafts be written on to the end, and a correction of its final begin', async () => {
    const final = await finish(clerk, leader, draftOf(await clerk.get(`${at}/2`)));
    expect([final.state, final.period, final.files.length]).toEqual(['定稿', '2026-10', briefingFormats.length]);
    const correction = draftOf(await clerk.post(at, { period: '2026-09' }));
    expect([correction.edition, correction.period]).toEqual([2, '2026-09']);
  });

  it('takes a quarter beside its months', async () => {
    const quarter = draftOf(await clerk.post(at, { period: '2026-Q3' }));
    expect([quarter.period, quarter.edition, quarter.state]).toEqual(['2026-Q3', 1, '草稿']);
  });
});
