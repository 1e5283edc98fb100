// In: a message, an address, a key. Out: one signed POST of it.
// Invariant: https, or this machine; no redirect is followed, and nothing of the answer but its status is read.
import { createHmac } from 'node:crypto';
import { webhookUrlSchema } from '../../../datasets/settings.ts';
import type { Message } from './message.ts';

const waitMs = 10_000;

/** `sha256=` and the HMAC-SHA256 of `<timestamp>.<body>`, in hex; the receiver refuses old timestamps. */
export const signature = (secret: string, timestamp: string, body: string) => `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** Throws with a short reason where it was not taken (anything but 2xx). */
export async function postWebhook(url: string, secret: string, message: Message, deliveryId: number, now: Date): Promise<void> {
  if (!webhookUrlSchema.safeParse(url).success) throw new Error('网址不合要求');
  const body = JSON.stringify(message), timestamp = String(Math.floor(now.getTime() / 1000));
  const reply = await fetch(url, {
    method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(waitMs),
    headers: { 'content-type': 'application/json', 'user-agent': 'zhiwei', 'x-zhiwei-delivery': String(deliveryId), 'x-zhiwei-timestamp': timestamp, 'x-zhiwei-signature': signature(secret, timestamp, body) },
  }).catch((cause: unknown) => { throw new Error(cause instanceof Error && cause.name === 'TimeoutError' ? '对方没有在 10 秒内应答' : '连接不上', { cause }); });
  await reply.body?.cancel();
  if (!reply.ok) throw new Error(reply.status >= 300 && reply.status < 400 ? `对方要求转到别处（${reply.status}），不予跟随` : `对方应答 ${reply.status}`);
}
