// In: what a reader chose for a query's parameters. Out: the same when the query is opened again in this browser.
// Invariant: choices only, by reader and query; a browser that keeps nothing is no trouble.
import type { QueryValue, QueryValues } from '../../datasets/query-parameters.ts';

const key = 'zhiwei-values', most = 40;
type Entry = readonly [string, QueryValues];
const isValue = (value: unknown): value is QueryValue => value === null || typeof value === 'string' || typeof value === 'number';
const isEntry = (entry: unknown): entry is Entry => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'object' && entry[1] !== null && Object.values(entry[1] as object).every(isValue);

function all(): Entry[] {
  try { const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]'); return Array.isArray(kept) ? kept.filter(isEntry) : []; } catch { return []; }
}
function write(entries: readonly Entry[]): void {
  try { localStorage.setItem(key, JSON.stringify(entries.slice(-most))); } catch { /* No room, or not allowed: the address still has them. */ }
}

const others = (user: string, query: string) => all().filter(([name]) => name !== `${user} ${query}`);
export const chosenBefore = (user: string, query: string): QueryValues => all().find(([name]) => name === `${user} ${query}`)?.[1] ?? {};
export const remember = (user: string, query: string, values: QueryValues): void => write([...others(user, query), [`${user} ${query}`, values]]);
export const forgetChosen = (user: string, query: string): void => write(others(user, query));
