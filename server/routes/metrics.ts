// In: a metric query (JSON). Out: its rows, within the reader's units.
import { ZhiweiError } from '../../datasets/errors.ts';
import { compileMetricQuery, metricQuerySchema, type MetricQuery } from '../../datasets/metric-query.ts';
import type { MetricsReply } from '../api.ts';
import { route, unchanged } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';

export const metricsRoutes = ({ warehouse }: House) => [
  route('GET /api/metrics', (call) => {
    const asked = parseQuery(call.query.q);
    return warehouse.use(async (reader) => {
      const { unit: _unit, ...filters } = asked.filters;
      const unit = await scopedUnit(reader, asked.filters.unit, call.user.unit_path);
      if (unchanged(call, reader.version)) return undefined;
      const { sql, params } = compileMetricQuery({ ...asked, filters: { ...filters, ...(unit !== undefined && { unit }) } });
      return { version: reader.version, rows: await reader.answer<MetricsReply['rows'][number]>(sql, params) };
    });
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
