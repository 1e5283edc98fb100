import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../datasets/schema.ts';
import { surveyDetailSchema, surveyGroupsSchema, type MetricsReply, type Survey, type SurveyDetail, type SurveyGroups } from '../../../server/api.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish, rows } from '../sample-warehouse.ts';

const survey = (survey_id: string, title: string, date: string, respondents: number): Row<'survey'> => ({ survey_id, title, first_date: date, last_date: date, respondents, source_id: 's1' });
const question = (survey_id: string, question_no: number, title: string, type: Row<'question'>['type'], options: string[] = [], is_group = false): Row<'question'> => ({ survey_id, question_no, title, type, is_group, options });
const questions = (id: string): Row<'question'>[] => [
  question(id, 1, '您的年龄段', 'single', ['青年', '中年', '其他'], true), question(id, 2, '总体满意程度', 'scale'), question(id, 3, '最关心的问题', 'multiple', ['薪酬', '安全']),
  question(id, 4, '会推荐亲友来吗', 'nps'), question(id, 5, '最希望解决的事', 'open'), question(id, 6, '反映渠道', 'single', ['热线', '不反映']),
];
const answer = (survey_id: string, respondent_no: number, unit_id: string, question_no: number, option: string, value: number | null = null, document_id: string | null = null): Row<'answer'> => ({ survey_id, respondent_no, question_no, option, value, unit_id, document_id });

// 2026: eight sheets at 一矿, six at 二矿. Ages: five young, six middle-aged, three at 一矿 told none. Question 6 is answered by 5 at 一矿 and 2 at 二矿.
const now = Array.from({ length: 14 }, (_, i) => {
  const unit = i < 8 ? 'M1' : 'M2';
  const add = (no: number, option: string, value: number | null = null) => answer('new', i + 1, unit, no, option, value);
  return [
    ...(i < 5 || i > 7 ? [add(1, i % 2 === 1 ? '青年' : '中年')] : []), add(2, '', i < 7 ? 5 : 4), add(3, '薪酬'), ...(i < 7 ? [add(3, '安全')] : []), add(4, '', i < 7 ? 10 : 3),
    ...(i < 5 || i > 11 ? [add(6, i === 0 ? '热线' : '不反映')] : []),
  ];
}).flat();
const opens = ['d12', 'd13', 'd14', 'd15', 'd16', 'd17'];
const before = Array.from({ length: 12 }, (_, i) => [answer('old', i + 1, 'M1', 2, '', i < 6 ? 1 : 2), answer('old', i + 1, 'M1', 3, '薪酬')]).flat();

