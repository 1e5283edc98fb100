// In: alerts that have been decided, and the false-alarm budget. Out: how many were true, and whether the budget should change.
// Invariant: pure; a proposal is only ever a proposal: an administrator confirms it.
import type { AlertQuality } from '../api.ts';
import { addDays, daysBetween } from '../../datasets/calendar.ts';
import { localDay } from './deadline.ts';
import type { ListedAlert } from './store.ts';

/** Decided alerts needed before anything is proposed. */
const leastDecided = 10;
const daysOfMonth = 365.25 / 12;

/** Wilson's 95 % interval of a share. */
export function wilson(hits: number, all: number): { low: number; high: number } | null {
  if (all === 0) return null;
  const z = 1.96, p = hits / all, d = 1 + z * z / all;
  const middle = (p + z * z / (2 * all)) / d, half = z * Math.sqrt(p * (1 - p) / all + z * z / (4 * all * all)) / d;
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

type Decided = Pick<ListedAlert, 'state' | 'outcome' | 'created_at' | 'closed_at'>;
/** True for a false alarm, false for a real one, null while nobody has said. */
export const falseAlarm = ({ state, outcome }: Pick<ListedAlert, 'state' | 'outcome'>) => (state === '误报' || outcome === '不属实' ? true : outcome === null ? null : false);

/** Over the alerts raised in the last 12 months; `budget` null where the reader does not see all units, to whom nothing is proposed. */
export function qualityOf(alerts: readonly Decided[], budget: number | null, now: Date): AlertQuality {
  const to = localDay(now);
  const days = alerts.map((a) => localDay(new Date(a.created_at)));
  const yearAgo = addDays(to, -365), first = [...days].sort()[0] ?? to;
  const from = first > yearAgo ? first : yearAgo;
  const months = Math.max(1, (daysBetween(from, to) + 1) / daysOfMonth);
  const decided = alerts.filter((_, i) => (days[i] ?? to) >= from).map(falseAlarm).filter((f) => f !== null);
  const wrong = decided.filter(Boolean).length, closed = decided.length, confirmed = closed - wrong;
  const interval = wilson(confirmed, closed);
  const perMonth = closed === 0 ? null : Number((wrong / months).toFixed(2));
  return {
    from, to, months: Number(months.toFixed(1)), closed, confirmed, false_alarms: wrong, ppv: closed === 0 ? null : confirmed / closed, interval, false_alarms_per_month: perMonth,
    proposal: budget === null || closed < leastDecided || perMonth === null || !interval ? null : propose(budget, perMonth, interval.low),
  };
}

const half = (x: number) => Math.round(x * 2) / 2;

/** Fewer where false alarms run over the budget; more where nearly every alert was true and there is room. */
function propose(budget: number, perMonth: number, sureOf: number): AlertQuality['proposal'] {
  if (perMonth > budget) {
    const proposed = Math.max(0.5, half(budget * budget / perMonth));
    if (proposed < budget) return { current_budget: budget, proposed_budget: proposed, why: `实际误报每月 ${perMonth} 起，多于预算 ${budget} 起；检测按更严的预算设阈，才能守住` };
  }
  if (perMonth <= budget / 2 && sureOf >= 0.8) {
    const proposed = Math.min(20, half(budget * 1.5));
    if (proposed > budget) return { current_budget: budget, proposed_budget: proposed, why: `实际误报每月 ${perMonth} 起，不到预算 ${budget} 起的一半，且预警八成以上属实；放宽可更早发现` };
  }
  return null;
}
