import { describe, expect, it } from 'vitest';
import { addDays } from '../../../datasets/calendar.ts';
import { deadlineFor, dueOf } from '../../../server/alerts/deadline.ts';
import { qualityOf, wilson } from '../../../server/alerts/quality.ts';
import { levelOf } from '../../../server/alerts/sync.ts';
import { possible, transition, transitions } from '../../../server/alerts/transitions.ts';
import { settingsSchema } from '../../../datasets/settings.ts';
import { alertStates, type AlertOutcome, type AlertState } from '../../../datasets/vocabulary.ts';

const decided = (n: number, state: AlertState, outcome: AlertOutcome | null, day = '2026-05-02') => Array.from({ length: n }, () => ({ state, outcome, created_at: `${day}T04:00:00.000Z`, closed_at: null }));
const now = new Date('2026-10-31T04:00:00Z');

describe('the quality of alerts', () => {
  it.each([[0, 0, null], [10, 10, [0.722, 1]], [8, 10, [0.49, 0.943]], [0, 5, [0, 0.434]]] as const)('Wilson’s interval of %i of %i', (hits, all, expected) => {
    const found = wilson(hits, all);
    expect(found && [Number(found.low.toFixed(3)), Number(found.high.toFixed(3))]).toEqual(expected);
  });
  it('counts 误报 and 不属实 as false, 终报 and 归档 as they ended, and leaves the undecided out', () => {
    const q = qualityOf([...decided(6, '归档', '已解决'), ...decided(2, '终报', '未解决'), ...decided(1, '归档', '不属实'), ...decided(3, '误报', null), ...decided(9, '处置中', null)], 2, now);
    expect(q).toMatchObject({ from: '2026-05-02', to: '2026-10-31', months: 6, closed: 12, confirmed: 8, false_alarms: 4, ppv: 8 / 12, false_alarms_per_month: 0.67, proposal: null });
  });
  it('looks back twelve months', () => {
    expect(qualityOf([...decided(3, '误报', null, '2025-01-02'), ...decided(1, '归档', '已解决')], 2, now)).toMatchObject({ closed: 1, confirmed: 1, false_alarms: 0 });
  });
  it('says nothing of nothing', () => {
    expect(qualityOf([], 2, now)).toMatchObject({ closed: 0, ppv: null, interval: null, false_alarms_per_month: null, proposal: null });
  });
  it.each([
    ['fewer where false alarms run over the budget', [...decided(24, '误报', null), ...decided(4, '归档', '已解决')], 2, 1],
    ['more where nearly all were true', decided(20, '归档', '已解决'), 2, 3],
    ['nothing where the budget is kept', [...decided(9, '误报', null), ...decided(9, '归档', '已解决')], 2, null],
    ['nothing from nine alerts', decided(9, '误报', null), 0.5, null],
    ['nothing to a reader of one unit', decided(24, '误报', null), null, null],
  ])('proposes %s', (_what, alerts, budget, proposed) => { expect(qualityOf(alerts, budget, now).proposal?.proposed_budget ?? null).toBe(proposed); });
});

describe('levels and deadlines', () => {
  const settings = settingsSchema.parse({});
  it.each([['critical', 1, '紧急'], ['series', 4, '重要'], ['emergent', 3.9, '一般']] as const)('%s at %d is %s', (kind, score, level) => { expect(levelOf({ kind, score })).toBe(level); });
  it.each([['新发现', '紧急', '2026-10-31'], ['新发现', '重要', '2026-11-03'], ['新发现', '一般', '2026-11-07'], ['首报', '紧急', '2026-11-03'], ['处置中', '一般', '2026-11-14'], ['终报', '紧急', null], ['归档', '一般', null], ['误报', '一般', null]] as const)(
    '%s %s is due on %s', (state, level, day) => { expect(deadlineFor(state, level, '2026-10-31', settings)).toBe(day); });
  it.each([['2026-10-31', '今日到期', 0], ['2026-11-01', '未到期', 0], ['2026-10-28', '已逾期', 3], [null, null, 0]])('%s is %s', (deadline, due, overdue_days) => { expect(dueOf(deadline, '2026-10-31')).toEqual({ due, overdue_days }); });
  it('days go over months and years', () => { expect([addDays('2026-12-30', 3), addDays('2026-03-01', -1)]).toEqual(['2027-01-02', '2026-02-28']); });
});

describe('states', () => {
  it('lead from 新发现 to 归档, or to 误报, and every one can be reached', () => {
    const reached = new Set<string>(['新发现']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const t of transitions) if (t.to !== null && t.from.some((s) => reached.has(s))) reached.add(t.to);
    }
    expect([...reached].sort()).toEqual([...alertStates].sort());
  });
  it('that are closed stay closed: only words can be added', () => {
    for (const state of ['归档', '误报'] as const) expect(possible(state, 'admin').map((t) => t.action)).toEqual(['comment']);
  });
  it('are moved by clerks and administrators; leaders speak, analysts look', () => {
    expect([possible('处置中', 'leader').map((t) => t.action), possible('处置中', 'analyst')]).toEqual([['comment'], []]);
  });
  it.each([['归档', 'start', 'admin', 'conflict'], ['新发现', 'report_final', 'clerk', 'conflict'], ['新发现', 'archive', 'clerk', 'conflict'], ['终报', 'false_alarm', 'clerk', 'conflict'], ['首报', 'start', 'leader', 'forbidden'], ['首报', 'comment', 'analyst', 'forbidden']] as const)(
    'from %s, %s by a %s is a %s', (state, action, role, code) => { expect(() => transition(state, action, role)).toThrow(expect.objectContaining({ code })); });
});
