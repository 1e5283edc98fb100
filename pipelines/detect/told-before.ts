// In: texts of a group, and those of these weeks in earlier years. Out: the share of the group that was told alike then.
// Invariant: one pass over the earlier texts, looking only at words of the group; rare words weigh more.
import { telling, type Background, type TermsOf } from './describe.ts';
import { dayNumber, type DetectDocument } from './material.ts';

const alikeFrom = 0.3, slackDays = 14;

/** Whether a text is of the `length` days before `asOf` in an earlier year, two weeks of slack either side. */
export function inSeason(day: string, asOf: string, length: number): boolean {
  const age = dayNumber(asOf) - dayNumber(day), year = 365.25;
  const shift = age - Math.round((age - length / 2) / year) * year;
  return age > year / 2 && shift > -slackDays && shift < length + slackDays;
}

/** Share of the members of which an earlier text holds at least three tenths of the words, by rarity. */
export function toldBefore(members: readonly DetectDocument[], earlier: readonly DetectDocument[], background: Background, termsOf: TermsOf): number {
  const known = new Set<number>();
  for (const alike of lookAlikes(members, earlier, background, termsOf)) for (const i of alike) known.add(i);
  return known.size / Math.max(1, members.length);
}

const everyYear = { ratio: 2, least: 3 };

/** How many of the members tell what was told in these weeks of earlier years, and far less in the other weeks: their season explains them. */
export function comeEveryYear(members: readonly DetectDocument[], earlier: readonly DetectDocument[], background: Background, termsOf: TermsOf, to: string, length: number): number {
  const past = earlier.filter((d) => dayNumber(to) - dayNumber(d.received_date) > 183);
  const alike = lookAlikes(members, past, background, termsOf);
  const inside = new Float64Array(members.length), outside = new Float64Array(members.length);
  let seen = 0;
  for (const [k, d] of past.entries()) {
    const seasonal = inSeason(d.received_date, to, length);
    if (seasonal) seen++;
    for (const i of alike[k] ?? []) { if (seasonal) inside[i] = (inside[i] ?? 0) + 1; else outside[i] = (outside[i] ?? 0) + 1; }
  }
  const others = Math.max(1, past.length - seen);
  return members.filter((_, i) => (inside[i] ?? 0) >= everyYear.least && (inside[i] ?? 0) / Math.max(1, seen) >= (everyYear.ratio * ((outside[i] ?? 0) + 0.5)) / others).length;
}

/** Whether a season explains an episode, `share` of whose texts come every year: two fifths do, or the rest is not over the upper bound. */
export const isSeasonal = (share: number, { observed, upper }: { observed: number; upper: number }): boolean =>
  share >= 0.4 || (share > 0 && observed * (1 - share) <= upper);

/** For each earlier text, the members that it tells like. */
function lookAlikes(members: readonly DetectDocument[], earlier: readonly DetectDocument[], background: Background, termsOf: TermsOf): number[][] {
  const holders = new Map<string, number[]>(), whole = new Float64Array(members.length);
  const rarity = (term: string) => Math.log((background.size + 1) / ((background.counts.get(term) ?? 0) + 0.5));
  for (const [i, m] of members.entries()) for (const term of new Set(termsOf.get(m.document_id) ?? [])) {
    if (!telling(term)) continue;
    whole[i] = (whole[i] ?? 0) + rarity(term);
    const list = holders.get(term);
    if (list) list.push(i); else holders.set(term, [i]);
  }
  const shared = new Float64Array(members.length);
  return earlier.map((e) => {
    shared.fill(0);
    for (const term of new Set(termsOf.get(e.document_id) ?? [])) for (const i of holders.get(term) ?? []) shared[i] = (shared[i] ?? 0) + rarity(term);
    return members.flatMap((_, i) => ((shared[i] ?? 0) > 0 && (shared[i] ?? 0) >= alikeFrom * (whole[i] ?? 1) ? [i] : []));
  });
}
