// In: the data directory's pointer and warehouse files. Out: queries on the newest published version, as plain JS values.
// Invariant: the only reading door; a version is closed when its last reader leaves, and a broken newer one never replaces a good one.
import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBDateValue, DuckDBDecimalValue, DuckDBInstance, DuckDBListValue, DuckDBMapValue, DuckDBStructValue, type DuckDBValue } from '@duckdb/node-api';
import { readPointer, type DataDir, type Pointer } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { completed, presentSql, type Completed } from '../datasets/older-version.ts';
import { gate } from './gate.ts';
import { Kept } from './kept.ts';
import type { Body } from './reply-body.ts';

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };
export type PlainRow = Record<string, Plain>;
export type Parameter = string | number | boolean | null;

/** One published version, held open while it is used. */
export interface Reader {
  readonly version: number;
  readonly file: string;
  /** The day on which the house's months begin, as the version was published. */
  readonly monthStart: number;
  /** The day to which its data reach; null where it has none. */
  readonly asOf: string | null;
  /** What the version has nothing of, as it was published by an older program: tables, and columns as `table.column`. */
  readonly lacking: readonly string[];
  query<R = PlainRow>(sql: string, params?: readonly Parameter[]): Promise<R[]>;
  /** As `query`, but asked once and kept while the version is served: for questions that many ask. The rows can't be changed. */
  answer<R = PlainRow>(sql: string, params?: readonly Parameter[]): Promise<R[]>;
  /** Whole replies as they are sent. */
  readonly bodies: Kept<Body>;
  /** Waits until nothing is asked. */
  idle(): Promise<void>;
  /** Computes a value of this version once. */
  memo<T>(key: string, compute: () => Promise<T>): Promise<T>;
}

interface Held { reader: Reader; instance: DuckDBInstance; readers: number; retired: boolean }

/** DuckDB values as JSON values: BIGINT, HUGEINT and DECIMAL as numbers (as text where a number cannot hold them), dates and times as ISO text. */
export function toPlain(value: DuckDBValue): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(toPlain);
  if (value instanceof DuckDBStructValue) return Object.fromEntries(Object.entries(value.entries).map(([k, v]) => [k, toPlain(v)]));
  if (value instanceof DuckDBMapValue) return Object.fromEntries(value.entries.map(({ key, value: v }) => [String(toPlain(key)), toPlain(v)]));
  return value.toString();
}

function frozen(rows: PlainRow[]): PlainRow[] {
  rows.forEach(Object.freeze);
  return Object.freeze(rows) as PlainRow[];
}

/** A version that is published waits this long to be warm, a small part of what publishing millions of texts takes; then it is served as it is. */
const warmMs = 120_000;
const bounds = { threads: '2', memory_limit: '1GB' }, locked = { enable_external_access: 'false', lock_configuration: 'true' };

