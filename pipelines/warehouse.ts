// In: rows of the tables in datasets/schema.ts. Out: a closed, checkpointed DuckDB file; and the same rows read back.
// Invariant: the only file in which the batch touches DuckDB; a file is complete when writeWarehouse returns.
import { DuckDBDataChunk, DuckDBDateValue, DuckDBInstance, DuckDBListValue, DuckDBTimestampValue, BOOLEAN, DATE, DOUBLE, INTEGER, LIST, TIMESTAMP, VARCHAR, type DuckDBConnection, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { factSql, isFactTable, type FactTable } from '../datasets/fact-tables.ts';
import { completed, presentSql } from '../datasets/older-version.ts';
import { tableNames, tables, type Row, type TableName } from '../datasets/schema.ts';
import { ddl, type Table } from '../datasets/table.ts';

/** Rows for every table; a table left out stays empty. Fact tables are made of the others. */
export type WarehouseRows = { [T in Exclude<TableName, FactTable>]?: Iterable<Row<T>> };

const msPerDay = 86_400_000;
const types: Record<string, { type: DuckDBType; encode: (value: never) => DuckDBValue; select: (name: string) => string }> = {
  VARCHAR: { type: VARCHAR, encode: (v: string) => v, select: (c) => c },
  INTEGER: { type: INTEGER, encode: (v: number) => v, select: (c) => c },
  DOUBLE: { type: DOUBLE, encode: (v: number) => v, select: (c) => c },
  BOOLEAN: { type: BOOLEAN, encode: (v: boolean) => v, select: (c) => c },
  DATE: { type: DATE, encode: (v: string) => new DuckDBDateValue(Math.round(Date.parse(v) / msPerDay)), select: (c) => `strftime(${c}, '%Y-%m-%d') AS ${c}` },
  TIMESTAMP: { type: TIMESTAMP, encode: (v: string) => new DuckDBTimestampValue(BigInt(Date.parse(`${v.replace(' ', 'T')}Z`)) * 1000n), select: (c) => `strftime(${c}, '%Y-%m-%d %H:%M:%S') AS ${c}` },
  'VARCHAR[]': { type: LIST(VARCHAR), encode: (v: string[]) => new DuckDBListValue(v), select: (c) => c },
};

const typeOf = (sql: string) => {
  const found = types[sql.replace(/ NOT NULL$/, '')];
  if (!found) throw new Error(`no writer for column type ${sql}`);
  return found;
};

/** Tables that lie in another order than their rows come in, so that a question about few values reads few stretches of the file: search asks for terms. */
export const storedOrder: Partial<Record<TableName, string>> = { term: 'term, document_id' };

/** Writes a new warehouse file; throws when a row breaks its declaration (NULL where none is allowed, wrong type). */
export async function writeWarehouse(file: string, rows: WarehouseRows, onTable?: (table: TableName) => void): Promise<void> {
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '1GB' });
  try {
    const connection = await instance.connect();
    for (const name of tableNames) {
      await connection.run(ddl(name, tables[name]));
      if (isFactTable(name)) await connection.run(`INSERT INTO ${name} ${factSql(name, (table) => table)}`);
      else await append(connection, name, rows[name] ?? []);
      if (storedOrder[name]) await putInOrder(connection, name, storedOrder[name]);
      onTable?.(name);
    }
    await connection.run('CHECKPOINT');
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

async function putInOrder(connection: DuckDBConnection, name: TableName, order: string): Promise<void> {
  await connection.run(`ALTER TABLE ${name} RENAME TO unordered`);
  await connection.run(ddl(name, tables[name]));
  await connection.run(`INSERT INTO ${name} FROM unordered ORDER BY ${order}`);
  await connection.run('DROP TABLE unordered');
}

const chunkRows = 2048;

async function append(connection: DuckDBConnection, name: TableName, rows: Iterable<Row<TableName>>): Promise<void> {
  const columns = Object.entries((tables[name] as Table).columns).map(([column, { sql }]) => ({ column, ...typeOf(sql) }));
  const appender = await connection.createAppender(name);
  const buffers = columns.map((): (DuckDBValue | null)[] => []);
  const flush = () => {
    const size = buffers[0]?.length ?? 0;
    if (size === 0) return;
    const chunk = DuckDBDataChunk.create(columns.map((c) => c.type), size);
    buffers.forEach((values, i) => { chunk.setColumnValues(i, values); values.length = 0; });
    appender.appendDataChunk(chunk);
  };
  for (const row of rows) {
    for (let i = 0; i < columns.length; i++) {
      const { column, encode } = columns[i]!;
      const value = (row as Record<string, unknown>)[column];
      buffers[i]!.push(value === null || value === undefined ? null : encode(value as never));
    }
    if (buffers[0]!.length === chunkRows) flush();
  }
  flush();
  appender.closeSync();
}

/** Reads whole tables of a warehouse file, of this program or an older one, back into rows; dates and times as ISO strings. */
export async function readTables<const N extends readonly TableName[]>(file: string, names: N): Promise<{ [T in N[number]]: Row<T>[] }> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY', threads: '2', memory_limit: '1GB' });
  try {
    const connection = await instance.connect();
    const out: Partial<Record<TableName, unknown[]>> = {};
    const { select } = completed((await connection.runAndReadAll(presentSql())).getRows(), 'main');
    for (const name of names) {
      const t: Table = tables[name];
      const list = Object.entries(t.columns).map(([column, { sql }]) => typeOf(sql).select(column)).join(', ');
      out[name] = await (await connection.runAndReadAll(`SELECT ${list} FROM (${select[name]}) ORDER BY ${t.key.join(', ')}`)).getRowObjectsJS();
    }
    connection.closeSync();
    return out as { [T in N[number]]: Row<T>[] };
  } finally {
    instance.closeSync();
  }
}
