// In: statements, the values of their parameters. Out: each one's reply or trouble, one after the other, as they come.
// Invariant: stops at the first that fails; a place of trouble is told in the editor's own text.
import type { SqlReply, SqlTrouble } from '../../server/api.ts';
import type { QueryValues } from '../../datasets/query-parameters.ts';
import { ApiError, send } from '../api.ts';
import { placeOf, splitStatements, type Statement } from './split-statements.ts';
import { valuesFor } from './values.ts';

export type Outcome = { statement: Statement; reply: SqlReply; trouble?: undefined } | { statement: Statement; reply?: undefined; trouble: Trouble };
/** `at` is a place in the editor's text, with line and column from 1; `words` are DuckDB's own. */
export interface Trouble { message: string; words: string; at: number | null; line: number; column: number }

export function troubleOf(error: unknown, statement: Statement, text: string): Trouble {
  const message = error instanceof Error ? error.message : String(error);
  const { words, at } = error instanceof ApiError && error.code === 'bad_query' && error.details ? (error.details as SqlTrouble) : { words: '', at: null };
  const place = at === null ? null : statement.from + at;
  return { message, words, at: place, ...placeOf(text, place ?? statement.from) };
}

/** Statements of the selection where there is one, else of the whole text; their places are in the whole text. */
export function asked(text: string, selection: { text: string; from: number } | null): Statement[] {
  const shift = selection?.from ?? 0;
  return splitStatements(selection?.text ?? text).map((s) => ({ ...s, from: s.from + shift, to: s.to + shift }));
}

/** `tell` hears of each outcome; resolves false where the reader took it back. A saved query as it was saved is asked for by its id, so that the audit log names it. */
export async function runAll(text: string, statements: readonly Statement[], values: QueryValues, saved: string | null, signal: AbortSignal, tell: (outcome: Outcome) => void): Promise<boolean> {
  for (const statement of statements) {
    try {
      const own = valuesFor(statement.text, values);
      tell({ statement, reply: saved === null ? await send('POST /api/sql', { sql: statement.text, values: own }, undefined, signal) : await send('POST /api/queries/:id/run', { values: own }, { id: saved }, signal) });
    } catch (error) {
      if (signal.aborted) return false;
      tell({ statement, trouble: troubleOf(error, statement, text) });
      return true;
    }
  }
  return true;
}
