// In: one published warehouse file, a reader's unit scope, SQL text and the values of its parameters. Out: columns and rows within stated limits.
// Invariant: an engine of its own with no file, network or setting access, that sees only the reader's views, behind the gate.
import { randomBytes } from 'node:crypto';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { ZhiweiError } from '../datasets/errors.ts';
import { completed, presentSql } from '../datasets/older-version.ts';
import type { QueryValues } from '../datasets/query-parameters.ts';
import type { SqlTrouble } from './api.ts';
import { answerSheets, guardedViews } from './scoped-views.ts';
import { prepare, type Counted, type Prepared } from './sql-prepare.ts';
import { atByte, troubleOf } from './sql-trouble.ts';
import { toPlain, type Plain } from './warehouse.ts';

export interface SqlLimits { rows: number; seconds: number; bytes: number }
export const defaultLimits: SqlLimits = { rows: 100_000, seconds: 10, bytes: 24_000_000 };

export interface SqlResult { columns: { name: string; type: string }[]; rows: Plain[][]; truncated: boolean; seconds: number }

export const tooLong = ({ seconds }: SqlLimits) => new ZhiweiError('timeout', `查询超过 ${seconds} 秒，已停止；请缩小时间范围或先汇总再连接`);
export const tooMuchMemory = (cause?: unknown) => new ZhiweiError('bad_query', '查询需要的内存超过上限；请缩小范围、减少连接或先汇总', { words: '', at: null } satisfies SqlTrouble, { cause });

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** The one time zone of China, whatever the machine's is; then no setting can be changed any more. */
const locks = ["GLOBAL TimeZone = 'Asia/Shanghai'", 'autoinstall_known_extensions = false', 'autoload_known_extensions = false', "temp_directory = ''", 'enable_external_access = false', 'lock_configuration = true'];

export class Sandbox {
  private constructor(private readonly instance: DuckDBInstance, private readonly counted: Counted) {}

  /** Opens `file` for readers of `scope` (path of a unit; null is everything). */
  static async open(file: string, scope: string | null): Promise<Sandbox> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MB', errors_as_json: 'true' });
    const connection = await instance.connect();
    // An unguessable name: even a query that got past the gate could not name the tables behind the views.
    const catalog = `w_${randomBytes(12).toString('hex')}`;
    await connection.run(`ATTACH ${quote(file)} AS ${catalog} (READ_ONLY)`);
    const from = await completedSchema(connection, catalog);
    for (const [name, sql] of Object.entries(guardedViews(from, scope))) await connection.run(`CREATE VIEW ${name} AS ${sql}`);
    // Answer sheets are counted by metrics alone, under a name that nobody can write.
    const answers = `w_${randomBytes(12).toString('hex')}`;
    await connection.run(`CREATE VIEW ${answers} AS ${answerSheets(from, scope)}`);
    const start = Number((await connection.runAndReadAll(`SELECT month_start_day FROM ${from}.run`)).getRows()[0]?.[0] ?? 1);
    for (const setting of locks) await connection.run(`SET ${setting}`);
    connection.closeSync();
    return new Sandbox(instance, { answers, start });
  }

  /** Runs one query. Throws `bad_query` (DuckDB's own words and the place in `details`), or `timeout` after `limits.seconds` or once `signal` aborts. */
  async run(sql: string, limits: SqlLimits = defaultLimits, signal?: AbortSignal, values: QueryValues = {}): Promise<SqlResult> {
    const started = performance.now();
    const connection = await this.instance.connect();
    let late = false;
    let prepared: Prepared | null = null;
    const stop = () => { late = true; connection.interrupt(); };
    const timer = setTimeout(stop, limits.seconds * 1000);
    signal?.addEventListener('abort', stop);
    // An interrupt that arrives between two tasks is lost: repeat it until the query has ended.
    const again = setInterval(() => { if (late) connection.interrupt(); }, 50);
    try {
      prepared = await prepare(connection, sql, values, this.counted);
      const result = await read(connection, prepared, limits);
      return { ...result, seconds: (performance.now() - started) / 1000 };
    } catch (cause) {
      if (late) throw tooLong(limits);
      throw cause instanceof ZhiweiError ? cause : explained(prepared, cause);
    } finally {
      signal?.removeEventListener('abort', stop);
      clearTimeout(timer);
      clearInterval(again);
      connection.closeSync();
    }
  }

  close(): void { this.instance.closeSync(); }
}

/** The schema to read: the file's own, or one of views that complete the tables of an older program's. */
async function completedSchema(connection: DuckDBConnection, catalog: string): Promise<string> {
  const { asItStands, select } = completed((await connection.runAndReadAll(presentSql(catalog))).getRows(), `${catalog}.main`), schema = `memory.${catalog}_completed`;
  if (asItStands) return `${catalog}.main`;
  await connection.run(`CREATE SCHEMA ${schema}`);
  for (const [name, sql] of Object.entries(select)) await connection.run(`CREATE VIEW ${schema}.${name} AS ${sql}`);
  return schema;
}

async function read(connection: DuckDBConnection, { sql, values }: Prepared, limits: SqlLimits): Promise<Omit<SqlResult, 'seconds'>> {
  const result = await connection.stream(sql, values);
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, i) => ({ name, type: types[i]?.toString() ?? '' }));
  const rows: Plain[][] = [];
  let bytes = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return { columns, rows, truncated: false };
    for (const values of chunk.getRows()) {
      const row = values.map(toPlain);
      bytes += JSON.stringify(row).length;
      if (rows.length === limits.rows || bytes > limits.bytes) {
        // What the rest of the result holds in memory goes with the next statement; closing leaves it to the garbage collector.
        await connection.run('SELECT 1');
        return { columns, rows, truncated: true };
      }
      rows.push(row);
    }
  }
}

/** What DuckDB says of a query; of what else it may say something, such as a file, a setting or itself, nobody is told. */
const tellable: ReadonlySet<string> = new Set(['Binder', 'Catalog', 'Constraint', 'Conversion', 'Decimal', 'Divide by Zero', 'Expression', 'Invalid Input', 'Invalid type', 'Mismatch Type', 'Not implemented', 'Object Size', 'Out of Range', 'Parameter Not Allowed', 'Parameter Not Resolved', 'Parser', 'Syntax', 'Unknown Type']);

function explained(prepared: Prepared | null, cause: unknown): ZhiweiError {
  const { type, words, position } = spoken(cause instanceof Error ? cause.message : String(cause));
  if (type === 'Out of Memory' || /could not allocate|failed to allocate/i.test(words)) return tooMuchMemory(cause);
  if (!tellable.has(type)) return new ZhiweiError('bad_query', '查询使引擎出错；请换一种写法', { words: '', at: null } satisfies SqlTrouble, { cause });
  return troubleOf(words, position === null || prepared === null ? null : prepared.back(atByte(prepared.sql, position)), cause);
}

/** DuckDB's kind of error, words and byte; the catalog's private name is nobody's business. */
function spoken(message: string): { type: string; words: string; position: number | null } {
  const open = (text: string) => text.replace(/(memory\.)?w_[0-9a-f]{24}(_completed)?\.?/g, '');
  try {
    const { exception_type: type, exception_message, position } = JSON.parse(message.slice(message.indexOf('{'))) as { exception_type: string; exception_message: string; position?: string };
    return { type, words: open(exception_message), position: position === undefined ? null : Number(position) };
  } catch {
    return { type: '', words: open(message), position: null };
  }
}
