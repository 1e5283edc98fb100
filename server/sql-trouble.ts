// In: what DuckDB says of a query that cannot run. Out: the same in plain Chinese, DuckDB's words, and the place in the text.
// Invariant: pure; the place is a UTF-16 offset into the query as its author sent it, or null where DuckDB names none.
import { ZhiweiError } from '../datasets/errors.ts';
import type { SqlTrouble } from './api.ts';


/** Its message with its place and DuckDB's own words, for readers of plain text. */
export function troubleText({ message, details }: ZhiweiError, sql: string): string {
  const { words, at } = details as SqlTrouble;
  const before = at === null ? null : sql.slice(0, at).split('\n');
  return [before ? `第 ${before.length} 行第 ${(before.at(-1) ?? '').length + 1} 列：${message}` : message, ...(words ? [words] : [])].join('\n');
}

/** DuckDB's parser counts code points. */
export const atPoint = (sql: string, point: number): number => [...sql].slice(0, point).join('').length;
/** Its binder and its syntax tree count bytes. */
export const atByte = (sql: string, byte: number): number | null => (byte >= 0 && byte <= Buffer.byteLength(sql) ? Buffer.from(sql).subarray(0, byte).toString().length : null);

const types: Readonly<Record<string, string>> = { VARCHAR: '文字', STRING_LITERAL: '文字', INTEGER_LITERAL: '整数', INTEGER: '整数', INT32: '整数', INT64: '整数', BIGINT: '整数', DOUBLE: '小数', DATE: '日期', TIMESTAMP: '时间', BOOLEAN: '是非' };
const inWords = (type: string) => { const name = type.trim(); return types[name] ? `${types[name]}（${name}）` : name; };
const near = (candidates: string | undefined) => {
  const names = [...(candidates ?? '').matchAll(/"([^"]+)"/g)].map(([, name]) => name).slice(0, 4);
  return names.length ? `；是不是 ${names.join('、')}？` : '';
};

/** What DuckDB says, and how it is said here. */
const sayings: readonly [RegExp, (...found: (string | undefined)[]) => string][] = [
  [/^syntax error at end of input/, () => '语句没有写完'],
  [/^syntax error at or near "(.*)"/s, (word) => `“${word}”附近的语法有误；请看它前面是否少了逗号、括号，或关键字拼错`],
  [/^unterminated quoted (string|identifier)/, (what) => (what === 'string' ? '有一段文字缺少结尾的单引号' : '有一个名称缺少结尾的双引号')],
  [/^SELECT clause without selection list/, () => 'SELECT 后面没有写要查的列；全部列写作 *'],
  [/^Referenced column "(.*?[，；（）。　].*?)" not found/, (name) => `“${name}”里有全角标点；SQL 的逗号、括号、分号要用半角`],
  [/^Referenced column "(.*?)" not found in FROM clause!?(.*)/s, (name, rest) => `没有名为“${name}”的列${near(rest)}`],
  [/^(?:Table|Values list) "(.*?)" does not have a column named "(.*?)"(.*)/s, (table, name, rest) => `“${table}”里没有名为“${name}”的列${near(rest)}`],
  [/^Referenced table "(.*?)" not found!?(.*)/s, (name, rest) => `FROM 里没有名为“${name}”的表或别名${near(rest)}`],
  [/^Column "(.*?)" does not exist on (left|right) side/, (name, side) => `USING 的列“${name}”在连接的${side === 'left' ? '左' : '右'}边没有`],
  [/^column "(.*?)" must appear in the GROUP BY/, (name) => `“${name}”既没有列入 GROUP BY，也没有汇总；请写 GROUP BY ALL，或用 any_value(${name})`],
  [/^Ambiguous reference to column name "(.*?)"(.*)/s, (name, rest) => `几张表里都有“${name}”；请写明是哪一张${near(rest).replace('；是不是', '，如').replace('？', '')}`],
  [/^No function matches the given name and argument types '(.*?)\((.*?)\)'/s, (name, given) => `${name} 不能用于${(given ?? '').split(',').map(inWords).join(' 与 ')}；请换函数，或先用 CAST 转换类型`],
  [/^Could not convert string '(.*?)' to (\w+)/s, (value, type) => `“${value}”不能当作${inWords(type ?? '')}；不能转换的要留空，可用 TRY_CAST`],
  [/^invalid (date|timestamp) field format: "(.*?)"/s, (_type, value) => `“${value}”不是日期；日期写作 2026-10-01`],
  [/^Unimplemented type for cast \((\S+) -> (\S+?)\)/, (from, to) => `${inWords(from ?? '')}不能当作${inWords(to ?? '')}来比较或转换`],
  [/^Cannot (?:compare|mix) values of type (\S+) and (?:type )?(\S+)/, (a, b) => `${inWords(a ?? '')}与${inWords(b ?? '')}不能放在一起；请先用 CAST 转换类型`],
  [/^WHERE clause cannot contain aggregates/, () => 'WHERE 里不能用汇总函数；对汇总结果筛选请用 HAVING'],
  [/^WHERE clause cannot contain window functions/, () => 'WHERE 里不能用窗口函数；对其结果筛选请用 QUALIFY'],
  [/^A CTE needs a SELECT/, () => '只能查询：WITH 里只能写 SELECT'],
  [/^Combining QUALIFY with GROUP BY ALL/, () => 'QUALIFY 不能与 GROUP BY ALL 连用；请在 GROUP BY 后写明各列'],
  [/^aggregate function calls cannot be nested/, () => '汇总函数不能套汇总函数；请先在子查询里汇总一次'],
  [/^Set operations can only apply/, () => 'UNION 等前后两个查询的列数不同'],
  [/^More than one row returned by a subquery/, () => '用作一个值的子查询得出了多行；请加 LIMIT 1 或汇总'],
  [/^Overflow in (\w+)/, () => '数太大，超出了整数的范围；请先 CAST 成 DOUBLE'],
  [/^Cannot extract field '(.*?)' from expression/, (name) => `前面不是表，取不出“${name}”`],
];

export function plainWords(words: string): string | null {
  for (const [pattern, say] of sayings) {
    const found = pattern.exec(words);
    if (found) return say(...found.slice(1));
  }
  return null;
}

/** `words` and `position` are as DuckDB gives them. */
export function troubleOf(words: string, at: number | null, cause?: unknown): ZhiweiError {
  return new ZhiweiError('bad_query', plainWords(words) ?? '查询不能运行；原因见下面引擎的原话', { words, at } satisfies SqlTrouble, { cause });
}
