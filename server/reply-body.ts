// In: a reply, and what its reader's browser accepts. Out: the bytes to send, compressed.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from './endpoint.ts';

export const encodings = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof encodings)[number];
export interface Body { bytes: Buffer; encoding: Encoding }

/** Below this many bytes compression saves no packet. */
const least = 1_024;
const brotli = promisify(brotliCompress), zip = promisify(gzip);

/** Bodies are made once and sent often, hence a quality above what one would take for a single reply. */
export async function bodyOf(reply: unknown, encoding: Encoding): Promise<Body> {
  const bytes = Buffer.from(JSON.stringify(reply));
  if (encoding === 'identity' || bytes.length < least) return { bytes, encoding: 'identity' };
  return { encoding, bytes: encoding === 'br' ? await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }) : await zip(bytes, { level: 7 }) };
}

/** The smallest that the browser accepts. */
export function acceptedBy(req: Request): Encoding {
  const accepted: readonly string[] = req.acceptsEncodings();
  return encodings.find((e) => accepted.includes(e)) ?? 'identity';
}

export function sendBody(res: Response, { bytes, encoding }: Body): void {
  if (encoding !== 'identity') res.set('Content-Encoding', encoding);
  res.vary('Accept-Encoding').type('json').send(bytes);
}
