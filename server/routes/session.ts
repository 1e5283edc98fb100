// In: names and passwords. Out: sessions. Every sign-in, also a failed one, is in the audit log.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Session, User } from '../api.ts';
import { route, type Request } from '../endpoint.ts';
import type { House } from '../house.ts';
import { csrfToken, startSession } from '../sign-in.ts';

const anHour = 3_600_000;

function told(req: Request, user: (User & { epoch?: number }) | null): Session {
  // Only a token so far: not worth keeping for a working day.
  if (!user) req.session.cookie.maxAge = anHour;
  return { user: user && { name: user.name, role: user.role, unit_path: user.unit_path, must_change: user.must_change }, csrf: csrfToken(req) };
}

export const sessionRoutes = ({ users, audit }: House) => [
  route('GET /api/session', ({ req, res }) => told(req, res.locals.user)),

  route('POST /api/session', async ({ req, body: { name, password }, ip }) => {
    const user = await users.signIn(name, password);
    if (!user) {
      audit.write(null, 'sign_in_failed', name, ip);
      throw new ZhiweiError('unauthenticated', '用户名或密码不对');
    }
    await startSession(req, user);
    audit.write(user.name, 'sign_in', '', ip);
    return told(req, user);
  }),

  route('DELETE /api/session', async ({ req, user, ip }) => {
    audit.write(user.name, 'sign_out', '', ip);
    await new Promise<void>((resolve, reject) => req.session.regenerate((error: unknown) => (error ? reject(new Error('session store', { cause: error })) : resolve())));
    return told(req, null);
  }),

  route('POST /api/session/password', async ({ req, user, body: { current, next }, ip }) => {
    await users.changePassword(user.name, current, next);
    const changed = users.find(user.name);
    if (!changed) throw new ZhiweiError('unauthenticated', '请先登录');
    await startSession(req, changed);
    audit.write(user.name, 'password', '', ip);
    return told(req, changed);
  }),
];
