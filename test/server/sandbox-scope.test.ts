import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZhiweiError } from '../../datasets/errors.ts';
import { Sandbox } from '../../server/sandbox.ts';
import { visibleTables } from '../../server/scoped-views.ts';
import { newDataDir, publish, rows, units } from './sample-warehouse.ts';

/** 二矿 with so many teams that DuckDB looks for none of them before it reads a row; 一矿 lies between their names. */
function manyUnits() {
  const made = rows(1), [mine] = units.filter((u) => u.unit_id === 'M2');
  const teams = Array.from({ length: 200 }, (_, i) => ({ ...mine!, unit_id: `${i % 2 ? 'A' : 'Z'}${i}`, parent_id: 'M2', path: `G/M2/T${i}`, level: 2, name: `队${i}` }));
  const document = [...made.document ?? []].map((d) => (d.document_id === 'd14' || d.document_id === 'd15' ? { ...d, kind: 'survey_answer' as const, source_row: 7, received_at: '2026-10-15 08:31:00' } : d));
  const source = [...made.source ?? []].map((s) => (s.source_id === 's2' ? { ...s, kind: 'survey' as const } : s));
  return { ...made, unit: [...units, ...teams], document, source };
}

/** Conditions that fail where `when` holds for a row that DuckDB computes them for. */
const oracles: readonly ((when: string) => string)[] = [
  (when) => `chr(CASE WHEN ${when} THEN -1 ELSE 65 END) = 'A'`,
  (when) => `hamming(CASE WHEN ${when} THEN 'xx' ELSE 'x' END, 'y') >= 0`,
  (when) => `to_base(10, CASE WHEN ${when} THEN 99 ELSE 2 END) <> ''`,
  (when) => `bar(1, 0, 10, CASE WHEN ${when} THEN 99999999999 ELSE 2 END) <> ''`,
  (when) => `url_decode(CASE WHEN ${when} THEN '%ff%zz' ELSE 'a' END) = 'a'`,
  (when) => `'a' LIKE 'a' ESCAPE CASE WHEN ${when} THEN 'zz' ELSE '!' END`,
  (when) => `error(CASE WHEN ${when} THEN 'x' END) IS NULL`,
  (when) => `(CASE WHEN ${when} THEN 'x' ELSE '1' END)::INT = 1`,
];
/** By table: something that is true of a row of 一矿. */
const theirs: readonly [table: string, when: string][] = [
  ['document', "unit_id = 'M1' AND text LIKE '%明文3%'"], ['document', "title = '明文标题3'"], ['petition', "registration_no = 'XF3'"], ['term', "document_id = 'd3' AND term = '工资'"], ['demand', "document_id = 'd3'"], ['unit', "name = '一矿'"],
  ['matter', "matter_id = 'm3'"], ['hotspot', "title = '一矿薪酬增多'"], ['hotspot_member', "document_id = 'd3'"], ['hotspot_stage', "hotspot_id = 'h1'"], ['series', "unit_id = 'M1'"], ['expectation', "unit_id = 'M1'"], ['headcount', "unit_id = 'M1'"], ['source', "file = 's1.xlsx'"], ['reject', "source_id = 's1'"],
];

