import { describe, expect, it } from 'vitest';
import type { SurveyItem, SurveyQuestion } from '../../server/api.ts';
import { changeWords, choiceFinding, groupFinding, npsFinding, openFinding, pairFinding, responseWords, scaleFinding, surveyFinding, tellsNothing } from '../../web/surveys-findings.ts';

const item = (option: string, value: number, change: SurveyItem['change'] = null): SurveyItem => ({ option, count: Math.round(value), estimate: { value, n: 100, low: value - 1, high: value + 1 }, scores: [], before: null, change, scores_before: [] });
const question = (type: SurveyQuestion['type'], items: SurveyItem[]): SurveyQuestion => ({ question_no: 1, title: '您对目前工作的总体满意程度(1-5分)', type, is_group: false, answered: 100, missing: 0, withheld: false, top: 5, items, topics: [] });
const rise = { value: 0.24, low: 0.1, high: 0.38 }, fall = { value: -0.3, low: -0.5, high: -0.1 }, unsure = { value: 0.1, low: -0.1, high: 0.3 };
const before = { survey_id: 'b', title: '上一次', first_date: '2025-05-01', last_date: '2025-05-10', respondents: 90, units: 3, headcount: null, response_rate: null };

describe('web/surveys-findings', () => {
  it.each([
    [changeWords(rise, 'scale'), '升 0.24 分'], [changeWords(unsure, 'scale'), '看不出变化'], [changeWords({ value: -3.14, low: -5, high: -1 }, 'multiple'), '降 3.1 个百分点'], [changeWords(null, 'nps'), ''],
    [responseWords({ respondents: 517, headcount: 31204, response_rate: 1.657 }), '收回 517 份，应答率 1.7%（当月在岗 31,204 人）'],
    [responseWords({ respondents: 517, headcount: null, response_rate: null }), '收回 517 份；应答率不明，因为没有当月在岗人数'],
    [choiceFinding([item('热线', 20), item('薪酬', 61, { value: 5, low: 1, high: 9 })]), '选“薪酬”的最多，占 61%，比上一次升 5.0 个百分点'], [choiceFinding([]), '还没有回答'], [choiceFinding([item('一矿', 47)], true), '答卷的人里一矿最多，占 47%'],
    [scaleFinding([item('食堂', 3.5, rise), item('干部', 3.2), item('晋升', 2.8, unsure)]), '食堂评得最高，3.50 分，比上一次升 0.24 分；晋升最低，2.80 分，看不出变化'], [scaleFinding([item('', 3.5)]), '平均 3.50 分'],
    [npsFinding(item('', -35.2, { value: 2, low: -4, high: 8 })), '净推荐值 −35，95% 在 −36 到 −34 之间；看不出变化'], [npsFinding(undefined), '还没有回答'],
    [openFinding([{ label: '薪酬', negative: 20, neutral: 4, positive: 1 }], 60), '60 人写了话，提薪酬的最多，25 条'], [openFinding([], 6), '6 人写了话，没有读出诉求'],
    [pairFinding([{ label: '薪酬', first: 30, second: 21 }, { label: '安全', first: 10, second: 18 }], 400, 2000), '薪酬在问卷里说得更多，安全更多在信访里提'], [pairFinding([{ label: '薪酬', first: 30, second: 21 }], 20, 100), '问卷里说的与信访提的看不出差别'],
  ])('says “%s”', (said, expected) => expect(said).toBe(expected));

  it('leaves out a question about oneself that all answered alike, as the one about the unit in one unit', () => {
    const asked = { ...question('single', [item('东山煤矿', 100), item('西岭煤矿', 0)]), is_group: true };
    expect([asked, { ...asked, is_group: false }, { ...asked, items: [item('东山煤矿', 99), item('西岭煤矿', 1)] }, { ...asked, answered: 0, items: [item('东山煤矿', 0)] }].map(tellsNothing)).toEqual([true, false, false, false]);
  });
  it('heads a survey with the largest sure changes', () => {
    expect(surveyFinding({ before, questions: [question('scale', [item('食堂', 3.5, rise), item('晋升', 2.8, fall), item('干部', 3, unsure)]), question('single', [item('热线', 50, rise)])] })).toBe('与上一次比，晋升降 0.30 分，食堂升 0.24 分；1 项看不出变化');
    expect(surveyFinding({ before, questions: [question('scale', [item('', 3.5, rise)])] })).toBe('与上一次比，目前工作的总体满意程度升 0.24 分');
    expect(surveyFinding({ before, questions: [question('scale', [item('', 3.5, unsure)])] })).toBe('与上一次比，各项评分都看不出变化');
    expect(surveyFinding({ before, questions: [question('scale', [item('', 3.5)])] })).toBe('上一次没有问同样的评分题');
    expect(surveyFinding({ before: null, questions: [] })).toBe('没有可比的上一次，先看这一次');
  });

  it('names groups that surely differ from the others', () => {
    const group = (name: string, differs: typeof rise) => ({ group: name, estimate: { value: 3, n: 20, low: 2, high: 4 }, differs });
    expect(groupFinding([group('井下一线', fall), group('机关', rise), group('后勤', unsure)])).toBe('机关高于其余的人；井下一线低于其余的人');
    expect(groupFinding([group('后勤', unsure)])).toBe('各组之间看不出差别');
  });
});
