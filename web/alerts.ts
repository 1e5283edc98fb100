// In: alerts 预警 and the query of the URL. Out: what the lists ask for, their order, and the words of deadlines, ages and duties.
// Invariant: pure; the clock is the caller's; what a query can't mean is left out.
import { daysBetween } from '../datasets/calendar.ts';
import { alertLevels, alertStates, hotspotKinds, reportKinds, type AlertLevel, type AlertState } from '../datasets/vocabulary.ts';
import type { Alert, AlertDetail, AlertEvent, AlertList, AlertSummary, Role } from '../server/api.ts';

type Query = Readonly<Record<string, string | undefined>>;
export const openStates = ['新发现', '首报', '处置中', '终报'] as const satisfies readonly AlertState[];
export const closedStates = ['归档', '误报'] as const satisfies readonly AlertState[];
export const isClosed = (state: AlertState) => (closedStates as readonly AlertState[]).includes(state);
export const ages = [3, 7, 14, 30] as const;
export const sortKeys = { level: '级别', title: '预警', unit: '单位', state: '状态', deadline: '期限', age: '已有' } as const;
export type SortKey = keyof typeof sortKeys;

/** What the page shows, as its URL says. `state`: null is every open one. */
export interface AlertView {
  view: 'board' | 'list'; level: AlertLevel | null; state: AlertState | 'all' | null; kind: Alert['kind'] | null; age: number | null; overdue: boolean; mine: boolean;
  /** Null keeps the server's order: the most pressing first. */
  sort: SortKey | null; descending: boolean;
}
/** Keys of the URL that belong to the lists of alerts. */
export const viewKeys = ['view', 'level', 'state', 'kind', 'age', 'overdue', 'mine', 'sort'] as const;

export function readView(query: Query, narrow: boolean): AlertView {
  const sort = (query['sort'] ?? '').replace(/^-/, '');
  return {
    view: query['view'] === 'board' || query['view'] === 'list' ? query['view'] : narrow ? 'list' : 'board',
    level: alertLevels.find((l) => l === query['level']) ?? null,
    state: query['state'] === 'all' ? 'all' : (alertStates.find((s) => s === query['state']) ?? null),
    kind: (Object.keys(hotspotKinds) as Alert['kind'][]).find((k) => k === query['kind']) ?? null,
    age: ages.find((a) => String(a) === query['age']) ?? null,
    overdue: query['overdue'] === '1', mine: query['mine'] === '1',
    sort: Object.hasOwn(sortKeys, sort) ? (sort as SortKey) : null,
    descending: (query['sort'] ?? '').startsWith('-'),
  };
}

/** What to ask the server for: a board shows every state, a list the chosen ones. */
export function alertParams(view: AlertView, unit: string | null): Record<string, string | number | null> {
  const { level, kind, age, overdue, mine, state } = view;
  const chosen: Record<string, string> = view.view === 'board' || state === 'all' ? {} : state === null ? { open: 'true' } : { state };
  return { unit, level, kind, min_age_days: age, overdue: overdue ? 'true' : null, mine: mine ? 'true' : null, limit: 1_000, ...chosen };
}

/** The query that leads back to the list that was left. */
export const keptQuery = (query: Query): Record<string, string | null> => Object.fromEntries(viewKeys.map((k) => [k, query[k] ?? null]));

const far = '9999-12-31';
const order: Record<SortKey, (a: Alert, b: Alert) => number> = {
  level: (a, b) => alertLevels.indexOf(a.level) - alertLevels.indexOf(b.level),
  title: (a, b) => a.title.localeCompare(b.title, 'zh-CN'),
  unit: (a, b) => a.unit_path.localeCompare(b.unit_path, 'zh-CN'),
  state: (a, b) => alertStates.indexOf(a.state) - alertStates.indexOf(b.state),
  deadline: (a, b) => (a.deadline ?? far).localeCompare(b.deadline ?? far),
  age: (a, b) => b.age_days - a.age_days,
};

