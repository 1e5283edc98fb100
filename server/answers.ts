// In: a query with its values, and how to ask it. Out: its rows, asked once for all who want them, and kept for the next.
// Invariant: belongs to one version, whose data never change; a reader's scope is in the query or its values, hence in the key; kept rows are frozen, and the longest unused go first.
import type { Parameter, PlainRow } from './warehouse.ts';

interface Kept { size: number; rows: Promise<PlainRow[]> }

export class Answers {
  private readonly kept = new Map<string, Kept>();
  private size = 0;

  /** `most`: characters of JSON that the kept answers with their questions may make up. */
  constructor(private readonly most = 32_000_000) {}

  rows(sql: string, params: readonly Parameter[], ask: () => Promise<PlainRow[]>): Promise<PlainRow[]> {
    const key = JSON.stringify([sql, ...params]);
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.rows;
    }
    const fresh: Kept = { size: 0, rows: ask().then((rows) => { rows.forEach(Object.freeze); return Object.freeze(rows) as PlainRow[]; }) };
    this.kept.set(key, fresh);
    fresh.rows.then((rows) => this.weigh(key, fresh, rows), () => this.drop(key, fresh));
    return fresh.rows;
  }

  private weigh(key: string, entry: Kept, rows: PlainRow[]): void {
    if (this.kept.get(key) !== entry) return;
    entry.size = key.length + JSON.stringify(rows).length;
    this.size += entry.size;
    for (const [oldest, it] of this.kept) {
      if (this.size <= this.most) return;
      this.drop(oldest, it);
    }
  }

  private drop(key: string, entry: Kept): void {
    if (this.kept.get(key) !== entry) return;
    this.kept.delete(key);
    this.size -= entry.size;
  }
}
