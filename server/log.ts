// In: requests and failures. Out: JSON log lines.
// Invariant: a line holds method, path, status, time and user; never a body, a query value, SQL or petition text.
import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Request, Response } from './endpoint.ts';
import { ZhiweiError } from '../datasets/errors.ts';

export const makeLog = (level: string, destination?: DestinationStream): Logger => pino({ level, base: null, serializers: { err: describe } }, destination ?? pino.destination(2));

/** What of an error may be written down. DuckDB and parsers quote data in their messages, so only our own words are kept. */
function describe(error: unknown): Record<string, unknown> {
  if (error instanceof ZhiweiError) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 8).map((line) => line.trim());
  return { type: error.name, code: 'code' in error ? String(error.code) : undefined, frames };
}

/** One line per request. */
export function requestLog(logger: Logger) {
  return pinoHttp<Request, Response>({
    logger, quietReqLogger: true,
    serializers: { req: () => undefined, res: () => undefined },
    autoLogging: { ignore: (req) => req.path === '/healthz' || req.path === '/readyz' },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
customSuccessObject: (req, res, line) => ({ ...line, ...facts(req, res) }),
    customErrorObject: (req, res, _error, line) => ({ ...line, ...facts(req, res) }),
  });
}

const facts = (req: Request, res: Response) => ({ method: req.method, path: req.originalUrl.split('?', 1)[0], status: res.statusCode, user: res.locals.user?.name });
