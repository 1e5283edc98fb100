// In: a query's result. Out: the same as a file: csv (safe for spreadsheets), json, parquet.
// Invariant: types are named only from the closed list below, so that nothing of a query reaches the engine that may write files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { csv } from '../../datasets/csv.ts';
import type { OutsideFormat } from '../api.ts';
import type { SqlResult } from '../sandbox.ts';
import { distinctNames, formatResult } from '../sql-format.ts';

export const contentTypes: Readonly<Record<OutsideFormat, string>> = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8', parquet: 'application/vnd.apache.parquet' };

export function resultFile(result: SqlResult, format: OutsideFormat): Promise<Buffer> {
  if (format === 'parquet') return parquet(result);
  return Promise.resolve(Buffer.from(format === 'csv' ? csv(distinctNames(result), result.rows) : formatResult(result, 'json')));
}

const kept = /^(BOOLEAN|U?TINYINT|U?SMALLINT|U?INTEGER|U?BIGINT|FLOAT|DOUBLE|DATE|TIMESTAMP|TIME|DECIMAL\(\d{1,2}, ?\d{1,2}\)|VARCHAR\[\])$/;
/** What no column of the file can hold is written as text. */
const typeOf = (type: string) => (kept.test(type) ? type : type === 'HUGEINT' ? 'DOUBLE' : 'VARCHAR');

async function parquet(result: SqlResult): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'zhiwei-export-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '512MB' });
  try {
    const lines = join(folder, 'rows.jsonl'), file = join(folder, 'rows.parquet');
    const types = result.columns.map(({ type }) => typeOf(type));
    const asText = (value: unknown, type: string | undefined) => (type === 'VARCHAR' && value !== null && typeof value !== 'string' ? JSON.stringify(value) : value);
    writeFileSync(lines, result.rows.map((row) => `${JSON.stringify(Object.fromEntries(row.map((value, i) => [`c${i}`, asText(value, types[i])])))}\n`).join(''), { mode: 0o600 });
    const connection = await instance.connect();
    const columns = types.map((type, i) => `c${i}: '${type}'`).join(', ');
    const names = distinctNames(result).map((name, i) => `c${i} AS "${(name || `c${i}`).replaceAll('"', '""')}"`).join(', ');
    await connection.run(`COPY (SELECT ${names} FROM read_json('${lines}', format = 'newline_delimited', columns = {${columns}}, maximum_object_size = 33554432)) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
    connection.closeSync();
    return readFileSync(file);
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
