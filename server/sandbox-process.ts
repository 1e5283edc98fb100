// In: queries from the parent process, one at a time. Out: their results or refusals.
// Invariant: holds no secret and no state, so the parent may kill it at any instant.
import { ZhiweiError } from '../datasets/errors.ts';
import type { QueryValues } from '../datasets/query-parameters.ts';
import { Sandbox, type SqlLimits, type SqlResult } from './sandbox.ts';

export interface SandboxQuery { id: number; file: string; scope: string | null; sql: string; values: QueryValues; limits: SqlLimits }
export type SandboxRequest = SandboxQuery | { cancel: number };
export type SandboxReply = { ready: true } | { id: number; result: SqlResult } | { id: number; error: { code: ZhiweiError['code']; message: string; details?: unknown } };

const keptOpen = 3;
const open = new Map<string, Sandbox>();
let running: { id: number; abort: AbortController } | null = null;

async function sandboxOf(file: string, scope: string | null): Promise<Sandbox> {
  const key = JSON.stringify([file, scope]);
  const sandbox = open.get(key) ?? await Sandbox.open(file, scope);
  open.delete(key);
  open.set(key, sandbox);
  for (const [oldest, old] of open) {
    if (open.size <= keptOpen) break;
    open.delete(oldest);
    old.close();
  }
  return sandbox;
}

async function answer({ id, file, scope, sql, values, limits }: SandboxQuery): Promise<SandboxReply> {
  running = { id, abort: new AbortController() };
  try {
    const sandbox = await sandboxOf(file, scope);
    return { id, result: await sandbox.run(sql, limits, running.abort.signal, values) };
  } catch (error) {
    const { code, message, details } = error instanceof ZhiweiError ? error : new ZhiweiError('failed', '查询引擎出错；请稍后重试');
    return { id, error: { code, message, details } };
  } finally {
    running = null;
  }
}

process.on('message', (request: SandboxRequest) => {
  if ('cancel' in request) {
    if (running?.id === request.cancel) running.abort.abort();
    return;
  }
  void answer(request).then((reply) => process.send?.(reply));
});
// Without its parent nobody would stop a query, and an orderly exit would wait for the engine's thread to finish it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ ready: true } satisfies SandboxReply);