describe('what a reader of one mine can learn of another by SQL', () => {
  const dir = newDataDir();
  let one: Sandbox, two: Sandbox, all: Sandbox;
  beforeAll(async () => {
    await publish(dir, 1, manyUnits());
    const file = join(dir.warehouse, 'v000001.duckdb');
    [one, two, all] = await Promise.all([Sandbox.open(file, 'G/M1'), Sandbox.open(file, 'G/M2'), Sandbox.open(file, null)]);
  });
  afterAll(() => { for (const sandbox of [one, two, all]) sandbox.close(); });

  const outcome = (sandbox: Sandbox, sql: string) => sandbox.run(sql, { rows: 10, seconds: 5, bytes: 10_000 }).then(({ rows: r }) => JSON.stringify(r), (e: unknown) => `${(e as ZhiweiError).message} ${JSON.stringify((e as ZhiweiError).details)}`);

  it.each(theirs)('is nothing by the failure of a condition on %s where %s', async (table, when) => {
    for (const oracle of oracles) {
      const ask = (w: string) => `SELECT count(*) FROM ${table} WHERE ${oracle(w)}`;
      expect(await outcome(two, ask(when)), oracle('…')).toBe(await outcome(two, ask(`${when} AND false`)));
      // Whose row it is, the same condition fails for: it would tell.
      expect(await outcome(one, ask(when)), oracle('…')).not.toMatch(/^\[\[\d+\]\]$/);
    }
  });
  it.each([
    "SELECT count(*) FROM document WHERE url_decode('%ff' || text) = 'a'", "SELECT count(*) FROM document WHERE from_base64('!' || text) IS NULL", 'SELECT count(*) FROM document WHERE error(text) IS NULL', 'SELECT count(*) FROM document WHERE text::INT = 1', 'SELECT count(*) FROM document WHERE json_extract(text, \'$\') IS NULL',
    "SELECT count(*) FROM document WHERE strptime(text, '%Y') IS NULL", 'SELECT any_value(error(text)) FROM document', 'SELECT count(*) FROM document d JOIN petition p ON url_decode(\'%ff\' || d.text) = p.outcome', "SELECT (SELECT max(url_decode('%ff' || d.text)) FROM document d WHERE d.unit_id = u.unit_id) FROM unit u",
    "SELECT sum(CASE WHEN url_decode('%ff' || text) = 'x' THEN 1 END) OVER () FROM document", "SELECT * FROM document ORDER BY url_decode('%ff' || text) LIMIT 1", "SELECT count(*) FROM document GROUP BY url_decode('%ff' || text)", "WITH d AS MATERIALIZED (FROM document) SELECT count(*) FROM d WHERE url_decode('%ff' || text) = 'a'",
  ])('is no text in the error of %s', async (sql) => {
    const told = await outcome(two, sql);
    expect(told).toMatch(/bad_query|明文1[3-7]|json|JSON|words/);
    expect(told).not.toMatch(/明文(?!1[2-7])\d|明文标题(?!1[2-7])\d/);
  });
  it.each([["url_decode('%ff' || coalesce(text, 'none'))", 'document'], ["url_decode('%ff' || term)", 'term'], ["url_decode('%ff' || coalesce(exemplar, ''))", 'hotspot'], ["url_decode('%ff' || coalesce(asked, ''))", 'demand_frame'], ["url_decode('%ff' || coalesce(outcome, ''))", 'petition']])(
    'is nothing restricted either, for who sees all units: %s of %s', async (condition, table) => { expect(await outcome(all, `SELECT count(*) FROM ${table} WHERE ${condition} = 'a'`)).not.toMatch(/密件|三百元/); });

  it('is a row of their own in every table, and no other', async () => {
    for (const table of visibleTables.filter((name) => name !== 'topic' && name !== 'run')) expect(await outcome(two, `SELECT list(t) FROM ${table} t`), table).not.toMatch(/"M1|G\/M1|明文标题[2-9]"|一矿/);
  });
  it('is no sheet: open answers of one respondent share neither row, nor minute, nor a hash to make their ids of', async () => {
    const sql = "SELECT count(*), count(source_row), count(DISTINCT received_at), max(received_at)::VARCHAR FROM document WHERE kind = 'survey_answer'";
    expect(await outcome(all, sql)).toBe('[[2,0,2,"2026-10-16 00:00:00"]]');
    expect(await outcome(all, "SELECT count(source_row) > 0 FROM document WHERE kind = 'petition'")).toBe('[[true]]');
    expect(await outcome(all, "SELECT file_hash FROM source WHERE kind = 'survey'")).toBe('[[""]]');
  });
});
