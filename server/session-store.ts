// In: sessions of express-session. Out: the same, kept in the state file.
// Invariant: an expired session is never given back, and is removed within the hour; a request that changes nothing writes once a minute at most.
import { Store, type SessionData } from 'express-session';
import type { State } from './state.ts';

const day = 86_400_000, minute = 60_000;

export class SessionStore extends Store {
  private readonly timer: NodeJS.Timeout;
  // Made once: every request reads its session.
  private readonly read;
  private readonly prolong;

  constructor(private readonly state: State) {
    super();
    this.read = state.prepare<[string, number], { data: string; expires_at: number }>('SELECT data, expires_at FROM sessions WHERE sid = ? AND expires_at >= ?');
    this.prolong = state.prepare<[number, string]>('UPDATE sessions SET expires_at = ? WHERE sid = ?');
    const clean = () => { if (state.open) state.prepare('DELETE FROM sessions WHERE expires_at < ?').run(Date.now()); };
    clean();
    this.timer = setInterval(clean, 3_600_000);
    this.timer.unref();
  }

  private expiry = (session: SessionData) => session.cookie.expires ? new Date(session.cookie.expires).getTime() : Date.now() + day;

  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    attempt(callback, () => {
      const found = this.read.get(sid, Date.now());
      return found ? JSON.parse(found.data) as SessionData : null;
    });
  }

  override set(sid: string, session: SessionData, callback?: (error?: unknown) => void): void {
    attempt(callback, () => {
      this.state.prepare('INSERT INTO sessions (sid, data, expires_at) VALUES (?, ?, ?) ON CONFLICT (sid) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at')
        .run(sid, JSON.stringify(session), this.expiry(session));
    });
  }

  override touch(sid: string, session: SessionData, callback?: (error?: unknown) => void): void {
    attempt(callback, () => {
      const expiry = this.expiry(session), kept = this.read.get(sid, 0)?.expires_at ?? expiry;
      if (expiry - kept >= minute) this.prolong.run(expiry, sid);
    });
  }

  override destroy(sid: string, callback?: (error?: unknown) => void): void {
    attempt(callback, () => { this.state.prepare('DELETE FROM sessions WHERE sid = ?').run(sid); });
  }

  close(): void { clearInterval(this.timer); }
}

function attempt<T>(callback: ((error: unknown, value?: T) => void) | undefined, work: () => T): void {
  let value: T;
  try {
    value = work();
  } catch (error) {
    callback?.(error);
    return;
  }
  callback?.(null, value);
}
