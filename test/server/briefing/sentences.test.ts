// In: rows of figures as the warehouse gives them. Out: the Chinese that a briefing makes of them.
import { describe, expect, it } from 'vitest';
import { reportingPeriod, type PeriodKind } from '../../../datasets/reporting-period.ts';
import { change, changeCell } from '../../../server/briefing/change-words.ts';
import { said } from '../../../server/briefing/said.ts';
import type { AnswerRow, Value } from '../../../server/briefing/notebook.ts';
import { caution } from '../../../server/briefing/build-briefing.ts';
import { spanLabel } from '../../../server/briefing/period.ts';
import { changeSentence, expectationSentence, moodSentence, weightSentence } from '../../../server/briefing/sections/features.ts';
import { acceptanceSentence, conclusionSentence, openSentence, ratingSentence } from '../../../server/briefing/sections/handling.ts';
import { countSentence, criticalSentence, curveWords, episodeSentence } from '../../../server/briefing/sections/hotspots.ts';
import { channelsSentence, courseWords, documentsSentence, kindsSentence, perThousandSentence, totalsSentence } from '../../../server/briefing/sections/overview.ts';
import { mostSentence, perThousandMost, risenSentence, silentSentence } from '../../../server/briefing/sections/units.ts';

const row = (values: Record<string, Value>, span: PeriodKind | null = 'month'): AnswerRow => ({ note: 'N1', span, key: {}, values });
const name = (r: AnswerRow) => String(r.values.branch);

describe('change of a figure', () => {
  const petitions = (now: number | null, previous?: number | null) => change(row({ petitions: now, ...(previous === undefined ? {} : { petitions__previous: previous }) }), 'petitions', 'previous');
  it.each([
    { now: 281, before: 250, expected: '环比多31件次，增长12.4%' },
    { now: 245, before: 250, expected: '环比少5件次，下降2.0%' },
    { now: 250, before: 250, expected: '与上月持平' },
    { now: 3, before: 1, expected: '环比多2件次，上月为1件次' },
    { now: 3, before: 0, expected: '环比多3件次，上月无此项' },
    { now: 0, before: 0, expected: '与上月持平' },
    { now: 0, before: 12, expected: '环比少12件次，下降100.0%' },
    { now: 12, before: null, expected: '无上月数据可比' },
    { now: 12, before: undefined, expected: '无上月数据可比' },
    { now: null, before: 12, expected: '无上月数据可比' },
  ])('says $expected for $now after $before', ({ now, before, expected }) => {
    expect(said(petitions(now, before))).toBe(expected);
  });
  it.each([
    { metric: 'repeat_rate', now: 17.24, before: 14.71, expected: '同比上升2.5个百分点', cell: '+2.5点' },
    { metric: 'repeat_rate', now: 14.0, before: 15.26, expected: '同比下降1.3个百分点', cell: '−1.3点' },
    { metric: 'repeat_rate', now: 14.01, before: 14.0, expected: '与上年同期持平', cell: '0.0点' },
    { metric: 'petitions_per_1000', now: 7.25, before: 5.25, expected: '同比上升2.00', cell: '+2.00' },
    { metric: 'petitions', now: 30, before: 20, expected: '同比多10件次，增长50.0%', cell: '+50.0%' },
    { metric: 'petitions', now: 2, before: 5, expected: '同比少3件次，上年同期为5件次', cell: '−3件次' },
    { metric: 'petitions', now: 2, before: null, expected: '无上年同期数据可比', cell: '—' },
  ] as const)('is told in the unit of $metric: $expected', ({ metric, now, before, expected, cell }) => {
    const r = row({ [metric]: now, [`${metric}__year`]: before });
    expect(said(change(r, metric, 'year'))).toBe(expected);
    expect(said(changeCell(r, metric, 'year'))).toBe(cell);
  });
});

