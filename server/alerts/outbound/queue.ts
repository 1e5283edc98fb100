// In: alerts to tell of. Out: messages 外发, kept in the state file until they are taken, or given up in plain sight.
// Invariant: one message per alert, occasion and channel; both channels are off until settings and secrets turn them on.
import { z } from 'zod';
import type { DataDir } from '../../../datasets/data-dir.ts';
import { ZhiweiError } from '../../../datasets/errors.ts';
import { readHouseSettings, type HouseSettings } from '../../../datasets/settings.ts';
import { outboundSchema, type Alert, type Outbound } from '../../api.ts';
import type { OutboundSecrets } from '../../settings.ts';
import type { State } from '../../state.ts';
import { localDay } from '../deadline.ts';
import { sendMail } from './mail.ts';
import { messageOf, messageSchema, testMessage, type Message } from './message.ts';
import { postWebhook } from './webhook.ts';

export const mostTries = 8;
const minute = 60_000, longest = 6 * 60 * minute;
/** Wait after the n-th failure: 1, 4, 16, 64 minutes, then 6 hours. */
export const backoff = (tries: number) => Math.min(longest, minute * 4 ** (tries - 1));

const rowSchema = outboundSchema.shape.deliveries.element.extend({ body: z.string() });
type Channel = Outbound['deliveries'][number]['channel'];

export class OutboundQueue {
  private sending: Promise<void> | null = null;
  private closed = false;

  constructor(private readonly state: State, private readonly dir: DataDir, private readonly secrets: OutboundSecrets) {}

  private on({ outbound }: HouseSettings): Channel[] {
    return [...(outbound.webhook_url !== null && this.secrets.webhook !== null ? ['webhook' as const] : []), ...(outbound.mail !== null ? ['mail' as const] : [])];
  }

  /** Whether nothing is sent at all. */
  get off(): boolean { return this.on(readHouseSettings(this.dir)).length === 0; }

  /** Queues an alert's message on each channel that is on; a second time does nothing. */
  add(event: Message['event'], alert: Parameters<typeof messageOf>[1] & Pick<Alert, 'level'>, now: Date): void {
    const settings = readHouseSettings(this.dir);
    if (!settings.outbound.levels.includes(alert.level)) return;
    const what = event === 'alert.new' ? '新预警' : `${event === 'alert.due' ? '将到期' : '逾期'}（应报 ${alert.deadline ?? ''}）`;
    const body = JSON.stringify(messageOf(event, alert, settings.outbound.link_base));
    for (const channel of this.on(settings)) {
      this.state.prepare("INSERT INTO delivery (channel, alert_id, what, body, state, tries, created_at, next_at) VALUES (?, ?, ?, ?, '待发', 0, ?, ?) ON CONFLICT DO NOTHING").run(channel, alert.alert_id, what, body, now.toISOString(), now.toISOString());
    }
  }

  /** Sends what is due, one after the other; a call while one is under way waits for that. */
  deliver(now: () => Date = () => new Date()): Promise<void> {
    this.sending ??= this.run(now).finally(() => { this.sending = null; });
    return this.sending;
  }

  private async run(now: () => Date): Promise<void> {
    const due = this.state.prepare("SELECT * FROM delivery WHERE state = '待发' AND next_at <= ? ORDER BY next_at, delivery_id LIMIT 50").all(now().toISOString()).map((row) => rowSchema.parse(row));
    for (const { delivery_id, channel, body, tries } of due) {
      let error: string | null = null;
      try {
        await this.send(channel, messageSchema.parse(JSON.parse(body)), delivery_id, now());
      } catch (cause) {
        error = cause instanceof Error ? cause.message.slice(0, 200) : '没有发出';
      }
      if (this.closed) return;
      const at = now(), tried = tries + 1;
      if (error === null) this.state.prepare("UPDATE delivery SET state = '已发', tries = ?, sent_at = ?, next_at = NULL, error = NULL WHERE delivery_id = ?").run(tried, at.toISOString(), delivery_id);
      else if (tried >= mostTries) this.state.prepare("UPDATE delivery SET state = '失败', tries = ?, next_at = NULL, error = ? WHERE delivery_id = ?").run(tried, error, delivery_id);
      else this.state.prepare('UPDATE delivery SET tries = ?, next_at = ?, error = ? WHERE delivery_id = ?').run(tried, new Date(at.getTime() + backoff(tried)).toISOString(), error, delivery_id);
    }
  }

  private async send(channel: Channel, message: Message, deliveryId: number, now: Date): Promise<void> {
    const { outbound } = readHouseSettings(this.dir);
    if (channel === 'webhook') {
      if (outbound.webhook_url === null) throw new Error('webhook 已关闭');
      if (this.secrets.webhook === null) throw new Error('没有签名密钥；请设环境变量 ZHIWEI_WEBHOOK_SECRET 后重启');
      return postWebhook(outbound.webhook_url, this.secrets.webhook, message, deliveryId, now);
    }
    if (outbound.mail === null) throw new Error('邮件已关闭');
    if (outbound.mail.user !== undefined && this.secrets.smtp === null) throw new Error('没有邮箱密码；请设环境变量 ZHIWEI_SMTP_PASSWORD 后重启');
    return sendMail(outbound.mail, this.secrets.smtp, message, deliveryId);
  }

  /** Settings without secrets, and the last 200 messages, newest first. */
  status(): Outbound {
    const settings = readHouseSettings(this.dir), on = this.on(settings), { webhook_url, mail } = settings.outbound;
    return {
      // What follows the host may hold a robot's key.
      webhook: { on: on.includes('webhook'), url: webhook_url === null ? null : new URL(webhook_url).origin, signed: this.secrets.webhook !== null },
      mail: { on: on.includes('mail'), host: mail?.host ?? null, to: mail?.to ?? [] },
      deliveries: this.state.prepare('SELECT * FROM delivery ORDER BY delivery_id DESC LIMIT 200').all().map((row) => { const { body: _body, ...told } = rowSchema.parse(row); return told; }),
    };
  }

  /** Which secrets the environment holds; their values are told to nobody. */
  get secretsSet(): { webhook: boolean; smtp: boolean } { return { webhook: this.secrets.webhook !== null, smtp: this.secrets.smtp !== null }; }

  /** Sends one message of no alert at once, past the queue; null where it was taken, else why not. */
  async test(channel: Channel, now: Date): Promise<string | null> {
    try {
      await this.send(channel, testMessage(localDay(now), readHouseSettings(this.dir).outbound.link_base), 0, now);
      return null;
    } catch (cause) {
      return cause instanceof Error ? cause.message.slice(0, 200) : '没有发出';
    }
  }

  /** Puts a message that was given up back in the queue. */
  retry(id: string, now: Date): void {
    const { changes } = this.state.prepare("UPDATE delivery SET state = '待发', tries = 0, next_at = ?, error = NULL WHERE delivery_id = ? AND state = '失败'").run(now.toISOString(), Number(id));
    if (changes === 0) throw new ZhiweiError('not_found', '没有这条失败的消息；它也许已经发出');
  }

  /** What is under way ends unrecorded and is sent again after the next start. */
  close(): void { this.closed = true; }
}