export function sortAlerts(alerts: readonly Alert[], { sort, descending }: Pick<AlertView, 'sort' | 'descending'>): Alert[] {
  if (sort === null) return [...alerts];
  return [...alerts].sort((a, b) => order[sort](a, b) * (descending ? -1 : 1));
}

/** Title of the page: what is open, what of it is critical (null where the filter hides some), and what is late. */
export function alertsFinding({ open, overdue }: AlertList['counts'], critical: number | null): string {
  if (open === 0) return '没有未结的预警';
  return `${open} 条预警未结，${critical ? `${critical} 条紧急，` : ''}${overdue ? `${overdue} 条逾期` : '没有逾期'}`;
}

/** What the reader is to handle: `由您负责 3 条：1 条逾期，1 条今明到期`; null where there is nothing. */
export function mineWords({ open, overdue, due_soon }: AlertSummary['mine']): string | null {
  if (open === 0) return null;
  const pressing = [...(overdue ? [`${overdue} 条逾期`] : []), ...(due_soon ? [`${due_soon} 条今明到期`] : [])];
  return `由您负责 ${open} 条${pressing.length ? `：${pressing.join('，')}` : ''}`;
}

export interface Due { text: string; tone: 'alert' | 'worse' | '' }
/** `10 月 8 日`. */
export const shortDay = (day: string) => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;

/** The local day of a moment. */
export function localDay(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** What is due and how much time is left: `10 月 8 日前首报，还有 3 天`, `首报逾期 2 天`. */
export function dueWords(alert: Pick<Alert, 'state' | 'deadline' | 'next_report' | 'due' | 'overdue_days' | 'closed_at' | 'outcome'>, today: string): Due {
  if (isClosed(alert.state)) return { text: `${alert.closed_at ? `${shortDay(localDay(new Date(alert.closed_at)))}` : '已'}${alert.state}${alert.state === '归档' && alert.outcome ? `，${alert.outcome}` : ''}`, tone: '' };
  if (alert.deadline === null || alert.next_report === null) return { text: '等待归档', tone: '' };
  const report = reportKinds[alert.next_report];
  if (alert.due === '已逾期') return { text: `${report}逾期 ${alert.overdue_days} 天`, tone: 'alert' };
  if (alert.due === '今日到期') return { text: `今天要${report}`, tone: 'worse' };
  return { text: `${shortDay(alert.deadline)}前${report}，还有 ${Math.max(1, daysBetween(today, alert.deadline))} 天`, tone: '' };
}

export const ageWords = (days: number) => (days <= 0 ? '今天发现' : `${days} 天`);

export const eventNames: Readonly<Record<AlertEvent['kind'], string>> = {
  found: '发现', updated: '检测更新', state: '状态', assigned: '指派', deadline: '改期', comment: '批注', measure: '措施', attachment: '附件', report: '报告', matter: '关联事项',
};

/** What this reader can't do here, and who can; null where nothing needs saying. */
export function limitsOf(state: AlertState, role: Role): string | null {
  if (role === 'leader') return '您可以查看和批注。首报、措施、归档由信访专员办理。';
  if (role === 'analyst') return '您可以查看。批注由领导、信访专员写，处置由信访专员办理。';
  if (isClosed(state)) return `已${state}，只能再批注。同一件事再出现时另起一条预警，并指向这里。`;
  if (state === '新发现') return '先首报，之后才能开始处置、终报；不是真问题的，报为误报。';
  if (state === '终报') return '终报已出。归档即结案；还要再办的，退回续办。';
  return null;
}

/** Vertical marks for the curve: the first measure, and reports, by day. */
export function curveMarks({ timeline, reports }: Pick<AlertDetail, 'timeline' | 'reports'>): { day: string; label: string }[] {
  const measure = timeline.filter((e) => e.kind === 'measure' && e.date).map((e) => e.date ?? '').sort()[0];
  return [
    ...(measure ? [{ day: measure, label: '首个措施' }] : []),
    ...reports.flatMap((r) => (r.submitted_at ? [{ day: localDay(new Date(r.submitted_at)), label: reportKinds[r.kind] }] : [])),
  ];
}
