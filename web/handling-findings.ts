// In: figures of handling 办理. Out: the titles of its panels: the finding, in one short sentence.
// Invariant: pure; what is said follows from the numbers by thresholds named here.
import type { DayBin } from './charts/day-bars.ts';
import { whole } from './format.ts';

/** Fewer than this many are told as numbers, never as a share. */
const leastForShare = 10;

/** How many of those registered got how far; `accepted` is null where no ledger tells it. */
export function funnelFinding({ registered, accepted, concluded }: { registered: number; accepted: number | null; concluded: number }): string {
  if (registered === 0) return '这段时间没有登记信访件';
  const share = (n: number) => (registered < leastForShare ? `${whole(n)} 件` : `${Math.round((100 * n) / registered)}%`);
  return `登记的 ${whole(registered)} 件中，${accepted === null ? '' : `${accepted === registered ? '全部' : share(accepted)}已受理，`}${share(concluded)}已办结`;
}

/** The middle of a distribution of days, and how many went beyond the limit. */
export function daysFinding(bins: readonly DayBin[], width: number, limit: number, verb: string): string {
  const all = bins.reduce((sum, b) => sum + b.value, 0);
  if (all === 0) return `这段时间登记的，还没有一件${verb}`;
  const beyond = bins.filter((b) => b.from > limit).reduce((sum, b) => sum + b.value, 0);
  let below = 0;
  const middle = [...bins].sort((a, b) => a.from - b.from).find((b) => { below += b.value; return below * 2 >= all; })?.from ?? 0;
  const half = width === 1 ? `${middle} 天内` : `${middle + width - 1} 天内`;
  return `一半在 ${half}${verb}${beyond > 0 ? `，${whole(beyond)} 件超过 ${limit} 天` : `，没有超过 ${limit} 天的`}`;
}

/** What waits, told by how late it is. */
export function supervisionFinding(overdue: number, soon: number): string {
  if (overdue === 0 && soon === 0) return '没有逾期的，7 日内也没有到期的';
  if (overdue === 0) return `没有逾期的；${whole(soon)} 件在 7 日内到期`;
  return `${whole(overdue)} 件已逾期${soon > 0 ? `，${whole(soon)} 件在 7 日内到期` : ''}`;
}
