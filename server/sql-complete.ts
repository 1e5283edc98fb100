// In: the text before the cursor. Out: what DuckDB itself would write next, of the published schema and the functions allowed.
// Invariant: asked of an engine that holds no data, in a process that is killed when it thinks too long; no completion is better than a late one.
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SqlSuggestion } from './api.ts';

const program = fileURLToPath(new URL('./sql-complete-process.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** Nested brackets make DuckDB's completion take exponentially long. */
const mostMs = 1_000, loadMs = 15_000, idleMs = 300_000;

export interface CompleteRequest { id: number; text: string }
export type CompleteReply = { ready: true } | { id: number; suggestions: SqlSuggestion[] };

interface Waiting { id: number; resolve: (suggestions: SqlSuggestion[]) => void }

export class SqlCompleter {
  private child: ChildProcess | null = null;
  private loaded = false;
  private asked: Waiting | null = null;
  private next = 1;
  private limit: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** Nothing while another is being thought about, or after 1 s. */
  complete(text: string): Promise<SqlSuggestion[]> {
    if (this.asked) return Promise.resolve([]);
    return new Promise((resolve) => {
      const id = this.next++;
      this.asked = { id, resolve };
      const child = this.child ??= this.start();
      clearTimeout(this.idle);
      this.limit = setTimeout(() => child.kill('SIGKILL'), mostMs + (this.loaded ? 0 : loadMs));
      child.send({ id, text } satisfies CompleteRequest, (error) => { if (error) child.kill('SIGKILL'); });
    });
  }

  close(): void { clearTimeout(this.idle); this.child?.kill('SIGKILL'); }

  private start(): ChildProcess {
    const child = fork(program, [], { execArgv: ['--import', loader, '--max-old-space-size=128'], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.loaded = false;
    child.on('message', (reply: CompleteReply) => {
      if ('ready' in reply) { this.loaded = true; return; }
      if (reply.id === this.asked?.id) this.answer(reply.suggestions);
      // An office writes SQL a few hours a month: the process need not stay.
      this.idle = setTimeout(() => child.kill('SIGKILL'), idleMs).unref();
    });
    child.on('exit', () => { if (this.child === child) this.child = null; this.answer([]); });
    child.on('error', () => child.kill('SIGKILL'));
    return child;
  }

  private answer(suggestions: SqlSuggestion[]): void {
    clearTimeout(this.limit);
    const asked = this.asked;
    this.asked = null;
    asked?.resolve(suggestions);
  }
}
