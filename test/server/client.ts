// In: a data directory. Out: the real server on a free port, and a client that keeps its cookie and CSRF token as a browser does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { DataDir } from '../../datasets/data-dir.ts';
import type { Role, Session } from '../../server/api.ts';
import { createApp, type App, type AppOptions } from '../../server/app.ts';

export interface Reply { status: number; headers: Headers; text: string; bytes: Buffer; json: <T>() => T }

export class Client {
  private cookie = '';
  csrf = '';
  constructor(readonly url: string) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const form = body instanceof FormData;
    const response = await fetch(this.url + path, {
      method, redirect: 'manual',
      headers: { ...(this.cookie && { cookie: this.cookie }), ...(this.csrf && { 'x-csrf-token': this.csrf }), ...(body !== undefined && !form && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';', 1)[0] ?? '';
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    return { status: response.status, headers: response.headers, text, bytes, json: <T>() => JSON.parse(text) as T };
  }

  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers);
  post = (path: string, body: unknown = {}) => this.send('POST', path, body);

  async session(): Promise<Session> {
    const session = (await this.get('/api/session')).json<Session>();
    this.csrf = session.csrf;
    return session;
  }

  async signIn(name: string, password: string): Promise<Reply> {
    await this.session();
    const reply = await this.post('/api/session', { name, password });
    if (reply.status === 200) this.csrf = reply.json<Session>().csrf;
    return reply;
  }
}

export interface Running { app: App; url: string; log: () => string; client(): Client; signedIn(name: string, role: Role, unit?: string | null): Promise<Client>; close(): Promise<void> }

export const chosenPassword = '一个足够长的密码 42';

export async function start(dir: DataDir, trustProxy = 0, options: Pick<AppOptions, 'clock' | 'secrets'> = {}): Promise<Running> {
  const lines: string[] = [];
  const logTo = new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(chunk.toString('utf8')); done(); } });
  const app = await createApp({ dir, trustProxy, logLevel: 'debug', logTo, ...options });
  const server = createServer(app.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = () => new Client(url);
  return {
    app, url, client, log: () => lines.join(''),
    async signedIn(name, role, unit = null) {
      const { users } = app.house;
      if (!users.find(name)) {
        const password = await users.add(name, role, unit);
        await users.changePassword(name, password, chosenPassword);
      }
      const c = client();
      const reply = await c.signIn(name, chosenPassword);
      if (reply.status !== 200) throw new Error(`sign-in of ${name}: ${reply.text}`);
      return c;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await app.close();
    },
  };
}
