// In: the parameters of a query, the address, what was chosen before, the saved defaults. Out: a value for each, and its words.
// Invariant: pure; in an address `*` leaves a choice open, since an empty word is left out of addresses.
import { latest, parametersOf, type QueryParameter, type QueryValue, type QueryValues } from '../../datasets/query-parameters.ts';
import { topicRows } from '../../datasets/taxonomy.ts';
import { monthName } from '../format.ts';

const open = '*';
/** Words of the address that are the page's own. */
const ownWords: readonly string[] = ['sql', 'chart', 'pivot'];
export const topics = topicRows().filter(({ parent }) => parent === null).map(({ topic, label }) => ({ topic, label }));

/** The parameters of a text that may be half written: none where they cannot be read. */
export function parametersIn(sql: string): QueryParameter[] {
  try { return parametersOf(sql); } catch { return []; }
}

const fromWord = (word: string): QueryValue => (word === open ? null : word);
export const toWord = (value: QueryValue): string => (value === null || value === '' ? open : String(value));

/** What is chosen at first where nobody said: the newest day or month, else everything. */
const atFirst = ({ type }: QueryParameter): QueryValue => (type === 'month' || type === 'date' ? latest : null);

/** The address goes before what this reader chose last, that before the saved defaults. */
export function valuesOf(parameters: readonly QueryParameter[], address: Readonly<Record<string, string>>, chosen: QueryValues, defaults: QueryValues): Record<string, QueryValue> {
  return Object.fromEntries(parameters.map((p) => {
    const word = ownWords.includes(p.name) ? undefined : address[p.name];
    const value = word !== undefined ? fromWord(word) : [chosen, defaults].find((given) => Object.hasOwn(given, p.name))?.[p.name];
    return [p.name, value === undefined ? atFirst(p) : value];
  }));
}

/** Of the values, those that a text asks for. */
export const valuesFor = (sql: string, values: QueryValues): Record<string, QueryValue> => Object.fromEntries(parametersIn(sql).map(({ name }) => [name, values[name] ?? null]));

/** `月份 2026 年 10 月、单位 三矿`. */
export function valueWords(parameters: readonly QueryParameter[], values: QueryValues, unitName: (named: string) => string): string {
  return parameters.map((p) => `${p.name} ${wordOf(p, values[p.name] ?? null, unitName)}`).join('、');
}

function wordOf({ type }: QueryParameter, value: QueryValue, unitName: (named: string) => string): string {
  if (value === null || value === '') return '不限';
  const text = String(value);
  if (text === latest && (type === 'month' || type === 'date')) return type === 'month' ? '最新月' : '最新日';
  if (type === 'month') return monthName(text);
  if (type === 'topic') return topics.find(({ topic }) => topic === text)?.label ?? text;
  return type === 'unit' ? unitName(text) : text;
}

const noted = /^-- (?:\{\{(.+?)\}\} = (.+)|已存查询 .*|访问令牌 .*|第 \d+ 版发布后刷新)$/;
/** A query as the audit log has it, apart from the values written under it. */
export function readAsked(text: string): { sql: string; values: Record<string, QueryValue> } {
  const lines = text.split('\n'), values: Record<string, QueryValue> = {};
  for (let found = noted.exec(lines.at(-1) ?? ''); found && lines.length > 1; found = noted.exec(lines.at(-1) ?? '')) {
    lines.pop();
    try { if (found[1] && found[2]) values[found[1]] = JSON.parse(found[2]) as QueryValue; } catch { /* A line that only looks like a value. */ }
  }
  return { sql: lines.join('\n'), values };
}
