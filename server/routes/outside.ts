// In: an access token 访问令牌 and what its program asks; a user's wish for one. Out: results as files; tokens.
// Invariant: a token reads with the rights of its user and can do nothing else.
import { ZhiweiError } from '../../datasets/errors.ts';
import { resultFormats, type ResultFormat } from '../api.ts';
import { route, type Response } from '../endpoint.ts';
import type { House } from '../house.ts';
import { contentTypes, resultFile } from '../queries/result-file.ts';
import { runQuery } from '../queries/run-query.ts';
import type { SqlResult } from '../sandbox.ts';

const isFormat = (word: string): word is ResultFormat => (resultFormats as readonly string[]).includes(word);

async function reply(res: Response, result: SqlResult, format: ResultFormat, name: string): Promise<void> {
  const bytes = await resultFile(result, format);
  res.set({ 'Cache-Control': 'no-store', 'X-Truncated': String(result.truncated) }).type(contentTypes[format]);
  if (format !== 'json') res.attachment(`${name}.${format}`);
  res.send(bytes);
}

export const outsideRoutes = (house: House) => {
  const { tokens, queries, audit } = house;
  const byToken = (res: Response) => `访问令牌 ${res.locals.token ?? ''}`;
  return [
    route('GET /api/v1/query/:id', async ({ query: { format = 'json', ...values }, param, user, ip, res }) => {
      if (!isFormat(format)) throw new ZhiweiError('bad_request', `format 应为 ${resultFormats.join('、')}`);
      const { sql, defaults, title } = queries.get(param('id'), user);
      const result = await runQuery(house, { sql, values, defaults, user, ip, res, by: byToken(res) });
      return reply(res, result, format, title).then(() => undefined);
    }),
    route('POST /api/v1/sql', async ({ body: { sql, values = {}, format }, user, ip, res }) => {
      const result = await runQuery(house, { sql, values, user, ip, res, by: byToken(res) });
      return reply(res, result, format, '查询').then(() => undefined);
    }),
    route('GET /api/tokens', ({ user }) => ({ tokens: tokens.list(user.name, new Date()) })),
    route('POST /api/tokens', ({ body: { name, days }, user, ip, res }) => {
      const made = tokens.add(user.name, name, days, new Date());
      audit.write(user.name, 'token', `新建 ${made.made.token_id}“${name}”，${days} 天`, ip);
      res.set('Cache-Control', 'no-store');
      return made;
    }),
    route('DELETE /api/tokens/:id', ({ param, user, ip }) => {
      const name = tokens.revoke(param('id'), user.name, new Date());
      audit.write(user.name, 'token', `停用 ${param('id')}“${name}”`, ip);
      return { tokens: tokens.list(user.name, new Date()) };
    }),
  ];
};
