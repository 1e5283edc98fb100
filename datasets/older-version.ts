// In: which columns each table of a published warehouse file has. Out: for each table a SELECT of today's columns, and what the file lacks.
// Invariant: a file written by this program lacks nothing; what an older one lacks is what it meant then, or empty, never made up.
import { factSql, factTables, isFactTable } from './fact-tables.ts';
import { tableNames, tables, type TableName } from './schema.ts';
import type { Table } from './table.ts';

/** Lists the tables and columns of a DuckDB catalog, of the one in use where none is named. */
export const presentSql = (catalog?: string): string => `SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ${catalog === undefined ? 'current_database()' : `'${catalog}'`} AND schema_name = 'main'`;

export interface Completed {
  /** `demand_frame` for a table that is missing, `run.alarm_from` for a column. */
  lacking: string[];
  /** Whether every table is read as it stands; a fact table that is made of the others when it is read is not lacking. */
  asItStands: boolean;
  select: Record<TableName, string>;
}

/** What completes a file whose tables are read as `from`.name; `present` are the rows of {@link presentSql}. */
export function completed(present: Iterable<readonly unknown[]>, from: string): Completed {
  const has = new Map<unknown, Set<unknown>>();
  for (const [table, column] of present) has.set(table, (has.get(table) ?? new Set()).add(column));
  const lacking: string[] = [];
  const whole = (name: TableName) => Object.keys(tables[name].columns).every((column) => has.get(name)?.has(column));
  const select = Object.fromEntries(tableNames.map((name) => {
    const own = has.get(name), columns = Object.entries((tables[name] as Table).columns);
    if (isFactTable(name) && !whole(name)) return [name, ''];
    if (!own) lacking.push(name);
    const list = columns.map(([column, { sql, before }]) => {
      if (own?.has(column)) return column;
      if (own) lacking.push(`${name}.${column}`);
      return `${before === undefined ? 'NULL' : `'${before}'`}::${sql.replace(/ NOT NULL$/, '')} AS ${column}`;
    });
    return [name, `SELECT ${list.join(', ')}${own ? ` FROM ${from}.${name}` : ' WHERE false'}`];
  })) as Record<TableName, string>;
  const made = factTables.filter((name) => !whole(name));
  for (const name of made) select[name] = factSql(name, (table) => `(${select[table]})`, false);
  return { lacking, asItStands: lacking.length + made.length === 0, select };
}
