// In: who asks. Out: what is served: version, dates, units within the scope, topics. Answers also before anything is published.
import { readManifest } from '../versions.ts';
import { monthOf } from '../../datasets/reporting-period.ts';
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
  month_start_day: 1, tells_acceptance: true, first_month: null, last_month: null, lacking: [], units: [], topics,
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
    const views = scopedViews('main', scope), month = (day: string | null | undefined) => (day ? monthOf(day, reader.monthStart) : null);
    const [run] = await reader.query<Row<'run'>>('SELECT * FROM run');
    const [counted] = await reader.query<{ documents: number; first_day: string | null; last_day: string | null }>(
      `SELECT count(*) AS documents, min(received_date)::VARCHAR AS first_day, max(received_date)::VARCHAR AS last_day FROM (${views.document})`);
    const [refused] = await reader.query<{ rejects: number }>(`SELECT count(*) AS rejects FROM (${views.reject})`);
    return {
      version: reader.version, lacking: [...reader.lacking], as_of: run?.as_of ?? null, provisional_from: run?.provisional_from ?? null, model: run?.model ?? null, taxonomy: run?.taxonomy ?? null,
      documents: counted?.documents ?? 0, month_start_day: reader.monthStart, tells_acceptance: run?.tells_acceptance ?? true, first_month: month(counted?.first_day), last_month: month(counted?.last_day), rejects: refused?.rejects ?? 0,
    };
  });
}
