// In: a URL's query. Out: the view it asks for (period as days, unit, topic, channel, kind of text); and back.
// Invariant: pure; a view's whole state is in its URL, and what is default is left out of it.
import { addMonths } from '../datasets/calendar.ts';
import type { Filters } from '../datasets/metric-query.ts';
import { firstDayOf, lastDayOf, monthOf } from '../datasets/reporting-period.ts';
import { topicCodes, type TopicCode } from '../datasets/taxonomy.ts';
import { channels, documentKinds, type Channel, type DocumentKind } from '../datasets/vocabulary.ts';

const documentKindCodes = Object.keys(documentKinds) as DocumentKind[];

/** `month` 本月, `3m` 近3月, `12m` 近12月, or chosen months `2026-01..2026-03`. */
export type Period = 'month' | '3m' | '12m' | `${string}..${string}`;
export const periodLabels = { month: '本月', '3m': '近 3 月', '12m': '近 12 月' } as const;

export interface Span { from: string; to: string }

/** What the filters of the header ask for; null is everything. `unit` is a path, whose whole subtree counts. */
export interface View extends Span { unit: string | null; topic: TopicCode | null; channel: Channel | null; kind: DocumentKind | null }

/** Filters of the header by their key in the URL; `doc` is the kind of text, since `kind` is a page's own. */
export const filterKeys = ['unit', 'period', 'topic', 'channel', 'doc'] as const;
export type FilterKey = (typeof filterKeys)[number];

/** The view that a query asks for, of those filters that the page has; what can't be read is everything. */
export function viewOf(query: Readonly<Record<string, string>>, has: readonly FilterKey[], span: Span, unit: string | null): View {
  const asked = <T extends string>(key: FilterKey, values: readonly T[]): T | null => (has.includes(key) ? values.find((v) => v === query[key]) ?? null : null);
  return { ...span, unit: has.includes('unit') ? unit : null, topic: asked('topic', topicCodes), channel: asked('channel', channels), kind: asked('doc', documentKindCodes) };
}

/** A view as the filters of a metric query. */
export function filtersOf({ from, to, unit, topic, channel, kind }: View): Filters {
  return { from, to, ...(unit !== null && { unit }), ...(topic !== null && { topic }), ...(channel !== null && { channel }), ...(kind !== null && { kind }) };
}

const chosenMonths = /^(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))$/;

/** The period a query asks for; what can't be read is this month. */
export function parsePeriod(text: string | null | undefined): Period {
  if (text === '3m' || text === '12m') return text;
  const [, from, to] = chosenMonths.exec(text ?? '') ?? [];
  return from && to ? (from <= to ? `${from}..${to}` : `${to}..${from}`) : 'month';
}

/** The months dragged over, each by any of its days in the calendar's month of its name, as a period; null where they lie beside it. */
export function stretchedPeriod(days: readonly string[], from: number, to: number): Period | null {
  const [first, last] = [days[from]?.slice(0, 7), days[Math.min(to, days.length - 1)]?.slice(0, 7)];
  return first && last ? `${first}..${last}` : null;
}

/** First and last day of a period; the last month is that of `asOf`, and no period reaches beyond it; `start` is the day on which months begin. */
export function spanOf(period: Period, asOf: string, start = 1): Span {
  const now = monthOf(asOf, start);
  const [from, to] = period === 'month' ? [now, now] : period === '3m' ? [addMonths(now, -2), now] : period === '12m' ? [addMonths(now, -11), now] : period.split('..');
  const end = lastDayOf(to ?? now, start);
  return { from: firstDayOf(from ?? now, start), to: end > asOf ? asOf : end };
}

/** Every month from the first to the last, newest first. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = last.slice(0, 7); month >= first.slice(0, 7); month = addMonths(month, -1)) months.push(month);
  return months;
}

/** A path with its query; null, empty and undefined values are left out. */
export function href(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter((e): e is [string, string] => !!e[1]));
  return search.size ? `${path}?${search}` : path;
}
