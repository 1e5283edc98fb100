// Each metric's SQL runs on the small warehouse and must give the answer counted by hand there.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileMetricQuery, metricQuerySchema, periodMonths } from '../../datasets/metric-query.ts';
import { reportingPeriod } from '../../datasets/reporting-period.ts';
import { metricNames, metrics } from '../../datasets/metrics.ts';
import { writeWarehouse } from '../../pipelines/warehouse.ts';
import { smallWarehouse } from './small-warehouse.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'zhiwei-')), 'small.duckdb');
  await writeWarehouse(file, smallWarehouse);
  connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
});

async function ask(query: unknown): Promise<Record<string, unknown>[]> {
  const { sql, params } = compileMetricQuery(metricQuerySchema.parse(query));
  const rows = (await connection.runAndReadAll(sql, params)).getRowObjectsJson();
  return rows.map((r) => Object.fromEntries(Object.entries(r).map(([k, v]) => [k, typeof v === 'string' && /^-?\d+$/.test(v) ? Number(v) : typeof v === 'number' ? Math.round(v * 100) / 100 : v])));
}
const october = { from: '2026-10-01', to: '2026-10-31' };

describe('metrics on the small warehouse, October 2026', () => {
  it.each([
    ['petitions', 6], ['petition_people', 17], ['petition_batches', 1], ['joint_petitions', 1], ['escalated_petitions', 0], ['first_petitions', 5],
    ['repeat_rate', 16.67],
    // Judged: o1 o2 o3 o5 accepted, o4 fifteen days over; in time: o1 o3 o5.
    ['timely_acceptance_rate', 60],
    // Judged: o1 and o5 concluded, none overdue yet.
    ['timely_conclusion_rate', 100],
    // Accepted after 8, 20, 1 and 1 days; concluded 10 and 4 days later.
    ['accepted_petitions', 4], ['concluded_petitions', 2], ['rated_petitions', 2], ['satisfied_petitions', 1], ['acceptance_days', 7.5], ['conclusion_days', 7],
    ['overdue_petitions', 0], ['satisfaction_rate', 50], ['rating_rate', 100],
    // 6 petitions over 2,000 + 1,000 employees; the team's 200 are part of 东山's 2,000.
    ['petitions_per_1000', 2],
    // All six ask for something.
    ['documents', 6], ['topic_share', 100], ['negative_rate', 66.67], ['intensity', 2.25], ['critical_documents', 1],
    ['matters', 5],
  ] as const)('%s is %d', async (metric, value) => {
    expect((await ask({ metrics: [metric], filters: october }))[0]?.[metric]).toBe(value);
  });

  it('judges conclusion by acceptance, extension and the day the data reach to', async () => {
    // October 2025: y1 90 days from 10-02 ended 2025-12-31, concluded late; y2 in time to the day; y3 never: 1 of 3.
    expect(await ask({ metrics: ['timely_conclusion_rate', 'overdue_petitions'], filters: { from: '2025-10-01', to: '2025-10-31' } }))
      .toEqual([expect.objectContaining({ timely_conclusion_rate: 33.33, timely_conclusion_rate__num: 1, timely_conclusion_rate__den: 3, overdue_petitions: 1 })]);
  });
});

describe('comparisons', () => {
  it('sets the month beside the one before and the one a year ago', async () => {
    expect((await ask({ metrics: ['petitions', 'repeat_rate'], filters: october, compare: ['previous', 'year'] }))[0])
      .toMatchObject({ petitions: 6, petitions__previous: 4, petitions__year: 3, repeat_rate__previous: 0, repeat_rate__year: 0 });
  });
  it('compares inside a month series too', async () => {
    const rows = await ask({ metrics: ['petitions'], dimensions: ['month'], filters: { from: '2026-09-01', to: '2026-10-31' }, compare: ['previous'] });
    expect(rows.map((r) => [r.month, r.petitions, r.petitions__previous])).toEqual([['2026-09-01', 4, null], ['2026-10-01', 6, 4]]);
  });
  it('compares per-head figures by the headcount of their own month', async () => {
    expect((await ask({ metrics: ['petitions_per_1000'], filters: october, compare: ['previous'] }))[0]).toMatchObject({ petitions_per_1000: 2, petitions_per_1000__previous: 1.25 });
  });
  it.each([[october, 1], [{ from: '2026-08-01', to: '2026-10-31' }, 3], [{ from: '2025-11-01', to: '2026-10-31' }, 12]])('takes %j as %d months', (filters, months) => {
    expect(periodMonths(filters)).toBe(months);
  });
});

