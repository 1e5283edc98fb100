// In: a query of the workbench. Out: its rows, within the limits; what can be queried; what its author asked before.
// Invariant: the text of a query goes to the audit log and nowhere else; a file is written outside the sandbox, from its rows.
import { sqlFileFormats, type User } from '../api.ts';
import { route, type Response } from '../endpoint.ts';
import type { House } from '../house.ts';
import { defaultLimits } from '../sandbox.ts';
import { shapeOf, visibleTables } from '../scoped-views.ts';
import { resultFile } from '../sql-file.ts';
import { allowedFunctions } from '../sql-functions.ts';
import { valuesOf } from '../sql-values.ts';

const described = visibleTables.map((name) => ({
  name, grain: shapeOf(name).grain,
  columns: Object.entries(shapeOf(name).columns).map(([column, { sql, doc }]) => ({ name: column, type: sql, doc })),
}));

const contentTypes: Readonly<Record<(typeof sqlFileFormats)[number], string>> = {
  csv: 'text/csv; charset=utf-8', json: 'application/json', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', parquet: 'application/vnd.apache.parquet',
};
const functions = [...allowedFunctions].filter((name) => /^[a-z]\w*$/.test(name)).sort();

export const sqlRoutes = ({ warehouse, sandbox, audit }: House) => {
  /** A query whose reader may go away. */
  const run = (sql: string, user: User, res: Response) => warehouse.use((reader) => {
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    res.set('Cache-Control', 'no-store');
    return sandbox.run({ file: reader.file, scope: user.unit_path, sql, user: user.name, signal: gone.signal });
  });
  return [
    route('POST /api/sql', ({ body: { sql }, user, ip, res }) => {
      audit.write(user.name, 'sql', sql, ip);
      return run(sql, user, res);
    }),
    route('POST /api/sql/file', async ({ body: { sql, format }, user, ip, res }) => {
      audit.write(user.name, 'export', `查询结果（${format}）：${sql}`, ip);
      const bytes = await resultFile(await run(sql, user, res), format);
      res.type(contentTypes[format]).attachment(`result.${format}`).send(bytes);
      return undefined;
    }),
    route('GET /api/sql/schema', () => ({ tables: described, functions, limits: defaultLimits })),
    route('GET /api/sql/values/:table', ({ user, param }) => warehouse.use((reader) => valuesOf(reader, param('table'), user.unit_path))),
    route('GET /api/sql/history', ({ user }) => ({ queries: audit.queriesOf(user.name) })),
  ];
};
