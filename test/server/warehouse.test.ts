import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { versionFile } from '../../datasets/data-dir.ts';
import type { Meta, MetricsReply } from '../../server/api.ts';
import { Warehouse } from '../../server/warehouse.ts';
import { start } from './client.ts';
import { newDataDir, point, publish } from './sample-warehouse.ts';

const until = async (condition: () => boolean) => { while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20)); };

describe('the served warehouse', () => {
  it('is empty before anything is published, and appears when it is', async () => {
    const dir = newDataDir();
    const warehouse = await Warehouse.open(dir, { pollMs: 50 });
    expect(warehouse.version).toBeNull();
    await expect(warehouse.query('SELECT 1')).rejects.toMatchObject({ code: 'not_found' });
    await publish(dir, 1);
    await until(() => warehouse.version === 1);
    expect(await warehouse.query('SELECT version, as_of FROM run')).toEqual([{ version: 1, as_of: '2026-10-28' }]);
    warehouse.close();
  });
  it('lets a reader finish on its version while the next one takes over, even when the old file is gone', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    await publish(dir, 2);
    point(dir, 1);
    const warehouse = await Warehouse.open(dir, { pollMs: 50 });
    await warehouse.use(async (reader) => {
      point(dir, 2);
      await until(() => warehouse.version === 2);
      rmSync(join(dir.warehouse, versionFile(1)));
      expect(await reader.query('SELECT version FROM run')).toEqual([{ version: 1 }]);
    });
    expect(await warehouse.query('SELECT version FROM run')).toEqual([{ version: 2 }]);
    warehouse.close();
  });
  it.each([
    ['half a pointer', (dir: ReturnType<typeof newDataDir>) => writeFileSync(dir.pointer, '{"version": 2, "fi')],
    ['no pointer', (dir: ReturnType<typeof newDataDir>) => rmSync(dir.pointer)],
    ['a pointer to a file that is not there', (dir: ReturnType<typeof newDataDir>) => point(dir, 2)],
    ['a file that is no database', (dir: ReturnType<typeof newDataDir>) => { writeFileSync(join(dir.warehouse, versionFile(2)), 'x'.repeat(10_000)); point(dir, 2); }],
    ['an empty file', (dir: ReturnType<typeof newDataDir>) => { writeFileSync(join(dir.warehouse, versionFile(2)), ''); point(dir, 2); }],
  ])('goes on serving the last good version beside %s', async (_what, damage) => {
    const dir = newDataDir();
    await publish(dir, 1);
    const warned: string[] = [];
    const warehouse = await Warehouse.open(dir, { pollMs: 20, warn: (message) => warned.push(message) });
    damage(dir);
    await warehouse.refresh();
    await warehouse.refresh();
    expect(await warehouse.query('SELECT version FROM run')).toEqual([{ version: 1 }]);
    await publish(dir, 3);
    await until(() => warehouse.version === 3);
    expect(warned.length).toBeLessThan(10);
    warehouse.close();
  });
  it('drops no request while versions come and go under load', async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    for (let v = 2; v <= 4; v++) { await publish(dir, v); point(dir, 1); }
    const s = await start(dir);
    const client = await s.signedIn('leader', 'leader');
    const analyst = await s.signedIn('analyst', 'analyst');
    let moving = true;
    const seen = new Set<number>();
    const failures: string[] = [];
    const path = `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['petitions'], dimensions: ['unit', 'month'] }))}`;
    let requests = 0;
    const load = Array.from({ length: 6 }, async () => {
      while (moving) {
        const reply = await client.get(path);
        requests++;
        await sleep(25);
        if (reply.status === 200) seen.add(reply.json<MetricsReply>().version); else failures.push(`${reply.status} ${reply.text}`);
      }
    });
    const queries = (async () => {
      while (moving) {
        const reply = await analyst.post('/api/sql', { sql: 'SELECT version FROM run' });
        if (reply.status !== 200) failures.push(`${reply.status} ${reply.text}`);
      }
    })();
    // Within the request limit of one address: readers take a breath, and each move waits for a few requests.
    for (let round = 0; round < 12; round++) {
      const target = 1 + (round + 1) % 4;
      point(dir, target);
      await until(() => s.app.house.warehouse.version === target);
      const before = requests;
      await until(() => requests > before + 12);
    }
    moving = false;
    await Promise.all([...load, queries]);
    expect(failures).toEqual([]);
    expect([...seen].sort()).toEqual([1, 2, 3, 4]);
    expect((await client.get('/api/meta')).json<Meta>().version).toBe(1);
    await s.close();
  }, 60_000);
});
