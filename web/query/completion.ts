// In: the tables, functions and metrics there are. Out: what the editor offers: tables after FROM, columns of the tables named, functions, keywords, what metric() takes.
// Invariant: offers only what the schema documents; a column says its table, type and meaning.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { keywordCompletionSource, PostgreSQL, schemaCompletionSource, SQLDialect } from '@codemirror/lang-sql';
import type { SqlSchemaReply, SqlSuggestion } from '../../server/api.ts';
import { metricPlace } from './metric-place.ts';
import { splitStatements } from './split-statements.ts';

export type Offered = Pick<SqlSchemaReply, 'tables' | 'functions' | 'metrics'>;
/** What the engine would write after a text. */
export type Engine = (text: string) => Promise<readonly SqlSuggestion[]>;

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

const words: Readonly<Record<string, string>> = { by: '分组', grain: '时间粒度', since: '从这天', until: '到这天', month: '只看这个月', unit: '单位', topic: '诉求', channel: '渠道', kind: '文字类别', purpose: '信访目的', compare: '与之前比' };
const comparisons = [['previous', '环比'], ['year', '同比']] as const;

/** Names of metrics, and what each may be divided by, where the cursor stands in metric(…). */
export function metricSource({ metrics }: Offered): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const place = metricPlace(context.state.sliceDoc(0, context.pos));
    if (!place || place.what === 'other') return null;
    const { what, metric, from } = place;
    const named = metrics.find(({ name }) => name === metric);
    const dimensions = named?.by ?? [...new Map(metrics.flatMap(({ by }) => by).map((d) => [d.name, d])).values()];
    const options: Completion[] = what === 'metric' ? metrics.map(({ name, label, unit, description }) => ({ label: name, type: 'constant', detail: `${label}（${unit}）`, info: description }))
      : what === 'by' ? dimensions.map((d) => ({ label: d.name, type: 'constant', detail: d.label }))
        : what === 'compare' ? comparisons.map(([label, detail]) => ({ label, type: 'constant', detail }))
          : Object.entries(words).map(([label, detail]) => ({ label, type: 'keyword', detail, apply: `${label} => ` }));
    return { from, options, validFor: /^\w*$/ };
  };
}

const mostBefore = 2_000;
/** DuckDB's own keywords for this place; every keyword where it has none, or none in time. */
export function keywordSource(ask: Engine): CompletionSource {
  const all = keywordCompletionSource(duckdb, true);
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const before = context.state.sliceDoc(0, context.pos), word = context.matchBefore(/\w+/);
    if (!context.explicit && (word?.text.length ?? 0) < 2) return all(context);
    const from = splitStatements(before).at(-1)?.from ?? 0;
    const text = before.slice(Math.max(from, before.length - mostBefore));
    const fitting = (await ask(text).catch(() => [])).filter(({ kind, at }) => kind === 'keyword' && at === text.length - (word?.text.length ?? 0));
    if (context.aborted) return null;
    return fitting.length === 0 ? all(context) : { from: word?.from ?? context.pos, options: fitting.map(({ word: label }) => ({ label, type: 'keyword', boost: -10 })) };
  };
}

/** All sources; in metric(…) none but its own. */
export function sources(offered: Offered, ask: Engine): CompletionSource[] {
  const schema = Object.fromEntries(offered.tables.map((t) => [t.name, { self: { label: t.name, type: 'type', detail: t.grain }, children: t.columns.map(column(t.name)) }]));
  const outside = (source: CompletionSource): CompletionSource => (context) => { const place = metricPlace(context.state.sliceDoc(0, context.pos)); return place && place.what !== 'other' ? null : source(context); };
  return [metricSource(offered), ...[wordSource(offered), schemaCompletionSource({ dialect: duckdb, schema }), keywordSource(ask)].map(outside)];
}
