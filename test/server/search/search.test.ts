import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentDetailSchema, searchReplySchema, type AuditList, type SearchReply } from '../../../server/api.ts';
import { marked, snippet } from '../../../server/search/highlight.ts';
import { parseQuery } from '../../../server/search/parse-query.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish, rows } from '../sample-warehouse.ts';

const vocabulary = new Map([['瓦斯', 8], ['瓦斯超限', 5], ['工资', 30], ['拖欠', 9], ['带班', 4]]);

describe('server/search/parse-query', () => {
  it.each([
    { text: '瓦斯', words: ['瓦斯'], phrases: [], without: [] },
    { text: '工资拖欠了没', words: ['工资', '拖欠'], phrases: [], without: [] },
    { text: '瓦斯超限 “带班领导” -演练', words: ['瓦斯超限'], phrases: ['带班领导'], without: ['演练'] },
    { text: '-"已经解决" 工资', words: ['工资'], phrases: [], without: ['已经解决'] },
    // What no text holds as a word is looked for as it stands.
    { text: '皮带巷', words: [], phrases: [], unknown: ['皮带巷'], without: [] },
  ])('cuts $text', ({ text, words, phrases, without, unknown = [] }: { text: string; words: string[]; phrases: string[]; without: string[]; unknown?: string[] }) => {
    const parsed = parseQuery(text, vocabulary);
    expect({ words: parsed.groups.map((g) => g.word), phrases: parsed.phrases, without: parsed.without, unknown: parsed.unknown }).toEqual({ words, phrases, without, unknown });
  });

  it('finds longer terms with a shorter one, and counts them together', () => {
    expect(parseQuery('瓦斯', vocabulary).groups[0]).toEqual({ word: '瓦斯', terms: ['瓦斯', '瓦斯超限'], documents: 13 });
  });
});

