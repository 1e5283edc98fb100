// In: the rows of a stage that reads each row for itself. Out: its results in the order of the rows, worked on by this process and a second one.
// Invariant: the same results as by this process alone; a part that the second process cannot do is done here.
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Progress } from './records.ts';
import type { TextReply, TextRequest } from './text-process.ts';

type Without<T> = T extends unknown ? Omit<T, 'id'> : never;
export type Task = Without<TextRequest>;

const program = fileURLToPath(new URL('./text-process.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const part = 128, inFlight = 2;
/** Fewer rows than this are not worth the second that another process takes to start. */
const worthIt = 4000;

/** A second pair of eyes: a process that does parts of stages. */
export class SecondPair {
  private readonly asked = new Map<number, (result: unknown) => void>();
  private next = 1;
  private lost = false;
  private constructor(private readonly child: ChildProcess) {
    child.on('message', (reply: TextReply) => this.settle(reply.id, 'result' in reply ? reply.result : undefined));
    const end = () => { this.lost = true; for (const id of [...this.asked.keys()]) this.settle(id, undefined); };
    child.on('exit', end).on('error', end);
    child.unref();
    child.channel?.unref();
  }

  /** Starts the process where there are rows enough; null where there are not. */
  static for(rows: number): SecondPair | null {
    if (rows < worthIt) return null;
    return new SecondPair(fork(program, [], { execArgv: ['--import', loader, '--max-old-space-size=256'], env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }));
  }

  /** What the stage makes of the rows, or undefined where the process could not do it. */
  ask(task: Task): Promise<unknown> {
    if (this.lost) return Promise.resolve(undefined);
    const id = this.next++;
    return new Promise((resolve) => {
      this.asked.set(id, resolve);
      this.child.channel?.ref();
      this.child.send({ id, ...task } as TextRequest, (error) => { if (error) this.settle(id, undefined); });
    });
  }

  private settle(id: number, result: unknown): void {
    this.asked.get(id)?.(result);
    this.asked.delete(id);
    if (this.asked.size === 0) this.child.channel?.unref();
  }

  close(): void {
    this.lost = true;
    this.child.kill('SIGKILL');
  }
}

/** Cuts the rows into parts; this process and the second one each take the next part when they are free. */
export async function shareOut<R, T>(rows: readonly R[], second: SecondPair | null, task: (rows: R[]) => Task, here: (rows: R[]) => T | Promise<T>, progress?: Progress): Promise<T[]> {
  const parts = Array.from({ length: Math.ceil(rows.length / part) }, (_, k) => rows.slice(k * part, (k + 1) * part));
  const out = new Array<T>(parts.length);
  let next = 0, done = 0;
  const told = (n: number) => { done += n; progress?.(done, rows.length); };
  const byThis = async () => {
    for (let own = parts[next]; own !== undefined; own = parts[next]) {
      const k = next++;
      out[k] = await here(own);
      told(own.length);
      await setImmediate();
    }
  };
  const byThat = async () => {
    for (let own = parts[next]; own !== undefined; own = parts[next]) {
      const k = next++;
      const result = await second?.ask(task(own));
      out[k] = result === undefined ? await here(own) : result as T;
      told(own.length);
    }
  };
  await Promise.all([...(second ? Array.from({ length: inFlight }, byThat) : []), byThis()]);
  progress?.(rows.length, rows.length);
  return out;
}
