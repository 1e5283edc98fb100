// In: a view. Out: the rows that the page of handling 办理 shows. Invariant: every figure is a metric; nothing is computed here that a metric defines.
import type { MetricName } from '../datasets/metrics.ts';
import { ask } from './api.ts';
import type { DayBin } from './charts/day-bars.ts';
import { number, type MetricRow } from './overview.ts';
import { filtersOf, type View } from './url-state.ts';

export const handlingFigures = ['timely_acceptance_rate', 'timely_conclusion_rate', 'overdue_petitions', 'acceptance_days', 'conclusion_days', 'satisfaction_rate', 'rating_rate', 'repeat_rate', 'escalated_petitions'] as const satisfies readonly MetricName[];
const steps = ['petitions', 'accepted_petitions', 'concluded_petitions', 'rated_petitions', 'satisfied_petitions'] as const satisfies readonly MetricName[];
export const handlingColumns = ['petitions', 'timely_acceptance_rate', 'timely_conclusion_rate', 'overdue_petitions', 'conclusion_days', 'repeat_rate', 'escalated_petitions', 'satisfaction_rate'] as const satisfies readonly MetricName[];

/** Key figures of handling with 环比 and 同比, and the steps from registration to a satisfied petitioner. */
export async function handlingOf(view: View): Promise<{ now: MetricRow; steps: { name: MetricName; value: number }[] }> {
  const { rows } = await ask({ metrics: [...handlingFigures, ...steps], filters: filtersOf(view), compare: ['previous', 'year'] });
  const now = rows[0] ?? {};
  return { now, steps: steps.map((name) => ({ name, value: number(now, name) ?? 0 })) };
}

/** How many took how many days to be accepted, and to be concluded. */
export async function daysOf(view: View, dimension: 'days_to_acceptance' | 'days_to_conclusion'): Promise<DayBin[]> {
  const { rows } = await ask({ metrics: ['petitions'], dimensions: [dimension], filters: filtersOf(view) });
  return rows.flatMap((row) => { const from = number(row, dimension); return from === null || from < 0 ? [] : [{ from, value: number(row, 'petitions') ?? 0 }]; });
}

/** The overdue by age and branch: `days` is the least of 1–15, 16–30, 31–90, 91 and more. */
export async function overdueOf(view: View): Promise<{ branch: string; days: number; value: number }[]> {
  const { rows } = await ask({ metrics: ['petitions'], dimensions: ['branch', 'days_overdue'], filters: filtersOf({ ...view, from: '1990-01-01' }) });
  return rows.flatMap((row) => { const days = number(row, 'days_overdue'); return days === null ? [] : [{ branch: String(row['branch']), days, value: number(row, 'petitions') ?? 0 }]; });
}

/** The measures of handling by branch. */
export async function branchesOf(view: View): Promise<MetricRow[]> {
  return (await ask({ metrics: [...handlingColumns], dimensions: ['branch'], filters: filtersOf(view) })).rows;
}