describe('server/routes/surveys, fourteen sheets of two mines, and twelve of the year before', () => {
  let s: Running;
  let all: Client, mine: Client;
  beforeAll(async () => {
    const dir = newDataDir();
    const warehouse = rows(1);
    await publish(dir, 1, {
      ...warehouse,
      document: [...warehouse.document!].map((d) => (['d2', ...opens].includes(d.document_id) ? { ...d, kind: 'survey_answer' as const } : d)),
      survey: [survey('new', '2026年度职工满意度调查', '2026-10-20', 14), survey('old', '2025 年度职工满意度调查', '2025-10-20', 12), survey('else', '安全知识测评', '2025-11-20', 6)],
      question: [...questions('new'), ...questions('old'), question('else', 1, '总体满意程度', 'scale'), question('else', 2, '还有什么建议', 'open')],
      answer: [...now, answer('new', 1, 'M1', 5, '', null, 'd2'), ...before, ...Array.from({ length: 6 }, (_, i) => answer('else', i + 1, 'M2', 1, '', 3)), ...opens.map((id, i) => answer('else', i + 1, 'M2', 2, '', null, id))],
    });
    s = await start(dir);
    all = await s.signedIn('group_leader', 'leader');
    mine = await s.signedIn('mine_leader', 'leader', 'G/M1');
  });
  afterAll(() => s.close());
  const detail = async (who: Client, id: string, query = '') => surveyDetailSchema.parse((await who.get(`/api/surveys/${id}${query}`)).json());
  const asked = (d: SurveyDetail, no: number) => d.questions.find((q) => q.question_no === no);
  const list = async (who: Client, query = '') => (await who.get(`/api/surveys${query}`)).json<{ surveys: Survey[] }>().surveys;

  it('lists surveys, the newest first, with answers ÷ headcount of the units that answered, or says that it is unknown', async () => {
    expect((await list(all)).map((r) => [r.survey_id, r.respondents, r.units, r.headcount, r.response_rate])).toEqual([['new', 14, 2, 1000, 1.4], ['else', 6, 1, null, null], ['old', 12, 1, null, null]]);
  });

  it('keeps to the unit scope: sheets, headcount, surveys and groups', async () => {
    expect((await list(mine)).map((r) => [r.survey_id, r.respondents, r.headcount])).toEqual([['new', 8, 500], ['old', 12, null]]);
    expect((await mine.get('/api/surveys?unit=G/M2')).status).toBe(403);
    expect((await mine.get('/api/surveys/else')).status).toBe(404);
    expect((await mine.get('/api/surveys/else/groups?by=unit')).status).toBe(404);
  });

  it('tells each question by its type, with those who did not answer', async () => {
    const d = await detail(all, 'new');
    expect(d.questions.map((q) => [q.question_no, q.answered, q.missing, q.top])).toEqual([[1, 11, 3, null], [2, 14, 0, 5], [3, 14, 0, null], [4, 14, 0, 10], [5, 0, 0, null], [6, 7, 7, null]]);
    expect(asked(d, 2)?.items[0]).toMatchObject({ count: 14, estimate: { value: 4.5, n: 14 }, scores: [{ value: 4, count: 7 }, { value: 5, count: 7 }] });
    expect(asked(d, 3)?.items.map((i) => [i.option, i.count, i.estimate?.value])).toEqual([['薪酬', 14, 100], ['安全', 7, 50]]);
    expect(asked(d, 4)?.items[0]?.estimate?.value).toBe(0);
  });

  it('says what the metrics say', async () => {
    const q = encodeURIComponent(JSON.stringify({ metrics: ['scale_mean', 'nps'], filters: { survey: 'new' } }));
    const [row] = (await all.get(`/api/metrics?q=${q}`)).json<MetricsReply>().rows;
    const d = await detail(all, 'new');
    expect([asked(d, 2)?.items[0]?.estimate?.value, asked(d, 4)?.items[0]?.estimate?.value]).toEqual([row?.['scale_mean'], row?.['nps']]);
  });

  it('compares with the wave of the same title, question by question; a wave that did not ask stands alone', async () => {
    const d = await detail(all, 'new');
    expect(d.before?.survey_id).toBe('old');
    const change = asked(d, 2)?.items[0]?.change;
    expect(change?.value).toBe(3);
    expect(change!.low).toBeGreaterThan(2.5);
    expect(change!.high).toBeLessThan(3.5);
    expect(asked(d, 4)?.items[0]?.change).toBeNull();
    expect((await detail(all, 'old')).before).toBeNull();
  });

  it('withholds a unit’s answers where those of too small a unit would follow from them and the total', async () => {
    expect(asked(await detail(all, 'new', '?unit=G/M1'), 6)).toMatchObject({ withheld: true, answered: 0, missing: 0, items: [] });
    expect(asked(await detail(all, 'new', '?unit=G/M1'), 2)?.items[0]?.count).toBe(8);
    expect(asked(await detail(all, 'new'), 6)?.items.map((i) => i.count)).toEqual([1, 6]);
  });

  it('tells who answered by group only over all that the reader may see', async () => {
    expect(asked(await detail(all, 'new', '?unit=G/M1'), 1)).toBeUndefined();
    expect(asked(await detail(mine, 'new'), 1)?.items.map((i) => [i.option, i.count])).toEqual([['其他', 5]]);
  });

  it('compares groups of five or more, never within a chosen unit', async () => {
    const groups = async (by: string) => surveyGroupsSchema.parse((await all.get(`/api/surveys/new/groups?by=${by}`)).json());
    const satisfied = (g: SurveyGroups) => g.items.find((i) => i.question_no === 2)?.groups.map((x) => [x.group, x.estimate.n]);
    // Three told no age: alone they would follow from the total, so the next smallest goes with them.
    expect(satisfied(await groups('1'))).toEqual([['中年', 6], ['其他', 8]]);
    expect(satisfied(await groups('unit'))).toEqual([['一矿', 8], ['二矿', 6]]);
    expect((await groups('unit')).items.some((i) => i.question_no === 6)).toBe(false);
    expect((await all.get('/api/surveys/new/groups?by=1&unit=G/M1')).status).toBe(400);
    expect((await all.get('/api/surveys/new/groups?by=2')).status).toBe(400);
  });

  it('leaves no set of fewer than five who answered to be had by adding and taking away what it tells', async () => {
    const units = ['', '?unit=G/M1', '?unit=G/M2'];
    const details = await Promise.all(units.map((unit) => detail(all, 'new', unit)));
    const groups = await Promise.all(['1', 'unit'].map(async (by) => (await all.get(`/api/surveys/new/groups?by=${by}`)).json<SurveyGroups>()));
    for (const no of [2, 3, 4, 6]) {
      const total = asked(details[0]!, no)!.answered;
      // Every partition that is told: unit by unit, and each grouping; any sum of its parts, and its complement.
      const partitions = [details.slice(1).map((d) => asked(d, no)!.answered), ...groups.map((g) => g.items.find((i) => i.question_no === no)?.groups.map((x) => x.estimate.n) ?? [])];
      for (const parts of partitions) {
        for (let mask = 0; mask < 2 ** parts.length; mask += 1) {
          const sum = parts.reduce((n, part, i) => n + (mask & (2 ** i) ? part : 0), 0);
          for (const found of [sum, total - sum]) expect(found === 0 || found >= 5, `question ${no}: ${found}`).toBe(true);
        }
      }
    }
  });

  it('counts topics of open answers by polarity, and withholds them where fewer than five answered', async () => {
    expect(asked(await detail(all, 'else'), 2)).toMatchObject({ answered: 6, missing: 0, topics: [{ topic: 'pay', negative: 6, neutral: 0, positive: 0 }] });
    expect(asked(await detail(all, 'new'), 5)).toMatchObject({ withheld: true, topics: [] });
  });
});
