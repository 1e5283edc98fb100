// In: the state file, a token that a program shows. Out: access tokens 访问令牌 made, found, taken back.
// Invariant: a token is kept as its SHA-256 alone (it has 256 random bits), and is worth nothing once expired, revoked, or its user's password has changed.
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { accessTokenSchema, type AccessToken, type User } from '../api.ts';
import type { State } from '../state.ts';
import type { Users } from '../users.ts';

const mostTokens = 10;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const columns = 'token_id, name, created_at, expires_at, last_used_at';
const valid = 'revoked_at IS NULL AND expires_at > ?';

export class Tokens {
  constructor(private readonly state: State, private readonly users: Users) {}

  /** Those that are worth something, newest first. */
  list(user: string, now: Date): AccessToken[] {
    const epoch = this.users.find(user)?.epoch ?? 0;
    return this.state.prepare(`SELECT ${columns} FROM access_token WHERE user = ? AND epoch = ? AND ${valid} ORDER BY created_at DESC, rowid DESC`).all(user, epoch, now.toISOString()).map((row) => accessTokenSchema.parse(row));
  }

  add(user: string, name: string, days: number, now: Date): { token: string; made: AccessToken } {
    if (this.list(user, now).length >= mostTokens) throw new ZhiweiError('conflict', `每人至多 ${mostTokens} 个令牌；请先停用不用的`);
    const token = `zw_${randomBytes(32).toString('base64url')}`;
    const made: AccessToken = { token_id: `t${randomBytes(6).toString('hex')}`, name, created_at: now.toISOString(), expires_at: new Date(now.getTime() + days * 86_400_000).toISOString(), last_used_at: null };
    this.state.prepare('INSERT INTO access_token (token_id, user, name, hash, epoch, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)').run(made.token_id, user, name, hashOf(token), this.users.find(user)?.epoch ?? 0, made.created_at, made.expires_at);
    return { token, made };
  }

  revoke(id: string, user: string, now: Date): string {
    const found = z.object({ name: z.string() }).optional().parse(this.state.prepare('SELECT name FROM access_token WHERE token_id = ? AND user = ? AND revoked_at IS NULL').get(id, user));
    if (!found) throw new ZhiweiError('not_found', '没有这个令牌');
    this.state.prepare('UPDATE access_token SET revoked_at = ? WHERE token_id = ?').run(now.toISOString(), id);
    return found.name;
  }

  /** The user whose token it is; null where it is worth nothing. */
  userOf(token: string, now: Date): { id: string; user: User } | null {
    const row = z.object({ token_id: z.string(), user: z.string(), epoch: z.int() }).optional().parse(this.state.prepare(`SELECT token_id, user, epoch FROM access_token WHERE hash = ? AND ${valid}`).get(hashOf(token), now.toISOString()));
    const found = row && this.users.find(row.user);
    if (!row || !found || found.epoch !== row.epoch) return null;
    this.state.prepare('UPDATE access_token SET last_used_at = ? WHERE token_id = ?').run(now.toISOString(), row.token_id);
    const { epoch: _epoch, ...user } = found;
    return { id: row.token_id, user };
  }
}
