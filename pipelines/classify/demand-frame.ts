// In: a de-identified text. Out: its demand frame 诉求要素: who is asked, what is asked, how long it has lasted, sum of money, number of people.
// Invariant: what is told is an exact part of the text, what the text does not tell is null; the same text gives the same frame.
import type { DemandFrame } from '../records.ts';
import { findDuration, type Told } from './frame/durations.ts';
import { findPeople } from './frame/head-count.ts';
import { findAsked, findAskedOf, type Asked } from './frame/requests.ts';
import { findSum } from './frame/sums.ts';

/** The frame of one text; null where none of its parts is told. */
export function demandFrame(text: string): DemandFrame | null {
  const words = (part: Asked | Told | null) => (part === null ? null : text.slice(part.start, part.end));
  const lasted = findDuration(text), sum = findSum(text), people = findPeople(text);
  const frame: DemandFrame = {
    asked_of: words(findAskedOf(text)), asked: words(findAsked(text)),
    lasted: words(lasted), lasted_days: lasted?.value ?? null,
    amount: words(sum), amount_yuan: sum?.value ?? null,
    people_told: words(people), people: people?.value ?? null,
  };
  return Object.values(frame).every((v) => v === null) ? null : frame;
}
