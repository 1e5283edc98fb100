import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { Client } from './client.ts';
import { newDataDir } from './sample-warehouse.ts';

describe('the web pages', () => {
  const closing: (() => Promise<void>)[] = [];
  let built: Client, unbuilt: Client;
  const serveFolder = async (webFolder: string) => {
    const app = await createApp({ dir: newDataDir(), logLevel: 'silent', webFolder });
    const server = createServer(app.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => { server.closeAllConnections(); server.close(); await app.close(); });
    return new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  };
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zhiwei-web-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<title>知微</title>');
    writeFileSync(join(folder, 'assets', 'app-abc123.js'), 'x');
    built = await serveFolder(folder);
    unbuilt = await serveFolder(join(folder, 'none'));
  });
  afterAll(async () => { for (const close of closing) await close(); });

  it.each([
    ['/', 200, 'no-cache'], ['/查询?sql=1', 200, 'no-cache'], ['/assets/app-abc123.js', 200, 'public, max-age=31536000, immutable'], ['/assets/none.js', 404, 'no-store'], ['/api/none', 404, 'no-store'],
    ['/../state.sqlite', 200, 'no-cache'], ['/%2e%2e%2fstate.sqlite', 200, 'no-cache'], ['/assets/..%2f..%2fpackage.json', 404, 'no-store'], ['/%', 200, 'no-cache'],
  ])('%s answers %i with cache control %s', async (path, status, cache) => {
    const reply = await built.get(path, { accept: 'text/html' });
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([status, cache]);
    if (status === 200) expect(reply.text).toMatch(/^(<title>知微<\/title>|x)$/);
  });
  it('say how to build them where they are not built', async () => {
    const reply = await unbuilt.get('/', { accept: 'text/html' });
    expect([reply.status, reply.text]).toEqual([503, '界面还没有构建；请运行 npm run build 后刷新']);
  });
});
