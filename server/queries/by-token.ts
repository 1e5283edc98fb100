// In: a request of a program. Out: the same with the user whose token it shows; a cookie counts for nothing here.
// Invariant: what comes by token needs no session and no CSRF token, since no browser sends a token by itself.
import { rateLimit } from 'express-rate-limit';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { NextFunction, Request, Response } from '../endpoint.ts';
import type { Tokens } from './tokens.ts';

declare module 'express-serve-static-core' {
  interface Locals { token?: string }
}

type Handler = (req: Request, res: Response, next: NextFunction) => void;

/** `Authorization: Bearer TOKEN`, or Basic with the token as the password, as Excel sends it. */
function shown(req: Request): string | null {
  const [scheme = '', value = ''] = (req.get('authorization') ?? '').split(' ', 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':').at(-1) ?? null;
  return null;
}

export const byToken = (tokens: Tokens): Handler => (req, res, next) => {
  const token = shown(req);
  const found = token === null ? null : tokens.userOf(token, new Date());
  if (!found) {
    res.set('WWW-Authenticate', 'Bearer realm="zhiwei"');
    next(new ZhiweiError('unauthenticated', '访问令牌无效、已停用或已过期；请在网页“访问令牌”中新建'));
    return;
  }
  res.locals.user = found.user;
  res.locals.token = found.id;
  next();
};

/** 60 requests a minute for each token. */
export const tokenThrottle = () => rateLimit({
  windowMs: 60_000, limit: 60, standardHeaders: 'draft-8', legacyHeaders: false, keyGenerator: (_req, res) => `token:${String(res.locals.token)}`,
  handler: (_req, _res, next) => next(new ZhiweiError('too_many', '这个令牌每分钟至多 60 次请求；请稍后再试')),
});

/** A handler for those who come with a session. */
export const bySession = (handler: Handler): Handler => (req, res, next) => { if (res.locals.token === undefined) handler(req, res, next); else next(); };
