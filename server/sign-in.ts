// In: requests with or without a session cookie. Out: requests that carry their user, with a CSRF token checked on every change.
// Invariant: a session is worth nothing once its user is gone, reset, or has changed the password.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csrfSync } from 'csrf-sync';
import { rateLimit } from 'express-rate-limit';
import session from 'express-session';
import { ZhiweiError } from '../datasets/errors.ts';
import type { DataDir } from '../datasets/data-dir.ts';
import type { Request, Response } from './endpoint.ts';
import { SessionStore } from './session-store.ts';
import type { State } from './state.ts';
import type { Users } from './users.ts';

const eightHours = 8 * 3_600_000;

/** The key that signs cookies, made at the first start, readable by its owner alone. */
function cookieKey(dir: DataDir): string {
  const file = join(dir.private, 'session.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

/** The session middleware; the cookie is secure when the request came over https. */
export function sessions(dir: DataDir, state: State) {
  const store = new SessionStore(state);
  const middleware = session({
    name: 'zhiwei.sid', secret: cookieKey(dir), store, resave: false, saveUninitialized: false, rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: eightHours, path: '/' },
  });
  return { store, middleware };
}

/** Puts the session's user into `res.locals.user`. */
export function identify(users: Users) {
  return (req: Request, res: Response, next: () => void) => {
    const found = req.session.user === undefined ? null : users.find(req.session.user);
    if (found && found.epoch === req.session.epoch) {
      const { epoch: _epoch, ...user } = found;
      res.locals.user = user;
    } else {
      res.locals.user = null;
    }
    next();
  };
}

/** CSRF: a token of the session, sent back in the header `x-csrf-token`. */
export const { csrfSynchronisedProtection: csrfProtection, generateToken: csrfToken, invalidCsrfTokenError } = csrfSync({
  getTokenFromRequest: (req) => req.get('x-csrf-token'),
});

const quarter = 15 * 60_000;
const tooMany = (message: string) => (_req: Request, _res: Response, next: (error: unknown) => void) => next(new ZhiweiError('too_many', message));
const nameOf = (body: unknown) => (typeof body === 'object' && body !== null && 'name' in body ? String(body.name) : '').slice(0, 60).toLowerCase();

/** Failed sign-ins: 10 per account and 50 per address in 15 minutes; failed password changes count as well. */
export function signInThrottles() {
  const common = { windowMs: quarter, skipSuccessfulRequests: true, standardHeaders: 'draft-8', legacyHeaders: false } as const;
  return [
    rateLimit({ ...common, limit: 10, keyGenerator: (req, res) => `account:${nameOf(req.body) || (res.locals.user?.name ?? '')}`, handler: tooMany('这个账号登录失败次数过多；请 15 分钟后再试，或请管理员重置密码') }),
    rateLimit({ ...common, limit: 50, handler: tooMany('登录失败次数过多；请 15 分钟后再试') }),
  ];
}

/** All requests of one address: 1,200 a minute. */
export const requestThrottle = () => rateLimit({ windowMs: 60_000, limit: 1_200, standardHeaders: 'draft-8', legacyHeaders: false, handler: tooMany('请求过于频繁；请稍后再试') });

/** A fresh session for `user`: the old identifier is worth nothing afterwards. */
export function startSession(req: Request, user: { name: string; epoch: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((error: unknown) => {
      if (error) { reject(error instanceof Error ? error : new Error(String(error))); return; }
      req.session.user = user.name;
      req.session.epoch = user.epoch;
      resolve();
    });
  });
}
