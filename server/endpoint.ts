// In: an endpoint's name in api.ts and what it does. Out: an Express handler: who may, parse, do, reply.
// Invariant: no handler runs before its reader's role, password state and input have been checked here.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { ZhiweiError } from '../datasets/errors.ts';
import { endpoints, roles, type BodyOf, type Endpoint, type EndpointName, type QueryOf, type ReplyOf, type User } from './api.ts';

declare module 'express-session' {
  interface SessionData { user?: string; epoch?: number }
}
declare module 'express-serve-static-core' {
  interface Locals { user: User | null }
}

export type { NextFunction, Request, RequestHandler, Response };

export interface Call<N extends EndpointName> {
  query: QueryOf<N>; body: BodyOf<N>; req: Request; res: Response; ip: string | null;
  /** The person signed in; throws where nobody is, which only a public endpoint can meet. */
  readonly user: User;
  /** A named piece of the path, at most 200 characters. */
  param(name: string): string;
}

export interface Route { name: EndpointName; handle: (req: Request, res: Response, next: NextFunction) => Promise<void> }

/** What `work` returns is sent as JSON; where it sends a file or a stream itself it returns `undefined`. */
export function route<N extends EndpointName>(name: N, work: (call: Call<N>) => Promise<ReplyOf<N> | undefined> | ReplyOf<N> | undefined): Route {
  const endpoint: Endpoint = endpoints[name];
  return {
    name,
    async handle(req, res) {
      const user = res.locals.user;
      admit(endpoint, user);
      const call: Call<N> = {
        query: parse(endpoint.query, req.query) as QueryOf<N>,
        body: parse(endpoint.body, req.body) as BodyOf<N>,
        req, res, ip: req.ip ?? null,
        get user() { return signedIn(user); },
        param: (key) => paramOf(req.params, key),
      };
      const reply = await work(call);
      if (reply !== undefined && !res.headersSent) res.json(reply);
    },
  };
}

/** A named piece of a path. Throws `bad_request` for more than 200 characters. */
export function paramOf(params: Readonly<Record<string, unknown>>, key: string): string {
  const value = params[key];
  if (typeof value !== 'string' || value.length > 200) throw new ZhiweiError('bad_request', '地址有误');
  return value;
}

export function signedIn(user: User | null): User {
  if (!user) throw new ZhiweiError('unauthenticated', '请先登录');
  return user;
}

export function admit({ access }: Endpoint, user: User | null): void {
  if (access === 'public') return;
  const { role, must_change } = signedIn(user);
  if (access === 'session') return;
  if (must_change) throw new ZhiweiError('forbidden', '请先修改一次性密码', { must_change: true });
  if (access !== 'user' && !access.includes(role)) throw new ZhiweiError('forbidden', `这项功能供${access.map((r) => roles[r]).join('、')}使用`);
}

export function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  const first = issues[0];
  throw new ZhiweiError('bad_request', `请求有误：${first?.field ? `${first.field}：` : ''}${first?.message ?? ''}`, issues);
}
