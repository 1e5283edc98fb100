import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleTables } from '../../server/scoped-views.ts';
import { toPlain } from '../../server/warehouse.ts';
import { distinctNames } from '../../server/write-result.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

const sql = `SELECT 1::BIGINT AS a, 1.25::DECIMAL(9,2) AS a, DATE '2026-10-01' AS 日, TIMESTAMP '2026-10-01 08:30:00' AS 时, ['甲', '乙'] AS 列, {'x': 1, 'y''); SELECT': 2} AS 构, 9007199254740993 AS 大, true AS 是, NULL AS 无, '=1+1' AS 式, '中"文,
换行' AS 文 UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL`;

describe('POST /api/sql/file', () => {
  let s: Running;
  let analyst: Client;
  const home = mkdtempSync(join(tmpdir(), 'zhiwei-sql-file-'));
  beforeAll(async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    s = await start(dir);
    analyst = await s.signedIn('analyst', 'analyst');
  });
  afterAll(async () => { await s.close(); rmSync(home, { recursive: true, force: true }); });
  const take = (format: string, query = sql) => analyst.post('/api/sql/file', { sql: query, format });

  it('writes CSV with a BOM, no formula, quotes where needed', async () => {
    const { status, text, headers } = await take('csv');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename=result.csv']);
    expect(text.split('\r\n').slice(0, 2)).toEqual(['\ufeffa,a_1,日,时,列,构,大,是,无,式,文', `1,1.25,2026-10-01,2026-10-01 08:30:00,"[""甲"",""乙""]","{""x"":1,""y'); SELECT"":2}",9007199254740993,true,,'=1+1,"中""文,\n换行"`]);
  });
  it('writes JSON, one object per row', async () => {
    expect((await take('json')).json<Record<string, unknown>[]>()[0]).toMatchObject({ a: 1, a_1: 1.25, 日: '2026-10-01', 列: ['甲', '乙'], 大: '9007199254740993', 是: true, 无: null, 式: '=1+1' });
  });
  it('writes xlsx with numbers, days and text, and no formula', async () => {
    const book = new ExcelJS.Workbook();
    const file = join(home, 'r.xlsx');
    writeFileSync(file, (await take('xlsx')).bytes);
    await book.xlsx.readFile(file);
    const sheet = book.worksheets[0];
    const values = [1, 2, 3, 4, 7, 8, 9, 10].map((c) => sheet?.getRow(2).getCell(c).value);
    expect(values).toEqual([1, 1.25, new Date('2026-10-01T00:00:00Z'), new Date('2026-10-01T08:30:00Z'), '9007199254740993', true, null, '=1+1']);
    expect(sheet?.getRow(2).getCell(10).type).toBe(ExcelJS.ValueType.String);
  });
  it('writes parquet with the types of the query', async () => {
    const file = join(home, 'r.parquet');
    writeFileSync(file, (await take('parquet')).bytes);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const types = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`)).getRows().map(([name, type]) => [name, type]);
    expect(types.slice(0, 8)).toEqual([['a', 'BIGINT'], ['a_1', 'DECIMAL(9,2)'], ['日', 'DATE'], ['时', 'TIMESTAMP'], ['列', 'VARCHAR[]'], ['构', 'JSON'], ['大', 'BIGINT'], ['是', 'BOOLEAN']]);
    expect((await connection.runAndReadAll(`SELECT 大, 日, 列, 式 FROM '${file}' LIMIT 1`)).getRows().map((row) => row.map(toPlain))).toEqual([['9007199254740993', '2026-10-01', ['甲', '乙'], '=1+1']]);
    connection.closeSync();
    instance.closeSync();
  });
  it('writes an empty result, and refuses what the sandbox refuses', async () => {
    for (const format of ['csv', 'json', 'xlsx', 'parquet']) expect((await take(format, 'SELECT * FROM document WHERE false')).status, format).toBe(200);
    expect((await take('parquet', "COPY document TO '/tmp/x'")).status).toBe(422);
  });
  it('remembers what its author asked, each once, newest first, and tells values but no texts', async () => {
    for (const query of ['SELECT 1', 'SELECT 2', 'SELECT 1']) await analyst.post('/api/sql', { sql: query });
    expect((await analyst.get('/api/sql/history')).json<{ queries: { sql: string }[] }>().queries.map((q) => q.sql)).toEqual(['SELECT 1', 'SELECT 2']);
    expect((await (await s.signedIn('another', 'analyst')).get('/api/sql/history')).json()).toEqual({ queries: [] });
    const { text } = await analyst.get('/api/sql/values/document');
    expect(JSON.parse(text)).toMatchObject({ rows: 20 });
    expect(text).toContain('{"value":"来信","rows":20}');
    expect(text).not.toMatch(/明文|密件/);
    for (const table of visibleTables) expect((await analyst.get(`/api/sql/values/${table}`)).status, table).toBe(200);
    expect((await analyst.get('/api/sql/values/restricted_text')).status).toBe(404);
  });
  it('makes names distinct', () => { expect(distinctNames(['a', 'A', '', 'a'])).toEqual(['a', 'A_1', '列3', 'a_2']); });
});
