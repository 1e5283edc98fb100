import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWarehouse } from '../../pipelines/warehouse.ts';
import { SandboxPool } from '../../server/sandbox-pool.ts';
import { questions } from '../../web/questions.ts';

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

  it.each(questions.map((q) => [q.title, q.sql] as const))('“%s” runs in the sandbox as it is', async (_title, sql) => {
    const reply = await pool.run({ file, scope: null, sql, user: 'test' });
    expect(reply.columns.length).toBeGreaterThanOrEqual(2);
  });
});
