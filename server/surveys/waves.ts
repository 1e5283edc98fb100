// In: titles of surveys and questions. Out: which are the same asked again.
// Invariant: pure; years, ordinals and punctuation tell nothing apart.

const bare = (title: string) => title.normalize('NFKC').replace(/第?[\d一二三四五六七八九十]+(?:年度?|季度|月份?|次|期|轮)|上半年|下半年|年度|\d+/g, '').replace(/[^\p{L}\p{N}]/gu, '');

/** Likeness of two titles, 0–1: the pairs of letters that they share (Dice). */
export function likeness(a: string, b: string): number {
  const [left, right] = [bare(a), bare(b)];
  if (left === right) return 1;
  const pairs = (text: string) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const [one, other] = [pairs(left), pairs(right)];
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * shared) / (one.size + other.size);
}

const alike = 0.8;
interface Dated { title: string; first_date: string; last_date: string }

/** The newest of the earlier surveys with such a title. */
export function waveBefore<T extends Dated>(survey: Dated, all: readonly T[]): T | null {
  return all.filter((s) => s.last_date < survey.first_date && likeness(s.title, survey.title) >= alike).sort((a, b) => (a.last_date < b.last_date ? 1 : -1))[0] ?? null;
}

/** The question of the same type whose title is most like it. */
export function sameQuestion<T extends { title: string; type: string }>(question: { title: string; type: string }, others: readonly T[]): T | null {
  return others.filter((q) => q.type === question.type && likeness(q.title, question.title) >= alike).sort((a, b) => likeness(b.title, question.title) - likeness(a.title, question.title))[0] ?? null;
}
