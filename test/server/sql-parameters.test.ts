import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkedValues, parametersOf, type QueryValues } from '../../datasets/query-parameters.ts';
import { Sandbox } from '../../server/sandbox.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('parameters of a query', () => {
  const dir = newDataDir();
  let sandbox: Sandbox, mine: Sandbox;
  beforeAll(async () => {
    await publish(dir, 1);
    const file = join(dir.warehouse, 'v000001.duckdb');
    [sandbox, mine] = await Promise.all([Sandbox.open(file, null), Sandbox.open(file, 'G/M1')]);
  });
  afterAll(() => { sandbox.close(); mine.close(); });
  const ask = async (sql: string, values: QueryValues) => (await sandbox.run(sql, undefined, undefined, values)).rows;

  it('are named in the text, with a type that their name tells or that is written behind it', () => {
    expect(parametersOf('{{month}} {{ 矿 : unit }} {{n:number}} {{month}} {{word}}')).toEqual([{ name: 'month', type: 'month' }, { name: '矿', type: 'unit' }, { name: 'n', type: 'number' }, { name: 'word', type: 'text' }]);
    expect(() => parametersOf('{{a:date}} {{a:text}}')).toThrow('两种类型');
    expect(() => parametersOf('{{a:sql}}')).toThrow('不认识');
  });
  it.each([
    ["SELECT count(*) FROM document WHERE date_trunc('month', received_date) = {{month}}", { month: '2026-10' }, [[20]]],
    ["SELECT count(*) FROM document WHERE date_trunc('month', received_date) = {{month}}", { month: 'latest' }, [[20]]],
    ['SELECT count(*) FROM document WHERE unit_id = {{unit}}', { unit: 'G/M2' }, [[6]]],
    ['SELECT count(*) FROM document WHERE unit_id = {{unit}}', { unit: '二矿' }, [[6]]],
    ['SELECT count(*) FROM document WHERE {{unit}} IS NULL OR unit_id = {{unit}}', { unit: null }, [[20]]],
    ['SELECT count(*) FROM demand WHERE topic = {{诉求}}', { 诉求: '薪酬' }, [[20]]],
    ['SELECT {{n:number}} + 1, {{word}} FROM range(2) LIMIT {{n:number}}', { n: 1, word: "x'; DROP VIEW document; --" }, [[2, "x'; DROP VIEW document; --"]]],
    ['SELECT max(received_date) FROM document WHERE received_date <= {{to}}', { to: '2026-10-05' }, [['2026-10-05']]],
    ["SELECT petitions FROM metric('petitions', unit => {{unit}}, month => {{month}})", { unit: 'M2', month: '2026-10' }, [[6]]],
    ["SELECT petitions FROM metric('petitions', unit => {{unit}})", { unit: null }, [[20]]],
  ] as [string, QueryValues, unknown][])('%s with %j', async (sql, values, rows) => { expect(await ask(sql, values)).toEqual(rows); });

  it.each([
    ['SELECT {{month}}', {}, '请给出参数“month”'], ['SELECT {{month}}', { month: '10月' }, '月份'], ['SELECT {{date}}', { date: '2026-02-30' }, '日期'], ['SELECT {{n:number}}', { n: '1 OR 1' }, '应为数'],
    ['SELECT {{topic}}', { topic: "pay' OR '1" }, '诉求类别'], ['SELECT {{word}}', { word: 'x', other: 1 }, '没有参数“other”'], ["SELECT '{{word}}'", { word: 'x' }, '写在了引号或注释里'], ['SELECT 1 -- {{word}}', { word: 'x' }, '写在了引号或注释里'],
    ['SELECT * FROM {{word}}', { word: 'restricted_text' }, '语法有误'], ['SELECT count(*) FROM document WHERE unit_id = {{unit}}', { unit: "G' OR 'x' = 'x" }, '没有单位'], ['SELECT $v1, {{word}}', { word: 'x' }, ''],
  ] as [string, QueryValues, string][])('refuses %s with %j', async (sql, values, words) => {
    if (words === '') { expect(await ask(sql, values)).toEqual([['x', 'x']]); return; }
    await expect(ask(sql, values)).rejects.toThrow(words);
  });
  it('finds units within the reader’s scope alone', async () => {
    await expect(mine.run('SELECT {{unit}}', undefined, undefined, { unit: 'M2' })).rejects.toThrow('没有单位');
  });
  it('take defaults, and what is given before them', () => {
    const parameters = parametersOf('{{month}} {{unit}}');
    expect(checkedValues(parameters, { unit: null }, { month: 'latest', unit: 'M1' })).toEqual({ month: 'latest', unit: null });
  });
});
