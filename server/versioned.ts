// In: an endpoint whose reply the version, the reader's scope and the question decide. Out: its handler: who may; nothing where the browser has the reply; else its bytes, made once.
// Invariant: an answer is told the scope and nothing else of its reader, so that kept bytes reach nobody of another scope or version.
import type { AskedQuestion } from './asked-questions.ts';
import { endpoints, type Endpoint, type EndpointName, type QueryOf, type ReplyOf, type User } from './api.ts';
import { admit, paramOf, parse, signedIn, type Request, type Response, type Route } from './endpoint.ts';
import type { House } from './house.ts';
import { acceptedBy, bodyOf, sendBody } from './reply-body.ts';
import type { Reader } from './warehouse.ts';

export interface Question<N extends EndpointName> {
  query: QueryOf<N>;
  scope: string | null;
  param(name: string): string;
}

/** `unpublished` is the reply before anything is published; without one that is `not_found`. */
export function versioned<N extends EndpointName>({ warehouse, asked }: House, name: N, answer: (reader: Reader, question: Question<N>) => ReplyOf<N> | Promise<ReplyOf<N>>, unpublished?: ReplyOf<N>): Route {
  const endpoint: Endpoint = endpoints[name];
  const ask = async (reader: Reader, { query, params, scope, encoding }: AskedQuestion) => {
    const parsed = parse(endpoint.query, query) as QueryOf<N>;
    return reader.bodies.get(JSON.stringify([name, params, parsed, scope, encoding]), async () => bodyOf(await answer(reader, { query: parsed, scope, param: (key) => paramOf(params, key) }), encoding));
  };
  asked.learn(name, ask);
  return {
    name,
    async handle(req, res) {
      admit(endpoint, res.locals.user);
      const user = signedIn(res.locals.user);
      if (unpublished !== undefined && warehouse.version === null) { res.json(unpublished); return; }
      await warehouse.use(async (reader) => {
        if (unchanged(req, res, user, reader.version)) return;
        const question: AskedQuestion = { name, query: req.query, params: req.params, scope: user.unit_path, encoding: acceptedBy(req), as_of: reader.asOf };
        const body = await ask(reader, question);
        asked.note(question);
        sendBody(res, body);
      });
    },
  };
}

/** Lets the browser keep a reply for as long as the version and the reader's role and scope stay; true where it already has it. */
function unchanged(req: Request, res: Response, { role, unit_path }: User, version: number): boolean {
  res.set('Cache-Control', 'private, no-cache').set('Vary', 'Cookie').set('ETag', `W/"${version}-${Buffer.from(`${role} ${unit_path ?? ''}`).toString('base64url')}"`);
  if (!req.fresh) return false;
  res.status(304).end();
  return true;
}
