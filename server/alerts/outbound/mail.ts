// In: a message, the mail server's settings. Out: one mail.
// Invariant: encrypted on the way, but to this machine itself; nothing is read from files or addresses that a message names.
import { createTransport } from 'nodemailer';
import type { HouseSettings } from '../../../datasets/settings.ts';
import { mailOf, type Message } from './message.ts';

type Mail = NonNullable<HouseSettings['outbound']['mail']>;
const waitMs = 15_000;

/** Throws with a short reason where the server did not take it. */
export async function sendMail({ host, port, secure, user, from, to }: Mail, password: string | null, message: Message, deliveryId: number): Promise<void> {
  const here = ['localhost', '127.0.0.1', '::1'].includes(host);
  const transport = createTransport({
    host, port, secure, requireTLS: !secure && !here, ignoreTLS: !secure && here, disableFileAccess: true, disableUrlAccess: true,
    connectionTimeout: waitMs, greetingTimeout: waitMs, socketTimeout: waitMs, ...(user !== undefined && password !== null && { auth: { user, pass: password } }),
  });
  try {
    await transport.sendMail({ from, to, ...mailOf(message), messageId: `<alert-${message.alert_id}-${deliveryId}@${from.split('@')[1] ?? 'zhiwei'}>` });
  } catch (cause) {
    const code = cause instanceof Error && 'responseCode' in cause ? String(cause.responseCode) : cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new Error(`邮件服务器没有收下${code === '' ? '' : `（${code}）`}`, { cause });
  } finally {
    transport.close();
  }
}