describe('dimensions and filters', () => {
  it('rolls teams up to their mine', async () => {
    expect((await ask({ metrics: ['petitions', 'petitions_per_1000'], dimensions: ['branch'], filters: october })).map((r) => [r.branch, r.petitions, r.petitions_per_1000])).toEqual([['东山', 3, 1.5], ['西岭', 3, 3]]);
  });
  it('counts a text once under each of its topics', async () => {
    expect((await ask({ metrics: ['petitions'], dimensions: ['topic'], filters: october })).map((r) => [r.topic, r.petitions])).toEqual([['governance', 1], ['health', 1], ['pay', 3], ['safety', 1], ['welfare', 1]]);
  });
  it('tells a topic as a share of all texts, also where the topic is chosen', async () => {
    // Pay in three of six, governance, health, safety and welfare in one each.
    expect((await ask({ metrics: ['topic_share'], dimensions: ['topic'], filters: october })).map((r) => [r.topic, r.topic_share, r.topic_share__num, r.topic_share__den])).toEqual([['governance', 16.67, 1, 6], ['health', 16.67, 1, 6], ['pay', 50, 3, 6], ['safety', 16.67, 1, 6], ['welfare', 16.67, 1, 6]]);
    expect((await ask({ metrics: ['topic_share', 'documents'], filters: { ...october, topic: 'pay' } }))[0]).toMatchObject({ topic_share: 50, documents: 3 });
    // Mines have o1 o2 (pay) o4 o5 o6 (pay), the team o3 alone; the September before had pay in one of four.
    expect((await ask({ metrics: ['topic_share'], dimensions: ['unit_kind', 'topic'], filters: october })).filter((r) => r.topic === 'pay' || r.topic === 'safety').map((r) => [r.unit_kind, r.topic, r.topic_share])).toEqual([['区队', 'safety', 100], ['矿井', 'pay', 60]]);
    expect((await ask({ metrics: ['topic_share'], filters: { ...october, topic: 'pay' }, compare: ['previous'] }))[0]).toMatchObject({ topic_share: 50, topic_share__previous: 25 });
  });
  it('divides a topic by what it is about, the unclear apart', async () => {
    expect((await ask({ metrics: ['petitions'], dimensions: ['subtopic'], filters: october })).map((r) => [r.subtopic, r.petitions])).toEqual([['pay.arrears', 3], [null, 4]]);
  });
  it('counts by days taken, and apart what is not there yet', async () => {
    const by = async (d: string) => (await ask({ metrics: ['petitions'], dimensions: [d], filters: october })).map((r) => [r[d], r.petitions]);
    expect(await by('days_to_acceptance')).toEqual([[1, 2], [8, 1], [20, 1], [null, 2]]);
    expect(await by('days_to_conclusion')).toEqual([[1, 1], [6, 1], [null, 4]]);
    expect((await ask({ metrics: ['petitions'], dimensions: ['days_overdue'], filters: { from: '2025-10-01', to: '2025-10-31' } })).map((r) => [r.days_overdue, r.petitions])).toEqual([[91, 1], [null, 2]]);
  });
  it('takes a unit with all below it', async () => {
    expect((await ask({ metrics: ['petitions'], filters: { ...october, unit: '集团/东山' } }))[0]?.petitions).toBe(3);
  });
  it('narrows by topic', async () => {
    expect((await ask({ metrics: ['petitions'], filters: { ...october, topic: 'pay' } }))[0]?.petitions).toBe(3);
  });
  it('refuses what has no meaning', () => {
    const compile = (q: unknown) => () => compileMetricQuery(metricQuerySchema.parse(q));
    expect(compile({ metrics: ['petitions', 'nps'] })).toThrow('统计对象不同');
    expect(compile({ metrics: ['nps'], dimensions: ['topic'] })).toThrow('不能按“诉求”分组');
    expect(compile({ metrics: ['petitions_per_1000'], dimensions: ['channel'] })).toThrow('不能按“渠道”分组');
    expect(compile({ metrics: ['nps'], filters: { channel: '来信' } })).toThrow('不能按“channel”筛选');
  });
  it('binds every value', () => {
    const { sql, params } = compileMetricQuery(metricQuerySchema.parse({ metrics: ['petitions'], filters: { unit: "x' OR 1=1 --" } }));
    expect(sql).not.toContain('OR 1=1');
    expect(params).toContain("x' OR 1=1 --");
  });
});

