import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../datasets/schema.ts';
import type { ReplyOf } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish, rows } from './sample-warehouse.ts';

const october = 'from=2026-10-01&to=2026-10-28';

describe('server/routes/topics, twenty texts about pay in October and twenty in September', () => {
  let s: Running;
  let all: Client, mine: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    const warehouse = rows(1);
    const later = warehouse.document as Row<'document'>[];
    const earlier = later.map((d): Row<'document'> => ({ ...d, document_id: `e${d.document_id}`, matter_id: `e${d.matter_id}`, kind: 'note', received_date: d.received_date.replace('-10-', '-09-'), received_at: d.received_at.replace('-10-', '-09-') }));
    const term = (document_id: string, word: string): Row<'term'> => ({ document_id, term: word, tag: 'n', count: 1 });
    const words = [...later, ...earlier].map((d) => term(d.document_id, '工资'));
    // 欠薪 is in ten open texts of October (and a restricted one), 奖金 in two, 一矿 in all of October; 停产 is four letters about one matter, 说明 is a verb.
    const said = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => term(`d${n}`, '欠薪')).concat([2, 3].map((n) => term(`d${n}`, '奖金')), later.map((d) => term(d.document_id, '一矿')), [13, 14, 15, 16].map((n) => term(`d${n}`, '停产')), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ({ ...term(`d${n}`, '说明'), tag: 'v' })), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ({ ...term(`d${n}`, '夜班费'), tag: '薪酬' })));
    const oneMatter = later.map((d) => (['d13', 'd14', 'd15', 'd16'].includes(d.document_id) ? { ...d, matter_id: 'm13' } : d));
    const demand = (document_id: string, topic: Row<'demand'>['topic']): Row<'demand'> => ({ document_id, topic, subtopic: null, probability: document_id === 'd7' ? 0.95 : 0.9, evidence_start: 0, evidence_end: 9 });
    await publish(dir, 1, {
      ...warehouse, document: [...oneMatter, ...earlier], term: [...words, ...said],
      demand: [...[...later, ...earlier].map((d) => demand(d.document_id, 'pay')), ...[2, 3, 13].map((n) => demand(`d${n}`, 'welfare'))],
    });
    s = await start(dir);
    all = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('second_mine', 'leader', 'G/M2');
  });
  afterAll(() => s.close());

  it('names a word said more than before, from three matters on, that stands for a thing and is no unit; restricted texts are not read', async () => {
    const reply = (await all.get(`/api/topics/keywords?${october}&topic=pay`)).json<ReplyOf<'GET /api/topics/keywords'>>();
    expect({ documents: reply.documents, before: reply.before }).toEqual({ documents: 17, before: 17 });
    expect(reply.rows.map(({ term, documents, before, matters }) => ({ term, documents, before, matters }))).toEqual([{ term: '欠薪', documents: 10, before: 0, matters: 10 }, { term: '夜班费', documents: 9, before: 0, matters: 9 }]);
  });

  it('names no word where there is nothing before to compare with', async () => {
    expect((await all.get(`/api/topics/keywords?${october}&doc=petition`)).json<ReplyOf<'GET /api/topics/keywords'>>()).toEqual({ documents: 17, before: 0, rows: [] });
  });

  it('tells how often topics are raised together, beside what chance would give', async () => {
    expect((await all.get(`/api/topics/together?${october}&topic=welfare`)).json()).toEqual({ rows: [{ topic: 'pay', documents: 3, expected: 3 }] });
    expect((await all.get(`/api/topics/together?from=2026-09-01&to=2026-10-28&topic=pay&unit=G/M1`)).json()).toEqual({ rows: [{ topic: 'welfare', documents: 2, expected: 2 }] });
  });

  it('quotes exact substrings of open texts, a unit each before a second of any, and writes down which', async () => {
    const { rows: quotes } = (await all.get(`/api/topics/exemplars?${october}&topic=pay`)).json<ReplyOf<'GET /api/topics/exemplars'>>();
    expect(quotes.map((q) => [q.unit_id, q.document_id, q.quote])).toEqual([['M1', 'd7', '明文7：工资晚发了'], ['M2', 'd13', '明文13：工资晚发'], ['M10', 'd18', '明文18：工资晚发'], ['M1A', 'd19', '明文19：工资晚发'], ['M1', 'd10', '明文10：工资晚发']]);
    const admin = await s.signedIn('the_admin', 'admin');
    expect((await admin.get('/api/audit?action=view_text')).json<ReplyOf<'GET /api/audit'>>().entries.map((e) => e.detail)).toContain('诉求原话 pay：d7 d13 d18 d19 d10');
  });

  it('keeps to the unit scope', async () => {
    expect((await mine.get(`/api/topics/keywords?${october}`)).json<ReplyOf<'GET /api/topics/keywords'>>().documents).toBe(5);
    for (const name of ['keywords', 'together', 'exemplars']) expect((await mine.get(`/api/topics/${name}?${october}&unit=G/M1${name === 'keywords' ? '' : '&topic=pay'}`)).status).toBe(403);
  });
});
