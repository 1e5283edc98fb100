// In: the folder of the built web pages. Out: its files, and the page itself for every address of the app.
// Invariant: files whose name holds their hash are kept for a year, the page is asked for anew each time.
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ZhiweiError } from '../datasets/errors.ts';
import type { NextFunction, Request, RequestHandler, Response } from './endpoint.ts';

/** Headers of a file served from the folder. */
export function webHeaders(res: Response, path: string): void {
  res.set('Cache-Control', path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** The address of an endpoint is not looked for among the files. */
export const outsideApi = (files: RequestHandler): RequestHandler => (req, res, next) => (req.path.startsWith('/api/') ? next() : files(req, res, next));

/** Answers every other address: pages with index.html, the rest with a plain 404. */
export function page(folder: string) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const isPage = (req.method === 'GET' || req.method === 'HEAD') && !req.path.startsWith('/api/') && !req.path.startsWith('/assets/') && req.accepts('html') !== false;
    if (!isPage) { next(new ZhiweiError('not_found', '没有这个地址')); return; }
    const index = join(folder, 'index.html');
    if (!existsSync(index)) { res.status(503).type('text/plain; charset=utf-8').send('界面还没有构建；请运行 npm run build 后刷新'); return; }
    res.set('Cache-Control', 'no-cache').sendFile(index, { dotfiles: 'allow' });
  };
}
