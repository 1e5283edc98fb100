// In: a query of the workbench. Out: its rows, within the limits; what can be queried; what its author asked before.
// Invariant: the text of a query goes to the audit log and nowhere else; a file is written outside the sandbox, from its rows.
import { dimensionsOf } from '../../datasets/metric-query.ts';
import { dimensions, metricNames, metrics } from '../../datasets/metrics.ts';
import type { ResultFormat, SqlRequest, User } from '../api.ts';
import { route, type Response } from '../endpoint.ts';
import type { House } from '../house.ts';
import { askedText } from '../queries/asked-text.ts';
import { defaultLimits } from '../sandbox.ts';
import { shapeOf, visibleTables } from '../scoped-views.ts';
import { resultFile } from '../sql-file.ts';
import { allowedFunctions } from '../sql-functions.ts';
import { valuesOf } from '../sql-values.ts';

const described = visibleTables.map((name) => ({
  name, grain: shapeOf(name).grain,
  columns: Object.entries(shapeOf(name).columns).map(([column, { sql, doc }]) => ({ name: column, type: sql, doc })),
}));

const contentTypes: Readonly<Record<ResultFormat, string>> = {
  csv: 'text/csv; charset=utf-8', json: 'application/json', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', parquet: 'application/vnd.apache.parquet',
};
const functions = [...allowedFunctions].filter((name) => /^[a-z]\w*$/.test(name)).sort();

/** Every metric with the dimensions it may be divided by. */
const measured = metricNames.map((name) => {
  const { label, unit, description } = metrics[name];
  return { name, label, unit, description, by: dimensionsOf(name).map((d) => ({ name: d, label: dimensions[d].label })) };
});

export const sqlRoutes = ({ warehouse, sandbox, completer, audit }: House) => {
  /** A query whose reader may go away. */
  const run = ({ sql, values = {} }: SqlRequest, user: User, res: Response) => warehouse.use((reader) => {
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    res.set('Cache-Control', 'no-store');
    return sandbox.run({ file: reader.file, scope: user.unit_path, sql, values, user: user.name, signal: gone.signal });
  });
  return [
    route('POST /api/sql', ({ body, user, ip, res }) => {
      audit.write(user.name, 'sql', askedText(body), ip);
      return run(body, user, res);
    }),
    route('POST /api/sql/file', async ({ body: { format, ...asked }, user, ip, res }) => {
      audit.write(user.name, 'export', `查询结果（${format}）：${askedText(asked)}`, ip);
      const bytes = await resultFile(await run(asked, user, res), format);
      res.type(contentTypes[format]).attachment(`result.${format}`).send(bytes);
      return undefined;
    }),
    route('POST /api/sql/complete', async ({ body }) => ({ suggestions: await completer.complete(body.text) })),
    route('GET /api/sql/schema', () => ({ tables: described, functions, metrics: measured, limits: defaultLimits })),
    route('GET /api/sql/values/:table', ({ user, param }) => warehouse.use((reader) => valuesOf(reader, param('table'), user.unit_path))),
    route('GET /api/sql/history', ({ user }) => ({ queries: audit.queriesOf(user.name) })),
  ];
};
