// In: saved queries, what is in the editor. Out: them by folder, what changed since one was saved, the lines that differ between two versions.
// Invariant: pure; a query's values are no change of it.
import type { SavedQuery } from '../../server/api.ts';
import type { QueryValues } from '../../datasets/query-parameters.ts';
import { href } from '../url-state.ts';
import { toWord } from './values.ts';

/** Chart and pivot of a result as they lie in the address; absent where the result decides. */
export interface Shown { chart?: string; pivot?: string }
export const noPivot = '0';

export function readShown(text: string | null | undefined): Shown {
  try {
    const { chart, pivot } = JSON.parse(text ?? '') as Partial<Record<string, unknown>>;
    return { ...(typeof chart === 'string' && { chart }), ...(typeof pivot === 'string' && { pivot }) };
  } catch { return {}; }
}
/** Null where there is nothing to keep. */
export const writeShown = ({ chart, pivot }: Shown): string | null => (chart || (pivot && pivot !== noPivot) ? JSON.stringify({ ...(chart && { chart }), ...(pivot && pivot !== noPivot && { pivot }) }) : null);
/** What the address says goes before what was saved. */
export const shownNow = (address: Readonly<Record<string, string>>, saved: string | null | undefined): Shown => ({ ...readShown(saved), ...(address['chart'] && { chart: address['chart'] }), ...(address['pivot'] && { pivot: address['pivot'] }) });

export const savedPath = '/query/';
export const idIn = (path: string): string | null => (path.startsWith(savedPath) ? path.slice(savedPath.length) || null : null);
/** Where a saved query opens, with the given values. */
export const addressOf = ({ query_id }: Pick<SavedQuery, 'query_id'>, values: QueryValues = {}): string => href(savedPath + query_id, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWord(value)])));

/** Whether a chart is wanted: everywhere but where its author chose none. */
export const wantsChart = ({ chart }: Shown): boolean => !/"kind":"none"/.test(chart ?? '');

export const isChanged = (saved: Pick<SavedQuery, 'sql' | 'chart'>, sql: string, shown: Shown): boolean => sql.trim() !== saved.sql.trim() || writeShown(shown) !== writeShown(readShown(saved.chart));

/** By folder, those without one last; only those that have the word in their title, folder, description or text. */
export function byFolder(queries: readonly SavedQuery[], wanted: string): { folder: string; queries: SavedQuery[] }[] {
  const word = wanted.trim().toLowerCase();
  const found = queries.filter((q) => !word || [q.title, q.folder, q.description, q.owner, q.sql].some((text) => text.toLowerCase().includes(word)));
  const folders = [...new Set(found.map((q) => q.folder))].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b, 'zh-CN')));
  return folders.map((folder) => ({ folder, queries: found.filter((q) => q.folder === folder).sort((a, b) => a.title.localeCompare(b.title, 'zh-CN')) }));
}

export interface DiffLine { mark: ' ' | '+' | '-'; text: string }

/** Lines taken out (`-`) and put in (`+`) from one text to the other, by the longest common sequence of lines. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) { const row = common[i]; if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1)); }
  const lines: DiffLine[] = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { lines.push({ mark: ' ', text: a[i] ?? '' }); i++; j++; }
    else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) lines.push({ mark: '-', text: a[i++] ?? '' });
    else lines.push({ mark: '+', text: b[j++] ?? '' });
  }
  return lines;
}
