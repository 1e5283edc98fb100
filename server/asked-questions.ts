// In: what readers ask of a version. Out: the same asked of the next one before it is served, and of the served one after a start.
// Invariant: bounded, the longest unasked go first; each is asked within its reader's scope, one after another, while nothing else is; days move with the version's.
import { z } from 'zod';
import type { EndpointName } from './api.ts';
import { movedDay } from './moved-day.ts';
import { encodings, type Body } from './reply-body.ts';
import type { State } from './state.ts';
import type { Reader } from './warehouse.ts';

export const askedQuestionTable = `
CREATE TABLE asked_question (question TEXT PRIMARY KEY) STRICT;
`;
const most = 2_000;

const askedSchema = z.object({
  name: z.string(), query: z.record(z.string(), z.unknown()), params: z.record(z.string(), z.unknown()), scope: z.string().nullable(), encoding: z.enum(encodings),
  /** Of the version that was asked. */
  as_of: z.string().nullable(),
});
export type AskedQuestion = z.infer<typeof askedSchema>;
type Ask = (reader: Reader, question: AskedQuestion) => Promise<Body>;

export class AskedQuestions {
  private readonly ways = new Map<string, Ask>();
  private readonly known = new Map<string, AskedQuestion>();
  private closed = false;

  constructor(private readonly state: State) {
    for (const { question } of state.prepare<[], { question: string }>('SELECT question FROM asked_question ORDER BY rowid').all()) {
      const read = askedSchema.safeParse(JSON.parse(question));
      if (read.success) this.note(read.data);
    }
  }

  /** Tells how an endpoint is asked. */
  learn(name: EndpointName, ask: Ask): void { this.ways.set(name, ask); }

  note(question: AskedQuestion): void {
    const key = JSON.stringify(question);
    this.known.delete(key);
    this.known.set(key, question);
    const [oldest] = this.known.keys();
    if (this.known.size > most && oldest !== undefined) this.known.delete(oldest);
  }

  /** Asks a version, the newest questions first, until `wanted` says no. */
  async warm(reader: Reader, wanted: () => boolean): Promise<void> {
    this.save();
    for (const question of [...this.known.values()].reverse()) {
      await reader.idle();
      if (this.closed || !wanted()) return;
      // A question may have become impossible, as when its unit is gone: whoever asks it again is told.
      await this.ways.get(question.name)?.(reader, moved(question, reader)).catch(() => undefined);
    }
  }

  close(): void {
    this.closed = true;
    this.save();
  }

  private save(): void {
    const add = this.state.prepare('INSERT INTO asked_question (question) VALUES (?)');
    this.state.transaction(() => {
      this.state.prepare('DELETE FROM asked_question').run();
      for (const key of this.known.keys()) add.run(key);
    })();
  }
}

/** The question as the pages ask it of a version of another day. */
function moved(question: AskedQuestion, { asOf, monthStart }: Pick<Reader, 'asOf' | 'monthStart'>): AskedQuestion {
  const from = question.as_of;
  if (from === null || asOf === null || from === asOf) return question;
  return { ...question, as_of: asOf, query: Object.fromEntries(Object.entries(question.query).map(([key, value]) => [key, typeof value === 'string' ? value.replace(/\d{4}-\d{2}-\d{2}/g, (day) => movedDay(day, from, asOf, monthStart)) : value])) };
}
