// In: whatever a request threw. Out: the one JSON body of a failed request.
// Invariant: what nobody meant to tell is told as "failed" without its words, and logged.
import type { Logger } from 'pino';
import { errorBody, ZhiweiError } from '../datasets/errors.ts';
import type { NextFunction, Request, Response } from './endpoint.ts';
import { invalidCsrfTokenError } from './sign-in.ts';

/** The last middleware. */
export function errorReply(log: Logger) {
  // Express tells an error handler by its four parameters.
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    // A page whose session has ended has no token that fits: it must sign in, not reload.
    const ended = error === invalidCsrfTokenError && !res.locals.user && !req.path.startsWith('/api/session');
    const told = ended ? new ZhiweiError('unauthenticated', '请先登录') : asTold(error);
    if (told.status >= 500) log.error({ err: told.cause ?? error }, 'request failed');
    if (res.headersSent) { res.end(); return; }
    if (told.code === 'busy') res.set('Retry-After', '5');
    res.status(told.status).set('Cache-Control', 'no-store').json(errorBody(told));
  };
}

function asTold(error: unknown): ZhiweiError {
  if (error instanceof ZhiweiError) return error;
  if (error === invalidCsrfTokenError) return new ZhiweiError('forbidden', '页面已过期；请刷新后重试', { csrf: true });
  const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  if (type === 'entity.too.large') return new ZhiweiError('too_large', '提交的内容过大');
  if (type.startsWith('entity.') || type === 'encoding.unsupported' || type === 'charset.unsupported' || error instanceof URIError) return new ZhiweiError('bad_request', '提交的内容不是合法的 JSON');
  return new ZhiweiError('failed', '服务内部出错；请重试，仍不行请联系管理员', undefined, { cause: error });
}
