// In: queries of several people. Out: their results, each computed in a child process that is killed when it takes too much.
// Invariant: no query outlives its time or memory, whatever it does to its engine; nobody's queries crowd out the others', and analysts' all together leave a process to those who read.
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ZhiweiError } from '../datasets/errors.ts';
import type { QueryValues } from '../datasets/query-parameters.ts';
import { defaultLimits, tooLong, tooMuchMemory, type SqlLimits, type SqlResult } from './sandbox.ts';
import type { SandboxQuery, SandboxReply, SandboxRequest } from './sandbox-process.ts';

export interface PoolOptions { processes?: number; perUser?: number; queue?: number; memoryBytes?: number }
/** `reading`: somebody who writes no queries opens one that was saved for them. */
export type Lane = 'analysis' | 'reading';
export interface PoolQuery { file: string; scope: string | null; sql: string; values?: QueryValues; user: string; lane?: Lane; limits?: SqlLimits; signal?: AbortSignal }

interface Waiting extends SandboxQuery { user: string; lane: Lane; signal?: AbortSignal; resolve: (result: SqlResult) => void; reject: (error: Error) => void }

const program = fileURLToPath(new URL('./sandbox-process.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** After the time limit the engine has this long to stop by itself. */
const graceMs = 2_000;
/** A fresh process has this long to load. */
const loadMs = 30_000;

export class SandboxPool {
  private readonly waiting: Waiting[] = [];
  private readonly idle: ChildProcess[] = [];
  private readonly children = new Set<ChildProcess>();
  private readonly loaded = new WeakSet<ChildProcess>();
  /** Queries of each person, running or waiting; and running. */
  private readonly busy = new Map<string, number>();
  private readonly running = new Map<string, number>();
  /** Analyses under way. */
  private analyses = 0;
  private next = 1;
  private closed = false;
  private readonly options: Required<PoolOptions>;

  constructor(options: PoolOptions = {}) {
    this.options = { processes: 4, perUser: 2, queue: 20, memoryBytes: 1_500_000_000, ...options };
  }

  /** Runs one query. Throws `bad_query`, `timeout`, `too_many` (this user's), `busy` (everybody's). */
  run({ file, scope, sql, values = {}, user, lane = 'analysis', limits = defaultLimits, signal }: PoolQuery): Promise<SqlResult> {
    const mine = this.busy.get(user) ?? 0;
    if (mine >= this.options.perUser) return Promise.reject(new ZhiweiError('too_many', `你已有 ${mine} 条查询在运行；请等其中一条结束`));
    if (this.waiting.filter((query) => query.lane === lane).length >= this.options.queue) return Promise.reject(new ZhiweiError('busy', '查询的人较多；请稍后再试'));
    this.busy.set(user, mine + 1);
    return new Promise<SqlResult>((resolve, reject) => {
      const query: Waiting = { id: this.next++, file, scope, sql, values, limits, user, lane, signal, resolve, reject };
      this.waiting.push(query);
      signal?.addEventListener('abort', () => this.leave(query));
      if (signal?.aborted) this.leave(query);
      this.start();
    }).finally(() => {
      const left = (this.busy.get(user) ?? 1) - 1;
      if (left === 0) this.busy.delete(user); else this.busy.set(user, left);
    });
  }

  /** Processes that are loaded and wait for a query. */
  get ready(): number { return this.idle.length; }

  /** Loads two processes and opens `file` in them, one after the other, so that the first to ask need not wait for that. Never fails: who asks before then waits as ever. */
  async warm(file: string): Promise<void> {
    for (let atOnce = 1; atOnce <= Math.min(2, this.options.processes) && !this.closed; atOnce++) {
      await Promise.allSettled(Array.from({ length: atOnce }, (_, i) => this.run({ file, scope: null, sql: 'SELECT 1 FROM document LIMIT 1', user: `预备 ${i}`, lane: 'reading' })));
    }
  }

  close(): void {
    this.closed = true;
    for (const child of this.children) child.kill('SIGKILL');
    for (const { reject } of this.waiting.splice(0)) reject(new ZhiweiError('busy', '服务正在停止'));
  }

  private start(): void {
    while (!this.closed && this.waiting.length > 0) {
      const query = this.nextQuery();
      const child = query && (this.idle.pop() ?? this.spawn());
      if (!query || !child) return;
      this.waiting.splice(this.waiting.indexOf(query), 1);
      this.serve(child, query);
    }
  }

  /** Who has nothing running comes first, in the order of asking; a second query of one person leaves a process free for the others of its lane, and analyses leave one free for reading. */
  private nextQuery(): Waiting | undefined {
    const { processes } = this.options;
    const free = processes - this.children.size + this.idle.length;
    const room: Readonly<Record<Lane, number>> = { reading: free, analysis: Math.min(free, Math.max(1, processes - 1) - this.analyses) };
    const next = this.waiting.filter(({ lane }) => room[lane] > 0);
    return next.find(({ user }) => !this.running.has(user)) ?? next.find(({ lane }) => room[lane] > 1 || processes === 1);
  }

  /** Its reader has gone before it began. */
  private leave(query: Waiting): void {
    const at = this.waiting.indexOf(query);
    if (at < 0) return;
    this.waiting.splice(at, 1);
    query.reject(tooLong(query.limits));
  }

  private spawn(): ChildProcess {
    // No environment: the engine has nothing to read there.
    const child = fork(program, [], { execArgv: ['--import', loader, '--max-old-space-size=512'], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.children.add(child);
    child.once('message', () => this.loaded.add(child));
    child.on('exit', () => {
      this.children.delete(child);
      const at = this.idle.indexOf(child);
      if (at >= 0) this.idle.splice(at, 1);
      this.start();
    });
    child.on('error', () => child.kill('SIGKILL'));
    return child;
  }

  private serve(child: ChildProcess, { resolve, reject, signal, user, lane, ...query }: Waiting): void {
    this.running.set(user, (this.running.get(user) ?? 0) + 1);
    if (lane === 'analysis') this.analyses++;
    let verdict: Error = new ZhiweiError('bad_query', '查询使引擎中断；请换一种写法');
    const send = (request: SandboxRequest) => child.send(request, (error) => { if (error) child.kill('SIGKILL'); });
    const kill = (reason: Error) => { verdict = reason; child.kill('SIGKILL'); };
    const cancel = () => { send({ cancel: query.id }); limit.refresh(); };
    const limit = setTimeout(() => kill(tooLong(query.limits)), query.limits.seconds * 1000 + graceMs + (this.loaded.has(child) ? 0 : loadMs));
    const watch = setInterval(() => { if (residentBytes(child.pid) > this.options.memoryBytes) kill(tooMuchMemory()); }, 50);
    const done = () => {
      const left = (this.running.get(user) ?? 1) - 1;
      if (left === 0) this.running.delete(user); else this.running.set(user, left);
      if (lane === 'analysis') this.analyses--;
      clearTimeout(limit);
      clearInterval(watch);
      signal?.removeEventListener('abort', cancel);
      child.off('message', onReply);
      child.off('exit', onExit);
    };
    const onReply = (reply: SandboxReply) => {
      if ('ready' in reply || reply.id !== query.id) return;
      done();
      this.idle.push(child);
      if ('result' in reply) resolve(reply.result);
      else reject(new ZhiweiError(reply.error.code, reply.error.message, reply.error.details));
      this.start();
    };
    const onExit = () => { done(); reject(verdict); this.start(); };
    child.on('message', onReply);
    child.on('exit', onExit);
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    send(query);
  }
}

/** Memory a process holds now; 0 where the system does not tell. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
