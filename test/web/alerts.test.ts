import { describe, expect, it } from 'vitest';
import type { Alert, AlertDetail, Effect, ReportFields } from '../../server/api.ts';
import { changedFacts, effectFinding, falseAlarmWords, qualityFinding, sentencesOf } from '../../web/alert-words.ts';
import { alertParams, alertsFinding, curveMarks, dueWords, keptQuery, limitsOf, mineWords, readView, sortAlerts } from '../../web/alerts.ts';
import { markLines } from '../../web/charts/expected-curve.ts';
import { refusal } from '../../web/panels/alerts/attachments.ts';

const alert = (change: Partial<Alert>): Alert => ({
  alert_id: '2026-0001', kind: 'series', level: '一般', state: '新发现', unit_id: 'HY01', unit_path: 'HY/HY01', unit_name: '一矿', topic: 'pay', subtopic: null, measure: 'documents', title: '一矿薪酬诉求高于预期',
  from_date: '2026-09-01', to_date: '2026-09-20', observed: 30, expected: 11, upper: 20, score: 3, hotspot_id: 'h', detected: true, first_version: 1, last_version: 1,
  owner: null, owner_unit: null, owner_unit_name: null, deadline: '2026-10-08', next_report: 'first', due: '未到期', overdue_days: 0, age_days: 2, created_at: '2026-10-01T01:00:00Z', updated_at: '2026-10-01T01:00:00Z',
  closed_at: null, outcome: null, false_reason: null, previous_alert_id: null, reports: 0, comments: 0, ...change,
});

describe('web/alerts: the view in the URL', () => {
  it('shows a board, and on a phone a list, unless the URL says otherwise', () => {
    expect([readView({}, false).view, readView({}, true).view, readView({ view: 'board' }, true).view]).toEqual(['board', 'list', 'board']);
  });

  it('reads every filter and drops what means nothing', () => {
    expect(readView({ view: 'list', level: '紧急', state: '处置中', kind: 'critical', age: '7', overdue: '1', mine: '1', sort: '-deadline' }, false))
      .toEqual({ view: 'list', level: '紧急', state: '处置中', kind: 'critical', age: 7, overdue: true, mine: true, sort: 'deadline', descending: true });
    expect(readView({ level: '特急', state: '办完', kind: 'x', age: '8', overdue: 'yes', sort: 'constructor' }, false))
      .toEqual({ view: 'board', level: null, state: null, kind: null, age: null, overdue: false, mine: false, sort: null, descending: false });
  });

  it.each([
    { query: {}, expected: {} },
    { query: { view: 'list' }, expected: { open: 'true' } },
    { query: { view: 'list', state: 'all' }, expected: {} },
    { query: { view: 'list', state: '归档' }, expected: { state: '归档' } },
    { query: { view: 'board', state: '归档' }, expected: {} },
  ])('asks for $expected by $query', ({ query, expected }) => {
    const { open, state } = alertParams(readView(query, false), null);
    expect({ ...(open === undefined ? {} : { open }), ...(state === undefined ? {} : { state }) }).toEqual(expected);
  });

  it.each([
    { mine: { open: 0, overdue: 0, due_soon: 0 }, expected: null },
    { mine: { open: 3, overdue: 0, due_soon: 0 }, expected: '由您负责 3 条' },
    { mine: { open: 3, overdue: 1, due_soon: 2 }, expected: '由您负责 3 条：1 条逾期，2 条今明到期' },
  ])('reminds who handles them: $expected', ({ mine, expected }) => { expect(mineWords(mine)).toBe(expected); });

  it('keeps the filters of the list on the way to an alert and back', () => {
    expect(keptQuery({ unit: 'HY', level: '紧急', month: '2026-10' })).toMatchObject({ level: '紧急', view: null });
    expect(keptQuery({ month: '2026-10' })).not.toHaveProperty('month');
  });

  it('sorts by deadline with what has none last, and leaves the order of the server alone', () => {
    const list = [alert({ alert_id: 'a', deadline: null }), alert({ alert_id: 'b', deadline: '2026-10-09', level: '重要' }), alert({ alert_id: 'c', deadline: '2026-10-02', level: '紧急' })];
    const ids = (sort: 'deadline' | 'level' | null, descending = false) => sortAlerts(list, { sort, descending }).map((a) => a.alert_id).join('');
    expect([ids('deadline'), ids('deadline', true), ids('level'), ids(null)]).toEqual(['cba', 'abc', 'cba', 'abc']);
  });
});

