// In: what pages ask, a session, a number of readers. Out: how long each answer and each whole page took.
// Invariant: a page's questions go out together over six kept connections, as a browser sends them; any answer but 200 ends the bench.
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../random.ts';
import type { Opened } from './recorded-pages.ts';

export interface Took { name: string; ms: number }
export interface Load { asks: Took[]; pages: Took[]; seconds: number }
export interface Readers { url: string; cookie: string; opened: readonly Opened[]; readers: number; seconds: number; /** Mean seconds between two pages of one reader; 0 is at once. */ pause: number }

let addresses = 0;

/** Each page comes from an address of its own, so that the limit of requests per address, meant for one person, does not count all readers as one. */
const nextAddress = () => { addresses += 1; return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`; };

function ask(url: string, path: string, cookie: string, agent: Agent, from: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(url + path, { agent, headers: { cookie, 'accept-encoding': 'gzip, br', 'x-forwarded-for': from } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${path.split('?')[0]}: ${reply.statusCode}, expected 200`));
      reply.resume().on('end', () => resolve(performance.now() - started)).on('error', reject);
    });
    // The server may end a kept connection just as it is used: a browser then asks again, and so does this.
    request.on('error', (error) => { if (request.reusedSocket) ask(url, path, cookie, agent, from).then(() => resolve(performance.now() - started), reject); else reject(error); });
  });
}

async function open({ page, asks }: Opened, { url, cookie }: Pick<Readers, 'url' | 'cookie'>, agent: Agent, into: Load): Promise<void> {
  const from = nextAddress(), started = performance.now();
  await Promise.all(asks.map(async (path) => { into.asks.push({ name: path.split('?')[0] ?? '', ms: await ask(url, path, cookie, agent, from) }); }));
  into.pages.push({ name: page, ms: performance.now() - started });
}

/** Every page once, one after the other. */
export async function inTurn(of: Pick<Readers, 'url' | 'cookie' | 'opened'>): Promise<Load> {
  const load: Load = { asks: [], pages: [], seconds: 0 }, agent = new Agent({ keepAlive: true, maxSockets: 6 }), started = performance.now();
  for (const opened of of.opened) await open(opened, of, agent, load);
  agent.destroy();
  return { ...load, seconds: (performance.now() - started) / 1000 };
}

/** Readers who open pages at random for a time. */
export async function atOnce(of: Readers): Promise<Load> {
  const load: Load = { asks: [], pages: [], seconds: 0 }, started = performance.now(), end = started + of.seconds * 1000;
  await Promise.all(Array.from({ length: of.readers }, async (_, n) => {
    const next = random(20261128 + n), agent = new Agent({ keepAlive: true, maxSockets: 6 });
    const wait = () => sleep(Math.min(of.pause * 2000 * next(), Math.max(0, end - performance.now())));
    for (await wait(); performance.now() < end; await wait()) await open(of.opened[Math.floor(next() * of.opened.length)]!, of, agent, load);
    agent.destroy();
  }));
  return { ...load, seconds: (performance.now() - started) / 1000 };
}
