// In: the state file. Out: saved queries with their versions, exports and boards, read and written.
// Invariant: a reader sees their own queries and those shared with their role; a change is a new version, and only the owner (or an administrator of all units) makes one.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { checkedValue, parametersOf } from '../../datasets/query-parameters.ts';
import { resultFormats, queryExportSchema, queryValuesSchema, queryVersionSchema, roleSchema, type Board, type QueryExport, type QueryVersion, type SavedQuery, type SavedQueryInput, type User } from '../api.ts';
import type { State } from '../state.ts';

const json = <T extends z.ZodType>(schema: T) => z.string().transform((text) => schema.parse(JSON.parse(text)));
const versionRow = queryVersionSchema.extend({ defaults: json(queryValuesSchema) });
const row = versionRow.extend({ query_id: z.string(), owner: z.string(), folder: z.string(), description: z.string(), shared_with: json(z.array(roleSchema)), refresh: z.nullable(z.enum(resultFormats)) });
const pinRow = z.object({ query_id: z.string(), shows: z.enum(['table', 'chart']), given: json(queryValuesSchema) });
const exportRow = queryExportSchema.extend({ scope: z.nullable(z.string()) });
export type StoredExport = z.infer<typeof exportRow>;

const newest = `SELECT q.query_id, q.owner, q.folder, q.description, q.shared_with, q.refresh, v.version_no, v.title, v.sql, v.defaults, v.chart, v.written_by, v.written_at
  FROM saved_query q JOIN saved_query_version v USING (query_id, version_no)`;
const current = `${newest} WHERE q.removed_at IS NULL`;

type Reader = Pick<User, 'name' | 'role' | 'unit_path'>;

export class SavedQueries {
  constructor(private readonly state: State) {}

  /** By folder and title. */
  list(reader: Reader): SavedQuery[] {
    return this.state.prepare(`${current} ORDER BY q.folder, v.title, q.query_id`).all().map((found) => this.told(found, reader)).filter((query) => mayRead(query, reader));
  }

  /** Throws `not_found` also where it is not shared with the reader. */
  get(id: string, reader: Reader): SavedQuery {
    const found = this.state.prepare(`${current} AND q.query_id = ?`).get(id);
    const query = found === undefined ? null : this.told(found, reader);
    if (!query || !mayRead(query, reader)) throw new ZhiweiError('not_found', '没有这条查询，或它没有共享给你');
    return query;
  }

  versions(id: string): QueryVersion[] {
    return this.state.prepare('SELECT version_no, title, sql, defaults, chart, written_by, written_at FROM saved_query_version WHERE query_id = ? ORDER BY version_no DESC').all(id).map((found) => versionRow.parse(found));
  }

  add(input: SavedQueryInput, owner: Reader, now: Date): SavedQuery {
    const id = `q${randomBytes(8).toString('hex')}`;
    return this.change(() => {
      this.state.prepare('INSERT INTO saved_query (query_id, owner, folder, description, shared_with, version_no, refresh, created_at) VALUES (?, ?, ?, ?, ?, 1, ?, ?)').run(id, owner.name, input.folder, input.description, JSON.stringify(input.shared_with), input.refresh, now.toISOString());
      this.write(id, 1, input, owner.name, now);
      return this.get(id, owner);
    });
  }

  /** A changed text is a new version; folder, description, sharing and refresh change in place. */
  set(id: string, input: SavedQueryInput, reader: Reader, now: Date): SavedQuery {
    return this.change(() => {
      const old = this.mine(id, reader);
      const same = (['title', 'sql', 'chart', 'defaults'] as const).every((key) => JSON.stringify(old[key]) === JSON.stringify(input[key]));
      const no = same ? old.version_no : old.version_no + 1;
      if (!same) this.write(id, no, input, reader.name, now);
      this.state.prepare('UPDATE saved_query SET version_no = ?, folder = ?, description = ?, shared_with = ?, refresh = ? WHERE query_id = ?').run(no, input.folder, input.description, JSON.stringify(input.shared_with), input.refresh, id);
      return this.get(id, reader);
    });
  }

  /** Writes an earlier version anew, as the newest. */
  restore(id: string, versionNo: number, reader: Reader, now: Date): SavedQuery {
    const query = this.mine(id, reader);
    const earlier = this.versions(id).find(({ version_no }) => version_no === versionNo);
    if (!earlier) throw new ZhiweiError('not_found', `这条查询没有第 ${versionNo} 版`);
    const { title, sql, defaults, chart } = earlier, { folder, description, shared_with, refresh } = query;
    return this.set(id, { title, sql, defaults, chart, folder, description, shared_with, refresh }, reader, now);
  }

