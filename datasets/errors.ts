// In: what went wrong. Out: one error type that the command line and the API both know how to tell.
// Invariant: `message` is Chinese, says what happened and what to do, and never holds petition text or SQL.

/** Machine-readable kinds of failure, each with its HTTP status. */
export const errorStatus = {
  bad_request: 400,
  bad_file: 422,
  bad_query: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  timeout: 408,
  busy: 503,
  failed: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** An error whose message may be shown to the person who caused it. */
export class ZhiweiError extends Error {
  readonly status: number;
  constructor(readonly code: ErrorCode, message: string, readonly details?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ZhiweiError';
    this.status = errorStatus[code];
  }
}

/** The one JSON body of a failed request. */
export interface ErrorBody { error: { code: ErrorCode; message: string; details?: unknown } }

export function errorBody(error: ZhiweiError): ErrorBody {
  const { code, message, details } = error;
  return { error: details === undefined ? { code, message } : { code, message, details } };
}
