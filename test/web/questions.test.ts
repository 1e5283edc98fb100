import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWarehouse } from '../../pipelines/warehouse.ts';
import { SandboxPool } from '../../server/sandbox-pool.ts';
import { isNumeric } from '../../web/query/cells.ts';
import { questions, questionsFrom, readyFor } from '../../web/questions.ts';

describe('web/questions', () => {
  let home: string;
  let file: string;
  let pool: SandboxPool;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'zhiwei-questions-'));
    file = join(home, 'v000001.duckdb');
    await writeWarehouse(file, {});
    pool = new SandboxPool({ processes: 1 });
  });
  afterAll(() => {
    pool?.close();
    if (home) rmSync(home, { recursive: true, force: true });
  });

  it.each(questions.map((q) => [q.title, q] as const))('“%s” runs in the sandbox as it is, and gives what its chart draws', async (_title, { sql, chart }) => {
    const { columns } = await pool.run({ file, scope: null, sql, user: 'test' });
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining([chart.x, ...chart.y, ...(chart.by === null ? [] : [chart.by])]));
    for (const y of chart.y) expect(isNumeric(columns.find(({ name }) => name === y)?.type ?? ''), y).toBe(true);
  });
  it('is known by its text, also where months begin on another day', () => {
    for (const start of [1, 26]) for (const { title, sql, chart } of questionsFrom(start)) expect(readyFor(` ${sql}\n`, start)).toEqual({ title, shown: JSON.stringify({ chart: JSON.stringify(chart) }) });
    expect(readyFor(questions[0]!.sql.replace('3', '4'), 1)).toBeNull();
  });
});
