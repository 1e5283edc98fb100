import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../datasets/schema.ts';
import type { SavedQuery, SqlReply } from '../../../server/api.ts';
import { generaliseAnswers } from '../../../pipelines/generalise-answers.ts';
import { noFacts } from '../../../pipelines/merge-facts.ts';
import type { FactDocument } from '../../../pipelines/records.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish, rows, units as mines } from '../sample-warehouse.ts';

const branch = (n: number): Row<'unit'> => ({ ...mines.find((u) => u.unit_id === 'M2')!, unit_id: `B${n}`, name: `矿${n}`, path: `G/B${n}`, branch_id: `B${n}` });
const units = [...mines, ...[1, 2, 3, 4].map(branch)];
const question = (question_no: number, title: string, type: Row<'question'>['type'], is_group = false): Row<'question'> => ({ survey_id: 's', question_no, title, type, is_group, options: [] });
const questions = [question(1, '您的岗位', 'single', true), question(2, '您的年龄段', 'single', true), question(3, '总体满意吗', 'single'), question(4, '打几分', 'scale'), question(5, '最希望解决什么', 'open')];
const days = Array.from({ length: 9 }, (_, i) => `2026-10-0${i + 1}`);

/** Seeded sheets of small and large mines, where many a question is passed over, as a run publishes them; and, for each, the text it wrote. */
function sheets(seed: number) {
  let state = seed;
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
  const one = <T>(list: readonly T[]) => list[Math.floor(list.length * random())]!;
  const answers = Array.from({ length: 70 }, (_, i): Row<'answer'>[] => {
    // Of the group itself there is one, of 矿4 are two.
    const unit_id = i < 1 ? 'G' : i < 3 ? 'B4' : one(['M1', 'M1', 'M1A', 'M2', 'M2', 'M10', 'B1', 'B2', 'B3']);
    const add = (question_no: number, option: string, value: number | null = null, document_id: string | null = null) => ({ survey_id: 's', respondent_no: i + 1, question_no, option, value, unit_id, document_id });
    return [add(1, i < 2 ? '司机' : one(['采掘', '采掘', '机关', '后勤'])), add(2, one(['青年', '中年'])), ...(random() < 0.8 ? [add(3, one(['满意', '不满意']))] : []), ...(random() < 0.6 ? [add(4, '', Math.ceil(5 * random()))] : []), ...(i < 20 ? [add(5, '', null, `d${i}`)] : [])];
  }).flat();
  return generaliseAnswers({ ...noFacts, units, questions, answers, documents: [...rows(1).document!].map((d) => d as unknown as FactDocument) });
}

