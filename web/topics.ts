// In: a view. Out: the rows that the page of demands 诉求 shows. Invariant: every figure of a topic is a metric; a text may raise several topics and counts for each.
import { intents, type Intent } from '../datasets/vocabulary.ts';
import { monthOf } from '../datasets/reporting-period.ts';
import { taxonomy, topicCodes, type TopicCode } from '../datasets/taxonomy.ts';
import type { Survey } from '../server/api.ts';
import { ask, read } from './api.ts';
import type { PolarityRow } from './charts/polarity-bars.ts';
import { groupings, sharesOf, type Grouping, type GroupShares } from './demand-groups.ts';
import { monthsOf, number, trendSpan, type MetricRow } from './overview.ts';
import { session } from './session.svelte.ts';
import { filtersOf, type View } from './url-state.ts';

/** A topic of either level; `code` null are the texts of a topic whose second level is unclear. */
export interface TopicFigures { code: string | null; label: string; now: MetricRow; months: number[] }

const childrenOf = (topic: TopicCode): [string, string][] => Object.entries(taxonomy[topic].children).map(([code, label]) => [`${topic}.${code}`, label]);

/** First-level topics, or with a topic in the view its second level, in the order of the taxonomy, those not raised with 0; nothing where none was. */
export async function topicsOf(view: View): Promise<TopicFigures[]> {
  const by = view.topic ? 'subtopic' : 'topic';
  const [now, months] = await Promise.all([
    ask({ metrics: ['documents', 'negative_rate', 'intensity'], dimensions: [by], filters: filtersOf(view), compare: ['previous', 'year'] }),
    ask({ metrics: ['documents'], dimensions: ['month', by], filters: filtersOf({ ...view, ...trendSpan(view) }) }),
  ]);
  const names: [string | null, string][] = view.topic ? [...childrenOf(view.topic), [null, '二级不明']] : topicCodes.map((code) => [code, taxonomy[code].label]);
  const monthly = new Map(months.rows.map((r) => [`${String(r['month'])} ${String(r[by])}`, number(r, 'documents') ?? 0]));
  const rows = names.map(([code, label]) => ({
    code, label, now: now.rows.find((r) => r[by] === code) ?? { documents: 0 }, months: monthsOf(trendSpan(view)).map((month) => monthly.get(`${month} ${code}`) ?? 0),
  }));
  return rows.some((row) => number(row.now, 'documents') || row.months.some((n) => n > 0)) ? rows : [];
}

/** Texts by topic (second level where one is in view) and polarity. */
export async function polaritiesOf(view: View): Promise<PolarityRow[]> {
  const by = view.topic ? 'subtopic' : 'topic';
  const { rows } = await ask({ metrics: ['documents'], dimensions: [by, 'polarity'], filters: filtersOf(view) });
  const names = view.topic ? childrenOf(view.topic) : topicCodes.map((code): [string, string] => [code, taxonomy[code].label]);
  const count = (code: string, polarity: string) => number(rows.find((r) => r[by] === code && r['polarity'] === polarity), 'documents') ?? 0;
  return names.map(([code, label]) => ({ label, negative: count(code, 'negative'), neutral: count(code, 'neutral'), positive: count(code, 'positive') })).filter((r) => r.negative + r.neutral + r.positive > 0);
}

/** Texts by what they are after. */
export async function intentsOf(view: View): Promise<{ label: Intent; value: number }[]> {
  const { rows } = await ask({ metrics: ['documents'], dimensions: ['intent'], filters: filtersOf(view) });
  return intents.flatMap((label) => { const value = number(rows.find((r) => r['intent'] === label), 'documents'); return value ? [{ label, value }] : []; });
}

/** A view as the query of the endpoints of topics. */
export const topicQuery = ({ from, to, unit, topic, channel, kind }: View) => ({ from, to, unit, topic, channel, doc: kind });

/** A topic by unit, observed beside expected, the furthest over first; units with too few texts to expect any are left out. */
export async function whereOf(view: View & { topic: TopicCode }) {
  const { rows } = await read('GET /api/heat', { from: view.from, to: view.to, unit: view.unit });
  return rows.flatMap(({ expected, upper, ...r }) => (r.topic === view.topic && expected !== null && upper !== null && r.observed + expected >= 1 ? [{ ...r, expected, upper }] : [])).sort((a, b) => (b.observed - b.expected) - (a.observed - a.expected));
}

/** Who raises what: texts of the view by type of unit; by post or age band all respondents of a survey, or all petitions of the view's last year. */
export async function groupSharesOf(grouping: Grouping, view: View, survey: Survey | null): Promise<GroupShares> {
  const { by, of } = groupings[grouping];
  if (of === 'petitions') {
    const { rows } = await ask({ metrics: ['group_topic_share'], dimensions: [by, 'topic'], filters: wholeYear(view) });
    return sharesOf(rows, rows, by, 'group_topic_share');
  }
  const metric = of === 'texts' ? 'topic_share' : 'raised_rate';
  const filters = of === 'texts' ? filtersOf({ ...view, topic: null }) : survey && { survey: survey.survey_id };
  if (!filters) return { groups: [], cells: [] };
  const [sizes, raised] = await Promise.all([ask({ metrics: [metric], dimensions: [by], filters }), ask({ metrics: [metric], dimensions: [by, 'topic'], filters })]);
  return sharesOf(sizes.rows, raised.rows, by, metric);
}

/** Petitions are divided by person for whole years alone. */
const wholeYear = (view: View) => ({ from: `${yearOf(view)}-01-01`, to: `${yearOf(view)}-12-31` });
/** The year of the view's last month. */
export const yearOf = ({ to }: View) => monthOf(to, session.monthStart).slice(0, 4);

/** By what the petitions of the view's last year can be divided: where ledgers have posts or ages. */
export async function petitionGroupings(view: View): Promise<Grouping[]> {
  const told = await Promise.all((['petition_post', 'petition_age'] as const).map(async (g) => ((await groupSharesOf(g, view, null)).groups.length > 0 ? [g] : [])));
  return told.flat();
}
