// In: a survey and a unit. Out: by topic the share of its open answers, beside that of a year's petitions.
// Invariant: every count is a metric; a text may raise several topics, so shares add up to more than a hundred.
import { taxonomy, topicCodes } from '../datasets/taxonomy.ts';
import type { Survey } from '../server/api.ts';
import { ask } from './api.ts';
import type { Pair } from './charts/pair-bars.ts';
import { number, type MetricRow } from './overview.ts';
import { addMonths } from '../datasets/calendar.ts';

/** Topic shares in percent of texts: when asked, and in the twelve months of petitions up to the survey. */
export async function askedAndPetitioned(survey: Survey, unit: string | null): Promise<{ rows: Pair[]; asked: number; petitioned: number }> {
  const scope = unit === null ? {} : { unit };
  const asked = { from: survey.first_date, to: survey.last_date, kind: 'survey_answer' as const, ...scope };
  const petitioned = { from: `${addMonths(survey.last_date.slice(0, 7), -12)}${survey.last_date.slice(7)}`, to: survey.last_date, kind: 'petition' as const, ...scope };
  const counted = async (filters: typeof asked | typeof petitioned) => {
    const [all, topics] = await Promise.all([ask({ metrics: ['documents'], filters }), ask({ metrics: ['documents'], dimensions: ['topic'], filters })]);
    return { all: number(all.rows[0], 'documents') ?? 0, topics: new Map(topics.rows.map((r: MetricRow) => [String(r['topic']), number(r, 'documents') ?? 0])) };
  };
  const [first, second] = await Promise.all([counted(asked), counted(petitioned)]);
  const share = ({ all, topics }: Awaited<ReturnType<typeof counted>>, topic: string) => (all ? (100 * (topics.get(topic) ?? 0)) / all : 0);
  const rows = topicCodes.map((topic) => ({ label: taxonomy[topic].label, first: share(first, topic), second: share(second, topic) })).filter((r) => r.first + r.second > 0);
  return { rows, asked: first.all, petitioned: second.all };
}