describe('small cells', () => {
  it('withholds a group under five and the next smallest, from which it could be told', async () => {
    const rows = await ask({ metrics: ['nps', 'respondents'], dimensions: ['unit'], filters: {} });
    expect(rows.map((r) => [r.unit, r.nps, r.respondents])).toEqual([['东山', null, null], ['综采一队', 28.57, 7], ['西岭', null, null]]);
  });
  it('withholds the mean of a row that few scored, in a question that many answered', async () => {
    const rows = await ask({ metrics: ['scale_mean', 'respondents'], dimensions: ['question', 'option'], filters: { unit: '集团/东山/综采一队' } });
    expect(rows.filter((r) => r.question === 3).map((r) => [r.option, r.scale_mean, r.scale_mean__den])).toEqual([['澡堂', null, null], ['食堂', 3, 7]]);
  });
  it('does not divide by unit what was answered about oneself', async () => {
    const questions = async (filters: object, dimensions: string[]) => [...new Set((await ask({ metrics: ['respondents'], dimensions, filters })).map((r) => r.question))];
    expect(await questions({}, ['question', 'option'])).toEqual([1, 2, 3]);
    expect(await questions({ unit: '集团/东山/综采一队' }, ['question', 'option'])).toEqual([1, 3]);
    expect(await questions({}, ['question', 'unit'])).toEqual([1, 3]);
  });
  it('gives the whole', async () => {
    expect((await ask({ metrics: ['nps'], filters: {} }))[0]).toMatchObject({ nps: 11.76, nps__den: 17 });
  });
});

describe('months that begin on another day', () => {
  const of = async (query: object, start: number) => {
    const { sql, params } = compileMetricQuery(metricQuerySchema.parse(query), 'answer', start);
    return (await connection.runAndReadAll(sql, params)).getRowObjectsJson();
  };
  // Written without the compiler: from the day of the month on, a day belongs to the calendar month after its own.
  const label = (date: string, start: number) => `(CASE WHEN ${start} > 1 AND day(${date}) >= ${start} THEN date_trunc('month', ${date}) + INTERVAL 1 MONTH ELSE date_trunc('month', ${date}) END)::DATE`;
  const byHand = async (grain: string, start: number) => (await connection.runAndReadAll(`SELECT date_trunc('${grain}', ${label('registered_date', start)})::DATE::VARCHAR AS at, count(*)::INT AS n FROM petition GROUP BY 1 ORDER BY 1`)).getRows();
  const starts = Array.from({ length: 28 }, (_, i) => i + 1);

  it.each(starts)('from the %i are counted as by hand, by month, quarter and year, with those before and a year ago', async (start) => {
    for (const grain of ['month', 'quarter', 'year'] as const) {
      const hand = new Map((await byHand(grain, start)).map(([at, n]) => [String(at), Number(n)]));
      const rows = await of({ metrics: ['petitions'], dimensions: [grain], compare: ['previous', 'year'] }, start);
      const before = (at: string, months: number) => { const d = new Date(at); d.setUTCMonth(d.getUTCMonth() - months); return hand.get(d.toISOString().slice(0, 10)) ?? null; };
      const number = (value: unknown) => (value === null ? null : Number(value));
      expect(rows.map((r) => [r[grain], Number(r['petitions']), number(r['petitions__previous']), number(r['petitions__year'])]))
        .toEqual([...hand].map(([at, n]) => [at, n, before(at, { month: 1, quarter: 3, year: 12 }[grain]), before(at, 12)]));
    }
  });
  it.each(starts)('from the %i are set beside the one before and the one a year ago, and divided by their own headcount', async (start) => {
    const { from, to } = reportingPeriod('2026-10', start);
    const [row] = await of({ metrics: ['petitions', 'petitions_per_1000'], filters: { from, to }, compare: ['previous', 'year'] }, start);
    const hand = new Map((await byHand('month', start)).map(([at, n]) => [String(at), Number(n)]));
    const [now, before, year] = ['2026-10-01', '2026-09-01', '2025-10-01'].map((at) => hand.get(at) ?? 0);
    expect([row?.['petitions'], row?.['petitions__previous'], row?.['petitions__year']].map(Number)).toEqual([now, before, year]);
    // 3,000 employees in October, 3,200 in September: the months of the sheet, whatever their days.
    expect([Number(row?.['petitions_per_1000__den']), row?.['petitions_per_1000__previous']]).toEqual([3000, (before ?? 0) * 1000 / 3200]);
    expect((await of({ metrics: ['petitions_per_1000'], dimensions: ['month'], filters: { from, to } }, start)).map((r) => [r['month'], Number(r['petitions_per_1000__den'])])).toEqual([['2026-10-01', 3000]]);
  });
  it('leave weeks as they are', async () => { expect(await of({ metrics: ['petitions'], dimensions: ['week'] }, 26)).toEqual(await of({ metrics: ['petitions'], dimensions: ['week'] }, 1)); });
});

