// In: a draft as the server has it. Out: the draft being edited: history, saving by itself, a copy in the browser until it is saved.
// Invariant: what was typed is in the browser at once and on the server soon; it leaves the browser only when the server has it.
import { SvelteDate } from 'svelte/reactivity';
import type { DraftText, DraftView, Problem } from '../server/api.ts';
import { ApiError, send } from './api.ts';
import { began, redone, stepped, undone, type History } from './briefing-draft.ts';

export interface LocalCopy { text: DraftText; at: string; revision: number }
const saveAfter = 1_200, retryAfter = 6_000;
const place = (user: string, id: number) => `zhiwei.briefing.${user}.${id}`;

/** What this person wrote in this browser and the server never got; null where there is nothing. */
export function localCopy(user: string, { draft_id, text }: Pick<DraftView, 'draft_id' | 'text'>): LocalCopy | null {
  try {
    const copy = JSON.parse(localStorage.getItem(place(user, draft_id)) ?? 'null') as LocalCopy | null;
    return copy && JSON.stringify(copy.text) !== JSON.stringify(text) ? copy : null;
  } catch { return null; }
}
export const dropLocalCopy = (user: string, id: number) => { try { localStorage.removeItem(place(user, id)); } catch { /* a browser without storage keeps nothing */ } };

export class DraftKeeper {
  private history = $state.raw<History>(began({ sections: [] }));
  revision = $state(0);
  problems = $state.raw<readonly Problem[]>([]);
  status = $state<'saved' | 'unsaved' | 'saving' | 'failed'>('saved');
  savedAt = $state<string | null>(null);
  error = $state.raw<Error | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly user: string, private readonly draft: Pick<DraftView, 'draft_id' | 'text' | 'revision' | 'problems'>) {
    this.history = began(draft.text);
    this.revision = draft.revision;
    this.problems = draft.problems;
  }

  get text(): DraftText { return this.history.now; }
  get canUndo(): boolean { return this.history.past.length > 0; }
  get canRedo(): boolean { return this.history.future.length > 0; }

  change(text: DraftText, what = ''): void { this.go(stepped(this.history, text, what)); }
  undo(): void { this.go(undone(this.history)); }
  redo(): void { this.go(redone(this.history)); }

  private go(history: History): void {
    if (history === this.history) return;
    this.history = history;
    this.status = 'unsaved';
    const copy: LocalCopy = { text: this.text, at: new SvelteDate().toISOString(), revision: this.revision };
    try { localStorage.setItem(place(this.user, this.draft.draft_id), JSON.stringify(copy)); } catch { /* the server's copy is soon there */ }
    this.later(saveAfter);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  /** Saves what is not saved; one save after the other. Resolves true where nothing is left unsaved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    this.saving = this.saving.then(() => this.save());
    await this.saving;
    return this.status === 'saved';
  }

  private async save(): Promise<void> {
    if (this.status === 'saved') return;
    const { text } = this;
    this.status = 'saving';
    try {
      const reply = await send('POST /api/briefing/drafts/:id/text', { revision: this.revision, text }, { id: this.draft.draft_id });
      this.revision = reply.revision;
      this.problems = reply.problems;
      this.savedAt = new SvelteDate().toISOString();
      this.error = null;
      if (this.text === text) { this.status = 'saved'; dropLocalCopy(this.user, this.draft.draft_id); } else this.later(saveAfter);
    } catch (reason) {
      this.status = 'failed';
      this.error = reason instanceof Error ? reason : new Error(String(reason));
      if (reason instanceof ApiError && (reason.code === 'network' || reason.status >= 500)) this.later(retryAfter);
    }
  }

  /** Ends the timer; what is unsaved is sent, and stays in the browser if that fails. */
  close(): void { void this.flush(); }
}
