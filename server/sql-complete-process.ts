// In: texts from the parent process, one at a time. Out: what DuckDB would write next.
// Invariant: its tables are made of the published schema alone and are empty, so it can tell no other name and no value; no file, no network, no setting.
import { DuckDBInstance } from '@duckdb/node-api';
import type { SqlSuggestion } from './api.ts';
import type { CompleteReply, CompleteRequest } from './sql-complete.ts';
import { shapeOf, visibleTables } from './scoped-views.ts';
import { allowedFunctions } from './sql-functions.ts';
import { atByte } from './sql-trouble.ts';

const mostSuggestions = 40;
const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '64MB' });
const connection = await instance.connect();
for (const name of visibleTables) await connection.run(`CREATE TABLE ${name} (${Object.entries(shapeOf(name).columns).map(([column, { sql }]) => `"${column}" ${sql}`).join(', ')})`);
for (const setting of ['autoinstall_known_extensions = false', 'autoload_known_extensions = false', "temp_directory = ''", 'enable_external_access = false', 'lock_configuration = true']) await connection.run(`SET ${setting}`);

/** Words that only change things, which the gate refuses. */
const refusedWords = new Set('alter analyze attach begin call checkpoint comment commit copy create deallocate delete detach drop execute export force import insert install load pragma prepare reset rollback set show start truncate update use vacuum'.split(' '));
const kinds: Readonly<Record<string, SqlSuggestion['kind']>> = { table: 'table', column: 'column', keyword: 'keyword', scalar_function: 'function', aggregate_function: 'function', table_function: 'function' };
const published = new Set<string>([...visibleTables, ...visibleTables.flatMap((name) => Object.keys(shapeOf(name).columns))]);

async function suggest(text: string): Promise<SqlSuggestion[]> {
  const found = await connection.runAndReadAll('SELECT suggestion, suggestion_start, suggestion_type FROM sql_auto_complete($1)', [text]);
  const said = new Set<string>();
  return found.getRows().flatMap(([suggestion, start, type]): SqlSuggestion[] => {
    const word = String(suggestion).trim(), kind = kinds[String(type)];
    const name = word.replace(/^"|"$/g, '').toLowerCase();
    const known = kind === 'keyword' ? /^[a-z][a-z ]*$/i.test(word) && !refusedWords.has(name) : kind === 'function' ? allowedFunctions.has(name) : kind !== undefined && published.has(name);
    // A half-written word is offered back as a name of its own.
    const written = name === text.slice(atByte(text, Number(start)) ?? 0).toLowerCase();
    if (kind === undefined || !known || written || said.has(name)) return [];
    said.add(name);
    return [{ word: kind === 'keyword' ? word.toUpperCase() : name, kind, at: atByte(text, Number(start)) ?? 0 }];
  }).slice(0, mostSuggestions);
}

process.on('message', ({ id, text }: CompleteRequest) => {
  void suggest(text).catch(() => []).then((suggestions) => process.send?.({ id, suggestions } satisfies CompleteReply));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true } satisfies CompleteReply);
