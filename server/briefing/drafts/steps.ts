// In: nothing. Out: the states of a draft of the briefing and who may move it where.
// Invariant: whoever writes does not approve; what is final has no way back.
import { ZhiweiError } from '../../../datasets/errors.ts';
import type { BriefingState } from '../../../datasets/vocabulary.ts';
import type { Role } from '../../shapes.ts';
import { draftSteps, type DraftStep } from './api.ts';

interface Step { from: readonly BriefingState[]; to: BriefingState; roles: readonly Role[] }
export type Act = DraftStep | 'save' | 'correct';
const writers: readonly Role[] = ['clerk', 'admin'], open: readonly BriefingState[] = ['草稿', '退回'];

export const steps: Record<Exclude<Act, 'correct'>, Step> = {
  save: { from: open, to: '草稿', roles: writers },
  submit: { from: open, to: '待审', roles: writers },
  withdraw: { from: ['待审'], to: '草稿', roles: writers },
  approve: { from: ['待审'], to: '定稿', roles: ['leader'] },
  return: { from: ['待审'], to: '退回', roles: ['leader'] },
};

/** What this role may do with a draft in this state. */
export function mayDo(state: BriefingState, role: Role): Act[] {
  const acts = (Object.keys(steps) as (keyof typeof steps)[]).filter((act) => steps[act].from.includes(state) && steps[act].roles.includes(role));
  return state === '定稿' && writers.includes(role) ? [...acts, 'correct'] : acts;
}

/** The state that follows. Throws `forbidden` for another's step, `conflict` where the draft is elsewhere by now. */
export function next(state: BriefingState, act: keyof typeof steps, role: Role): BriefingState {
  const { from, to, roles } = steps[act], name = act === 'save' ? '改动' : draftSteps[act];
  if (!roles.includes(role)) throw new ZhiweiError('forbidden', `“${name}”由${roles[0] === 'leader' ? '领导' : '信访专员'}办理`);
  if (!from.includes(state)) throw new ZhiweiError('conflict', `这份稿件现在是“${state}”，不能${name}；请刷新后再看`);
  return act === 'save' && state === '退回' ? '退回' : to;
}
