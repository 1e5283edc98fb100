import { DuckDBInstance } from '@duckdb/node-api';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZhiweiError } from '../../datasets/errors.ts';
import { Sandbox } from '../../server/sandbox.ts';
import { SandboxPool } from '../../server/sandbox-pool.ts';
import type { SandboxQuery } from '../../server/sandbox-process.ts';
import { exhausting, harmless, heavy, refused } from './attacks.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('the SQL sandbox', () => {
  const dir = newDataDir();
  const file = join(dir.warehouse, 'v000001.duckdb');
  const limits = { rows: 100, seconds: 1, bytes: 1_000_000 };
  let pool: SandboxPool;
  beforeAll(async () => { await publish(dir, 1); pool = new SandboxPool(); });
  afterAll(() => pool.close());

  const run = (sql: string, scope: string | null = null, user = 'me') => pool.run({ file, scope, sql, user, limits });
  const outcome = (sql: string) => run(sql).then(() => 'answered', (error: unknown) => (error instanceof ZhiweiError ? error.code : String(error)));

  it.each(harmless)('answers %s', async (sql) => { expect(await outcome(sql)).toBe('answered'); });
  it.each(refused)('refuses %s before it runs', async (sql) => {
    const error: unknown = await run(sql).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'bad_query' });
    expect((error as ZhiweiError).message).not.toBe('查询不能运行；原因见下面引擎的原话');
  });
  it.each(exhausting)('stops %s, and answers the next query', async (sql) => {
    expect(['timeout', 'bad_query']).toContain(await outcome(sql));
    expect((await run('SELECT count(*) FROM document')).rows).toEqual([[20]]);
  }, 30_000);

  it.each(heavy)('bears %.60s, and answers the next query', async (sql) => {
    expect(['answered', 'timeout', 'bad_query']).toContain(await outcome(sql));
    expect((await run('SELECT count(*) FROM document')).rows).toEqual([[20]]);
  }, 30_000);
  it('is tried by 150 attacks or more, none of them twice', () => {
    const attacks = [...refused, ...exhausting, ...heavy];
    expect(new Set(attacks).size).toBe(attacks.length);
    expect(attacks.length).toBeGreaterThanOrEqual(150);
  });

  it('answers over a version from before a table was added to the schema', async () => {
    const older = join(newDataDir().warehouse, 'v000001.duckdb');
    copyFileSync(file, older);
    const instance = await DuckDBInstance.create(older);
    const connection = await instance.connect();
    for (const sql of ['DROP TABLE demand_frame', 'ALTER TABLE hotspot DROP COLUMN measure']) await connection.run(sql);
    await connection.run('CHECKPOINT');
    connection.closeSync();
    instance.closeSync();
    expect((await pool.run({ file: older, scope: null, sql: 'SELECT count(*) FROM document', user: 'me', limits })).rows).toEqual([[20]]);
  });

  it('hides what is restricted: text, title, reason, outcome, reply, terms, exemplars', async () => {
    const everything = await Promise.all(['document', 'petition', 'term', 'hotspot', 'hotspot_member', 'matter', 'demand', 'demand_frame'].map((table) => run(`SELECT * FROM ${table}`, null, table)));
    expect(JSON.stringify(everything)).not.toContain('密件');
    expect((await run('SELECT count(*), count(text) FROM document')).rows).toEqual([[20, 17]]);
  });
  it('shows a scoped reader the rows of the unit and those below, and no neighbour whose code begins alike', async () => {
    const counts = async (scope: string) => (await run('SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM petition), (SELECT count(*) FROM unit), (SELECT count(*) FROM hotspot), (SELECT count(DISTINCT unit_id) FROM series), (SELECT count(DISTINCT unit_id) FROM expectation), (SELECT count(*) FROM source)', scope)).rows;
    expect(await counts('G/M1')).toEqual([[13, 13, 2, 2, 2, 1, 1]]);
    expect(await counts('G/M2')).toEqual([[6, 6, 1, 1, 1, 1, 1]]);
    expect(await counts("G/M1' OR 'x' = 'x")).toEqual([[0, 0, 0, 0, 0, 0, 0]]);
  });
  it('says that a result was cut, by rows and by size', async () => {
    const byRows = await run('SELECT * FROM range(1000000)');
    expect([byRows.rows.length, byRows.truncated]).toEqual([100, true]);
    const bySize = await run("SELECT repeat('x', 300000) FROM range(90)");
    expect([bySize.rows.length, bySize.truncated]).toEqual([3, true]);
  });
  it('holds nothing of a result that was cut: the next ones have all the memory', async () => {
    const sandbox = await Sandbox.open(file, null);
    for (let i = 0; i < 6; i++) expect((await sandbox.run('SELECT a.range FROM range(2000000) a JOIN range(2000000) b USING (range)', { ...limits, seconds: 60 })).truncated).toBe(true);
    sandbox.close();
  }, 90_000);
  it('gives numbers, dates and lists as JSON values', async () => {
    const { columns, rows } = await run("SELECT 1::BIGINT AS a, 2::HUGEINT AS b, 1.25::DECIMAL(9,2) AS c, DATE '2026-10-01' AS d, TIMESTAMP '2026-10-01 08:00:00' AS e, ['x'] AS f, 9007199254740993 AS g, 'nan'::DOUBLE AS h");
    expect(rows).toEqual([[1, 2, 1.25, '2026-10-01', '2026-10-01 08:00:00', ['x'], '9007199254740993', null]]);
    expect(columns[0]).toEqual({ name: 'a', type: 'BIGINT' });
  });
  it("tells the author what is wrong in DuckDB's own words, without the hidden catalog's name", async () => {
    const error: unknown = await run('SELECT nope FROM document').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'bad_query', details: { words: expect.stringMatching(/"nope" not found/), at: 7 } });
    expect(JSON.stringify((error as ZhiweiError).details)).not.toMatch(/w_[0-9a-f]{8}/);
  });
  it('lets one user run two queries at once, not three', async () => {
    const slow = 'SELECT count(*) FROM range(1000000000000)';
    const outcomes = await Promise.all([1, 2, 3].map(() => outcome(slow)));
    expect(outcomes.sort()).toEqual(['timeout', 'timeout', 'too_many']);
  });
  it.each([[['a', 'a'], 'c', 'analysis'], [['a', 'a', 'b', 'b'], 'leader', 'reading'], [['a', 'b', 'c', 'd'], 'leader', 'reading']] as const)('while %s run slow queries, answers %s, who does %s', async (analysts, user, lane) => {
    const stop = new AbortController(), ended: string[] = [];
    const slow = analysts.map((name) => pool.run({ file, scope: null, sql: 'SELECT count(*) FROM range(1000000000000)', user: name, limits: { ...limits, seconds: 60 }, signal: stop.signal }).catch(() => ended.push(name)));
    const { rows } = await pool.run({ file, scope: null, sql: 'SELECT 1', user, lane, limits });
    expect([rows, ended]).toEqual([[[1]], []]);
    stop.abort();
    await Promise.all(slow);
  }, 90_000);
  it('drops a query whose reader has gone while it waited', async () => {
    const one = new SandboxPool({ processes: 1 });
    const gone = new AbortController();
    const ask = (user: string, sql: string, signal?: AbortSignal) => one.run({ file, scope: null, sql, user, limits, ...(signal && { signal }) });
    const first = ask('a', 'SELECT count(*) FROM range(1000000000000)').catch((error: unknown) => error);
    const waiting = ask('b', 'SELECT 1', gone.signal);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'timeout' });
    expect(await first).toMatchObject({ code: 'timeout' });
    one.close();
  });
  it('can be loaded before anybody asks, for two who ask at once, also after a new version', async () => {
    const fresh = new SandboxPool();
    expect(fresh.ready).toBe(0);
    await fresh.warm(file);
    expect(fresh.ready).toBe(2);
    const asked = ['a', 'b'].map((user) => fresh.run({ file, scope: 'G/M1', sql: 'SELECT count(*) FROM document', user, limits }));
    expect(fresh.ready).toBe(0);
    expect((await Promise.all(asked)).map(({ rows }) => rows)).toEqual([[[13]], [[13]]]);
    expect(fresh.ready).toBe(2);
    await fresh.warm(join(dir.warehouse, 'gone.duckdb'));
    expect((await fresh.run({ file, scope: null, sql: 'SELECT 1', user: 'a', limits })).rows).toEqual([[1]]);
    fresh.close();
  });
  it('stops a query whose reader has gone', async () => {
    const gone = new AbortController();
    const running = pool.run({ file, scope: null, sql: 'SELECT count(*) FROM range(1000000000000)', user: 'gone', limits: { ...limits, seconds: 600 }, signal: gone.signal });
    setTimeout(() => gone.abort(), 200);
    await expect(running).rejects.toMatchObject({ code: 'timeout' });
  });
  it('ends with the server, in the middle of a query too', async () => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(fileURLToPath(new URL('../../server/sandbox-process.ts', import.meta.url)), [], { execArgv: ['--import', loader], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await once(child, 'message');
    child.send({ id: 1, file, scope: null, sql: 'SELECT 1', values: {}, limits } satisfies SandboxQuery);
    await once(child, 'message');
    child.send({ id: 2, file, scope: null, sql: 'SELECT count(*) FROM range(1000000000000)', values: {}, limits: { ...limits, seconds: 600 } } satisfies SandboxQuery);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});
