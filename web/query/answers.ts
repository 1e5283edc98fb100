// In: a way to ask. Out: the answer under each key, asked for once.
// Invariant: one question after the other, so that a board never takes the place of what people ask meanwhile.
import type { SqlReply } from '../../server/api.ts';

export class Answers {
  private line: Promise<unknown> = Promise.resolve();
  private readonly asked = new Map<string, Promise<SqlReply>>();

  of(key: string, ask: () => Promise<SqlReply>): Promise<SqlReply> {
    const known = this.asked.get(key);
    if (known) return known;
    const reply = this.line.then(ask);
    this.line = reply.catch(() => undefined);
    this.asked.set(key, reply);
    return reply;
  }
}
