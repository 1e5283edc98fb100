// In: a newly served version. Out: the results of the saved queries that are to be refreshed, as files below exports/.
// Invariant: a query runs with its owner's rights of that day; one at a time, behind what people ask; a failure is told and stops no other.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import { checkedValues } from '../../datasets/query-parameters.ts';
import { analysts } from '../shapes.ts';
import type { ResultFormat, SavedQuery } from '../api.ts';
import type { House } from '../house.ts';
import type { Reader } from '../warehouse.ts';
import { askedText } from './asked-text.ts';
import { resultFile } from './result-file.ts';

type Needs = Pick<House, 'dir' | 'state' | 'warehouse' | 'sandbox' | 'users' | 'audit' | 'queries' | 'log'>;
const keptFiles = 6;

export const exportFile = ({ dir }: Pick<House, 'dir'>, id: string, version: number, format: ResultFormat) => join(dir.exports, id, `v${String(version).padStart(6, '0')}.${format}`);

export class QueryRefresh {
  private current: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(private readonly house: Needs) {}

  /** Refreshes what the served version has not been asked yet; a call while one is under way is followed by another. */
  start(): Promise<void> {
    this.again = this.current !== null;
    this.current ??= this.run().catch((err: unknown) => this.house.log.error({ err }, 'saved queries could not be refreshed')).finally(() => {
      this.current = null;
      if (this.again && !this.closed) void this.start();
    });
    return this.current;
  }

  close(): void { this.closed = true; }

  private async run(): Promise<void> {
    const { warehouse, queries } = this.house;
    if (warehouse.version === null) return;
    await warehouse.use(async (reader) => {
      for (const query of queries.refreshed()) {
        if (this.closed) return;
        if (!queries.exports(query.query_id).some(({ version, error, format }) => version === reader.version && error === null && format === query.refresh && existsSync(exportFile(this.house, query.query_id, version, format)))) await this.write(query, reader);
      }
    });
  }

  private async write(query: SavedQuery, reader: Reader): Promise<void> {
    const { users, audit, queries, sandbox } = this.house;
    const { query_id: id, sql, owner, refresh: format } = query;
    if (format === null) return;
    const at = new Date().toISOString();
    const user = users.find(owner);
    const scope = user?.unit_path ?? null;
    try {
      if (!user || !(analysts as readonly string[]).includes(user.role)) throw new ZhiweiError('forbidden', `${owner}已不能查询；请由他人另存一份`);
      const values = checkedValues(query.parameters, {}, query.defaults);
      audit.write(owner, 'sql', `${askedText({ sql, values })}\n-- 第 ${reader.version} 版发布后刷新`, null);
      const result = await sandbox.run({ file: reader.file, scope, sql, values, user: '发布后刷新' });
      const bytes = await resultFile(result, format);
      if (this.closed) return;
      const file = exportFile(this.house, id, reader.version, format);
      mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, bytes, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      queries.noteExport(id, scope, { version: reader.version, format, at, rows: result.rows.length, bytes: bytes.length, error: null });
    } catch (error) {
      if (this.closed) return;
      queries.noteExport(id, scope, { version: reader.version, format, at, rows: null, bytes: null, error: error instanceof ZhiweiError ? error.message : '写文件失败；请联系管理员' });
      if (!(error instanceof ZhiweiError)) this.house.log.error({ err: error, query: id }, 'a saved query could not be refreshed');
    }
    for (const old of queries.exports(id).slice(keptFiles)) {
      rmSync(exportFile(this.house, id, old.version, old.format), { force: true });
      queries.forgetExport(id, old.version);
    }
  }
}
