// In: an analyst's wish to keep a query, a reader's to run one. Out: saved queries, their results and files, boards.
// Invariant: a shared query runs with its reader's rights; a file made with its owner's is given only to whom may see as much.
import { existsSync } from 'node:fs';
import { ZhiweiError } from '../../datasets/errors.ts';
import { roles, type SavedQuery } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { contentTypes, resultFile } from '../queries/result-file.ts';
import { exportFile } from '../queries/refresh.ts';
import { runQuery } from '../queries/run-query.ts';
import { within } from '../scope.ts';

const described = ({ query_id, title, folder, shared_with, refresh, version_no }: SavedQuery) =>
  `${query_id}《${folder ? `${folder}/` : ''}${title}》第 ${version_no} 版${shared_with.length > 0 ? `，共享给${shared_with.map((r) => roles[r]).join('、')}` : ''}${refresh ? `，发布后写 ${refresh}` : ''}`;
/** Whether a reader of `mine` may have a file made for `theirs`. */
const covers = (mine: string | null, theirs: string | null) => mine === null || (theirs !== null && within(theirs, mine));

export const queryRoutes = (house: House) => {
  const { queries, audit, refresh } = house;
  const kept = (query: SavedQuery, user: string, ip: string | null, what = '') => {
    audit.write(user, 'query_save', what + described(query), ip);
    if (query.refresh) void refresh.start();
    return { query };
  };
  return [
    route('GET /api/queries', ({ user }) => ({ queries: queries.list(user) })),
    route('POST /api/queries', ({ body, user, ip }) => kept(queries.add(body, user, new Date()), user.name, ip)),
    route('POST /api/queries/:id', ({ body, param, user, ip }) => kept(queries.set(param('id'), body, user, new Date()), user.name, ip)),
    route('POST /api/queries/:id/bring-back', ({ param, user, ip }) => kept(queries.bringBack(param('id'), user), user.name, ip, '收回删去：')),
    route('POST /api/queries/:id/restore', ({ body, param, user, ip }) => kept(queries.restore(param('id'), body.version_no, user, new Date()), user.name, ip, `恢复第 ${body.version_no} 版：`)),
    route('GET /api/queries/:id', ({ param, user }) => {
      const query = queries.get(param('id'), user);
      const exports = queries.exports(query.query_id).filter(({ scope }) => covers(user.unit_path, scope)).map(({ scope: _scope, ...told }) => told);
      return { query, versions: queries.versions(query.query_id), exports };
    }),
    route('DELETE /api/queries/:id', ({ param, user, ip }) => {
      kept({ ...queries.remove(param('id'), user, new Date()), refresh: null }, user.name, ip, '删去：');
      return { ok: true as const };
    }),
    route('POST /api/queries/:id/run', async ({ body, param, user, ip, res }) => {
      const { sql, defaults, query_id, title } = queries.get(param('id'), user);
      return runQuery(house, { sql, values: body.values, defaults, user, ip, res, by: `已存查询 ${query_id}《${title}》` });
    }),
    route('POST /api/queries/:id/file', async ({ body: { values, format }, param, user, ip, res }) => {
      const { sql, defaults, query_id, title } = queries.get(param('id'), user);
      const result = await runQuery(house, { sql, values, defaults, user, ip, res, by: `已存查询 ${query_id}《${title}》` });
      const bytes = await resultFile(result, format);
      audit.write(user.name, 'export', `查询《${title}》的结果（${format}，${result.rows.length} 行）`, ip);
      res.type(contentTypes[format]).attachment(`${title}.${format}`).send(bytes);
      return undefined;
    }),
    route('GET /api/queries/:id/exports/:version', ({ param, user, ip, res }) => {
      const query = queries.get(param('id'), user);
      const made = queries.exports(query.query_id).find(({ version, error }) => String(version) === param('version') && error === null);
      if (!made || !covers(user.unit_path, made.scope)) throw new ZhiweiError('not_found', '没有这份导出，或它超出你的查看范围');
      const file = exportFile(house, query.query_id, made.version, made.format);
      if (!existsSync(file)) throw new ZhiweiError('not_found', '这份导出已清理');
      audit.write(user.name, 'export', `查询《${query.title}》第 ${made.version} 版数据（${made.format}，${made.rows ?? 0} 行）`, ip);
      res.set('Cache-Control', 'no-store').type(contentTypes[made.format]).attachment(`${query.title}-第${made.version}版.${made.format}`).sendFile(file, { dotfiles: 'allow', cacheControl: false });
      return undefined;
    }),
    route('GET /api/board', ({ user }) => queries.board(user)),
    route('POST /api/board', ({ body, user }) => queries.setBoard(body.pins, user)),
  ];
};
