import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZhiweiError } from '../../datasets/errors.ts';
import { SandboxPool } from '../../server/sandbox-pool.ts';
import { troubleText } from '../../server/sql-trouble.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

/** Each with the words that its author reads and the text that the place points at (null: no place). */
const cases: readonly [sql: string, message: string, points: string | null][] = [
  ["SELECT '中文' AS 字,\n  nope FROM document", '没有名为“nope”的列', 'nope FROM'],
  ['SELECT 单位 FRM x y', '“x”附近的语法有误；请看它前面是否少了逗号、括号，或关键字拼错', 'x y'],
  ['SELECT count(*) FROM document WHERE', '语句没有写完', ''],
  ["SELECT '中", '有一段文字缺少结尾的单引号', "'中"],
  ['SELECT', 'SELECT 后面没有写要查的列；全部列写作 *', null],
  ['SELECT channel，text FROM document', '“channel，text”里有全角标点；SQL 的逗号、括号、分号要用半角', 'channel，'],
  ["SELECT '中', d.nope FROM document d", '“d”里没有名为“nope”的列', 'd.nope'],
  ['SELECT zz.people FROM document', 'FROM 里没有名为“zz”的表或别名；是不是 document？', 'zz.'],
  ["SELECT '中', * FROM 信访", '没有名为“信访”的表；可查询的表见左侧列表', '信访'],
  ["SELECT '中', getenv('HOME')", '不能使用函数“getenv”', 'getenv'],
  ['SELECT people, count(*) FROM document GROUP BY channel', '“people”既没有列入 GROUP BY，也没有汇总；请写 GROUP BY ALL，或用 any_value(people)', 'people,'],
  ['SELECT unit_id FROM document, unit', '几张表里都有“unit_id”；请写明是哪一张，如 document.unit_id、unit.unit_id', 'unit_id FROM'],
  ['SELECT sum(channel) FROM document', 'sum 不能用于文字（VARCHAR）；请换函数，或先用 CAST 转换类型', 'sum('],
  ["SELECT 'x'::INTEGER", '“x”不能当作整数（INT32）；不能转换的要留空，可用 TRY_CAST', '::INTEGER'],
  ["SELECT DATE '2026年'", '“2026年”不是日期；日期写作 2026-10-01', null],
  ['SELECT channel FROM document WHERE count(*) > 1', 'WHERE 里不能用汇总函数；对汇总结果筛选请用 HAVING', 'count'],
  ['SELECT 1 UNION SELECT 1, 2', 'UNION 等前后两个查询的列数不同', null],
  ['SELECT (SELECT people FROM document)', '用作一个值的子查询得出了多行；请加 LIMIT 1 或汇总', null],
  ['SELECT document_id FROM document JOIN petition USING (nope)', 'USING 的列“nope”在连接的左边没有', null],
];

describe('server/sql-trouble', () => {
  const dir = newDataDir();
  const file = join(dir.warehouse, 'v000001.duckdb');
  let pool: SandboxPool;
  beforeAll(async () => { await publish(dir, 1); pool = new SandboxPool({ processes: 1 }); });
  afterAll(() => pool.close());

  it.each(cases)('tells of %s', async (sql, message, points) => {
    const error = await pool.run({ file, scope: null, sql, user: 'me' }).then(() => null, (e: unknown) => e);
    if (!(error instanceof ZhiweiError)) throw new Error('it ran');
    const { at } = error.details as { at: number | null };
    expect(error.message.startsWith(message), error.message).toBe(true);
    expect(at === null ? null : sql.slice(at).startsWith(points ?? '?') ? points : sql.slice(at)).toBe(points);
  });
  it('tells plain text where, and in whose words', async () => {
    const sql = "SELECT '中',\n  nope FROM document";
    const error = await pool.run({ file, scope: null, sql, user: 'me' }).catch((e: unknown) => e as ZhiweiError);
    expect(troubleText(error as ZhiweiError, sql)).toMatch(/^第 2 行第 3 列：没有名为“nope”的列.*\nReferenced column "nope" not found/s);
  });
});
