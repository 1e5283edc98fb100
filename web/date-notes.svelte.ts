// In: the server's notes on dates. Out: those that hold for a unit, for every trend to show; asked for once, and again after a change.
// Invariant: a note holds for its unit and those below; a failure to ask shows no note.
import { monthOf } from '../datasets/reporting-period.ts';
import type { DateNote } from '../server/api.ts';
import { get, send } from './api.ts';

let list = $state.raw<readonly DateNote[]>([]);
let asked = false;

async function refresh(): Promise<void> {
  asked = true;
  await get('GET /api/notes').then(({ notes }) => { list = notes; }, () => { asked = false; });
}

/** Whether a note of `noted` holds for what lies at `path` (null: everything). */
export const holdsFor = (noted: string | null, path: string | null, top: string | null): boolean => {
  if (noted === null || noted === top) return true;
  return path !== null && (path === noted || path.startsWith(`${noted}/`));
};

export const dateNotes = {
  get all(): readonly DateNote[] { return list; },
  /** Marks for the trends of a unit; `top` is the path of the whole group. */
  of(path: string | null, top: string | null): { day: string; label: string }[] {
    return list.filter((n) => holdsFor(n.unit_path, path, top)).map(({ day, label }) => ({ day, label }));
  },
  /** The same by the month, told by its first of the calendar, that each day is reported in; `start` is the day on which months begin. */
  byMonth(path: string | null, top: string | null, start: number): { day: string; label: string }[] { return this.of(path, top).map(({ day, label }) => ({ day: `${monthOf(day, start)}-01`, label })); },
  start(): void { if (!asked) void refresh(); },
  async add(day: string, label: string, unit: string | null): Promise<void> { await send('POST /api/notes', { day, label, ...(unit !== null && { unit }) }); await refresh(); },
  async remove(id: number): Promise<void> { await send('DELETE /api/notes/:id', undefined, { id }); await refresh(); },
};
