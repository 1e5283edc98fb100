// What twelve respondents told of themselves and asked for, counted by hand; and that no question uncovers fewer than five.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileMetricQuery, metricQuerySchema } from '../../datasets/metric-query.ts';
import type { Row } from '../../datasets/schema.ts';
import { writeWarehouse } from '../../pipelines/warehouse.ts';
import { smallWarehouse } from './small-warehouse.ts';

const told = (no: number, question_no: number, option: string, document_id: string | null = null): Row<'answer'> => ({ survey_id: '二', respondent_no: no, question_no, option, value: null, unit_id: no > 9 ? '西岭' : '东山', document_id });
const people = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
/** 采掘 are 1–6, 机关 7–11, and 12 named no post. Four of 采掘 ask for pay, one of them for safety too; one of 机关 asks for pay; 12 asks for welfare. */
const posts = people.slice(0, 11).map((no) => told(no, 1, no <= 6 ? '采掘' : '机关'));
const ages = people.map((no) => told(no, 2, no % 2 === 0 ? '40–49岁' : '30岁以下'));
const asked: [number, Row<'demand'>['topic'][]][] = [[1, ['pay']], [2, ['pay']], [3, ['pay']], [4, ['pay', 'safety']], [7, ['pay']], [12, ['welfare']]];
const group = (question_no: number, title: string): Row<'question'> => ({ survey_id: '二', question_no, title, type: 'single', is_group: true, options: [] });

let connection: DuckDBConnection;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'zhiwei-')), 'groups.duckdb');
  const [like] = [...smallWarehouse.document ?? []] as [Row<'document'>];
  await writeWarehouse(file, {
    ...smallWarehouse,
    survey: [{ survey_id: '二', title: '二', first_date: '2025-05-01', last_date: '2025-05-09', respondents: 12, source_id: 's' }],
    question: [group(1, '您的岗位类别'), group(2, '您的年龄段'), { ...group(3, '您最希望解决什么'), type: 'open', is_group: false }],
    answer: [...posts, ...ages, ...asked.map(([no]) => told(no, 3, '', `w${no}`))],
    document: [...smallWarehouse.document ?? [], ...asked.map(([no], i): Row<'document'> => ({ ...like, document_id: `w${no}`, kind: 'survey_answer', channel: '问卷', received_date: '2025-05-01', received_at: '2025-05-01 09:00:00', matter_id: `w${no}`, source_row: 90 + i }))],
    demand: [...smallWarehouse.demand ?? [], ...asked.flatMap(([no, topics]) => topics.map((topic): Row<'demand'> => ({ document_id: `w${no}`, topic, subtopic: null, probability: 0.9, evidence_start: 0, evidence_end: 2 })))],
  });
  connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
});

async function ask(query: object): Promise<Record<string, unknown>[]> {
  const { sql, params } = compileMetricQuery(metricQuerySchema.parse({ metrics: ['raised_rate'], ...query }));
  return (await connection.runAndReadAll(sql, params)).getRowObjectsJson();
}
const counts = (rows: Record<string, unknown>[], by: string) => rows.map((r) => [r[by], ...('topic' in r ? [r['topic']] : []), r['raised_rate__num'] === null ? null : Number(r['raised_rate__num']), r['raised_rate__den'] === null ? null : Number(r['raised_rate__den'])]);
const survey = { survey: '二' };

describe('datasets/metric-query, groups of respondents', () => {
  it('counts persons who ask for something, and for each topic, of all who answered', async () => {
    expect(counts(await ask({ filters: survey, dimensions: ['survey'] }), 'survey')).toEqual([['二', 6, 12]]);
    expect(counts(await ask({ filters: survey, dimensions: ['topic'] }), 'topic')).toEqual([['pay', 'pay', 5, 12], ['safety', 'safety', 1, 12], ['welfare', 'welfare', 1, 12]]);
    expect(counts(await ask({ filters: { ...survey, topic: 'pay' }, dimensions: ['survey'] }), 'survey')).toEqual([['二', 5, 12]]);
  });

  it('tells ages, and each topic of the whole age band', async () => {
    expect(counts(await ask({ filters: survey, dimensions: ['age_band'] }), 'age_band')).toEqual([['30岁以下', 3, 6], ['40–49岁', 3, 6]]);
    expect(counts(await ask({ filters: survey, dimensions: ['age_band', 'topic'] }), 'age_band')).toEqual([['30岁以下', 'pay', 3, 6], ['40–49岁', 'pay', 2, 6], ['40–49岁', 'safety', 1, 6], ['40–49岁', 'welfare', 1, 6]]);
  });

  it('withholds the one who named no post, and the smallest post, from which that one could be told', async () => {
    expect(counts(await ask({ filters: survey, dimensions: ['post'] }), 'post')).toEqual([['机关', null, null], ['采掘', 4, 6], [null, null, null]]);
    expect(counts(await ask({ filters: survey, dimensions: ['post', 'topic'] }), 'post')).toEqual([['采掘', 'pay', 4, 6], ['采掘', 'safety', 1, 6]]);
  });

  it.each([
    ['a part of the units', { filters: { ...survey, unit: '集团/东山' }, dimensions: ['post'] }], ['a unit beside it', { filters: survey, dimensions: ['post', 'branch'] }], ['a type of unit beside it', { filters: survey, dimensions: ['post', 'unit_kind'] }],
    ['two groups at once', { filters: survey, dimensions: ['post', 'age_band'] }], ['surveys added up', { dimensions: ['post'] }],
  ])('refuses %s', async (_what, query) => { await expect(ask(query)).rejects.toThrow('不足 5 人'); });

  it('does not divide other figures by who asks', async () => {
    await expect(ask({ metrics: ['documents'], dimensions: ['post'] })).rejects.toThrow('不能按“岗位”分组');
    await expect(ask({ metrics: ['respondents'], dimensions: ['age_band'] })).rejects.toThrow('不能按“年龄段”分组');
  });
});
