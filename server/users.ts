// In: the state file. Out: users 用户, their passwords checked and changed.
// Invariant: a password is stored as an argon2id hash alone; a one-time password must be changed before anything else is answered.
import { randomInt } from 'node:crypto';
import { hash, verify } from 'argon2';
import { z } from 'zod';
import { ZhiweiError } from '../datasets/errors.ts';
import { roleSchema, userNameSchema, type Role, type User, type UserList } from './api.ts';
import type { State } from './state.ts';

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const row = z.object({
  name: z.string(), role: roleSchema, unit_path: z.nullable(z.string()), password_hash: z.string(), must_change: z.int().transform(Boolean),
  epoch: z.int(), created_at: z.string(), last_sign_in: z.nullable(z.string()),
});
type UserRow = z.infer<typeof row>;

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
/** A password that is easy to read aloud: 20 letters and digits, 99 bits. */
export const oneTimePassword = () => Array.from({ length: 20 }, (_, i) => (i > 0 && i % 5 === 0 ? '-' : '') + letters[randomInt(letters.length)]).join('');

const nobody = hash(oneTimePassword(), cost);

export class Users {
  // Made once: every request reads its user.
  private readonly byName;

  constructor(private readonly state: State) {
    this.byName = state.prepare('SELECT * FROM users WHERE name = ?');
  }

  private row(name: string): UserRow | null {
    const found = this.byName.get(name);
    return found === undefined ? null : row.parse(found);
  }

  /** The user, with the epoch that a session must match. */
  find(name: string): (User & { epoch: number }) | null {
    const found = this.row(name);
    return found && { name: found.name, role: found.role, unit_path: found.unit_path, must_change: found.must_change, epoch: found.epoch };
  }

  list(): UserList['users'] {
    return this.state.prepare('SELECT * FROM users ORDER BY name').all().map((found) => {
      const { password_hash: _hash, epoch: _epoch, ...user } = row.parse(found);
      return user;
    });
  }

  /** Adds a user and gives the one-time password. Throws `conflict` for a name that is taken. */
  async add(name: string, role: Role, unitPath: string | null): Promise<string> {
    const checked = userNameSchema.safeParse(name);
    if (!checked.success) throw new ZhiweiError('bad_request', checked.error.issues[0]?.message ?? '用户名有误');
    if (this.row(name)) throw new ZhiweiError('conflict', `用户“${name}”已存在`);
    const password = oneTimePassword();
    this.state.prepare('INSERT INTO users (name, role, unit_path, password_hash, must_change, epoch, created_at) VALUES (?, ?, ?, ?, 1, ?, ?)')
      // Later than any epoch of somebody of this name who was removed: their sessions and tokens stay worth nothing.
      .run(name, role, unitPath, await hash(password, cost), Date.now(), new Date().toISOString());
    return password;
  }

  /** Replaces the password by a one-time one and signs the user out everywhere. */
  async reset(name: string): Promise<string> {
    const password = oneTimePassword();
    await this.store(name, password, true);
    return password;
  }

  /** Throws `bad_request` where `current` is wrong or `next` is no change. */
  async changePassword(name: string, current: string, next: string): Promise<void> {
    if (!await this.signIn(name, current)) throw new ZhiweiError('bad_request', '当前密码不对');
    if (current === next) throw new ZhiweiError('bad_request', '新密码不能与当前密码相同');
    if (next.includes(name)) throw new ZhiweiError('bad_request', '新密码不能包含用户名');
    await this.store(name, next, false);
  }

  private async store(name: string, password: string, mustChange: boolean): Promise<void> {
    const { changes } = this.state.prepare('UPDATE users SET password_hash = ?, must_change = ?, epoch = epoch + 1 WHERE name = ?')
      .run(await hash(password, cost), mustChange ? 1 : 0, name);
    if (changes === 0) throw new ZhiweiError('not_found', `没有用户“${name}”`);
  }

  /** The user if the password is right; takes the same time for a name that does not exist. */
  async signIn(name: string, password: string): Promise<(User & { epoch: number }) | null> {
    const found = this.row(name);
    const right = await verify(found?.password_hash ?? await nobody, password);
    if (!found || !right) return null;
    this.state.prepare('UPDATE users SET last_sign_in = ? WHERE name = ?').run(new Date().toISOString(), name);
    return this.find(name);
  }

  /** Makes the first administrator where there is no user; gives the one-time password, or null. */
  async ensureAdmin(): Promise<string | null> {
    const { n } = z.object({ n: z.int() }).parse(this.state.prepare('SELECT count(*) AS n FROM users').get());
    return n === 0 ? this.add('admin', 'admin', null) : null;
  }
}
