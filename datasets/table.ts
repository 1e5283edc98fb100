// In: column declarations (DuckDB type, zod type, meaning). Out: a table declaration that DDL, row types and docs derive from.
// Invariant: a column is declared once; nothing else in the house repeats its name and type together.
import { z } from 'zod';

export interface Column<T extends z.ZodType = z.ZodType> {
  /** DuckDB column type, with NOT NULL where the zod type is not nullable. */
  readonly sql: string;
  readonly zod: T;
  /** Meaning, in Chinese: shown in the schema browser. */
  readonly doc: string;
  /** What a version meant that was published before the column was declared; nothing said is NULL. */
  readonly before?: string;
}

export interface Table<C extends Record<string, Column> = Record<string, Column>> {
  /** "每行是一…": what one row is. */
  readonly grain: string;
  readonly columns: C;
  /** Columns that together identify a row and give the order in which rows are written. */
  readonly key: readonly string[];
}

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const isoTime = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);

function column<T extends z.ZodType>(sql: string, zod: T) {
  return (doc: string): Column<T> => ({ sql: `${sql} NOT NULL`, zod, doc });
}

export const text = column('VARCHAR', z.string());
export const integer = column('INTEGER', z.int());
export const real = column('DOUBLE', z.number());
export const flag = column('BOOLEAN', z.boolean());
/** ISO day, `YYYY-MM-DD`. */
export const day = column('DATE', isoDate);
/** Local time without zone, `YYYY-MM-DD HH:MM:SS`. */
export const time = column('TIMESTAMP', isoTime);
export const texts = column('VARCHAR[]', z.array(z.string()));

export function oneOf<const V extends readonly [string, ...string[]]>(values: V) {
  return column('VARCHAR', z.enum(values));
}

/** The same column, with NULL allowed. */
export function optional<T extends z.ZodType>(c: Column<T>): Column<z.ZodNullable<T>> {
  return { sql: c.sql.replace(/ NOT NULL$/, ''), zod: z.nullable(c.zod), doc: c.doc };
}

/** The same column, with what versions meant that were published before it was declared. */
export function since<T extends z.ZodType>(before: string, c: Column<T>): Column<T> {
  return { ...c, before };
}

export function table<C extends Record<string, Column>>(
  grain: string, key: readonly (keyof C & string)[], columns: C,
): Table<C> {
  return { grain, key, columns };
}

export type RowOf<T extends Table> = { [K in keyof T['columns']]: z.infer<T['columns'][K]['zod']> };

/** `CREATE TABLE` for a declaration; the key is not enforced by an index, a test checks it instead. */
export function ddl(name: string, t: Table): string {
  const columns = Object.entries(t.columns).map(([c, { sql }]) => `  ${c} ${sql}`);
  return `CREATE TABLE ${name} (\n${columns.join(',\n')}\n)`;
}
