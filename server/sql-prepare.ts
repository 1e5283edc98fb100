// In: a query as its author wrote it, the values of its parameters. Out: the query that is run, after the gate, with the values to bind.
// Invariant: exactly the text that has passed the gate is run; a value is bound and never becomes text.
import type { DuckDBConnection } from '@duckdb/node-api';
import { ZhiweiError } from '../datasets/errors.ts';
import { checkedValues, latest, parametersOf, placesOf, type ParameterType, type QueryValue, type QueryValues } from '../datasets/query-parameters.ts';
import { monthOf } from '../datasets/reporting-period.ts';
import type { SqlTrouble } from './api.ts';
import { visibleTables } from './scoped-views.ts';
import { allowedTableFunctions } from './sql-functions.ts';
import { gate, type Allowed } from './sql-gate.ts';
import { compileCall, metricCalls, metricFunction } from './sql-metric.ts';
import { endOfCall, splice, type Piece } from './sql-splice.ts';
import { atByte, atPoint, troubleOf } from './sql-trouble.ts';

/** `back` leads from a place in `sql` to that in the author's text. */
export interface Prepared { sql: string; values: Record<string, string | number | null>; back: (at: number | null) => number | null }

/** What metrics count by: the name of the answer sheets, which a metric alone may read, and the day on which months begin. */
export interface Counted { answers: string; start: number }

const tables: ReadonlySet<string> = new Set(visibleTables);
const withMetrics: ReadonlySet<string> = new Set([...allowedTableFunctions, metricFunction]);
const boundAs: Readonly<Record<ParameterType, string>> = { date: 'DATE', month: 'DATE', unit: 'VARCHAR', topic: 'VARCHAR', text: 'VARCHAR', number: 'DOUBLE' };

/** Lets `sql` through if DuckDB's own parser says that it only reads what the reader may see. Throws `bad_query` with the place, `bad_request` for a value. `answers` is the name of the answer sheets, which a metric alone may read. */
export async function prepare(connection: DuckDBConnection, sql: string, given: QueryValues, { answers, start }: Counted): Promise<Prepared> {
  const parameters = parametersOf(sql), places = placesOf(sql);
  const checked = checkedValues(parameters, given);
  const order = parameters.map(({ name }) => name);
  const bound = splice(sql, places.map(({ name, type, from, to }): Piece => ({ from, to, text: `($v${order.indexOf(name) + 1}::${boundAs[type]})` })));
  const values: Prepared['values'] = {};
  for (const [i, { name, type }] of parameters.entries()) values[`v${i + 1}`] = await meant(connection, type, checked[name] ?? null, start);

  const first = await parse(connection, bound.text, bound.back);
  const allowed: Allowed = { tables, tableFunctions: withMetrics, parameters: new Set(Object.keys(values)) };
  // What the author wrote is judged first: the sheets' name is allowed only in what a metric is compiled to.
  gate(first, allowed, (byte) => placeOf(bound.back, atByte(bound.text, byte)));
  const calls = withPlace(null, () => metricCalls(first, values));
  const pieces: Piece[] = [];
  for (const [i, call] of calls.entries()) {
    const from = atByte(bound.text, call.byte) ?? 0;
    try {
      const compiled = await compileCall(call, `m${i + 1}_`, { answers, start }, (unit) => unitPath(connection, unit));
      Object.assign(values, compiled.values);
      pieces.push({ from, to: endOfCall(bound.text, from), text: `(${compiled.sql})` });
    } catch (error) {
      throw placed(error, bound.back(from));
    }
  }
  const whole = splice(bound.text, pieces);
  const back: Prepared['back'] = (at) => placeOf(bound.back, placeOf(whole.back, at));
  const final = pieces.length > 0 ? await parse(connection, whole.text, back) : first;
  const used = gate(final, { tables: new Set([...tables, answers]), tableFunctions: allowedTableFunctions, parameters: new Set(Object.keys(values)) }, (byte) => back(atByte(whole.text, byte)));
  const bindings = parametersIn(first);
  const lost = order.find((name, i) => bindings.filter((b) => b === `v${i + 1}`).length < places.filter((p) => p.name === name).length);
  if (lost !== undefined) throw placed(new ZhiweiError('bad_query', `参数“${lost}”写在了引号或注释里；请去掉外面的引号`), places.find(({ name }) => name === lost)?.from ?? null);
  return { sql: whole.text, values: Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name))), back };
}

const placeOf = (back: (at: number) => number, at: number | null) => (at === null ? null : back(at));

async function parse(connection: DuckDBConnection, sql: string, back: (at: number) => number | null): Promise<string> {
  const parsed = await connection.run('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const serialized = String((await parsed.getRows())[0]?.[0]);
  const { error, error_type, error_message = '', position } = JSON.parse(serialized) as { error: boolean; error_type?: string; error_message?: string; position?: string };
  // "not implemented" is no query at all: the gate says so.
  if (error && error_type !== 'not implemented') throw troubleOf(error_message, position === undefined ? null : back(atPoint(sql, Number(position))));
  return serialized;
}

/** Names of the parameters in a tree, as often as they stand there. */
const parametersIn = (serialized: string) => [...serialized.matchAll(/"identifier":"(v\d+)"/g)].map(([, name = '']) => name);

function placed(error: unknown, at: number | null): unknown {
  return error instanceof ZhiweiError && error.code === 'bad_query' && error.details === undefined ? new ZhiweiError('bad_query', error.message, { words: '', at } satisfies SqlTrouble) : error;
}
function withPlace<T>(at: number | null, work: () => T): T {
  try { return work(); } catch (error) { throw placed(error, at); }
}

const one = async (connection: DuckDBConnection, sql: string, values: string[] = []) => (await (await connection.run(sql, values)).getRows())[0]?.[0];

/** What a value stands for within the reader's own views. */
async function meant(connection: DuckDBConnection, type: ParameterType, value: QueryValue, start: number): Promise<QueryValue> {
  if (value === null) return null;
  if (type === 'unit') return String(await unitOf(connection, 'unit_id', String(value)));
  if (value === latest && (type === 'date' || type === 'month')) { const day = String(await one(connection, 'SELECT as_of::VARCHAR FROM run')); return type === 'date' ? day : `${monthOf(day, start)}-01`; }
  return value;
}

const unitPath = async (connection: DuckDBConnection, unit: string) => String(await unitOf(connection, 'path', unit));

async function unitOf(connection: DuckDBConnection, column: 'unit_id' | 'path', named: string): Promise<unknown> {
  const found = await one(connection, `SELECT ${column} FROM unit WHERE $1 IN (path, unit_id, name) ORDER BY path <> $1, unit_id <> $1, path LIMIT 1`, [named]);
  if (found === undefined) throw new ZhiweiError('bad_query', `没有单位“${named}”，或它不在你的查看范围内`);
  return found;
}
