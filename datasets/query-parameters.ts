// In: a query with `{{month}}`, `{{单位:unit}}` in it, and their values. Out: its parameters; the values, checked.
// Invariant: pure; a value is never put into the text, only its place is named.
import { ZhiweiError } from './errors.ts';
import { topicCodes, topicRows } from './taxonomy.ts';

export const parameterTypes = { date: '日期', month: '月份', unit: '单位', topic: '诉求', text: '文字', number: '数' } as const;
export type ParameterType = keyof typeof parameterTypes;
export interface QueryParameter { name: string; type: ParameterType }
/** `null` leaves the choice open; `latest` is the day, or its month, that the data reach to. */
export type QueryValue = string | number | null;
export type QueryValues = Readonly<Record<string, QueryValue>>;
export const latest = 'latest';

const written = /\{\{\s*([\p{L}_][\p{L}\p{N}_]{0,39})\s*(?::\s*([a-z]+)\s*)?\}\}/gu;
/** Types of names that need not say theirs. */
const known: Readonly<Record<string, ParameterType>> = { month: 'month', 月份: 'month', unit: 'unit', 单位: 'unit', topic: 'topic', 诉求: 'topic', date: 'date', from: 'date', to: 'date', 日期: 'date', 起: 'date', 止: 'date' };
const isType = (word: string): word is ParameterType => word in parameterTypes;

export interface Placed extends QueryParameter { from: number; to: number }

/** Where parameters stand in the text, as UTF-16 offsets. Throws `bad_query` for a type that there is not. */
export function placesOf(sql: string): Placed[] {
  return [...sql.matchAll(written)].map(({ 0: whole, 1: name = '', 2: said, index }) => {
    if (said !== undefined && !isType(said)) throw new ZhiweiError('bad_query', `参数“${name}”的类型“${said}”不认识；可用 ${Object.keys(parameterTypes).join('、')}`);
    return { name, type: said ?? known[name] ?? 'text', from: index, to: index + whole.length };
  });
}

/** Each parameter once, in the order of the text. Throws `bad_query` where one name has two types. */
export function parametersOf(sql: string): QueryParameter[] {
  const found = new Map<string, ParameterType>();
  for (const { name, type } of placesOf(sql)) {
    if ((found.get(name) ?? type) !== type) throw new ZhiweiError('bad_query', `参数“${name}”写了两种类型；请只用一种`);
    found.set(name, type);
  }
  return [...found].map(([name, type]) => ({ name, type }));
}

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const month = /^\d{4}-(0[1-9]|1[0-2])(-01)?$/;
const isRealDay = (text: string) => day.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** The value of one parameter as it is bound: days as `2026-10-01`, a month as its first day, a topic as its code. Throws `bad_request`. */
export function checkedValue({ name, type }: QueryParameter, given: QueryValue): QueryValue {
  const wrong = (expected: string): never => { throw new ZhiweiError('bad_request', `参数“${name}”应为${expected}`); };
  if (given === null || given === '') return null;
  const text = String(given).trim();
  if (type === 'number') return text !== '' && Number.isFinite(Number(text)) ? Number(text) : wrong('数，如 30');
  if (type === 'date') return text === latest || isRealDay(text) ? text : wrong('日期，写作 2026-10-01');
  if (type === 'month') return text === latest ? text : month.test(text) ? `${text.slice(0, 7)}-01` : wrong('月份，写作 2026-10');
  if (type === 'topic') return topicCodes.find((code) => code === text) ?? topicRows().find(({ parent, label }) => parent === null && label === text)?.topic ?? wrong('诉求类别，如 薪酬 或 pay');
  return text.length <= 500 ? text : wrong('至多 500 字的文字');
}

/** The values of a query's parameters: those given, else the defaults. Throws `bad_request` where one is missing or of no use. */
export function checkedValues(parameters: readonly QueryParameter[], given: QueryValues, defaults: QueryValues = {}): Record<string, QueryValue> {
  const unknown = Object.keys(given).find((name) => !parameters.some((p) => p.name === name));
  if (unknown !== undefined) throw new ZhiweiError('bad_request', `查询里没有参数“${unknown}”${parameters.length > 0 ? `；有 ${parameters.map(({ name }) => name).join('、')}` : ''}`);
  return Object.fromEntries(parameters.map((p) => {
    const value = Object.hasOwn(given, p.name) ? given[p.name] : Object.hasOwn(defaults, p.name) ? defaults[p.name] : undefined;
    if (value === undefined) throw new ZhiweiError('bad_request', `请给出参数“${p.name}”（${parameterTypes[p.type]}）`);
    return [p.name, checkedValue(p, value)];
  }));
}
