import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionFile, type DataDir } from '../../datasets/data-dir.ts';
import { completed } from '../../datasets/older-version.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import type { HotspotDetail, Meta, ReplyOf } from '../../server/api.ts';
import { start, type Client, type Running } from './client.ts';
import { newDataDir, point, publish } from './sample-warehouse.ts';

/** Takes away what earlier releases did not write. */
async function makeOlder(dir: DataDir, version: number): Promise<void> {
  const instance = await DuckDBInstance.create(join(dir.warehouse, versionFile(version))), connection = await instance.connect();
  for (const sql of ['DROP TABLE hotspot_stage', 'DROP TABLE expectation_detail', 'DROP TABLE demand_frame', 'ALTER TABLE run DROP COLUMN alarm_from', 'ALTER TABLE run DROP COLUMN month_start_day', 'ALTER TABLE run DROP COLUMN tells_acceptance', 'ALTER TABLE series DROP COLUMN subtopic', 'ALTER TABLE hotspot DROP COLUMN subtopic', 'ALTER TABLE hotspot DROP COLUMN measure', 'ALTER TABLE demand DROP COLUMN subtopic', 'CHECKPOINT']) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

describe('a version that an older program published', () => {
  let s: Running, dir: DataDir, leader: Client, analyst: Client;
  beforeAll(async () => {
    dir = newDataDir();
    await publish(dir, 1);
    await makeOlder(dir, 1);
    s = await start(dir);
    leader = await s.signedIn('leader', 'leader');
    analyst = await s.signedIn('analyst', 'analyst');
  });
  afterAll(() => s.close());
  const got = async <T>(path: string) => { const reply = await leader.get(path); expect([path, reply.status]).toEqual([path, 200]); return reply.json<T>(); };

  it('says what it lacks', async () => {
    expect((await got<Meta>('/api/meta')).lacking).toEqual(['demand.subtopic', 'demand_frame', 'series.subtopic', 'expectation_detail', 'hotspot.subtopic', 'hotspot.measure', 'hotspot_stage', 'run.alarm_from', 'run.month_start_day', 'run.tells_acceptance']);
  });
  it('shows its hotspots as it meant them: of documents and first-level topics, without a life week by week', async () => {
    const { hotspots } = await got<ReplyOf<'GET /api/hotspots'>>('/api/hotspots');
    expect(hotspots.map((h) => [h.hotspot_id, h.measure, h.subtopic])).toEqual([['h1', 'documents', null], ['h2', 'documents', null], ['h3', 'documents', null]]);
    const { curve, stages, members } = await got<HotspotDetail>('/api/hotspots/h1');
    expect([curve.length, stages, members.length]).toEqual([4, [], 3]);
  });
  it('has the months of the calendar', async () => { expect((await got<Meta>('/api/meta')).month_start_day).toBe(1); });
  it('gives no alarm line where it had none', async () => {
    expect(await got('/api/why?from=2026-10-01&to=2026-10-28&unit=G/M1&topic=pay')).toMatchObject({ unit_name: '一矿', alarm_from: null });
  });
  it('raises its alerts, and answers figures, documents and topics', async () => {
    expect((await got<ReplyOf<'GET /api/alerts'>>('/api/alerts')).alerts).toHaveLength(3);
    for (const path of ['/api/documents/d2', '/api/curve?from=2026-09-01&to=2026-10-28', `/api/metrics?q=${encodeURIComponent(JSON.stringify({ metrics: ['documents'], dimensions: ['subtopic'] }))}`]) await got(path);
  });
  it('answers SQL with every table and column of today', async () => {
    const run = async (sql: string) => (await analyst.post('/api/sql', { sql })).json<ReplyOf<'POST /api/sql'>>().rows;
    expect(await run('SELECT count(*) FROM hotspot_stage')).toEqual([[0]]);
    expect(await run('SELECT DISTINCT measure, subtopic FROM hotspot')).toEqual([['documents', null]]);
    expect(await run('SELECT count(*) FROM document')).toEqual([[20]]);
  });
  it('is read by the batch, which can go on from it', async () => {
    const { hotspot, series, hotspot_stage } = await readTables(join(dir.warehouse, versionFile(1)), ['hotspot', 'series', 'hotspot_stage']);
    expect([hotspot.map((h) => h.measure), series[0]?.subtopic, hotspot_stage]).toEqual([['documents', 'documents', 'documents'], null, []]);
  });
  it('is followed by one that lacks nothing, and can be gone back to', async () => {
    await publish(dir, 2);
    await s.app.house.warehouse.refresh();
    expect((await got<Meta>('/api/meta')).lacking).toEqual([]);
    expect((await got<HotspotDetail>('/api/hotspots/h1')).stages).toHaveLength(1);
    point(dir, 1);
    await s.app.house.warehouse.refresh();
    expect((await got<HotspotDetail>('/api/hotspots/h1')).stages).toEqual([]);
  });
});

describe('datasets/older-version', () => {
  it('leaves a column that is there as it is, and makes up nothing', () => {
    const { select, lacking } = completed([['hotspot_member', 'hotspot_id'], ['hotspot_member', 'document_id'], ['reject', 'source_id']], 'w.main');
    expect(select.hotspot_member).toBe('SELECT hotspot_id, document_id FROM w.main.hotspot_member');
    expect(select.hotspot_stage).toBe('SELECT NULL::VARCHAR AS hotspot_id, NULL::DATE AS week, NULL::INTEGER AS documents, NULL::INTEGER AS matters, NULL::INTEGER AS likes, NULL::INTEGER AS units, NULL::VARCHAR AS stage, NULL::VARCHAR[] AS words WHERE false');
    expect(lacking).toContain('reject.reason');
    expect(lacking).not.toContain('reject.source_id');
  });
});
