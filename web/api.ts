// In: an endpoint's address and body. Out: its reply, typed by server/api.ts, or an ApiError that can be shown as it is.
// Invariant: the only fetch of the product; every write carries the CSRF token; a lost session calls `onSignedOut`.
import type { MetricQuery } from '../datasets/metric-query.ts';
import type { ErrorBody, ErrorCode } from '../datasets/errors.ts';
import type { BodyOf, EndpointName, MetricsReply, ReplyOf } from '../server/api.ts';

export class ApiError extends Error {
  constructor(readonly code: ErrorCode | 'network', message: string, readonly status: number, readonly details?: unknown) { super(message); this.name = 'ApiError'; }
}

type Method<M extends string> = Extract<EndpointName, `${M} ${string}`>;
type Params = Readonly<Record<string, string | number | null | undefined>>;

let csrf = '';
let onSignedOut = () => {};
let onVersion = (_version: number) => {};
const kept = new Map<string, { at: number; reply: Promise<unknown> }>();
const keepFor = 5 * 60_000;

export function whenSignedOut(action: () => void): void { onSignedOut = action; }
/** Tells which version answered, so that a page left open notices a new one. */
export function whenAnswered(action: (version: number) => void): void { onVersion = action; }
export function useCsrf(token: string): void { csrf = token; }
/** Forgets kept replies: after an import, a rollback, a change of user. */
export function forget(): void { kept.clear(); }

/** Fills `:id` in an endpoint's path and appends the rest as its query. */
export function address(path: string, params: Params = {}): string {
  const rest = new URLSearchParams();
  let filled = path;
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '') continue;
    if (filled.includes(`:${key}`)) filled = filled.replace(`:${key}`, encodeURIComponent(value));
    else rest.set(key, String(value));
  }
  return rest.size ? `${filled}?${rest}` : filled;
}

/** Reads an endpoint afresh. */
export function get<N extends Method<'GET'>>(endpoint: N, params?: Params): Promise<ReplyOf<N>> {
  return call(endpoint, params) as Promise<ReplyOf<N>>;
}

/** Reads an endpoint, or gives the reply of a few minutes ago: for what changes only with a new version. */
export function read<N extends Method<'GET'>>(endpoint: N, params?: Params): Promise<ReplyOf<N>> {
  const key = address(endpoint.slice(4), params);
  const found = kept.get(key);
  if (found && Date.now() - found.at < keepFor) return found.reply as Promise<ReplyOf<N>>;
  const reply = get(endpoint, params);
  kept.set(key, { at: Date.now(), reply });
  reply.catch(() => kept.delete(key));
  return reply;
}

/** Asks for metrics. */
export function ask(query: Partial<MetricQuery> & Pick<MetricQuery, 'metrics'>): Promise<MetricsReply> {
  const reply = read('GET /api/metrics', { q: JSON.stringify(query) });
  reply.then(({ version }) => onVersion(version), () => {});
  return reply;
}

/** Writes to an endpoint; `signal` takes the wish back. */
export function send<N extends Method<'POST'> | Method<'DELETE'>>(endpoint: N, body?: BodyOf<N> | FormData, params?: Params, signal?: AbortSignal): Promise<ReplyOf<N>> {
  return call(endpoint, params, body ?? {}, signal) as Promise<ReplyOf<N>>;
}

/** Fetches a file and hands it to the browser to save; with a body the file is made of it. */
export async function download(path: string, params: Params, name: string, body?: unknown): Promise<void> {
  const response = await request(address(path, params), body === undefined ? {} : { method: 'POST', headers: { 'x-csrf-token': csrf, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  save(await response.blob(), name);
}

/** Saves a blob under a name. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = Object.assign(document.createElement('a'), { href: url, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function call(endpoint: EndpointName, params?: Params, body?: unknown, signal?: AbortSignal): Promise<unknown> {
  const [method, path] = endpoint.split(' ') as [string, string];
  const json = body !== undefined && !(body instanceof FormData);
  const response = await request(address(path, params), {
    method, ...(signal && { signal }),
    headers: { ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }), ...(json ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
  }, path !== '/api/session');
  return response.json();
}

async function request(url: string, init: RequestInit, guarded = true): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError('network', '连不上服务器。请检查网络，稍后再试。', 0);
  }
  if (response.ok) return response;
  const error = await readError(response);
  if (error.status === 401 && guarded) onSignedOut();
  throw error;
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  if (body?.error) return new ApiError(body.error.code, body.error.message, response.status, body.error.details);
  return new ApiError('failed', response.status >= 500 ? '服务器出了问题，请稍后再试；仍不行请告诉管理员。' : `请求没有成功（${response.status}）。`, response.status);
}
