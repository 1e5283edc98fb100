// In: how long a page stands, which there are, what was pressed. Out: the page to show. Invariant: pure; the last page is followed by the first.

/** Seconds for which a page stands on the wall. */
export const standing = 20;
export const wallPages = ['lead', 'months', 'topics', 'heat', 'hotspots', 'handling'] as const;
export type WallPage = (typeof wallPages)[number];

export interface Turn { page: number; left: number; paused: boolean }
export const firstTurn: Turn = { page: 0, left: standing, paused: false };

/** What a second, or a press of a key, does to the turn; null leaves the wall. */
export function turned(turn: Turn, what: 'second' | 'next' | 'previous' | 'pause' | 'leave', pages: number = wallPages.length): Turn | null {
  const to = (page: number): Turn => ({ ...turn, page: (page + pages) % pages, left: standing });
  if (what === 'leave') return null;
  if (what === 'next') return to(turn.page + 1);
  if (what === 'previous') return to(turn.page - 1);
  if (what === 'pause') return { ...turn, paused: !turn.paused };
  if (turn.paused) return turn;
  return turn.left > 1 ? { ...turn, left: turn.left - 1 } : to(turn.page + 1);
}

/** Keys of the wall. */
export const wallKeys: Readonly<Record<string, 'next' | 'previous' | 'pause' | 'leave'>> = { ArrowRight: 'next', PageDown: 'next', ArrowLeft: 'previous', PageUp: 'previous', ' ': 'pause', Escape: 'leave' };
