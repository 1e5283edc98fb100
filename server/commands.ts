// In: what the command line was told. Out: the server's part of it, done.
// Invariant: the command line's one door to the server.
import { writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readPointer, type DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import type { QueryValues } from '../datasets/query-parameters.ts';
import { resultFormats, roles, type ResultFormat, type Role, type UserList } from './api.ts';
import { Audit } from './audit.ts';
import { briefingCommand } from './briefing/index.ts';
import { resultFile } from './queries/result-file.ts';
import { SandboxPool } from './sandbox-pool.ts';
import { formatResult, type SqlFormat } from './sql-format.ts';
import { troubleText } from './sql-trouble.ts';
import type { serve as Serve } from './serve.ts';
import { openState } from './state.ts';
import { Users } from './users.ts';

/** Serves pages and API; only this command loads them. */
export const serve: typeof Serve = async (...asked) => (await import('./serve.ts')).serve(...asked);

/** Makes the briefing 月报 or 季报 as a file's bytes. */
export const makeBriefing = (dir: DataDir, request: { period: string; unit?: string; format?: string; output?: string; notes?: boolean }): Promise<Buffer> => briefingCommand(dir, request);

/** Runs one query in the workbench's sandbox and prints it, or writes it to `output` as csv, json, xlsx or parquet. Throws what the sandbox throws, with DuckDB's words in the message. */
export async function runSql(dir: DataDir, sql: string, format: SqlFormat, print: (text: string) => void = (text) => process.stdout.write(text), { values = {}, output }: { values?: QueryValues; output?: string } = {}): Promise<void> {
  const pointer = readPointer(dir);
  if (!pointer) throw new ZhiweiError('not_found', '还没有发布过数据；请先运行 zhiwei run --input 文件');
  const pool = new SandboxPool({ processes: 1 });
  try {
    const result = await pool.run({ file: join(dir.warehouse, pointer.file), scope: null, sql, values, user: 'command line' });
    if (output === undefined) print(formatResult(result, format));
    else {
      writeFileSync(output, await resultFile(result, outputFormat(output)));
      print(`已写入 ${output}（${result.rows.length} 行）\n`);
    }
    if (result.truncated) process.stderr.write(`结果过多，只给出前 ${result.rows.length} 行\n`);
  } catch (cause) {
    throw cause instanceof ZhiweiError && cause.code === 'bad_query' && cause.details ? new ZhiweiError(cause.code, troubleText(cause, sql), undefined, { cause }) : cause;
  } finally {
    pool.close();
  }
}

/** A file's format is told by its name. */
function outputFormat(file: string): ResultFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = resultFormats.find((known) => known === ending);
  if (!format) throw new ZhiweiError('bad_request', `--output 的文件名应以 ${resultFormats.map((f) => `.${f}`).join('、')} 结尾`);
  return format;
}

async function withUsers<T>(dir: DataDir, work: (users: Users, audit: Audit) => T | Promise<T>): Promise<T> {
  const state = openState(dir.state);
  try {
    return await work(new Users(state), new Audit(state));
  } finally {
    state.close();
  }
}

/** Adds a user; gives the one-time password. */
export const addUser = (dir: DataDir, { name, role, unit_path }: { name: string; role: Role; unit_path: string | null }): Promise<string> => withUsers(dir, async (users, audit) => {
  const password = await users.add(name, role, unit_path);
  audit.write(null, 'user_add', `${name}（${roles[role]}，${unit_path ?? '全部单位'}），命令行`, null);
  return password;
});

/** Gives a user a new one-time password and signs them out. */
export const resetPassword = (dir: DataDir, name: string): Promise<string> => withUsers(dir, async (users, audit) => {
  const password = await users.reset(name);
  audit.write(null, 'user_reset', `${name}，命令行`, null);
  return password;
});

export const listUsers = (dir: DataDir): Promise<UserList['users']> => withUsers(dir, (users) => users.list());
