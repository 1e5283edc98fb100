// In: SQL. Out: the same, laid out. Invariant: with nothing changed but white space and the case of keywords; loaded when asked for.
import { duckdb, formatDialect } from 'sql-formatter';

export const formatSql = (sql: string): string => formatDialect(sql, { dialect: duckdb, keywordCase: 'upper', functionCase: 'lower', tabWidth: 2, expressionWidth: 100, linesBetweenQueries: 1 });
