// In: rows as lines of JSON and their DuckDB types. Out: a parquet file with those types.
// Invariant: an engine of its own, in the writing process, that holds nothing but these rows; the sandbox never opens COPY.
import { writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SqlResult } from './sandbox.ts';

const simple = /^(BOOLEAN|(?:TINY|SMALL|BIG|HUGE|U|UTINY|USMALL|UBIG|UHUGE)?INT(?:EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|VARCHAR|DATE|TIME|TIMESTAMP(?:_[A-Z]+)?|UUID)(\[\])*$/;
/** Types that are written as they are; what is nested otherwise goes as JSON text. */
const parquetType = (type: string) => (simple.test(type) ? type : 'JSON');
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** `lines` are rows as JSON objects keyed by `names`. */
export async function writeParquet(names: readonly string[], columns: SqlResult['columns'], lines: readonly string[], path: string): Promise<void> {
  await writeFile(`${path}.ndjson`, lines.join('\n'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' });
  const connection = await instance.connect();
  const types = names.map((name, i) => `${quote(name)}: ${quote(parquetType(columns[i]?.type ?? 'VARCHAR'))}`);
  await connection.run(`COPY (SELECT * FROM read_json(${quote(`${path}.ndjson`)}, format = 'newline_delimited', columns = {${types.join(', ')}}, maximum_object_size = 100000000)) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  instance.closeSync();
}
