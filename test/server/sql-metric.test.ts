import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileMetricQuery, dimensionsOf, type Filters } from '../../datasets/metric-query.ts';
import { dimensionNames, dimensions, metricNames, metrics, type Base, type DimensionName, type MetricName } from '../../datasets/metrics.ts';
import { Sandbox } from '../../server/sandbox.ts';
import { Warehouse } from '../../server/warehouse.ts';
import { smallWarehouse } from '../datasets/small-warehouse.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('metric() in SQL', () => {
  const dir = newDataDir();
  let all: Sandbox, mine: Sandbox;
  beforeAll(async () => {
    await publish(dir, 1);
    const file = join(dir.warehouse, 'v000001.duckdb');
    [all, mine] = await Promise.all([Sandbox.open(file, null), Sandbox.open(file, 'G/M1')]);
  });
  afterAll(() => { all.close(); mine.close(); });

  it.each([
    ["SELECT petitions FROM metric('petitions', unit => 'G/M1')", [[13]]],
    ["SELECT petitions FROM metric('petitions', unit => '一矿', since => DATE '2026-10-03', until => '2026-10-05')", [[3]]],
    ["SELECT petitions FROM metric('petitions', month => '2026-10', topic => '薪酬')", [[20]]],
    ["SELECT petitions FROM metric('petitions', month => '2026-09')", [[0]]],
    ["FROM metric ( /* ) */ 'petitions', grain := 'month', purpose => '检举控告' ) t", [['2026-10-01', 3, 3, null]]],
    ["SELECT u.name, m.petitions FROM metric(['petitions', 'repeat_rate'], by => 'unit') m JOIN unit u ON u.unit_id = m.unit ORDER BY 2 DESC LIMIT 1", [['一矿', 12]]],
    ["WITH a AS (FROM metric('petitions', by => 'unit')) SELECT sum(petitions) FROM a, metric('documents') d WHERE d.documents = 20", [[20]]],
    ["SELECT petitions, petitions__year FROM metric('petitions', since => '2026-10-01', until => '2026-10-31', compare => 'year')", [[20, 0]]],
  ])('answers %s', async (sql, rows) => { expect((await all.run(sql)).rows).toEqual(rows); });

  it.each([
    ["SELECT * FROM metric('nothing')", '指标名有误'], ["SELECT * FROM metric('petitions', by => 'survey')", '不能按“问卷”分组'], ["SELECT * FROM metric('petitions', secret => 'x')", '没有参数“secret”'],
    ["SELECT * FROM document d, metric('petitions', unit => d.unit_id)", '写明的值'], ["SELECT * FROM metric('petitions', unit => (SELECT 'G'))", '写明的值'], ["SELECT * FROM metric('petitions', unit => '没有')", '没有单位“没有”'],
    ["WITH text_fact AS (SELECT 1) SELECT * FROM metric('petitions')", '不能与表“text_fact”相同'], ["SELECT * FROM metric('petitions', since => '2026-10-01'') OR 1=1 --')", '筛选有误'], ["SELECT * FROM main.metric('petitions')", '不能使用表函数'],
  ])('refuses %s', async (sql, words) => { await expect(all.run(sql)).rejects.toMatchObject({ code: 'bad_query', message: expect.stringContaining(words) as string }); });

  it('does not reach beyond the reader’s scope', async () => {
    await expect(mine.run("FROM metric('petitions', unit => 'G/M2')")).rejects.toMatchObject({ code: 'bad_query' });
    expect((await mine.run("FROM metric('petitions', by => 'unit')")).rows.map(([unit]) => unit)).toEqual(['M1', 'M1A']);
  });
  it('tells the place of an error behind a metric as its author sees it', async () => {
    const sql = "SELECT 一, nope FROM metric('petitions') JOIN document ON true WHERE nonsense = 1";
    await expect(all.run(sql)).rejects.toMatchObject({ details: { at: sql.indexOf('nonsense') } });
  });
});

