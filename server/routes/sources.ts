// In: who asks. Out: imported files and the rows that were rejected, as JSON or as a table to correct.
// Invariant: raw rows are given only to who may see every unit in the file, and that is in the audit log.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Row } from '../../datasets/schema.ts';
import type { User } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedViews } from '../scoped-views.ts';
import { versioned } from '../versioned.ts';
import type { Reader } from '../warehouse.ts';

/** Sources with a document of another unit than the reader's. */
async function beyondScope(reader: Reader, scope: string | null): Promise<ReadonlySet<string>> {
  if (scope === null) return new Set();
  const found = await reader.query<{ source_id: string }>(`SELECT DISTINCT source_id FROM document WHERE document_id NOT IN (SELECT document_id FROM (${scopedViews('main', scope).document}))`);
  return new Set(found.map(({ source_id }) => source_id));
}

export const sourceRoutes = (house: House) => {
  const { warehouse, dir, audit } = house;
  const rejectsFile = (id: string) => join(dir.private, 'rejects', `${id}.xlsx`);
  const mayExport = (user: User) => user.role === 'clerk' || user.role === 'admin';
  return [
    route('GET /api/sources', ({ user }) => (warehouse.version === null ? { sources: [] } : warehouse.use(async (reader) => {
      const sources = await reader.query<Row<'source'>>(`SELECT * FROM (${scopedViews('main', user.unit_path).source}) ORDER BY version DESC, file, sheet`);
      const beyond = await beyondScope(reader, user.unit_path);
      return { sources: sources.map((s) => ({ ...s, exportable: mayExport(user) && !beyond.has(s.source_id) && existsSync(rejectsFile(s.source_id)) })) };
    }))),

    versioned(house, 'GET /api/rejects', async (reader, { query: { source_id }, scope }) => {
      const where = source_id === undefined ? '' : ' WHERE source_id = ?';
      return { rejects: await reader.query<Row<'reject'>>(`SELECT * FROM (${scopedViews('main', scope).reject})${where} ORDER BY source_id, source_row, column_name LIMIT 10000`, source_id === undefined ? [] : [source_id]) };
    }, { rejects: [] }),

    route('GET /api/rejects.xlsx', ({ query: { source_id }, user, res, ip }) => warehouse.use(async (reader) => {
      const [source] = await reader.query<Row<'source'>>(`SELECT * FROM (${scopedViews('main', user.unit_path).source}) WHERE source_id = ?`, [source_id]);
      if (!source || (await beyondScope(reader, user.unit_path)).has(source_id) || !existsSync(rejectsFile(source_id))) throw new ZhiweiError('not_found', '这个文件没有可导出的退回行');
      audit.write(user.name, 'export', `退回行 ${source.file} · ${source.sheet}`, ip);
      res.set('Cache-Control', 'no-store').type('xlsx').attachment(`退回行-${source.file.replace(/\.\w+$/, '')}.xlsx`);
      await new Promise<void>((resolve, reject) => res.sendFile(rejectsFile(source_id), { dotfiles: 'allow' }, (error) => (error ? reject(error) : resolve())));
      return undefined;
    })),
  ];
};
