import { describe, expect, it } from 'vitest';
import { cleanText, optionalText } from '../../pipelines/ingest/clean-text.ts';
import { toChannel, toEscalated, toPurpose, toRepeat, toSatisfaction } from '../../pipelines/ingest/codes.ts';
import { parseDate, parseMonth } from '../../pipelines/ingest/parse-date.ts';
import { parseCount } from '../../pipelines/ingest/parse-number.ts';
import { generalise, scaleScore } from '../../pipelines/ingest/survey-values.ts';
import { yearIn } from '../../pipelines/ingest/sheet-context.ts';

const context = { year: 2026, today: '2026-11-30' };

describe('parse-date', () => {
  it.each([
    ['2026/3/5 9:02', '2026-03-05 09:02:00'], ['2026-03-05 09:02:11', '2026-03-05 09:02:11'], ['2026年3月5日', '2026-03-05 00:00:00'],
    ['2026年3月5日 上午9时', '2026-03-05 09:00:00'], ['2026年3月5日下午3点半', '2026-03-05 15:30:00'], ['2026年3月5日15时20分', '2026-03-05 15:20:00'],
    ['2026.03.05', '2026-03-05 00:00:00'], ['2026. 3. 5', '2026-03-05 00:00:00'], ['20260305', '2026-03-05 00:00:00'], ['20260305 0902', '2026-03-05 09:02:00'],
    [20260305, '2026-03-05 00:00:00'], [46086, '2026-03-05 00:00:00'], [46086.375, '2026-03-05 09:00:00'], ['46086.375', '2026-03-05 09:00:00'],
    ['２０２６年３月５日', '2026-03-05 00:00:00'], ['二〇二六年三月五日', '2026-03-05 00:00:00'], ['3月5日', '2026-03-05 00:00:00'], ['3.5', '2026-03-05 00:00:00'], ['三月十五日', '2026-03-15 00:00:00'], ['2026、3、5', '2026-03-05 00:00:00'], ['2026 年 3 月 5 日', '2026-03-05 00:00:00'],
    ['26.3.5', '2026-03-05 00:00:00'], ['26年3月5日', '2026-03-05 00:00:00'], ['3/5/2026', '2026-03-05 00:00:00'], ['3/5/26', '2026-03-05 00:00:00'],
    ['2026-03-05（星期四）', '2026-03-05 00:00:00'], ['2026-03-05T09:02:11', '2026-03-05 09:02:11'], ['2026-03-05T01:02:11Z', '2026-03-05 09:02:11'], ['2026-03-05T01:02:11.500+00:00', '2026-03-05 09:02:11'],
    ['2026/3/5 9:02:00 PM', '2026-03-05 21:02:00'], ['2026年3月5日晚上8点', '2026-03-05 20:00:00'], ['2026年3月5日。', '2026-03-05 00:00:00'],
    [new Date(Date.UTC(2026, 2, 5, 9, 2)), '2026-03-05 09:02:00'],
  ])('reads %s', (cell, at) => { expect(parseDate(cell, context)).toEqual({ at, day: at.slice(0, 10) }); });

  it.each([
    [null, 'empty'], ['', 'empty'], ['—', 'empty'], ['2026-02-30', 'impossible'], ['2026年13月1日', 'impossible'], ['2027-01-01', 'future'], ['1899-12-30', 'too_old'],
    ['去年春节', 'unreadable'], ['2026年3月', 'no_day'], ['2026-3', 'no_day'], ['5日', 'unreadable'], ['3/5/6', 'unreadable'], ['2026.3.5-3.7', 'unreadable'], [3.5, 'unreadable'], ['#REF!', 'unreadable'], [true, 'unreadable'],
  ])('refuses %s as %s', (cell, fault) => { expect(parseDate(cell, context)).toEqual({ fault }); });

  it('refuses 3月5日 where nothing tells the year', () => { expect(parseDate('3月5日', { ...context, year: null })).toEqual({ fault: 'no_year' }); });
  it.each([['2026年3月', '2026-03-01'], ['2026-03', '2026-03-01'], ['202603', '2026-03-01'], [202603, '2026-03-01'], ['3月', '2026-03-01'], ['3月份', '2026-03-01'], ['合计', null]])('reads the month %s', (cell, month) => { expect(parseMonth(cell, context)).toBe(month); });
  it.each([['2026年3月信访台账', 2026], ['台账202603', 2026], ['2026-03台账.xlsx', 2026], ['2025年至2026年台账', null], ['台账', null], ['20260305导出', 2026]])('finds the year of %s', (name, year) => { expect(yearIn(name)).toBe(year); });
});