describe('sentences of a briefing', () => {
  const total = row({ petitions: 312, petitions__previous: 281, petitions__year: 320, petition_people: 401, petition_batches: 74 });
  it.each([
    { rule: '总量', parts: totalsSentence(total, '2026年10月', '集团'), expected: '2026年10月，集团共登记信访312件次，环比多31件次，增长11.0%；同比少8件次，下降2.5%。涉及401人次，其中来访74批次。' },
    { rule: '无信访', parts: totalsSentence(row({ petitions: 0 }), '2026年10月', '三矿'), expected: '2026年10月，三矿未登记信访件。' },
    { rule: '构成', parts: kindsSentence(row({ petitions: 40, joint_petitions: 2, joint_petitions__previous: 2, escalated_petitions: 0, escalated_petitions__previous: 1, first_petitions: 33, repeat_rate: 17.5, repeat_rate__previous: 15 })), expected: '集体访（5人及以上）2件次，与上月持平；越级访0件次，环比少1件次，上月为1件次；初信初访33件次。重复信访率17.5%，环比上升2.5个百分点。' },
    { rule: '渠道', parts: channelsSentence([row({ channel: '来信', petitions: 78 }), row({ channel: '网上', petitions: 234 })], total), expected: '从渠道看，网上234件次，占75.0%；来信78件次，占25.0%。' },
    { rule: '没有渠道', parts: channelsSentence([], total), expected: '' },
    { rule: '文字', parts: documentsSentence(row({ documents: 50, matters: 41, negative_rate: 62, negative_rate__previous: 60, intensity: 1.5, intensity__previous: 1.5 }), [row({ kind: 'post', documents: 10 }), row({ kind: 'petition', documents: 40 })]), expected: '按收到日期计，连同谈话记录、网络留言等，共收到文字50条（信访件40条、网络留言10条），涉及信访事项41项。负面率62.0%，环比上升2.0个百分点；情绪强度1.50（0至3），与上月持平。' },
    { rule: '无在岗人数', parts: perThousandSentence(row({ petitions_per_1000: null })), expected: '' },
    { rule: '诉求', parts: weightSentence([row({ topic: 'pay', petitions: 120 }), row({ topic: 'safety', petitions: 30 })], total), expected: '诉求主要集中于薪酬（120件次，占38.5%）、安全（30件次，占9.6%）。一件信访可含几项诉求，占比之和可超过100%。' },
    { rule: '诉求变化', parts: changeSentence([row({ topic: 'pay', petitions: 120, petitions__previous: 80 }), row({ topic: 'safety', petitions: 20, petitions__previous: 30 }), row({ topic: 'other', petitions: 1, petitions__previous: 4 })]), expected: '上升最多的是薪酬，环比多40件次，增长50.0%；下降最多的是安全，环比少10件次，下降33.3%。' },
    { rule: '诉求无变化', parts: changeSentence([row({ topic: 'pay', petitions: 20, petitions__previous: 20 })]), expected: '各类诉求与上月相比没有明显变化。' },
    { rule: '诉求无上月', parts: changeSentence([row({ topic: 'pay', petitions: 20 })]), expected: '' },
    { rule: '超出期望', parts: expectationSentence([row({ topic: 'pay', observed: 98, expected: 61.23, weeks_over: 3, weeks: 4 }), row({ topic: 'safety', observed: 9, expected: 8, weeks_over: 0, weeks: 4 })], '某各周'), expected: '以各类诉求自身历史、季节推算期望（某各周），薪酬收到文字98条，期望61.2条，4周中有3周超出上界。' },
    { rule: '未超期望', parts: expectationSentence([row({ topic: 'safety', observed: 9, expected: 8, weeks_over: 0, weeks: 4 })], '某各周'), expected: '以各类诉求自身历史、季节推算期望（某各周），合计各类诉求均未超出上界。' },
    { rule: '负面率，少于十条的不说', parts: moodSentence([row({ topic: 'pay', negative_rate: 80, negative_rate__den: 20, negative_rate__previous: 75 }), row({ topic: 'safety', negative_rate: 100, negative_rate__den: 3 })]), expected: '负面率较高的是薪酬80.0%，环比上升5.0个百分点。' },
    { rule: '热点数', parts: countSentence([row({ kind: 'series', hotspots: 3 }), row({ kind: 'critical', hotspots: 2 })], 'month'), expected: '本月监测发现热点3个、紧急事项2件，未发现苗头。' },
    { rule: '无热点', parts: countSentence([], 'month'), expected: '本月监测未发现热点、苗头、紧急事项。' },
    { rule: '热点', parts: episodeSentence(row({ kind: 'series', title: '三矿薪酬诉求连续 3 周高于预期（观测 45，期望 18.2）', unit_name: '三矿', topic: 'pay', from_date: '2026-10-05', to_date: '2026-10-25', observed: 45, expected: 18.24, upper: 27, terms: '停发、绩效' }), 1, { type: 'quote', document_id: 'D', start: 0, end: 9, text: '绩效一直没有发放。' }), expected: '1. 三矿薪酬诉求连续 3 周高于预期。10月5日至10月25日，三矿收到薪酬类文字45条，期望18.2条，上界27.0条。多见“停发”“绩效”等词。有职工反映：“绩效一直没有发放。”' },
    { rule: '苗头', parts: episodeSentence(row({ kind: 'emergent', title: '集团新出现“人脸、井口”反映（近 8 周 6 件，涉及 3 个单位）', unit_name: '集团', topic: 'employment', from_date: '2026-10-05', to_date: '2026-10-25', observed: 6, expected: 0, upper: 0, units: 3, terms: '人脸' }), 2, null), expected: '2. 集团新出现“人脸、井口”反映。10月5日至10月25日，集团收到劳动用工类文字6条，涉及3个单位。多见“人脸”等词。' },
    { rule: '受限的紧急事项', parts: criticalSentence(row({ unit_name: '三矿', topic: 'safety', from_date: '2026-10-12' }), 1, null), expected: '1. 10月12日，三矿，安全类紧急事项，原文见系统“热点”。' },
    { rule: '单位居前', parts: mostSentence([row({ branch: '一矿', petitions: 78 }), row({ branch: '三矿', petitions: 156 })], total, name), expected: '信访量居前的是三矿（156件次，占50.0%）、一矿（78件次，占25.0%）。' },
    { rule: '每千人', parts: perThousandMost([row({ branch: '一矿', petitions_per_1000: 2.5 }), row({ branch: '三矿', petitions_per_1000: null })], name), expected: '按每千人计，居前的是一矿2.50件。' },
    { rule: '上升', parts: risenSentence([row({ branch: '一矿', petitions: 30, petitions__previous: 20 }), row({ branch: '三矿', petitions: 3, petitions__previous: 2 })], name), expected: '上升较多的是一矿，环比多10件次，增长50.0%。' },
    { rule: '未登记', parts: silentSentence(['医院', '橡胶厂'], 'month'), expected: '本月未登记信访件的单位：医院、橡胶厂。' },
    { rule: '受理', parts: acceptanceSentence(row({ timely_acceptance_rate: 96.15, timely_acceptance_rate__num: 150, timely_acceptance_rate__den: 156, timely_acceptance_rate__previous: 97.15 })), expected: '本月登记的信访件，及时受理率96.2%（150/156件），环比下降1.0个百分点。' },
    { rule: '无可评受理', parts: acceptanceSentence(row({ timely_acceptance_rate: null })), expected: '本月登记的信访件尚无可评的受理情况。' },
    { rule: '办结', parts: conclusionSentence(row({ timely_conclusion_rate: 92.3, timely_conclusion_rate__num: 192, timely_conclusion_rate__den: 208, timely_conclusion_rate__previous: 92.3, timely_conclusion_rate__year: 90 }), '2026年7月'), expected: '2026年7月登记、至本月应已办结的信访件，按期办结率92.3%（192/208件），与上月持平，同比上升2.3个百分点。' },
    { rule: '评价', parts: ratingSentence(row({ rating_rate: 50, rating_rate__num: 5, rating_rate__den: 10, satisfaction_rate: null })), expected: '今年以来登记并办结的信访件，参评率50.0%（5/10件）。' },
    { rule: '未了', parts: openSentence(row({ overdue_petitions: 12 }), row({ open_matters: 40 }), '2026-10-31'), expected: '截至2026年10月31日，今年以来登记的信访件中逾期未办结12件；今年首次提出的事项中，未了事项40项。' },
  ])('$rule', ({ parts, expected }) => {
    expect(said(parts)).toBe(expected);
  });

  const first = '2024-01-03';
  it('warn of a month or a quarter that is not over, and of one whose registration is not', () => {
    expect(caution(reportingPeriod('2026-10'), { as_of: '2026-10-20', provisional_from: '2026-10-05' }, first)).toBe('数据截至2026年10月20日，本月尚未结束，各数均为暂定，环比、同比仅供参考。');
    expect(caution(reportingPeriod('2026-10'), { as_of: '2026-11-02', provisional_from: '2026-10-19' }, first)).toBe('2026年10月19日起登记尚不完整，本月各数为暂定，以后期更正为准。');
    expect(caution(reportingPeriod('2026-09'), { as_of: '2026-11-02', provisional_from: '2026-10-19' }, first)).toBe(null);
    expect(caution(reportingPeriod('2026-Q4'), { as_of: '2026-10-31', provisional_from: '2026-10-19' }, first)).toBe('数据截至2026年10月31日，本季度尚未结束，各数均为暂定，环比、同比仅供参考。');
    expect(caution(reportingPeriod('2026-Q3'), { as_of: '2026-10-31', provisional_from: '2026-09-21' }, first)).toBe('2026年9月21日起登记尚不完整，本季度各数为暂定，以后期更正为准。');
    expect(caution(reportingPeriod('2025-Q3'), { as_of: '2026-10-31', provisional_from: '2026-10-19' }, '2025-09-02')).toBe('现有数据自2025年9月起，本季度数据不全。');
  });

  it('say of a quarter what they say of a month', () => {
    const of = (values: Record<string, Value>) => row(values, 'quarter');
    expect(said(change(of({ petitions: 281, petitions__previous: 250 }), 'petitions', 'previous'))).toBe('环比多31件次，增长12.4%');
    expect(said(change(of({ petitions: 3, petitions__previous: 1 }), 'petitions', 'previous'))).toBe('环比多2件次，上季度为1件次');
    expect(said(change(of({ petitions: 3, petitions__previous: 3 }), 'petitions', 'previous'))).toBe('与上季度持平');
    expect(said(change(row({ petitions: 3 }, null), 'petitions', 'previous'))).toBe('无上期数据可比');
    expect(said(acceptanceSentence(of({ timely_acceptance_rate: null })))).toBe('本季度登记的信访件尚无可评的受理情况。');
    expect(said(conclusionSentence(of({ timely_conclusion_rate: 92.3, timely_conclusion_rate__num: 192, timely_conclusion_rate__den: 208 }), '2026年第二季度'))).toBe('2026年第二季度登记、至本季度应已办结的信访件，按期办结率92.3%（192/208件）。');
    expect(said(changeSentence([of({ topic: 'pay', petitions: 20, petitions__previous: 20 })]))).toBe('各类诉求与上季度相比没有明显变化。');
    expect(said(countSentence([], 'quarter'))).toBe('本季度监测未发现热点、苗头、紧急事项。');
    expect(said(silentSentence(['医院'], 'quarter'))).toBe('本季度未登记信访件的单位：医院。');
  });

  it.each([
    [[3, 5, 8], '逐月上升'], [[8, 5, 3], '逐月下降'], [[3, 8, 5], '以8月最多'], [[8, 3, 8], '以7月、9月最多'], [[5, 5, 5], '各月持平'], [[5], '目前只有7月的数'],
  ])('say of the months %j of a quarter: %s', (values, words) => {
    expect(courseWords(values.map((value, i) => ({ month: `2026-0${7 + i}-01`, value })))).toBe(words);
  });

  it('say of a curve beyond its bound only what it shows', () => {
    expect([true, false].map(curveWords)).toEqual(['超出上界', '几周合计超出上界，各周均在界内']);
  });

  it('name periods by the calendar', () => {
    expect([spanLabel('2026-10-01', '2026-10-31'), spanLabel('2026-01-01', '2026-10-31'), spanLabel('2025-10-01', '2026-10-31'), spanLabel('2026-10-05', '2026-10-31')])
      .toEqual(['2026年10月', '2026年1月至10月', '2025年10月至2026年10月', '2026年10月5日至2026年10月31日']);
    expect(spanLabel('2026-04-01', '2026-06-30')).toBe('2026年第二季度');
  });
});
