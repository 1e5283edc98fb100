// Publishing is a swap: versions, rollback, the litter of a killed run, and two runs at once.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { dataDir, readPointer, type DataDir } from '../../datasets/data-dir.ts';
import { nextVersion, publish, rollback, versions } from '../../pipelines/publish.ts';
import { exclusively } from '../../pipelines/run-lock.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import { smallWarehouse } from '../datasets/small-warehouse.ts';

let dir: DataDir;
beforeEach(() => { dir = dataDir(mkdtempSync(join(tmpdir(), 'zhiwei-'))); });

const once = async () => {
  const version = nextVersion(dir);
  await publish(dir, version, smallWarehouse, () => ({ version, started_at: '2026-11-01T00:00:00Z', seconds: 1, documents: 13, rejects: 0, as_of: '2026-10-31', stages: [], sources: [] }));
  return version;
};

describe('publish', () => {
  it('serves each new version and keeps five', async () => {
    for (let i = 1; i <= 7; i++) expect(await once()).toBe(i);
    expect(readPointer(dir)).toEqual({ version: 7, file: 'v000007.duckdb' });
    expect(versions(dir).map((v) => [v.version, v.current])).toEqual([[7, true], [6, false], [5, false], [4, false], [3, false]]);
    expect(existsSync(join(dir.warehouse, 'v000002.duckdb'))).toBe(false);
  });
  it('writes rows that read back the same', async () => {
    await once();
    const back = await readTables(join(dir.warehouse, 'v000001.duckdb'), ['petition', 'unit']);
    expect(back.petition).toEqual([...smallWarehouse.petition ?? []].sort((a, b) => (a.document_id < b.document_id ? -1 : 1)));
  });
  it('rolls back one version, or to a named one, and numbers on from the highest', async () => {
    await once(); await once(); await once();
    expect(rollback(dir)).toBe(2);
    expect(rollback(dir, 3)).toBe(3);
    expect(rollback(dir, 1)).toBe(1);
    expect(() => rollback(dir)).toThrow('没有更早的版本');
    expect(() => rollback(dir, 9)).toThrow('没有版本 9；现有：3、2、1');
    expect(await once()).toBe(4);
  });
  it('clears the litter of a killed run and never serves it', async () => {
    await once();
    for (const litter of ['building-2.duckdb', 'v000002.duckdb', 'current.json.next']) writeFileSync(join(dir.warehouse, litter), 'half');
    expect(readPointer(dir)?.version).toBe(1);
    expect(await once()).toBe(3);
    expect(existsSync(join(dir.warehouse, 'building-2.duckdb'))).toBe(false);
    expect(existsSync(join(dir.warehouse, 'v000002.duckdb'))).toBe(false);
    expect(JSON.parse(readFileSync(dir.pointer, 'utf8'))).toEqual({ version: 3, file: 'v000003.duckdb' });
  });
  it('publishes nothing when a row breaks its declaration', async () => {
    await once();
    const broken = { ...smallWarehouse, unit: [{ ...[...smallWarehouse.unit ?? []][0]!, name: null as unknown as string }] };
    await expect(publish(dir, 2, broken, () => { throw new Error('never asked'); })).rejects.toThrow('unit.name');
    expect(readPointer(dir)?.version).toBe(1);
  });
});

describe('two runs at once', () => {
  it('let the second wait, and say so', async () => {
    const order: string[] = [];
    let release = () => {};
    const first = exclusively(dir.lock, async () => { order.push('first'); await new Promise<void>((r) => { release = r; }); });
    const second = exclusively(dir.lock, async () => { order.push('second'); }, () => { order.push('waits'); release(); });
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'waits', 'second']);
  });
  it('give up after their patience', async () => {
    await exclusively(dir.lock, async () => {
      await expect(exclusively(dir.lock, async () => {}, () => {}, 1)).rejects.toThrow('另一个运行一直没有结束');
    });
  });
});
