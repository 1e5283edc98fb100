// In: a published data directory, paths of units. Out: seconds of each ready-made question over the views of who sees all units and of who sees one of these, without and with the barrier before others' rows.
// Invariant: an engine with the sandbox's threads and memory; the best of three tries, one engine after the other.
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { dataDir, readPointer } from '../../datasets/data-dir.ts';
import { guardedViews, scopedViews } from '../../server/scoped-views.ts';
import { questions } from '../../web/questions.ts';

const [data = '', ...scopes] = process.argv.slice(2);
const dir = dataDir(data), file = join(dir.warehouse, readPointer(dir)?.file ?? '');
const say = (cells: string[]) => process.stdout.write(`${cells.join('\t')}\n`);

async function over(views: Record<string, string>): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MB' })).connect();
  await connection.run(`ATTACH '${file}' AS warehouse (READ_ONLY)`);
  for (const [name, sql] of Object.entries(views)) await connection.run(`CREATE VIEW ${name} AS ${sql}`);
  return connection;
}
async function seconds(connection: DuckDBConnection, sql: string): Promise<number> {
  const started = performance.now();
  await connection.runAndReadUntil(sql, 100_000);
  return (performance.now() - started) / 1000;
}

const from = 'warehouse.main';
const engines = [{ name: 'all units', connection: await over(guardedViews(from, null)) }];
for (const scope of scopes) engines.push({ name: `${scope}, no barrier`, connection: await over(scopedViews(from, scope)) }, { name: scope, connection: await over(guardedViews(from, scope)) });
const together = engines.map(() => 0);
say([...engines.map(({ name }) => name), 'question']);
for (const { title, sql } of questions) {
  const best = engines.map(() => Infinity);
  for (let n = 0; n < 3; n++) for (const [i, { connection }] of engines.entries()) best[i] = Math.min(best[i] ?? 0, await seconds(connection, sql));
  for (const [i, s] of best.entries()) together[i] = (together[i] ?? 0) + s;
  say([...best.map((s) => `${s.toFixed(2)} s`), title]);
}
say([...together.map((s) => `${s.toFixed(1)} s`), 'together']);
