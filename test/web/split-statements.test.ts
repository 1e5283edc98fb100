import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf, splitStatements } from '../../web/query/split-statements.ts';
import { questions } from '../../web/questions.ts';

const texts = [
  'SELECT 1; SELECT 2', 'SELECT 1;;\n\n;SELECT 2;', "SELECT ';' AS a; SELECT 'it''s; so'", 'SELECT 1 AS "a;""b"; SELECT 2', '-- one; two\nSELECT 1; -- last; one',
  'SELECT 1 /* a; /* b; */ c; */; SELECT 2', "SELECT $$a;'b$$; SELECT $x$;$$;$x$, 3", "SELECT E'a\\';b'; SELECT 2", "SELECT 'a\\'; SELECT 2", 'SELECT 单位$a$ FROM x; SELECT 1', '  ', '-- nothing', 'SELECT type\'x\'; SELECT 1',
  questions.map(({ sql }) => sql).join(';\n'),
];

describe('web/query/split-statements', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => { instance = await DuckDBInstance.create(':memory:'); connection = await instance.connect(); });
  afterAll(() => { connection.closeSync(); instance.closeSync(); });
  const count = async (text: string) => (await connection.extractStatements(text).catch(() => ({ count: 0 }))).count;

  it.each(texts)('parts %s as DuckDB does', async (text) => {
    const parts = splitStatements(text);
    expect(parts.length).toBe(await count(text));
    for (const part of parts) {
      expect(await count(part.text)).toBe(1);
      expect(text.slice(part.from, part.to)).toBe(part.text);
    }
  });
  it('keeps an unfinished string or comment in its statement', () => {
    expect(splitStatements("SELECT 1; SELECT 'a; b").map(({ text }) => text)).toEqual(['SELECT 1', "SELECT 'a; b"]);
    expect(splitStatements('SELECT 1 /* a; b').map(({ text }) => text)).toEqual(['SELECT 1']);
  });
  it('tells line and column from one', () => {
    expect([placeOf('', 0), placeOf('一\n二三', 3), placeOf('a\n', 2)]).toEqual([{ line: 1, column: 1 }, { line: 2, column: 2 }, { line: 2, column: 1 }]);
  });
});
