import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { readTables, writeWarehouse } from '../../pipelines/warehouse.ts';

describe('pipelines/warehouse.ts', () => {
  it('lays terms beside their like, so that a search reads few stretches of the file, and reads them back by document', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zhiwei-warehouse-')), file = join(folder, 'v.duckdb');
    const term = ['d1', 'd2', 'd3'].flatMap((document_id) => ['工资', '瓦斯'].map((word) => ({ document_id, term: word, tag: 'n', count: 1 })));
    await writeWarehouse(file, { term });
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    const lying = await (await instance.connect()).runAndReadAll('SELECT term, document_id FROM term ORDER BY rowid');
    expect(lying.getRows()).toEqual([['工资', 'd1'], ['工资', 'd2'], ['工资', 'd3'], ['瓦斯', 'd1'], ['瓦斯', 'd2'], ['瓦斯', 'd3']]);
    instance.closeSync();
    expect((await readTables(file, ['term'])).term).toEqual(term);
    rmSync(folder, { recursive: true });
  });
});
