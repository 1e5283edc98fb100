// In: the server's saved queries and board. Out: both as state, and what is done with them.
// Invariant: asked for once and after each change; what the server refuses changes nothing here.
import type { Board, SavedQuery, SavedQueryInput } from '../../server/api.ts';
import { get, send } from '../api.ts';

type Pin = Board['pins'][number];
let list = $state.raw<readonly SavedQuery[] | null>(null);
let pins = $state.raw<readonly Pin[] | null>(null);
let trouble = $state.raw<Error | null>(null);
let removed = $state.raw<SavedQuery | null>(null);
let asking = false;
let reader = '';

const put = (query: SavedQuery): SavedQuery => { list = [...(list ?? []).filter((q) => q.query_id !== query.query_id), query]; return query; };

/** What one reader was shown is never shown to the next. */
async function load(user: string): Promise<void> {
  if (user !== reader) { list = pins = removed = null; reader = user; asking = false; }
  if (asking) return;
  asking = true;
  try {
    const [queries, board] = await Promise.all([get('GET /api/queries'), get('GET /api/board')]);
    list = queries.queries;
    pins = board.pins;
    trouble = null;
  } catch (error) {
    trouble = error instanceof Error ? error : new Error(String(error));
  }
  asking = false;
}

async function setPins(next: readonly Pin[]): Promise<void> {
  const before = pins;
  pins = next;
  try {
    pins = (await send('POST /api/board', { pins: next.map(({ query, shows, values }) => ({ query_id: query.query_id, shows, values })) })).pins;
  } catch (error) {
    pins = before;
    throw error;
  }
}

export const kept = {
  /** Null until they have come. */
  get list() { return list; },
  get pins() { return pins; },
  get trouble() { return trouble; },
  /** The one removed last, that can be brought back. */
  get removed() { return removed; },
  get folders(): string[] { return (list ?? []).map((q) => q.folder).filter((folder, i, all) => folder && all.indexOf(folder) === i).sort((a, b) => a.localeCompare(b, 'zh-CN')); },
  load,
  add: async (input: SavedQueryInput) => put((await send('POST /api/queries', input)).query),
  set: async (id: string, input: SavedQueryInput) => put((await send('POST /api/queries/:id', input, { id })).query),
  restore: async (id: string, version_no: number) => put((await send('POST /api/queries/:id/restore', { version_no }, { id })).query),
  async remove(query: SavedQuery): Promise<void> {
    await send('DELETE /api/queries/:id', undefined, { id: query.query_id });
    list = (list ?? []).filter((q) => q.query_id !== query.query_id);
    pins = (pins ?? []).filter((pin) => pin.query.query_id !== query.query_id);
    removed = query;
  },
  async bringBack(): Promise<SavedQuery | null> {
    if (!removed) return null;
    const { query } = await send('POST /api/queries/:id/bring-back', undefined, { id: removed.query_id });
    removed = null;
    await load(reader);
    return query;
  },
  dropRemoved(): void { removed = null; },
  setPins,
  isPinned: (id: string): boolean => (pins ?? []).some((pin) => pin.query.query_id === id),
};
