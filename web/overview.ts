// In: a view. Out: the rows that the panels of the overview 总览 show.
// Invariant: every number comes from /api/metrics, /api/heat or /api/hotspots; nothing is computed that a metric defines.
import { addMonths } from '../datasets/calendar.ts';
import type { MetricName } from '../datasets/metrics.ts';
import { firstDayOf, lastDayOf, monthOf } from '../datasets/reporting-period.ts';
import { topicCodes, type TopicCode } from '../datasets/taxonomy.ts';
import { ask, read } from './api.ts';
import type { MonthBar } from './charts/month-bars.ts';
import type { TopicPoint } from './charts/trend-by-topic.ts';
import type { TopicChange } from './findings.ts';
import { session, unitName } from './session.svelte.ts';
import { filtersOf, type Span, type View } from './url-state.ts';

export type MetricRow = Readonly<Record<string, string | number | boolean | null>>;

export const keyFigures = ['petitions', 'petition_people', 'petition_batches', 'joint_petitions', 'repeat_rate', 'negative_rate', 'timely_acceptance_rate', 'timely_conclusion_rate', 'satisfaction_rate'] as const satisfies readonly MetricName[];
const ofDocuments: readonly MetricName[] = ['negative_rate'];
const ofPetitions = keyFigures.filter((m) => !ofDocuments.includes(m)) as [MetricName, ...MetricName[]];

export const number = (row: MetricRow | undefined, column: string): number | null => {
  const value = row?.[column];
  return typeof value === 'number' ? value : null;
};

/** First day of the month that lies some months before a day's. */
const monthsEarlier = (day: string, count: number) => firstDayOf(addMonths(monthOf(day, session.monthStart), -count), session.monthStart);
/** The months that trends show: thirteen, ending with the period's last. */
export const trendSpan = ({ to }: Span): Span => ({ from: monthsEarlier(to, 12), to });
/** Months of a span, each told by the first of the calendar's month of its name. */
export const monthsOf = ({ from, to }: Span): string[] => {
  const months: string[] = [];
  for (let month = monthOf(from, session.monthStart); month <= monthOf(to, session.monthStart); month = addMonths(month, 1)) months.push(`${month}-01`);
  return months;
};
/** A month is provisional 暂定 when registration of any of its days is still incomplete. */
export const isProvisional = (month: string, from: string | null | undefined): boolean => !!from && lastDayOf(month, session.monthStart) >= from;

/** Key figures with 环比 and 同比, and their last 36 months. */
export async function figuresOf(view: View): Promise<{ now: MetricRow; months: Map<string, MetricRow>; all: string[] }> {
  const trend = { from: monthsEarlier(view.to, 35), to: view.to };
  const [petitions, documents, petitionMonths, documentMonths] = await Promise.all([
    ask({ metrics: ofPetitions, filters: filtersOf(view), compare: ['previous', 'year'] }),
    ask({ metrics: ['negative_rate'], filters: filtersOf(view), compare: ['previous', 'year'] }),
    ask({ metrics: ofPetitions, dimensions: ['month'], filters: filtersOf({ ...view, ...trend }) }),
    ask({ metrics: ['negative_rate'], dimensions: ['month'], filters: filtersOf({ ...view, ...trend }) }),
  ]);
  const months = new Map<string, MetricRow>();
  for (const row of [...petitionMonths.rows, ...documentMonths.rows]) months.set(String(row['month']), { ...months.get(String(row['month'])), ...row });
  return { now: { ...petitions.rows[0], ...documents.rows[0] }, months, all: monthsOf(trend) };
}

/** Petitions by month, with the same month a year before. */
export async function monthsTrend(view: View, provisionalFrom: string | null): Promise<MonthBar[]> {
  const trend = trendSpan(view);
  const { rows } = await ask({ metrics: ['petitions'], dimensions: ['month'], filters: filtersOf({ ...view, from: monthsEarlier(trend.from, 12), to: trend.to }) });
  const value = new Map(rows.map((r) => [String(r['month']), number(r, 'petitions')]));
  return monthsOf(trend).map((month) => ({ month, value: value.get(month) ?? 0, lastYear: value.get(`${addMonths(month.slice(0, 7), -12)}-01`) ?? null, provisional: isProvisional(month, provisionalFrom) }));
}

/** Petitions by month and topic. */
export async function topicsTrend(view: View): Promise<TopicPoint[]> {
  const trend = trendSpan(view);
  const { rows } = await ask({ metrics: ['petitions'], dimensions: ['month', 'topic'], filters: filtersOf({ ...view, ...trend, topic: null }) });
  const value = new Map(rows.map((r) => [`${String(r['month'])} ${String(r['topic'])}`, number(r, 'petitions')]));
  return monthsOf(trend).flatMap((period) => topicCodes.map((topic) => ({ period, topic, value: value.get(`${period} ${topic}`) ?? 0 })));
}

/** What the sentence at the head is made of. */
export async function leadFacts(view: View): Promise<{ now: number; previous: number | null; changes: TopicChange[]; hotspots: ('series' | 'emergent' | 'critical')[] }> {
  const [total, cells, found] = await Promise.all([
    ask({ metrics: ofPetitions, filters: filtersOf(view), compare: ['previous', 'year'] }),
    ask({ metrics: ['petitions'], dimensions: ['branch', 'topic'], filters: filtersOf(view), compare: ['previous'] }),
    hotspotsOf(view),
  ]);
  return {
    now: number(total.rows[0], 'petitions') ?? 0,
    previous: number(total.rows[0], 'petitions__previous'),
    changes: cells.rows.map((r) => ({ branch: unitName(String(r['branch'])), topic: String(r['topic']) as TopicCode, now: number(r, 'petitions') ?? 0, previous: number(r, 'petitions__previous') ?? 0 })),
    hotspots: found.map((h) => h.kind),
  };
}

/** Hotspots of the period, the most pressing first. */
export async function hotspotsOf(view: View) {
  return (await read('GET /api/hotspots', { from: view.from, to: view.to, unit: view.unit, topic: view.topic, limit: 50 })).hotspots;
}

/** Petitions per 1,000 employees of each branch below a unit, and of all together. */
export async function perThousand(view: View): Promise<{ bars: { label: string; value: number }[]; all: number | null }> {
  const [branches, total] = await Promise.all([
    ask({ metrics: ['petitions_per_1000'], dimensions: ['branch'], filters: filtersOf(view) }),
    ask({ metrics: ['petitions_per_1000'], filters: filtersOf(view) }),
  ]);
  const bars = branches.rows.flatMap((r) => { const value = number(r, 'petitions_per_1000'); return value === null ? [] : [{ label: unitName(String(r['branch'])), value }]; });
  return { bars, all: number(total.rows[0], 'petitions_per_1000') };
}
