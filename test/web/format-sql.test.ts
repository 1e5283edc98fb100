import { describe, expect, it } from 'vitest';
import { formatSql } from '../../web/query/format-sql.ts';
import { questions } from '../../web/questions.ts';

/** A query's signs without white space and case of keywords. */
const bare = (sql: string) => sql.replace(/\s+/g, '').toLowerCase();

describe('web/query/format-sql', () => {
  it.each(questions.map(({ title, sql }) => [title, sql]))('lays out “%s” without changing what it says, and once is enough', (_title, sql) => {
    const laid = formatSql(sql);
    expect(bare(laid)).toBe(bare(sql));
    expect(formatSql(laid)).toBe(laid);
  });
});
