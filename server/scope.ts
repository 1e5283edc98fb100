// In: the unit a request names and the user's unit scope. Out: the path that may be read.
// Invariant: every question about units goes through here; the answer never lies outside the scope.
import type { Row } from '../datasets/schema.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { inScopeSql } from './scoped-views.ts';
import type { Reader } from './warehouse.ts';

export const within = (path: string, scope: string | null) => scope === null || path === scope || path.startsWith(`${scope}/`);

export const unitsOf = (reader: Pick<Reader, 'query' | 'memo'>) => reader.memo('units', () => reader.query<Row<'unit'>>('SELECT * FROM unit ORDER BY path'));

/** Path to filter by, undefined for everything. `asked` is a unit's path or id. Throws `forbidden` outside the scope, `not_found` for no such unit. */
export async function scopedUnit(reader: Reader, asked: string | undefined, scope: string | null): Promise<string | undefined> {
  if (asked === undefined) return scope ?? undefined;
  const unit = (await unitsOf(reader)).find((u) => u.path === asked || u.unit_id === asked);
  if (scope !== null && (!unit || !within(unit.path, scope))) throw new ZhiweiError('forbidden', '这个单位不在你的查看范围内');
  if (!unit) throw new ZhiweiError('not_found', `没有单位“${asked}”；请从单位列表中选择`);
  return unit.path;
}

/** SQL condition on a unit path column for the path of {@link scopedUnit}. */
export const pathSql = (column: string, path: string | undefined) => inScopeSql(column, path ?? null);