describe('parse-number', () => {
  it.each([[5, 5], ['5', 5], ['５', 5], ['3人', 3], ['5人次', 5], ['约10余人', 10], ['1,200', 1200], ['十二人', 12], ['两人', 2], ['3.0', 3], ['3人（代表2人）', 3], ['1.2万', 12000], ['10万+', 100_000], ['3000+', undefined], [null, null], ['—', null], ['若干', undefined], [-1, undefined], [1.5, undefined], ['#N/A', undefined]])('%s → %s', (cell, count) => {
    expect(parseCount(cell)).toBe(count);
  });
});

describe('clean-text', () => {
  it('takes out what nobody typed on purpose', () => { expect(cleanText('\ufeff 工资\t没发_x000D_\r\n\r\n 请\u00a0解决\\n谢谢\u200b ')).toBe('工资 没发\n请 解决\n谢谢'); });
  it.each(['无', '—', '/', '暂无', ' ', '（空）'])('knows %s for nothing', (text) => { expect(optionalText(text)).toBeNull(); });
});

describe('codes', () => {
  it.each([['来访', '来访'], ['个体访', '来访'], ['集体来访', '集体访'], ['来信', '来信'], ['网上信访', '网上'], ['微信公众号', '网上'], ['24小时热线', '热线'], ['领导接待日', '接待日'], ['矿长信箱', '领导信箱'], ['座谈会', '座谈'], ['飞鸽', null]])('channel %s', (text, channel) => { expect(toChannel(text)).toBe(channel); });
  it.each([['检举控告类', '检举控告'], ['申诉求决', '申诉求决'], ['意见建议', '建议意见'], ['工资福利', '未分类'], [null, '未分类']])('purpose %s', (text, purpose) => { expect(toPurpose(text)).toBe(purpose); });
  it.each([['满意', 'satisfied'], ['非常满意', 'satisfied'], ['基本满意', 'basic'], ['不满意', 'dissatisfied'], ['不太满意', 'dissatisfied'], ['未评价', null], [null, null], ['回头再说', undefined]])('satisfaction %s', (text, code) => { expect(toSatisfaction(text)).toBe(code); });
  it.each([['是', '是否重复', true], ['否', '是否重复', false], ['是', '是否初信初访', false], ['否', '是否首次', true], ['初', '初重', false], ['重复', '首次或重复', true], ['重访', '初重访', true], ['2', '信访次数', true], ['第1次', '第几次信访', false], ['0', '重复次数', false], [null, '是否重复', null]])('repeat %s under %s', (text, header, flag) => { expect(toRepeat(text, header)).toBe(flag); });
  it.each([['是', true], ['√', true], ['越级', true], ['否', false], ['未越级', false], [null, false]])('escalated %s', (text, flag) => { expect(toEscalated(text)).toBe(flag); });
});

describe('survey-values', () => {
  it.each([['非常满意', 5], ['比较满意', 4], ['满意', 4], ['一般', 3], ['不太满意', 2], ['非常不满意', 1], ['A.非常同意', 5], ['4分', 4], ['5（非常满意）', 5], [3, 3], ['工资', null], ['(跳过)', null]])('scale %s', (cell, score) => { expect(scaleScore(cell)).toBe(score); });
  it.each([['您的年龄', '35', '30–39岁'], ['年龄', '35岁', '30–39岁'], ['年龄', '22', '30岁以下'], ['年龄', '58周岁', '50岁及以上'], ['年龄段', '30-39岁', '30-39岁'], ['工龄', '3年', '5年以下'], ['工龄', '12', '10–19年'], ['出生年月', '1988年5月', '30–39岁'], ['岗位', 'B.采煤工', '采煤工']])('%s %s leaves as %s', (title, text, group) => { expect(generalise(title, text, 2026)).toBe(group); });
});