/** The file itself; or, of an older program, views over it that complete its tables. */
async function openVersion(file: string): Promise<{ instance: DuckDBInstance; lacking: string[] }> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY', ...bounds, ...locked });
  const { lacking, asItStands } = await completion(instance);
  if (asItStands) return { instance, lacking };
  instance.closeSync();
  const views = await DuckDBInstance.create(':memory:', bounds), connection = await views.connect();
  await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS published (READ_ONLY)`);
  for (const [name, sql] of Object.entries((await completion(views, 'published')).select)) await connection.run(`CREATE VIEW ${name} AS ${sql}`);
  for (const [setting, value] of Object.entries(locked)) await connection.run(`SET ${setting} = ${value}`);
  connection.closeSync();
  return { instance: views, lacking };
}

async function completion(instance: DuckDBInstance, catalog?: string): Promise<Completed> {
  const connection = await instance.connect();
  try {
    return completed((await connection.runAndReadAll(presentSql(catalog))).getRows(), catalog === undefined ? 'main' : `${catalog}.main`);
  } finally {
    connection.closeSync();
  }
}

async function open(file: string, version: number): Promise<Held> {
  const { instance, lacking } = await openVersion(file);
  const memory = new Map<string, Promise<unknown>>();
  const answers = new Kept<PlainRow[]>(32_000_000, (rows) => JSON.stringify(rows).length);
  const enter = gate(2);
  let asOf: string | null = null, monthStart = 1;
  const reader: Reader = {
    version, file, lacking,
    get asOf() { return asOf; },
    get monthStart() { return monthStart; },
    bodies: new Kept<Body>(32_000_000, ({ bytes }) => bytes.length),
    idle: enter.idle,
    // Each query holds one of Node's four working threads, which also compress replies and read files: two remain for those.
    query: <R>(sql: string, params: readonly Parameter[] = []) => enter(async () => {
      const connection = await instance.connect();
      try {
        const result = await connection.run(sql, [...params]);
        const names = result.deduplicatedColumnNames();
        const rows = await result.getRows();
        return rows.map((row) => Object.fromEntries(row.map((v, i) => [names[i], toPlain(v)]))) as R[];
      } finally {
        connection.closeSync();
      }
    }),
    answer: <R>(sql: string, params: readonly Parameter[] = []) => answers.get(JSON.stringify([sql, ...params]), async () => frozen(await reader.query(sql, params))) as Promise<R[]>,
    memo<T>(key: string, compute: () => Promise<T>) {
      const known = memory.get(key) as Promise<T> | undefined;
      if (known) return known;
      const fresh = compute();
      memory.set(key, fresh);
      fresh.catch(() => memory.delete(key));
      return fresh;
    },
  };
  try {
    const [run] = await reader.query<{ as_of: string; month_start_day: number }>('SELECT as_of, month_start_day FROM run');
    [asOf, monthStart] = [run?.as_of ?? null, run?.month_start_day ?? 1];
  } catch (cause) {
    instance.closeSync();
    throw cause;
  }
  return { reader, instance, readers: 0, retired: false };
}

export class Warehouse {
  private current: Held | null = null;
  private refused = '';
  private closed = false;
  private last: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private watcher: FSWatcher | null = null;
  /** Called after each move to another version, which is served already; a refresh waits for it. */
  onServed: (() => Promise<void>) | null = null;
  /** Asks a version what will be asked of it, while it is wanted: before it is served, so that nobody waits for the first answers. */
  onOpened: ((reader: Reader, wanted: () => boolean) => Promise<void>) | null = null;

  private constructor(private readonly dir: DataDir, private readonly warn: (message: string, cause: unknown) => void) {}

  /** Opens what is published now, if anything, and follows the pointer from then on. */
  static async open(dir: DataDir, options: { warn?: (message: string, cause: unknown) => void; pollMs?: number } = {}): Promise<Warehouse> {
    const warehouse = new Warehouse(dir, options.warn ?? (() => undefined));
    await warehouse.refresh();
    warehouse.timer = setInterval(() => void warehouse.refresh(), options.pollMs ?? 500);
    warehouse.timer.unref();
    warehouse.watcher = watch(dir.warehouse, { persistent: false }, () => void warehouse.refresh());
    warehouse.watcher.on('error', () => warehouse.watcher?.close());
    return warehouse;
  }

  /** Version being served; null where nothing has been published. */
  get version(): number | null { return this.current?.reader.version ?? null; }

  /** Moves to the version that the pointer names from now on, if it differs and can be opened. */
  refresh(): Promise<void> {
    // A move under way may have read the pointer before it changed: another follows it.
    this.next ??= this.last.then(() => { this.next = null; return this.move(); });
    this.last = this.next.catch(() => undefined);
    return this.next;
  }

  private async move(): Promise<void> {
    if (this.closed) return;
    let pointer: Pointer | null;
    try {
      pointer = readPointer(this.dir);
    } catch (cause) {
      return this.refuse('pointer', cause);
    }
    if (pointer === null || pointer.version === this.current?.reader.version || this.refused === pointer.file) return;
    let next: Held;
    try {
      next = await open(join(this.dir.warehouse, pointer.file), pointer.version);
    } catch (cause) {
      return this.refuse(pointer.file, cause);
    }
    if (this.closed) { next.instance.closeSync(); return; }
    const old = this.current, warm = this.warm(next);
    // The old version's answers stay whole until then: no page holds some of each. Whoever goes back to an earlier version wants it now.
    if (old && pointer.version > old.reader.version) await Promise.race([warm, sleep(warmMs, undefined, { ref: false })]);
    if (this.closed) { next.retired = true; this.closeIfIdle(next); return; }
    this.current = next;
    this.refused = '';
    if (old) { old.retired = true; this.closeIfIdle(old); }
    await this.onServed?.().catch((cause: unknown) => this.warn(`version ${pointer.version} is served, but what follows it failed`, cause));
  }

  private async warm(held: Held): Promise<void> {
    held.readers++;
    await this.onOpened?.(held.reader, () => !this.closed && !held.retired).catch((cause: unknown) => this.warn(`version ${held.reader.version} could not be warmed`, cause));
    held.readers--;
    this.closeIfIdle(held);
  }

  /** As before a version is served, for the one that is: at a start. */
  async warmServed(): Promise<void> {
    if (this.current) await this.warm(this.current);
  }

  private refuse(what: string, cause: unknown): void {
    if (what === this.refused) return;
    this.warn(`warehouse ${what} cannot be opened; still serving ${this.version ?? 'nothing'}`, cause);
    this.refused = what;
    // The file may be completed later: look again, without filling the log.
    setTimeout(() => { this.refused = ''; }, 5_000).unref();
  }

  private closeIfIdle(held: Held): void {
    if (held.retired && held.readers === 0) held.instance.closeSync();
  }

  /** Runs `work` on one version, which stays open until it ends. Throws `not_found` where nothing is published. */
  async use<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const held = this.current;
    if (!held) throw new ZhiweiError('not_found', '还没有发布过数据；请先在“数据”页导入台账');
    held.readers++;
    try {
      return await work(held.reader);
    } finally {
      held.readers--;
      this.closeIfIdle(held);
    }
  }

  /** One query on the served version. */
  query<R = PlainRow>(sql: string, params: readonly Parameter[] = []): Promise<R[]> {
    return this.use((reader) => reader.query<R>(sql, params));
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearInterval(this.timer);
    this.watcher?.close();
    const held = this.current;
    this.current = null;
    if (held) { held.retired = true; this.closeIfIdle(held); }
  }
}
