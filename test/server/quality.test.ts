// In: a served house in which an office taught a classification of its own. Out: what GET /api/quality tells of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Quality } from '../../server/api.ts';
import { trainTaxonomy } from '../../pipelines/taxonomies/train-taxonomy.ts';
import { start, type Running } from './client.ts';
import { newDataDir } from './sample-warehouse.ts';

describe('GET /api/quality', () => {
  const dir = newDataDir();
  let server: Running;
  beforeAll(async () => {
    const texts = Array.from({ length: 60 }, (_, i) => ({ text: `${i % 2 ? '食堂饭菜凉了' : '班车又晚点了'}，第${i}回`, words: null, labels: [i % 2 ? '食堂' : '班车'] }));
    const { evaluation } = trainTaxonomy('后勤', texts);
    mkdirSync(dir.taxonomies, { recursive: true });
    writeFileSync(join(dir.taxonomies, '后勤.json'), JSON.stringify(evaluation));
    writeFileSync(join(dir.taxonomies, '坏的.json'), '{"name": 1}');
    server = await start(dir);
  }, 60_000);
  afterAll(() => server.close());

  it('tells a leader what ships and what the office taught, and passes over a file that cannot be read', async () => {
    const reply = await (await server.signedIn('领导', 'leader')).get('/api/quality');
    const { figures, own } = reply.json<Quality>();
    expect(reply.status).toBe(200);
    expect(figures?.sections.map((s) => s.name)).toContain('corpus');
    expect(own.map(({ name, classes }) => [name, classes.map((c) => c.code).sort()])).toEqual([['后勤', ['班车', '食堂']]]);
    expect(server.log()).toContain('坏的.json');
  });
});
