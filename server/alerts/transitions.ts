// In: nothing. Out: what may be done with an alert 预警, in which state, by whom, and where it leads.
// Invariant: the one table of states; whatever is not in it is refused.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { AlertState } from '../../datasets/vocabulary.ts';
import { roles, type AlertDetail, type Role } from '../api.ts';

export type ActionName = AlertDetail['actions'][number]['action'];
interface Transition { from: readonly AlertState[]; action: ActionName; /** Null: the state stays. */ to: AlertState | null; roles: readonly Role[]; label: string; needs: string }

const acting: readonly Role[] = ['clerk', 'admin'];
const speaking: readonly Role[] = ['leader', 'clerk', 'admin'];
const open = ['新发现', '首报', '处置中', '终报'] as const;
const always = [...open, '归档', '误报'] as const;

export const closedStates: readonly AlertState[] = ['归档', '误报'];

export const transitions: readonly Transition[] = [
  { from: ['新发现'], action: 'report_first', to: '首报', roles: acting, label: '首报', needs: '首报内容' },
  { from: ['首报'], action: 'start', to: '处置中', roles: acting, label: '开始处置', needs: '' },
  { from: ['首报'], action: 'measure', to: '处置中', roles: acting, label: '记录措施', needs: '措施与日期' },
  { from: ['首报', '处置中'], action: 'report_follow', to: '处置中', roles: acting, label: '续报', needs: '进展' },
  { from: ['首报', '处置中'], action: 'report_final', to: '终报', roles: acting, label: '终报', needs: '结果' },
  { from: ['终报'], action: 'archive', to: '归档', roles: acting, label: '归档', needs: '' },
  { from: ['终报'], action: 'return', to: '处置中', roles: acting, label: '退回续办', needs: '理由' },
  { from: ['新发现', '首报', '处置中'], action: 'false_alarm', to: '误报', roles: acting, label: '误报', needs: '理由' },
  { from: open, action: 'assign', to: null, roles: acting, label: '指派', needs: '责任单位或责任人' },
  { from: ['新发现', '首报', '处置中'], action: 'postpone', to: null, roles: acting, label: '改期', needs: '新期限与理由' },
  { from: ['新发现', '处置中', '终报'], action: 'measure', to: null, roles: acting, label: '记录措施', needs: '措施与日期' },
  { from: open, action: 'link_matter', to: null, roles: acting, label: '关联事项', needs: '事项' },
  { from: open, action: 'attach', to: null, roles: acting, label: '上传附件', needs: '文件' },
  { from: always, action: 'comment', to: null, roles: speaking, label: '批注', needs: '文字' },
];

/** What an action is called. */
export const labelOf = (action: ActionName): string => transitions.find((t) => t.action === action)?.label ?? action;

/** The rows that apply now. */
export const possible = (state: AlertState, role: Role) => transitions.filter((t) => t.from.includes(state) && t.roles.includes(role));

/** The row for an action. Throws `forbidden` for the role, `conflict` for the state. */
export function transition(state: AlertState, action: ActionName, role: Role): Transition {
  const rows = transitions.filter((t) => t.action === action);
  const label = labelOf(action);
  const allowed = rows.find((t) => t.roles.includes(role));
  if (!allowed) throw new ZhiweiError('forbidden', `“${label}”供${(rows[0]?.roles ?? []).map((r) => roles[r]).join('、')}使用`);
  const row = rows.find((t) => t.from.includes(state));
  if (!row) throw new ZhiweiError('conflict', `预警已是“${state}”，不能“${label}”；请刷新页面`, { state });
  return row;
}
