// In: who asks. Out: what is served: version, dates, units within the scope, topics. Answers also before anything is published.
import { readManifest } from '../versions.ts';
import type { Row } from '../../datasets/schema.ts';
import { topicRows } from '../../datasets/taxonomy.ts';
import type { Meta } from '../api.ts';
import type { House } from '../house.ts';
import { unitsOf, within } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import { versioned } from '../versioned.ts';
import type { Reader } from '../warehouse.ts';

const topics = topicRows().map(({ sort: _sort, ...topic }) => topic);

const nothing: Meta = {
  version: null, as_of: null, provisional_from: null, model: null, taxonomy: null, documents: 0, rejects: 0, published_at: null,
  first_month: null, last_month: null, lacking: [], units: [], topics,
};

export const metaRoutes = (house: House) => [
  versioned(house, 'GET /api/meta', async (reader, { scope }) => ({
    ...await facts(reader, scope), published_at: readManifest(house.dir, reader.version)?.started_at ?? null,
    units: (await unitsOf(reader)).filter((u) => within(u.path, scope)), topics,
  }), nothing),
];

type Facts = Omit<Meta, 'published_at' | 'units' | 'topics'>;

function facts(reader: Reader, scope: string | null): Promise<Facts> {
  return reader.memo(`meta ${scope ?? ''}`, async () => {
    const views = scopedViews('main', scope);
    const [run] = await reader.query<Row<'run'>>('SELECT * FROM run');
    const [counted] = await reader.query<{ documents: number; first_month: string | null; last_month: string | null }>(
      `SELECT count(*) AS documents, strftime(min(received_date), '%Y-%m') AS first_month, strftime(max(received_date), '%Y-%m') AS last_month FROM (${views.document})`);
    const [refused] = await reader.query<{ rejects: number }>(`SELECT count(*) AS rejects FROM (${views.reject})`);
    return {
      version: reader.version, lacking: [...reader.lacking], as_of: run?.as_of ?? null, provisional_from: run?.provisional_from ?? null, model: run?.model ?? null, taxonomy: run?.taxonomy ?? null,
      documents: counted?.documents ?? 0, first_month: counted?.first_month ?? null, last_month: counted?.last_month ?? null, rejects: refused?.rejects ?? 0,
    };
  });
}
