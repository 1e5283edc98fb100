// In: a query, the values of its parameters, who asks. Out: its result, within the reader's own rights.
// Invariant: every query goes through here or POST /api/sql, and is in the audit log before it runs.
import { checkedValues, parametersOf, type QueryValues } from '../../datasets/query-parameters.ts';
import type { User } from '../api.ts';
import type { Response } from '../endpoint.ts';
import type { House } from '../house.ts';
import type { SqlResult } from '../sandbox.ts';
import { analysts } from '../shapes.ts';
import { askedText } from './asked-text.ts';

export interface Asked { sql: string; values: QueryValues; defaults?: QueryValues; user: User; ip: string | null; res: Response; by?: string }

/** Stopped when the reader goes. `by` tells the audit log what the query came through. */
export async function runQuery({ warehouse, sandbox, audit }: House, { sql, values, defaults = {}, user, ip, res, by }: Asked): Promise<SqlResult> {
  const bound = checkedValues(parametersOf(sql), values, defaults);
  return warehouse.use((reader) => {
    audit.write(user.name, 'sql', askedText({ sql, values: bound }) + (by === undefined ? '' : `\n-- ${by}`), ip);
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    res.set('Cache-Control', 'no-store');
    return sandbox.run({ file: reader.file, scope: user.unit_path, sql, values: bound, user: user.name, lane: (analysts as readonly string[]).includes(user.role) ? 'analysis' : 'reading', signal: gone.signal });
  });
}
