// In: the syntax tree of a query with `metric('repeat_rate', by => 'month')` in its FROM. Out: the compiled metric for each, and its values.
// Invariant: the SQL comes from compileMetricQuery alone, so an ad-hoc number equals the dashboard's; arguments are constants or bound parameters.
import { ZhiweiError } from '../datasets/errors.ts';
import { compileMetricQuery, filterSchema, metricQuerySchema } from '../datasets/metric-query.ts';
import { firstDayOf, lastDayOf } from '../datasets/reporting-period.ts';
import { checkedValue, type QueryValue, type QueryValues } from '../datasets/query-parameters.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };
const isNode = (value: Json | undefined): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const refuse = (message: string): never => { throw new ZhiweiError('bad_query', message); };

export const metricFunction = 'metric';
/** FROM and TO are words of SQL, so the days are called otherwise here. */
const dayNames: Readonly<Record<string, string>> = { since: 'from', until: 'to' };
const asked = ['grain', 'by', 'compare', 'month', 'since', 'until', ...Object.keys(filterSchema.shape).filter((name) => name !== 'from' && name !== 'to')];
const usage = "写作 metric('repeat_rate', by => ['month', 'unit'], since => '2026-01-01')";
/** Tables that a compiled metric reads by name. */
const readTables = ['unit', 'matter', 'answer', 'question', 'survey', 'demand', 'text_fact', 'demand_fact', 'group_demand', 'headcount', 'run'];

export interface MetricCall { byte: number; arguments: Map<string, QueryValue | QueryValue[]> }
export interface CompiledCall { sql: string; values: Record<string, string | number> }

/** The calls in a tree, as json_serialize_sql gives it, and the names of its CTEs. */
export function metricCalls(serialized: string, values: QueryValues): MetricCall[] {
  const calls: MetricCall[] = [], ctes = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) { value.forEach(walk); return; }
    if (!isNode(value)) return;
    if (isNode(value.cte_map) && Array.isArray(value.cte_map.map)) for (const entry of value.cte_map.map) if (isNode(entry)) ctes.add(String(entry.key).toLowerCase());
    const f = value.function;
    if (value.type === 'TABLE_FUNCTION' && isNode(f) && String(f.function_name).toLowerCase() === metricFunction && f.schema === '' && f.catalog === '') {
      if (value.with_ordinality !== 'WITHOUT_ORDINALITY') refuse('metric() 不能与 WITH ORDINALITY 连用');
      calls.push({ byte: Number(value.query_location), arguments: argumentsOf(f, values) });
    }
    Object.values(value).forEach(walk);
  };
  walk(JSON.parse(serialized) as Json);
  const shadow = calls.length > 0 ? readTables.find((name) => ctes.has(name)) : undefined;
  if (shadow !== undefined) refuse(`用 metric() 时，WITH 里的名称不能与表“${shadow}”相同；请换一个名称`);
  return calls;
}

function argumentsOf(call: Node, values: QueryValues): MetricCall['arguments'] {
  const found: MetricCall['arguments'] = new Map();
  for (const child of Array.isArray(call.children) ? call.children : []) {
    if (!isNode(child)) continue;
    const name = child.alias === '' ? (found.has('metric') ? refuse(`metric() 只有第一个参数可以不写名称；${usage}`) : 'metric') : String(child.alias).toLowerCase();
    if (found.has(name)) refuse(`metric() 的参数“${name}”写了两次`);
    if (name !== 'metric' && !asked.includes(name)) refuse(`metric() 没有参数“${name}”；可用 ${asked.join('、')}`);
    found.set(name, constant(child, values));
  }
  return found;
}

/** A constant, a bound parameter, a list of them, or a cast of one. */
function constant(node: Json | undefined, values: QueryValues): QueryValue | QueryValue[] {
  if (isNode(node)) {
    if (node.class === 'CONSTANT' && isNode(node.value)) {
      const { is_null, value } = node.value;
      if (is_null === true) return null;
      if (typeof value === 'string' || typeof value === 'number') return value;
    }
    if (node.class === 'PARAMETER' && Object.hasOwn(values, String(node.identifier))) return values[String(node.identifier)] ?? null;
    if (node.class === 'CAST') return constant(node.child, values);
    if (node.class === 'FUNCTION' && node.function_name === 'list_value' && Array.isArray(node.children)) return node.children.flatMap((child) => constant(child, values));
  }
  return refuse(`metric() 的参数须是写明的值，不能来自列或子查询；${usage}`);
}

const listOf = (value: QueryValue | QueryValue[] | undefined) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

/** Compiles a call; `answers` names the sheets that only a metric may count, `start` the day on which months begin, `unitPath` finds the path of a unit named by path, id or name. `prefix` makes its parameters' names its own. */
export async function compileCall(call: MetricCall, prefix: string, { answers, start }: { answers: string; start: number }, unitPath: (unit: string) => Promise<string>): Promise<CompiledCall> {
  const { metric, grain, by, compare, month, ...filters } = Object.fromEntries(call.arguments);
  if (listOf(metric).length === 0) refuse(`metric() 缺少指标名；${usage}`);
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null).map(([key, value]) => [dayNames[key] ?? key, typeof value === 'number' ? String(value) : value]));
  if (typeof given.topic === 'string') given.topic = String(asQuery({ name: 'topic', type: 'topic' }, given.topic));
  if (typeof given.unit === 'string') given.unit = await unitPath(given.unit);
  const parsed = metricQuerySchema.safeParse({ metrics: listOf(metric), dimensions: [...listOf(grain), ...listOf(by)], compare: listOf(compare), filters: { ...(month !== undefined && month !== null && daysOfMonth(month, start)), ...given } });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = { metrics: '指标名', dimensions: '分组', compare: '对比', filters: '筛选' }[String(issue?.path[0])] ?? '参数';
    return refuse(`metric() 的${at}有误；${usage}，名称见左侧的“指标”`);
  }
  const { sql, params } = compileMetricQuery(parsed.data, answers, start);
  let n = 0;
  const named = sql.replace(/\?/g, () => `$${prefix}${++n}`);
  return { sql: named, values: Object.fromEntries(params.map((value, i) => [`${prefix}${i + 1}`, value])) };
}

/** What is wrong in an argument is wrong in the query. */
function asQuery(...[parameter, value]: Parameters<typeof checkedValue>): QueryValue {
  try { return checkedValue(parameter, value); } catch (error) { return refuse(error instanceof Error ? error.message : String(error)); }
}

function daysOfMonth(month: QueryValue | QueryValue[], start: number): { from: string; to: string } {
  const of = asQuery({ name: 'month', type: 'month' }, Array.isArray(month) ? (month[0] ?? null) : month);
  return typeof of === 'string' ? { from: firstDayOf(of, start), to: lastDayOf(of, start) } : refuse('metric() 的 month 写作 2026-10');
}
