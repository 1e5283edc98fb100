// In: a query's result. Out: the same as a file: csv (safe for spreadsheets) and json at once, parquet and xlsx by the process that writes files.
import { csv } from '../../datasets/csv.ts';
import type { ResultFormat } from '../api.ts';
import type { SqlResult } from '../sandbox.ts';
import { resultFile as written } from '../sql-file.ts';
import { distinctNames } from '../write-result.ts';

export const contentTypes: Readonly<Record<ResultFormat, string>> = {
  csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8', parquet: 'application/vnd.apache.parquet', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export async function resultFile(result: SqlResult, format: ResultFormat): Promise<Buffer> {
  if (format !== 'csv' && format !== 'json') return written(result, format);
  const names = distinctNames(result.columns.map(({ name }) => name));
  return Buffer.from(format === 'csv' ? csv(names, result.rows) : `${JSON.stringify(result.rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))))}\n`);
}
