// In: a query of the workbench. Out: its rows, within the limits; what can be queried; what its author asked before.
// Invariant: the text of a query goes to the audit log and nowhere else.
import type { Column } from '../../datasets/table.ts';
import { tables } from '../../datasets/schema.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { defaultLimits } from '../sandbox.ts';
import { answerView, visibleTables } from '../scoped-views.ts';
import { allowedFunctions } from '../sql-functions.ts';
import { valuesOf } from '../sql-values.ts';

const shapeOf = (name: (typeof visibleTables)[number]) => (name === 'answer' ? answerView : tables[name]);
const described = visibleTables.map((name) => ({
  name, grain: shapeOf(name).grain,
  columns: Object.entries<Column>(shapeOf(name).columns).map(([column, { sql, doc }]) => ({ name: column, type: sql, doc })),
}));

const functions = [...allowedFunctions].filter((name) => /^[a-z]\w*$/.test(name)).sort();

export const sqlRoutes = ({ warehouse, sandbox, audit }: House) => [
  route('POST /api/sql', ({ body: { sql }, user, ip, res }) => warehouse.use((reader) => {
    audit.write(user.name, 'sql', sql, ip);
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    res.set('Cache-Control', 'no-store');
    return sandbox.run({ file: reader.file, scope: user.unit_path, sql, user: user.name, signal: gone.signal });
  })),
  route('GET /api/sql/schema', () => ({ tables: described, functions, limits: defaultLimits })),
  route('GET /api/sql/values/:table', ({ user, param }) => warehouse.use((reader) => valuesOf(reader, param('table'), user.unit_path))),
  route('GET /api/sql/history', ({ user }) => ({ queries: audit.queriesOf(user.name) })),
];