describe('web/alerts: words', () => {
  it.each([
    { change: {}, text: '10 月 8 日前首报，还有 3 天', tone: '' },
    { change: { due: '今日到期' as const }, text: '今天要首报', tone: 'worse' },
    { change: { due: '已逾期' as const, overdue_days: 2, next_report: 'follow' as const, state: '处置中' as const }, text: '续报逾期 2 天', tone: 'alert' },
    { change: { state: '终报' as const, deadline: null, next_report: null, due: null }, text: '等待归档', tone: '' },
    { change: { state: '归档' as const, deadline: null, next_report: null, due: null, closed_at: '2026-10-04T04:00:00Z', outcome: '已解决' as const }, text: '10 月 4 日归档，已解决', tone: '' },
  ])('says $text', ({ change, text, tone }) => {
    expect(dueWords(alert(change), '2026-10-05')).toEqual({ text, tone });
  });

  it('titles the page by what is open, critical and late', () => {
    const counts = { total: 9, open: 7, overdue: 2, mine: 0, by_state: {} as never, by_level: {} as never };
    expect(alertsFinding(counts, 3)).toBe('7 条预警未结，3 条紧急，2 条逾期');
    expect(alertsFinding({ ...counts, overdue: 0 }, null)).toBe('7 条预警未结，没有逾期');
    expect(alertsFinding({ ...counts, open: 0 }, 0)).toBe('没有未结的预警');
  });

  it('tells each role what it can’t do and who can', () => {
    expect(limitsOf('处置中', 'leader')).toContain('信访专员');
    expect(limitsOf('处置中', 'analyst')).toContain('信访专员');
    expect(limitsOf('处置中', 'clerk')).toBeNull();
    expect(limitsOf('归档', 'clerk')).toContain('只能再批注');
  });

  it('shows a share with its counts and interval, and none without', () => {
    expect(qualityFinding({ closed: 23, confirmed: 18, ppv: 18 / 23, interval: { low: 0.581, high: 0.903 } })).toBe('有结论的 23 条里 18 条属实：准确率 78%（95% 区间 58%–90%）');
    expect(qualityFinding({ closed: 0, confirmed: 0, ppv: null, interval: null })).toBe('还没有下结论的预警，算不出准确率');
    expect(falseAlarmWords({ false_alarms_per_month: 0.42, false_alarms: 5, months: 12 }, 2)).toBe('误报 5 起 ÷ 12 个月 = 每月 0.4 起，预算每月 2 起');
    expect(falseAlarmWords({ false_alarms_per_month: null, false_alarms: 0, months: 1 }, 2)).toBe('误报预算每月 2 起');
  });

  it('claims no effect where the data don’t suffice', () => {
    const effect = { sufficient: false, verdict: '下降' } as Effect;
    expect(effectFinding(effect)).toBe('数据不足，无法判断措施是否见效');
    expect(effectFinding({ ...effect, sufficient: true })).toBe('措施之后，超出常态的部分减少了');
  });
});

describe('web/alerts: reports and evidence', () => {
  const fields = { title: '一矿薪酬', unit: '一矿', topic: '薪酬', period: '9 月', figures: '观测 30', documents: 30, people: 41, matters: 6 } as ReportFields;

  it('names the facts that a person changed, and what the data said', () => {
    expect(changedFacts(fields, { ...fields })).toEqual([]);
    expect(changedFacts(fields, { ...fields, people: 45, unit: ' 一矿 ' })).toEqual([{ key: 'people', label: '涉及人次', was: '41', written: '45' }]);
  });

  it('offers whole sentences to quote, neither fragments nor pages', () => {
    expect(sentencesOf('好。绩效工资三个月没有发放，请尽快解决！谁来管？\n食堂饭菜价格上涨，质量下降')).toEqual(['绩效工资三个月没有发放，请尽快解决！', '食堂饭菜价格上涨，质量下降']);
    expect(sentencesOf('长'.repeat(201))).toEqual([]);
  });

  it('marks the first measure and each report that was sent on the curve, one line a week', () => {
    const detail = {
      timeline: [{ kind: 'measure', date: '2026-09-16' }, { kind: 'measure', date: '2026-09-09' }, { kind: 'comment', date: null }],
      reports: [{ kind: 'first', submitted_at: '2026-09-08T04:00:00Z' }, { kind: 'follow', submitted_at: null }, { kind: 'final', submitted_at: '2026-12-01T04:00:00Z' }],
    } as unknown as AlertDetail;
    const marks = curveMarks(detail);
    expect(marks).toEqual([{ day: '2026-09-09', label: '首个措施' }, { day: '2026-09-08', label: '首报' }, { day: '2026-12-01', label: '终报' }]);
    expect(markLines(marks, ['2026-08-31', '2026-09-07', '2026-09-14'])).toEqual([{ week: '2026-09-07', label: '首个措施、首报' }]);
  });

  it.each([
    { files: [{ name: '会议纪要.PDF', size: 1_000 }], expected: null },
    { files: Array.from({ length: 6 }, (_, i) => ({ name: `${i}.png`, size: 1 })), expected: '一次至多 5 个文件' },
    { files: [{ name: '录像.pdf', size: 20_000_001 }], expected: '超过 20 MB' },
    { files: [{ name: '程序.exe', size: 1 }], expected: '不收“程序.exe”' },
  ])('refuses before sending: $expected', ({ files, expected }) => {
    if (expected === null) expect(refusal(files)).toBeNull();
    else expect(refusal(files)).toContain(expected);
  });
});