describe('server/search/highlight', () => {
  it('marks every place, overlapping ones once, and joins to the text again', () => {
    const parts = marked('瓦斯超限还在采，瓦斯报警', ['瓦斯超限', '瓦斯']);
    expect(parts.filter((p) => p.hit).map((p) => p.text)).toEqual(['瓦斯超限', '瓦斯']);
    expect(parts.map((p) => p.text).join('')).toBe('瓦斯超限还在采，瓦斯报警');
  });
  it('cuts a piece around what was found, and says where it was cut', () => {
    const text = `${'前'.repeat(300)}工资拖欠${'后'.repeat(300)}`;
    const parts = snippet(text, ['工资', '拖欠'], 60);
    expect([parts[0]?.text, parts.at(-1)?.text]).toEqual(['…', '…']);
    expect(parts.filter((p) => p.hit).map((p) => p.text)).toEqual(['工资', '拖欠']);
  });
  it('never cuts a character in two', () => {
    expect(snippet(`😷${'灰'.repeat(200)}`.repeat(2), ['灰'], 40).map((p) => p.text).join('')).not.toMatch(/(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });
});

describe('server/routes/search', () => {
  let s: Running;
  let all: Client, mine: Client, admin: Client;
  const search = async (client: Client, query: string) => searchReplySchema.parse((await client.get(`/api/search?${query}`)).json());
  beforeAll(async () => {
    const dir = newDataDir();
    const warehouse = rows(1);
    const texts: Record<string, string> = { d2: '明文：瓦斯超限还叫人下井', d3: '明文：工资拖欠三个月，没人管', d4: '明文：瓦斯和工资都要说一说', d13: '明文：<b>工资</b>条看不懂' };
    const terms: Record<string, string[]> = { d2: ['瓦斯超限'], d3: ['工资', '拖欠'], d4: ['瓦斯', '工资'], d13: ['工资'] };
    await publish(dir, 1, {
      ...warehouse,
      document: [...warehouse.document!].map((d) => ({ ...d, ...(d.document_id in texts && { text: texts[d.document_id] ?? null, title: null, length: texts[d.document_id]?.length ?? 0 }) })),
      term: Object.entries(terms).flatMap(([document_id, list]) => list.map((term) => ({ document_id, term, tag: 'n', count: 1 }))),
    });
    s = await start(dir);
    all = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('mine_clerk', 'clerk', 'G/M1');
    admin = await s.signedIn('group_admin', 'admin');
  });
  afterAll(() => s.close());

  it('finds texts with the word or a longer one that holds it', async () => {
    expect((await search(all, 'q=瓦斯')).hits.map((h) => h.document_id).sort()).toEqual(['d2', 'd4']);
  });
  it('asks for all the words; only where no text has them all it offers those with some', async () => {
    expect((await search(all, 'q=瓦斯 工资')).hits.map((h) => h.document_id)).toEqual(['d4']);
    const some = await search(all, 'q=瓦斯 拖欠');
    expect([some.strict, some.hits.map((h) => h.document_id).sort()]).toEqual([false, ['d2', 'd3', 'd4']]);
    const unknown = await search(all, 'q=工资 喷浆');
    expect([unknown.strict, unknown.total]).toEqual([false, 3]);
  });
  it('finds a phrase as it stands, and leaves out what is not wanted', async () => {
    expect((await search(all, `q=${encodeURIComponent('"没人管"')}`)).hits.map((h) => h.document_id)).toEqual(['d3']);
    expect((await search(all, `q=${encodeURIComponent('工资 -拖欠')}`)).hits.map((h) => h.document_id).sort()).toEqual(['d13', 'd4']);
  });
  it('ranks a rare word above a frequent one (BM25), or by date', async () => {
    const { hits } = await search(all, 'q=工资&sort=date');
    expect(hits.map((h) => h.received_date)).toEqual([...hits.map((h) => h.received_date)].sort().reverse());
    expect((await search(all, 'q=拖欠 瓦斯超限')).hits[0]?.document_id).not.toBe('d4');
  });
  it('counts how the texts divide', async () => {
    const { facets, total } = await search(all, 'q=工资');
    expect(total).toBe(3);
    expect(facets.filter((f) => f.by === 'unit')).toEqual([{ by: 'unit', key: 'M1', documents: 2 }, { by: 'unit', key: 'M2', documents: 1 }]);
  });
  it('gives marks as parts, so that a text is never markup', async () => {
    const hit = (await search(all, 'q=工资')).hits.find((h) => h.document_id === 'd13');
    expect(hit?.text.map((p) => p.text).join('')).toBe('明文：<b>工资</b>条看不懂');
    expect(hit?.text.filter((p) => p.hit)).toEqual([{ text: '工资', hit: true }]);
  });
  it('keeps to the unit scope, in hits, counts and suggestions', async () => {
    const { hits, total, facets } = await search(mine, 'q=工资');
    expect([hits.map((h) => h.document_id).sort(), total, facets.filter((f) => f.by === 'unit').map((f) => f.key)]).toEqual([['d3', 'd4'], 2, ['M1']]);
    expect((await mine.get('/api/search?q=工资&unit=G/M2')).status).toBe(403);
    expect((await mine.get('/api/documents/d13')).status).toBe(404);
  });
  it('never finds a restricted text, nor opens it', async () => {
    for (const q of ['密件', '密件词', '"密件正文"']) expect((await search(all, `q=${encodeURIComponent(q)}`)).total).toBe(0);
    expect((await all.get('/api/documents/d0')).status).toBe(404);
  });
  it('opens a text with what was read from it', async () => {
    const detail = documentDetailSchema.parse((await all.get('/api/documents/d3')).json());
    expect([detail.document.text, detail.demands[0]?.topic, detail.document.matter_id]).toEqual(['明文：工资拖欠三个月，没人管', 'pay', 'm3']);
  });
  it('writes query and shown texts to the audit log', async () => {
    await search(all, 'q=拖欠');
    const { entries } = (await admin.get('/api/audit')).json<AuditList>();
    expect(entries.find((e) => e.user === 'group_leader' && e.action === 'view_text')?.detail).toBe('检索“拖欠”，第 1 页，显示 1 条：d3');
  });
  it('says what to do where nothing is asked for or found', async () => {
    expect((await all.get('/api/search?q=%E7%9A%84')).status).toBe(400);
    expect((await all.get('/api/search?q=')).status).toBe(400);
    expect((await search(all, 'q=工资条款')).total satisfies SearchReply['total']).toBe(3);
  });
});