  /** Its versions, and its place on boards, stay for when it is brought back. */
  remove(id: string, reader: Reader, now: Date): SavedQuery {
    const query = this.mine(id, reader);
    this.state.prepare('UPDATE saved_query SET removed_at = ? WHERE query_id = ?').run(now.toISOString(), id);
    return query;
  }

  /** Takes a removal back. */
  bringBack(id: string, reader: Reader): SavedQuery {
    const found = this.state.prepare(`${newest} WHERE q.removed_at IS NOT NULL AND q.query_id = ?`).get(id);
    if (found === undefined || !this.told(found, reader).mine) throw new ZhiweiError('not_found', '没有删去的这条查询，或它不归你保管');
    this.state.prepare('UPDATE saved_query SET removed_at = NULL WHERE query_id = ?').run(id);
    return this.get(id, reader);
  }

  /** Pins whose query can no longer be read are left out. */
  board(reader: Reader): Board {
    const readable = new Map(this.list(reader).map((query) => [query.query_id, query]));
    const pins = this.state.prepare('SELECT query_id, shows, given FROM board_pin WHERE user = ? ORDER BY place').all(reader.name).map((found) => pinRow.parse(found));
    return { pins: pins.flatMap(({ query_id, shows, given }) => { const query = readable.get(query_id); return query ? [{ query, shows, values: given }] : []; }) };
  }

  setBoard(pins: readonly { query_id: string; shows: 'table' | 'chart'; values: SavedQuery['defaults'] }[], reader: Reader): Board {
    pins.forEach(({ query_id }) => this.get(query_id, reader));
    return this.change(() => {
      this.state.prepare('DELETE FROM board_pin WHERE user = ?').run(reader.name);
      pins.forEach(({ query_id, shows, values }, place) => this.state.prepare('INSERT OR REPLACE INTO board_pin (user, query_id, place, shows, given) VALUES (?, ?, ?, ?, ?)').run(reader.name, query_id, place, shows, JSON.stringify(values)));
      return this.board(reader);
    });
  }

  /** Queries whose result is written after each publishing, of whomever. */
  refreshed(): SavedQuery[] {
    return this.state.prepare(`${current} AND q.refresh IS NOT NULL ORDER BY q.created_at`).all().map((found) => { const { owner } = row.parse(found); return this.told(found, { name: owner, role: 'analyst', unit_path: null }); });
  }

  exports(id: string): StoredExport[] {
    return this.state.prepare('SELECT version, format, scope, at, rows, bytes, error FROM query_export WHERE query_id = ? ORDER BY version DESC').all(id).map((found) => exportRow.parse(found));
  }

  noteExport(id: string, scope: string | null, { version, format, at, rows, bytes, error }: QueryExport): void {
    this.state.prepare('INSERT OR REPLACE INTO query_export (query_id, version, format, scope, at, rows, bytes, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(id, version, format, scope, at, rows, bytes, error);
  }

  forgetExport(id: string, version: number): void { this.state.prepare('DELETE FROM query_export WHERE query_id = ? AND version = ?').run(id, version); }

  private change<T>(work: () => T): T { return this.state.transaction(work).immediate(); }

  private mine(id: string, reader: Reader): SavedQuery {
    const query = this.get(id, reader);
    if (!query.mine) throw new ZhiweiError('forbidden', `这条查询由${query.owner}保管；可另存一份再改`);
    return query;
  }

  private write(id: string, no: number, { title, sql, defaults, chart }: SavedQueryInput, by: string, now: Date): void {
    const parameters = parametersOf(sql);
    const own = Object.fromEntries(Object.entries(defaults).filter(([name]) => parameters.some((p) => p.name === name)));
    for (const p of parameters) if (Object.hasOwn(own, p.name)) checkedValue(p, own[p.name] ?? null);
    this.state.prepare('INSERT INTO saved_query_version (query_id, version_no, title, sql, defaults, chart, written_by, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(id, no, title, sql, JSON.stringify(own), chart, by, now.toISOString());
  }

  private told(found: unknown, reader: Reader): SavedQuery {
    const query = row.parse(found);
    return { ...query, mine: query.owner === reader.name || (reader.role === 'admin' && reader.unit_path === null), parameters: parametersOf(query.sql) };
  }
}

const mayRead = (query: SavedQuery, { role }: Reader) => query.mine || query.shared_with.includes(role);
