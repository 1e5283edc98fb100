import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionData } from 'express-session';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionStore } from '../../server/session-store.ts';
import { openState, type State } from '../../server/state.ts';

describe('session store', () => {
  let state: State, store: SessionStore;
  beforeEach(() => {
    state = openState(join(mkdtempSync(join(tmpdir(), 'zhiwei-sessions-')), 'state.sqlite'));
    store = new SessionStore(state);
  });
  afterEach(() => { store.close(); state.close(); });

  const session = (expires: number): SessionData => ({ user: 'li', epoch: 1, cookie: { originalMaxAge: 60_000, expires: new Date(expires) } });
  const expiryOf = (sid: string) => (state.prepare('SELECT expires_at FROM sessions WHERE sid = ?').get(sid) as { expires_at: number }).expires_at;
  const get = (sid: string) => new Promise((resolve, reject) => { store.get(sid, (error, found) => { if (error) reject(error as Error); else resolve(found); }); });

  it('prolongs a session that is used, yet writes only when a minute is gained', () => {
    const start = Date.now() + 3_600_000;
    store.set('a', session(start));
    store.touch('a', session(start + 59_999));
    expect(expiryOf('a')).toBe(start);
    store.touch('a', session(start + 60_000));
    expect(expiryOf('a')).toBe(start + 60_000);
  });
  it('gives no session back that has expired, and touching one brings none into being', async () => {
    store.set('a', session(Date.now() - 1));
    store.touch('b', session(Date.now() + 3_600_000));
    expect(await get('a')).toBeNull();
    expect(await get('b')).toBeNull();
  });
});
