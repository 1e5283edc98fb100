// In: a metric query (JSON). Out: its rows, within the reader's units.
import { ZhiweiError } from '../../datasets/errors.ts';
import { compileMetricQuery, metricQuerySchema, type MetricQuery } from '../../datasets/metric-query.ts';
import type { MetricsReply } from '../api.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';
import { versioned } from '../versioned.ts';

export const metricsRoutes = (house: House) => [
  versioned(house, 'GET /api/metrics', async (reader, { query, scope }) => {
    const asked = parseQuery(query.q);
    const { unit: _unit, ...filters } = asked.filters;
    const unit = await scopedUnit(reader, asked.filters.unit, scope);
    const { sql, params } = compileMetricQuery({ ...asked, filters: { ...filters, ...(unit !== undefined && { unit }) } }, undefined, reader.monthStart);
    return { version: reader.version, rows: await reader.answer<MetricsReply['rows'][number]>(sql, params) };
  }),
];

function parseQuery(q: string): MetricQuery {
  let value: unknown;
  try {
    value = JSON.parse(q);
  } catch {
    throw new ZhiweiError('bad_request', 'q 不是合法的 JSON');
  }
  const parsed = metricQuerySchema.safeParse(value);
  if (!parsed.success) throw new ZhiweiError('bad_query', '指标查询有误；请检查指标、维度与筛选的名称', parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })));
  return parsed.data;
}
