import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleTables } from '../../server/scoped-views.ts';
import { SqlCompleter } from '../../server/sql-complete.ts';

describe('server/sql-complete', () => {
  let completer: SqlCompleter;
  beforeAll(() => { completer = new SqlCompleter(); });
  afterAll(() => completer.close());
  /** A process that was killed needs its time to load again. */
  const words = async (text: string) => (await completer.complete(text)).map(({ word }) => word);

  it('says what may come next, and where the word begins, as the text counts', async () => {
    const found = await completer.complete("SELECT '一矿' AS 单位 FROM petition WHE");
    expect(found.find(({ word }) => word === 'WHERE')).toEqual({ word: 'WHERE', kind: 'keyword', at: "SELECT '一矿' AS 单位 FROM petition ".length });
    expect(await words('SELECT count(*) FROM petit')).toContain('petition');
    expect(await words('SELECT count(*) FROM petition WH')).not.toContain('WH');
  });
  it('names no table beyond the published ones, no function and no word that a query may not use', async () => {
    const said = new Set<string>();
    for (const text of ['', 'SELECT ', 'SELECT * FROM ', 'SELECT * FROM re', 'SELECT * FROM duckdb', 'SELECT * FROM pg', 'FROM information_', 'SELECT read', 'SELECT * FROM read', 'SELECT getenv', 'AT', 'CO', 'INS', 'SELECT * FROM restricted_text WHERE ']) for (const { word, kind } of await completer.complete(text)) { said.add(word.toLowerCase()); if (kind === 'table') expect(visibleTables).toContain(word.toLowerCase()); }
    expect(said.size).toBeGreaterThan(20);
    for (const word of ['restricted_text', 'duckdb_tables', 'read_csv', 'read_text', 'getenv', 'attach', 'copy', 'insert', 'pg_settings', 'memory']) expect(said).not.toContain(word);
  });
  it('gives up on what takes DuckDB for ever, and answers the next', async () => {
    expect(await words(`SELECT ${'('.repeat(100)}`)).toEqual([]);
    expect(await words('SELECT 1 FROM petition WHE')).toContain('WHERE');
  });
  it('has no answer while another is being thought about', async () => {
    const [first, second] = await Promise.all([words('SELECT coun'), words('SELECT coun')]);
    expect([first.includes('count'), second]).toEqual([true, []]);
  });
});
