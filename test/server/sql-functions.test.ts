import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZhiweiError } from '../../datasets/errors.ts';
import { defaultLimits, Sandbox } from '../../server/sandbox.ts';
import { allowedFunctions, allowedTableFunctions, refusedWords } from '../../server/sql-functions.ts';
import { refusedPragmas, refusedScalars, refusedTables } from './refused-functions.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

/** Of the parser's own making: no function, or one under another name. */
const ofTheParser = ['!', '->', 'coalesce', 'ifnull', 'if', 'current_timestamp', 'try', 'grouping', 'grouping_id', 'unnest'];
const kinds = { scalar: [refusedScalars, allowedFunctions], table: [refusedTables, allowedTableFunctions], pragma: [{ '': refusedPragmas }, new Set<string>()] } as const;
type Kind = keyof typeof kinds;
const kindOf: Readonly<Record<string, Kind>> = { scalar: 'scalar', aggregate: 'scalar', macro: 'scalar', table: 'table', table_macro: 'table', pragma: 'pragma' };
const matches = (pattern: string, name: string) => (pattern.endsWith('*') && pattern.length > 2 ? name.startsWith(pattern.slice(0, -1)) : pattern === name);
const refusals = (kind: Kind) => Object.values(kinds[kind][0]).flat();

describe('server/sql-functions', () => {
  const dir = newDataDir();
  const engine: Record<Kind, Set<string>> = { scalar: new Set(), table: new Set(), pragma: new Set() };
  let words: string[] = [], sandbox: Sandbox;
  beforeAll(async () => {
    await publish(dir, 1);
    sandbox = await Sandbox.open(join(dir.warehouse, 'v000001.duckdb'), null);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    for (const [name, type] of (await connection.runAndReadAll('SELECT function_name, function_type FROM duckdb_functions()')).getRows()) engine[kindOf[String(type)] ?? expect.fail(`a new kind of function: ${String(type)}`)].add(String(name).toLowerCase());
    const all = (await connection.runAndReadAll("SELECT DISTINCT n FROM (SELECT function_name AS n FROM duckdb_functions() UNION ALL SELECT keyword_name FROM duckdb_keywords()) WHERE regexp_full_match(n, '[a-z_]+') ORDER BY n")).getRows().map(([name]) => String(name));
    for (const word of [...all, 'current_time', 'current_timestamp', 'localtime', 'localtimestamp']) if (await connection.run(`SELECT ${word}`).then(() => true, () => false)) words.push(word);
    words = words.filter((word) => !['null', 'true', 'false'].includes(word));
    connection.closeSync();
    instance.closeSync();
  });
  afterAll(() => sandbox.close());

  const refusal = (sql: string) => sandbox.run(sql).then(() => ({ code: 'answered', message: sql }), ({ code, message }: ZhiweiError) => ({ code, message }));
  const beforeItRuns = /^(不能使用(表)?函数|只能查询)|语法有误/;

  it.each(['scalar', 'table', 'pragma'] as const)('judges every %s function that DuckDB has, once', (kind) => {
    const [, allowed] = kinds[kind];
    const judged = (name: string) => Number(allowed.has(name)) + refusals(kind).filter((pattern) => matches(pattern, name)).length;
    expect([...engine[kind]].filter((name) => judged(name) !== 1)).toEqual([]);
  });
  it.each(['scalar', 'table', 'pragma'] as const)('judges no %s function that DuckDB has not', (kind) => {
    const known = [...engine[kind]], [, allowed] = kinds[kind];
    expect([...allowed].filter((name) => !engine[kind].has(name) && !ofTheParser.includes(name))).toEqual([]);
    expect(refusals(kind).filter((pattern) => !known.some((name) => matches(pattern, name)))).toEqual([]);
  });
  it('refuses each function that is not allowed, plain, named in full and within another', async () => {
    for (const name of engine.scalar) {
      if (allowedFunctions.has(name)) continue;
      for (const sql of [`SELECT ${name}()`, `SELECT main.${name}(1)`, `SELECT pg_catalog.${name}()`, `SELECT system.main.${name}('x')`, `SELECT coalesce(NULL, ${name}(text)) FROM document`]) expect(await refusal(sql), sql).toEqual({ code: 'bad_query', message: `不能使用函数“${name}”` });
    }
  }, 120_000);
  it('refuses each table function and pragma that is not allowed', async () => {
    for (const name of engine.table) {
      if (allowedTableFunctions.has(name)) continue;
      for (const sql of [`FROM ${name}()`, `FROM system.main.${name}('x')`, `SELECT (SELECT count(*) FROM ${name}())`, `CALL ${name}()`]) expect(await refusal(sql), sql).toMatchObject({ code: 'bad_query', message: expect.stringMatching(beforeItRuns) as string });
    }
    for (const name of engine.pragma) for (const sql of [`PRAGMA ${name}`, `PRAGMA ${name}('x')`, `CALL ${name}()`, `CALL pragma_${name}()`]) expect(await refusal(sql), sql).toMatchObject({ code: 'bad_query', message: expect.stringMatching(beforeItRuns) as string });
  }, 120_000);

  it('knows each word that the engine answers without brackets, and refuses those that tell who asks', async () => {
    expect(words.filter((word) => !refusedWords.has(word))).toEqual(['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp']);
    expect([...refusedWords].filter((word) => !words.includes(word))).toEqual([]);
    for (const word of refusedWords) {
      for (const sql of [`SELECT ${word}`, `SELECT "${word.toUpperCase()}" FROM document`, `SELECT count(*) FROM document WHERE ${word} = 'duckdb'`, `SELECT max(${word}) FROM document`, `SELECT list_transform([1], lambda x: ${word})`, `SELECT 1 ORDER BY ${word}`, `FROM unit u JOIN document d ON ${word} = d.text`, `FROM range(length(${word}))`, `DESCRIBE SELECT ${word}`]) expect(await refusal(sql), sql).toMatchObject({ code: 'bad_query', message: expect.stringContaining('单独写时') as string });
      expect((await sandbox.run(`SELECT t.${word} FROM (SELECT 1 AS ${word}) t`)).rows).toEqual([[1]]);
    }
  });
  it('tells the time of China, whatever the machine’s', async () => {
    expect((await sandbox.run("SELECT strftime(now(), '%Z'), strftime(TIMESTAMPTZ '2026-10-01 00:00:00+00', '%H')")).rows).toEqual([['Asia/Shanghai', '08']]);
  });
  it('says nothing of memory, settings or folders where a query takes too much', async () => {
    const error = await sandbox.run('SELECT count(*) FROM (SELECT DISTINCT hash(range) FROM range(100000000))', { ...defaultLimits, seconds: 60 }).catch((e: unknown) => e as ZhiweiError);
    expect(error).toMatchObject({ code: 'bad_query', message: expect.stringContaining('内存超过上限') as string, details: { words: '' } });
  }, 90_000);
});
