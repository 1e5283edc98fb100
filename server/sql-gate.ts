// In: a query's syntax tree, as DuckDB's own parser gives it, and the names of the tables a reader may see and of the parameters that are bound.
// Out: the parameters it takes, or a refusal in Chinese. Invariant: what is not known to be harmless is refused.
import { ZhiweiError } from '../datasets/errors.ts';
import type { SqlTrouble } from './api.ts';
import { allowedFunctions, refusedWords } from './sql-functions.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };
/** What may be named here; and which parameters were. */
interface Visible extends Allowed { used: Set<string> }
export interface Allowed { tables: ReadonlySet<string>; tableFunctions: ReadonlySet<string>; parameters: ReadonlySet<string> }

const nodeTypes = new Set(['SELECT_NODE', 'SET_OPERATION_NODE', 'RECURSIVE_CTE_NODE', 'CTE_NODE']);
const refTypes = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY', 'SHOW_REF', 'PIVOT']);
const modifierTypes = new Set(['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'LIMIT_PERCENT_MODIFIER', 'DISTINCT_MODIFIER']);
const expressionClasses = new Set(['COLUMN_REF', 'CONSTANT', 'FUNCTION', 'SUBQUERY', 'STAR', 'CAST', 'OPERATOR', 'CASE', 'BETWEEN', 'COMPARISON', 'CONJUNCTION', 'LAMBDA', 'LAMBDA_REF', 'WINDOW', 'COLLATE', 'POSITIONAL_REFERENCE']);
const showTypes = new Set(['DESCRIBE', 'SUMMARY']);

/** Lower case as DuckDB compares names: ASCII letters alone, so that no other letter passes for one. */
const fold = (name: string) => name.replace(/[A-Z]/g, (c) => c.toLowerCase());
class Refusal extends Error { constructor(message: string, readonly node?: Node) { super(message); } }
const refuse = (message: string, node?: Node): never => { throw new Refusal(message, node); };
const isNode = (value: Json | undefined): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');

/** Passes a statement that only reads and takes what is allowed, and gives the parameters it takes; throws `bad_query`, with the place, for the first thing that does anything else. */
export function gate(serialized: string, allowed: Allowed, place: (byte: number) => number | null): Set<string> {
  const used = new Set<string>();
  try {
    check(serialized, { ...allowed, used });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const byte = error.node?.query_location;
    throw new ZhiweiError('bad_query', error.message, { words: '', at: typeof byte === 'number' ? place(byte) : null } satisfies SqlTrouble);
  }
  return used;
}

function check(serialized: string, visible: Visible): void {
  const tree = JSON.parse(serialized) as Json;
  if (!isNode(tree) || tree.error !== false || !Array.isArray(tree.statements)) refuse('只能查询：语句须以 SELECT、FROM、WITH、VALUES、DESCRIBE 或 SUMMARIZE 开头');
  const statements = (tree as { statements: Json[] }).statements;
  if (statements.length !== 1) refuse('一次只能运行一条查询；请去掉多余的分号');
  for (const statement of statements) walk(statement, visible);
}

function walk(value: Json | undefined, visible: Visible): void {
  if (Array.isArray(value)) { for (const item of value) walk(item, visible); return; }
  if (!isNode(value)) return;
  if ('class' in value) checkExpression(value, visible);
  else if ('cte_map' in value) return walkQuery(value, visible);
  else if ('sample' in value && 'alias' in value) checkReference(value, visible);
  else if (Array.isArray(value.orders) || typeof value.type === 'string' && value.type.endsWith('_MODIFIER')) {
    if (!modifierTypes.has(textOf(value.type))) refuse(`不支持的写法（${textOf(value.type)}）`);
  }
  walkChildren(value, visible);
}

function walkChildren(value: Node, visible: Visible): void {
  for (const [key, child] of Object.entries(value)) {
    // A constant's inside is data, not syntax.
    if (value.class === 'CONSTANT' && key === 'value') continue;
    walk(child, visible);
  }
}

/** A query: each CTE sees those before it (a recursive one also itself), the rest sees them all. */
function walkQuery(query: Node, visible: Visible): void {
  if (!nodeTypes.has(textOf(query.type))) refuse(`不支持的写法（${textOf(query.type)}）`);
  const inside = { ...visible, tables: new Set(visible.tables) };
  const { cte_map: ctes, ...rest } = query;
  const entries = isNode(ctes) && Array.isArray(ctes.map) ? ctes.map : refuse('不支持的写法（WITH）');
  for (const entry of entries) {
    if (!isNode(entry) || typeof entry.key !== 'string') { refuse('不支持的写法（WITH）'); continue; }
    walk(entry.value, inside);
    inside.tables.add(fold(entry.key));
  }
  if (query.type === 'RECURSIVE_CTE_NODE' || query.type === 'CTE_NODE') inside.tables.add(fold(textOf(query.cte_name)));
  walkChildren(rest, inside);
}

function checkReference(ref: Node, visible: Visible): void {
  const type = textOf(ref.type);
  if (!refTypes.has(type)) refuse(`不支持的写法（${type}）`, ref);
  if (type === 'BASE_TABLE') {
    const name = textOf(ref.table_name);
    if (ref.catalog_name !== '' || ref.schema_name !== '') refuse(`请直接写表名，不要加库名或模式名（“${name}”）`, ref);
    if (!visible.tables.has(fold(name))) refuse(`没有名为“${name}”的表；可查询的表见左侧列表`, ref);
    if (ref.at_clause) refuse('不支持按历史版本查询（AT）', ref);
  }
  if (type === 'TABLE_FUNCTION') {
    const f = isNode(ref.function) ? ref.function : {};
    const name = textOf(f.function_name);
    if (f.class !== 'FUNCTION' || f.catalog !== '' || !visible.tableFunctions.has(fold(name))) refuse(`不能使用表函数“${name}”`, ref);
  }
  if (type === 'SHOW_REF' && (!isNode(ref.query) || !showTypes.has(textOf(ref.show_type)))) refuse('请用左侧的表列表，或 DESCRIBE 表名', ref);
}

function checkExpression(expression: Node, { parameters, tableFunctions, used }: Visible): void {
  const kind = textOf(expression.class);
  if (kind === 'PARAMETER') {
    const name = textOf(expression.identifier);
    if (!parameters.has(name)) refuse('参数不能写作 ? 或 $1；请写出具体的值，或写作 {{month}}', expression);
    used.add(name);
    return;
  }
  if (!expressionClasses.has(kind)) refuse(`不支持的写法（${kind}）`, expression);
  if (kind === 'COLUMN_REF') {
    const [word, ...further] = Array.isArray(expression.column_names) ? expression.column_names.map(textOf) : [];
    if (word !== undefined && further.length === 0 && refusedWords.has(fold(word))) refuse(`不能使用“${word}”：单独写时，引擎把它读作自己的账户或库名；若它是列名，请写作“表名.${word}”`, expression);
  }
  if (kind !== 'FUNCTION' && kind !== 'WINDOW') return;
  const name = textOf(expression.function_name);
  const plain = expression.catalog === '' && (expression.schema === '' || expression.schema === 'main');
  if (!plain || !(allowedFunctions.has(fold(name)) || tableFunctions.has(fold(name)))) refuse(`不能使用函数“${name}”`, expression);
}
