// In: a data directory, an address. Out: a listening server that stops cleanly when told to.
// Invariant: the first start makes one administrator, whose one-time password is printed once and stored nowhere.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { createApp, type App } from './app.ts';
import { readSettings } from './settings.ts';

export interface Served { server: Server; app: App; url: string; close(): Promise<void> }

/** Starts serving `dir`; what is not given comes from the settings. */
export async function serve(dir: DataDir, address: { host?: string; port?: number } = {}, print: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Promise<Served> {
  const settings = readSettings();
  const host = address.host ?? settings.host;
  const app = await createApp({ dir, trustProxy: settings.trustProxy, logLevel: settings.logLevel, secrets: settings.secrets, warm: true });
  const password = await app.house.users.ensureAdmin();
  const server = createServer(app.app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port ?? settings.port, host, resolve);
  }).catch(async (cause: unknown) => { await app.close(); throw cannotListen(cause, `${host}:${address.port ?? settings.port}`); });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

  print(`知微已启动：${url}`);
  if (app.house.warehouse.version === null) print('还没有数据；登录后在“数据”页导入，或运行 zhiwei run --input 文件');
  if (password !== null) print(`首次登录：用户名 admin，一次性密码 ${password}（只显示这一次，登录后须修改）`);
  else print('用浏览器打开上面的地址登录；忘记密码可运行 zhiwei user reset 用户名');
  if (!['127.0.0.1', '::1', 'localhost'].includes(host) && settings.trustProxy === 0) print('注意：正在未加密地对外服务；请放在 https 代理之后，并设 ZHIWEI_TRUST_PROXY=1');

  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await app.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().then(() => process.exit(0)));
  return { server, app, url, close };
}

function cannotListen(cause: unknown, where: string): ZhiweiError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EADDRINUSE') return new ZhiweiError('conflict', `${where} 已被占用（也许已有一个知微在运行）；请用 --port 另选端口`, undefined, { cause });
  return new ZhiweiError('failed', `不能在 ${where} 监听（${code}）；请检查 --host 与 --port`, undefined, { cause });
}