describe('what two queries kept and shared tell by their difference', () => {
  const dir = newDataDir(), made = sheets(7);
  let s: Running, analyst: Client, leader: Client;
  beforeAll(async () => {
    await publish(dir, 1, {
      ...rows(1), unit: units, question: made.questions, answer: made.answers, survey: [{ survey_id: 's', title: '调查', first_date: days[0]!, last_date: days.at(-1)!, respondents: 70, source_id: 's1' }],
      document: [...rows(1).document!].map((d) => ({ ...d, kind: 'survey_answer' as const, unit_id: made.documents.find((m) => m.document_id === d.document_id)?.unit_id ?? d.unit_id })),
    });
    s = await start(dir);
    [analyst, leader] = await Promise.all([s.signedIn('分析', 'analyst'), s.signedIn('领导', 'leader')]);
  });
  afterAll(() => s.close());

  const shared = async (sql: string, defaults: object) => (await analyst.post('/api/queries', { title: '一条', sql, defaults, shared_with: ['leader'] })).json<{ query: SavedQuery }>().query.query_id;
  const counted = async (id: string, values: object) => { const reply = await leader.post(`/api/queries/${id}/run`, { values }); expect(reply.status).toBe(200); return reply.json<SqlReply>().rows; };
  const enough = (n: number) => n === 0 || n >= 5;
  /** Counts by unit and everything below it: each, what each has more than another within it, and more than any of its parts together. */
  const apart = (by: Map<string, number>) => {
    expect([...by].filter(([, n]) => !enough(n))).toEqual([]);
    for (const [path, n] of by) {
      const parts = [...by].filter(([below]) => below.startsWith(`${path}/`) && below.split('/').length === path.split('/').length + 1).map(([, m]) => m);
      for (let some = 1; some < 2 ** parts.length; some++) expect(enough(n - parts.filter((_, i) => some & 2 ** i).reduce((sum, m) => sum + m, 0)), `${path} less ${some.toString(2)} of its parts`).toBe(true);
    }
    expect(by.size).toBeGreaterThan(3);
  };

  it('is never fewer than five respondents of a unit and of its parts, by metric()', async () => {
    const id = await shared("SELECT respondents, scale_mean__den FROM metric(['respondents', 'scale_mean'], unit => {{unit}})", { unit: 'G' });
    const of = new Map<string, number>(), scored = new Map<string, number>();
    for (const { path } of units) {
      const [row = []] = await counted(id, { unit: path });
      if (row[0] !== null) of.set(path, Number(row[0]));
      if (row[1] !== null) scored.set(path, Number(row[1]));
    }
    apart(of);
    apart(scored);
  });
  it('is never fewer than five who answered a question, by the table of answers', async () => {
    const id = await shared('SELECT sum(a.answers) FROM answer a JOIN unit u USING (unit_id) WHERE question_no = {{题:number}} AND ({{路径:text}} = u.path OR starts_with(u.path, {{路径:text}} || \'/\'))', { 题: 3, 路径: 'G' });
    for (const 题 of [3, 4]) {
      const of = new Map<string, number>();
      for (const { path } of units) of.set(path, Number((await counted(id, { 题, 路径: path }))[0]?.[0] ?? 0));
      apart(of);
    }
  });
  it('is nothing by days: a survey counts as a whole', async () => {
    const id = await shared("SELECT respondents FROM metric('respondents', since => {{from}}, until => {{to}})", { from: days[0], to: days.at(-1) });
    const told = new Set<unknown>();
    for (const from of days) for (const to of days.filter((day) => day >= from)) told.add((await counted(id, { from, to }))[0]?.[0] ?? null);
    expect([...told].sort()).toEqual([70, null].sort());
  });
  it('is never fewer than five of a post or an age, which are told of the whole survey alone', async () => {
    for (const by of ['post', 'age_band']) {
      const id = await shared(`SELECT ${by}, raised_rate__den FROM metric('raised_rate', by => ['survey', '${by}'])`, {});
      const groups = (await counted(id, {})).map(([, n]) => n).filter((n) => n !== null).map(Number);
      expect(groups.length).toBeGreaterThan(1);
      const rest = 70 - groups.reduce((sum, n) => sum + n, 0);
      expect(groups.every((n) => n >= 5) && (rest === 0 || rest >= 5)).toBe(true);
    }
    for (const sql of ["SELECT * FROM metric('raised_rate', by => ['survey', 'post'], unit => 'G/M1')", "SELECT * FROM metric('raised_rate', by => ['survey', 'post', 'age_band'])", "SELECT * FROM metric('raised_rate', by => ['survey', 'post', 'branch'])"]) expect((await analyst.post('/api/sql', { sql })).status).toBe(422);
    expect((await analyst.post('/api/sql', { sql: 'SELECT DISTINCT unit_id FROM answer WHERE question_no IN (1, 2)' })).json<SqlReply>().rows).toEqual([[null]]);
  });
  it('may be one text, which an analyst reads without name, sheet or minute; restricted texts not at all', async () => {
    const id = await shared("SELECT count(*), count(source_row), count(DISTINCT strftime(received_at, '%H:%M')) FROM document WHERE kind = 'survey_answer' AND received_date <= {{to}}", { to: '2026-10-31' });
    const [before = [], after = []] = [(await counted(id, { to: '2026-10-01' }))[0], (await counted(id, { to: '2026-10-02' }))[0]];
    expect([Number(after[0]) - Number(before[0]), after[1], after[2]]).toEqual([1, 0, 1]);
    expect(JSON.stringify((await analyst.post('/api/sql', { sql: 'FROM document' })).json<SqlReply>().rows)).not.toMatch(/密件/);
  });
});