describe('groups of petitions', () => {
  const year = { from: '2026-01-01', to: '2026-12-31' };
  const share = async (query: object) => (await ask({ metrics: ['group_topic_share'], ...query }));
  it('tells a topic as a share of the petitions of a post or an age band, year by year', async () => {
    expect((await share({ dimensions: ['post', 'topic'], filters: year, compare: ['year'] })).map((r) => [r.post, r.topic, r.group_topic_share, r.group_topic_share__num, r.group_topic_share__den, r.group_topic_share__year])).toEqual([['其他', 'pay', 20, 1, 5, null], ['采煤掘进', 'pay', 50, 4, 8, 25]]);
    expect((await share({ dimensions: ['age_band', 'topic'], filters: year })).map((r) => [r.age_band, r.topic, r.group_topic_share])).toEqual([['30岁以下', 'pay', 50], ['40–49岁', 'pay', 40], ['40–49岁', 'safety', 0]]);
    expect((await share({ dimensions: ['post'], filters: { topic: 'pay' } })).map((r) => [r.post, r.group_topic_share__num, r.group_topic_share__den])).toEqual([['其他', 1, 5], ['采煤掘进', 6, 16]]);
  });
  it.each([
    ['a part of a year', { dimensions: ['post', 'topic'], filters: { ...year, from: '2026-02-01' } }], ['a year less a day', { dimensions: ['post', 'topic'], filters: { ...year, to: '2026-12-30' } }],
    ['a part of the units', { dimensions: ['post', 'topic'], filters: { ...year, unit: '集团/东山' } }], ['posts and ages at once', { dimensions: ['post', 'age_band', 'topic'] }], ['no group', { dimensions: ['topic'] }], ['no topic', { dimensions: ['post'], filters: year }],
  ])('refuses %s', async (_what, query) => { await expect(share(query)).rejects.toThrow('不足 5 人'); });
  it.each([['unit', '不能按“单位”分组'], ['month', '不能按“月”分组'], ['channel', '不能按“渠道”分组']])('is not divided by %s', async (d, message) => { await expect(share({ dimensions: ['post', 'topic', d] })).rejects.toThrow(message); });
  it('knows no channel and no purpose', async () => { await expect(share({ dimensions: ['post', 'topic'], filters: { channel: '来信' } })).rejects.toThrow('不能按“channel”筛选'); });
});

it.each(metricNames)('compiles %s to the SQL on record', (metric) => {
  const asked = metrics[metric].base === 'group' ? { dimensions: ['post', 'topic'], filters: { from: '2026-01-01', to: '2026-12-31' } } : { filters: october };
  expect(compileMetricQuery(metricQuerySchema.parse({ metrics: [metric], ...asked, compare: ['year'] }))).toMatchSnapshot();
});
