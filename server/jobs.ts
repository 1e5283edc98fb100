// In: imports to run, or all that was imported before. Out: jobs 任务, run one at a time, their state told to who listens.
// Invariant: a job's last state is in the state file; one that was running when the server died is failed, a queued one runs.
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { ZhiweiError } from '../datasets/errors.ts';
import { jobResultSchema, jobSchema, type Job } from './api.ts';
import { batch } from './batch-command.ts';
import type { Imports } from './imports.ts';
import type { State } from './state.ts';

export class Jobs {
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly live = new Map<string, Job>();
  private running: { id: string; child: ChildProcess | null } | null = null;
  private closed = false;

  constructor(private readonly state: State, private readonly imports: Imports, private readonly onPublished: () => Promise<void>) {
    for (const job of this.stored("WHERE state = 'running'")) this.save({ ...job, state: 'failed', error: '服务在导入途中停止；已发布的数据没有变化，请重新导入' });
  }

  /** Starts what was queued when the server stopped. */
  resume(): void { this.startNext(); }

  private stored(where: string, ...params: string[]): Job[] {
    return this.state.prepare<string[], { job: string }>(`SELECT job FROM jobs ${where} ORDER BY created_at DESC, rowid DESC LIMIT 100`).all(...params).map(({ job }) => jobSchema.parse(JSON.parse(job)));
  }

  /** Newest first. */
  list(): Job[] { return this.stored('').map((job) => this.live.get(job.job_id) ?? job); }

  get(id: string): Job {
    const job = this.live.get(id) ?? this.stored('WHERE job_id = ?', id)[0];
    if (!job) throw new ZhiweiError('not_found', '没有这个任务');
    return job;
  }

  /** Whether a run is under way: two writers would wait for each other. */
  get busy(): boolean { return this.running !== null; }

  /** Queues the run of an upload. */
  add(importId: string, user: string, mapping: unknown): Job {
    const id = randomUUID();
    return this.queue({ id, kind: 'import', user, importId, files: this.imports.claim(importId, user, id, mapping) });
  }

  /** Queues a run over what was imported already: new corrections, settings or a newer program then count. */
  again(user: string): Job {
    const waiting = this.list().find((job) => job.kind === 'rerun' && job.state === 'queued');
    return waiting ?? this.queue({ id: randomUUID(), kind: 'rerun', user, importId: null, files: [] });
  }

  private queue({ id, kind, user, importId, files }: { id: string; kind: Job['kind']; user: string; importId: string | null; files: string[] }): Job {
    const job: Job = { job_id: id, kind, state: 'queued', created_by: user, created_at: new Date().toISOString(), stage: null, done: 0, total: 0, rows_per_second: null, seconds_left: null, files };
    this.state.prepare('INSERT INTO jobs (job_id, created_at, import_id, state, job) VALUES (?, ?, ?, ?, ?)').run(id, job.created_at, importId, job.state, JSON.stringify(job));
    this.startNext();
    return this.get(id);
  }

  /** Calls `listener` now and at every change; gives the way to stop. */
  follow(id: string, listener: (job: Job) => void): () => void {
    listener(this.get(id));
    this.events.on(id, listener);
    return () => this.events.off(id, listener);
  }

  private save(job: Job): void {
    this.live.delete(job.job_id);
    this.state.prepare('UPDATE jobs SET state = ?, job = ? WHERE job_id = ?').run(job.state, JSON.stringify(job), job.job_id);
    this.events.emit(job.job_id, job);
  }

  private startNext(): void {
    if (this.running || this.closed) return;
    const next = this.state.prepare<[], { job_id: string; import_id: string | null }>("SELECT job_id, import_id FROM jobs WHERE state = 'queued' ORDER BY created_at, rowid LIMIT 1").get();
    if (!next) return;
    this.running = { id: next.job_id, child: null };
    void this.run(next.job_id, next.import_id).finally(() => { this.running = null; this.startNext(); });
  }

  private async run(id: string, importId: string | null): Promise<void> {
    let job: Job = { ...this.get(id), state: 'running' };
    this.save(job);
    try {
      const printed = await batch(importId === null ? this.imports.rerunArguments() : this.imports.runArguments(importId, job.files), {
        onStart: (child) => { if (this.running) this.running.child = child; },
        onProgress: (progress) => {
          job = { ...job, ...progress };
          this.live.set(id, job);
          this.events.emit(id, job);
        },
      });
      const result = jobResultSchema.parse(printed);
      await this.onPublished();
      job = { ...job, state: 'done', seconds_left: 0, result };
    } catch (error) {
      job = { ...job, state: 'failed', seconds_left: null, error: error instanceof ZhiweiError ? error.message : '处理失败；请联系管理员' };
    }
    if (this.closed) return;
    if (importId !== null) this.imports.remove(importId);
    this.save(job);
  }

  /** Stops the run under way: it publishes nothing, and the next start marks it failed. */
  close(): void {
    this.closed = true;
    this.running?.child?.kill('SIGTERM');
  }
}