describe('metric() beside the dashboard', () => {
  const dir = newDataDir();
  let all: Sandbox, mine: Sandbox, warehouse: Warehouse;
  beforeAll(async () => {
    await publish(dir, 1, smallWarehouse);
    const file = join(dir.warehouse, 'v000001.duckdb');
    [all, mine, warehouse] = await Promise.all([Sandbox.open(file, null), Sandbox.open(file, '集团/东山'), Warehouse.open(dir)]);
  });
  afterAll(() => { all.close(); mine.close(); warehouse.close(); });

  /** What the dashboard's endpoint gives, within a unit. */
  async function dashboard(asked: MetricName[], by: DimensionName[], filters: Filters): Promise<unknown> {
    const { sql, params } = compileMetricQuery({ metrics: asked, dimensions: by, filters, compare: [] });
    return (await warehouse.query(sql, params)).map((row) => Object.values(row));
  }
  const perHead: MetricName[] = ['petitions_per_1000'];
  const counted = (base: Base) => metricNames.filter((m) => metrics[m].base === base && !perHead.includes(m));
  const groups: MetricName[][] = [perHead, counted('petition'), counted('document'), counted('matter'), counted('answer'), counted('respondent'), counted('group')];
  const isPersonal = (d: DimensionName) => 'personal' in dimensions[d];
  const suited = ([metric]: MetricName[]) => dimensionsOf(metric!);
  /** Groups of petitions are told apart by post or age only, and to nobody who sees a part of the units. */
  const unpersonal = groups.filter(([metric]) => metrics[metric!].base !== 'group');

  it('leaves no metric out below', () => { expect(groups.flat().sort()).toEqual([...metricNames].sort()); });
  it.each(unpersonal.map((group) => [group]))('%j are what the dashboard shows, by every dimension, for every scope', async (group) => {
    const names = `[${group.map((m) => `'${m}'`).join(', ')}]`;
    for (const by of [[], ...suited(group).filter((d) => !isPersonal(d)).map((d) => [d])]) {
      const sql = `SELECT * FROM metric(${names}, by => [${by.map((d) => `'${d}'`).join(', ')}])`;
      expect((await all.run(sql)).rows, `by ${by.join()}`).toEqual(await dashboard(group, by, {}));
      expect((await mine.run(sql)).rows, `by ${by.join()} in 东山`).toEqual(await dashboard(group, by, { unit: '集团/东山' }));
    }
  });
  it('tells what was answered about oneself over all units only', async () => {
    expect((await all.run('SELECT unit_id, option, answers FROM answer WHERE question_no = 2 ORDER BY option')).rows).toEqual([[null, '中年', 5], [null, '青年', 2]]);
    expect((await mine.run('SELECT count(*) AS n FROM answer WHERE question_no = 2')).rows).toEqual([[0]]);
    expect((await mine.run("SELECT count(*) AS n FROM metric('respondents', by => ['question', 'option']) WHERE question = 2")).rows).toEqual([[0]]);
  });
  it('groups persons as the dashboard does over all, and within a unit not at all', async () => {
    for (const d of dimensionNames.filter(isPersonal)) {
      const sql = `SELECT * FROM metric('raised_rate', by => ['survey', '${d}'])`;
      expect((await all.run(sql)).rows).toEqual(await dashboard(['raised_rate'], ['survey', d], {}));
      expect((await mine.run(sql)).rows.map((r) => r[1])).toEqual([null]);
      await expect(dashboard(['raised_rate'], ['survey', d], { unit: '集团/东山' })).rejects.toThrow('不足 5 人');
    }
  });
  it('groups petitions as the dashboard does over all, and within a unit not at all', async () => {
    const sql = "SELECT * FROM metric('group_topic_share', by => ['year', 'post', 'topic'])";
    expect((await all.run(sql)).rows).toEqual(await dashboard(['group_topic_share'], ['year', 'post', 'topic'], {}));
    expect((await all.run(sql)).rows).toHaveLength(3);
    expect((await mine.run(sql)).rows).toEqual([]);
    expect((await mine.run('SELECT * FROM group_demand')).rows).toEqual([]);
    await expect(dashboard(['group_topic_share'], ['post', 'topic'], { unit: '集团/东山' })).rejects.toThrow('不足 5 人');
    await expect(all.run('SELECT * FROM petition_group')).rejects.toMatchObject({ code: 'bad_query' });
  });
  it('withholds what the dashboard withholds, and shows no answer sheet', async () => {
    expect((await all.run("SELECT unit, respondents FROM metric('respondents', by => 'unit') ORDER BY unit")).rows.filter(([, n]) => n !== null)).toEqual([['综采一队', 7]]);
    await expect(all.run("SELECT respondent_no FROM answer, metric('respondents')")).rejects.toMatchObject({ code: 'bad_query' });
    await expect(all.run("SELECT a.respondent_no FROM metric('respondents')")).rejects.toMatchObject({ code: 'bad_query', details: { words: expect.not.stringMatching(/w_[0-9a-f]{8}/) as string } });
  });
});
