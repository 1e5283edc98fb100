// In: the tables and functions there are. Out: what the editor offers: tables after FROM, columns of the tables named, functions, keywords.
// Invariant: offers only what the schema documents; a column says its table, type and meaning.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { keywordCompletionSource, PostgreSQL, schemaCompletionSource, SQLDialect } from '@codemirror/lang-sql';
import type { SqlSchemaReply } from '../../server/api.ts';

export type Offered = Pick<SqlSchemaReply, 'tables' | 'functions'>;

/** DuckDB's words beyond PostgreSQL's, and PostgreSQL's that are names of tables or columns here. */
const own = 'asof qualify pivot unpivot summarize describe semi anti positional exclude replace columns try_cast sample macro struct map list lambda using';
const names = new Set('document source name text path kind type value count title level parent label sort week month measure terms number length file rows option options title'.split(' '));
const { spec } = PostgreSQL;
export const duckdb = SQLDialect.define({ ...spec, keywords: `${(spec.keywords ?? '').split(' ').filter((word) => !names.has(word)).join(' ')} ${own}`, types: `${spec.types ?? ''} hugeint ubigint uinteger usmallint utinyint tinyint blob double` });

const column = (table: string) => ({ name, type, doc }: Offered['tables'][number]['columns'][number]): Completion => ({ label: name, type: 'property', detail: `${table} · ${type.replace(' NOT NULL', '')}`, info: doc });

/** Columns of every table that the text names, and functions. */
export function wordSource({ tables, functions }: Offered): CompletionSource {
  const calls = functions.map((label): Completion => ({ label, type: 'function', apply: `${label}(`, boost: -20 }));
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w\u0080-\uffff]+/);
    if (!word && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    if (context.state.sliceDoc(from - 1, from) === '.') return null;
    const said = new Set(context.state.doc.toString().toLowerCase().match(/\w+/g));
    const columns = tables.filter(({ name }) => said.has(name)).flatMap((table) => table.columns.map(column(table.name)));
    return { from, options: [...columns.map((c) => ({ ...c, boost: 10 })), ...calls], validFor: /^[\w\u0080-\uffff]*$/ };
  };
}

/** All sources, in the order in which they are asked. */
export function sources(offered: Offered): CompletionSource[] {
  const schema = Object.fromEntries(offered.tables.map((t) => [t.name, { self: { label: t.name, type: 'type', detail: t.grain }, children: t.columns.map(column(t.name)) }]));
  return [wordSource(offered), schemaCompletionSource({ dialect: duckdb, schema }), keywordCompletionSource(duckdb, true)];
}
