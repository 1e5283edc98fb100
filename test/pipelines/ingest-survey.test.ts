import { describe, expect, it } from 'vitest';
import { describeFile } from '../../pipelines/ingest.ts';
import { bytes, readOne, reasons, today, xlsx, type Rows } from './ingest-files.ts';

const header = ['序号', '提交答卷时间', '所用时间', '来源', '来源详情', '来自IP', '1、您的年龄：', '2、您所在的单位：', '3、您最关心的问题（多选）', '4、您对食堂是否满意？', '5、请评价—工资', '5、请评价—安全', '6、您向朋友推荐本单位的可能(0-10)', '7、您希望(培训)', '7、您希望(住房)', '8、您的建议', '9、您的姓名', '10、您的手机号', '总分'];
const row = (n: number, ...answers: unknown[]): unknown[] => [n, `2026/3/${n} 9:02:11`, '95秒', '微信', 'N/A', '1.2.3.4(山西-太原)', ...answers, '张三', '13800001234', 80];
const survey: Rows = [
  header,
  row(1, 25, '东山煤矿', '工资┋安全', '非常满意', 5, '满意', 10, 1, 0, '希望班车准点'),
  row(2, '36岁', '选煤厂', '安全', '不满意', 1, '一般', 0, 0, 1, '无'),
  row(3, 52, '东山煤矿', '工资', '一般', '3', '(跳过)', 7, 1, 1, '食堂太贵〖张三〗'),
  row(4, 41, '东山煤矿', '培训┋工资', '满意', 4, '非常不满意', 8, 0, 0, null),
  [5, '2026/2/30', '1秒', '微信', 'N/A', '1.2.3.4', 30],
  [6, '2026/3/6 8:00', '1秒', '微信', 'N/A', '1.2.3.4', null, null, '(空)', null, null, null, null, null, null, null, '李四'],
];

describe('a survey export', () => {
  it('finds the questions and their types from the answers', async () => {
    const sheet = await readOne(await xlsx('2026年员工满意度调查.xlsx', { Sheet1: survey }));
    expect(sheet.survey).toEqual({ survey_id: sheet.source.source_id, source_id: sheet.source.source_id, title: '2026年员工满意度调查', first_date: '2026-03-01', last_date: '2026-03-04', respondents: 4 });
    expect(sheet.questions.map(({ question_no, title, type, is_group, options }) => [question_no, title, type, is_group, options])).toEqual([
      [1, '您的年龄', 'single', true, ['30–39岁', '30岁以下', '40–49岁', '50岁及以上']], [2, '您所在的单位', 'single', true, ['东山煤矿', '选煤厂']],
      [3, '您最关心的问题', 'multiple', false, ['工资', '安全', '培训']], [4, '您对食堂是否满意?', 'scale', false, []], [5, '请评价', 'scale', false, ['工资', '安全']],
      [6, '您向朋友推荐本单位的可能(0-10)', 'nps', false, []], [7, '您希望', 'multiple', false, ['培训', '住房']], [8, '您的建议', 'open', false, []],
    ]);
    expect(reasons(sheet)).toEqual(['6 提交答卷时间：没有这一天', '7 您的年龄：整份答卷为空']);
    expect(sheet.source).toMatchObject({ rows: 6, accepted: 4, rejected: 2 });
  });

  it('gives each respondent answers under a number of no meaning, and each open answer a document', async () => {
    const sheet = await readOne(await xlsx('调查.xlsx', { Sheet1: survey }));
    const first = sheet.documents.find(({ source_row }) => source_row === 2);
    expect(first).toMatchObject({ kind: 'survey_answer', channel: '问卷', unit: '东山煤矿', text: '希望班车准点', received_at: '2026-03-01 09:02:11', identity: {}, petition: null });
    expect(sheet.documents.map(({ text }) => text).sort()).toEqual(['希望班车准点', '食堂太贵']);
    const number = sheet.answers.find(({ document_id }) => document_id === first?.document_id)?.respondent_no;
    expect(sheet.answers.filter(({ respondent_no }) => respondent_no === number).map(({ question_no, option, value, unit }) => [question_no, option, value, unit])).toEqual([
      [1, '30岁以下', null, '东山煤矿'], [2, '东山煤矿', null, '东山煤矿'], [3, '工资', null, '东山煤矿'], [3, '安全', null, '东山煤矿'], [4, '', 5, '东山煤矿'],
      [5, '工资', 5, '东山煤矿'], [5, '安全', 4, '东山煤矿'], [6, '', 10, '东山煤矿'], [7, '培训', null, '东山煤矿'], [8, '', null, '东山煤矿'],
    ]);
    expect(new Set(sheet.answers.map(({ respondent_no }) => respondent_no))).toEqual(new Set([1, 2, 3, 4]));
    const keys = sheet.answers.map((answer) => `${answer.respondent_no} ${answer.question_no} ${answer.option}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps no name, phone, address or time spent', async () => {
    const path = await xlsx('隐私.xlsx', { Sheet1: survey });
    const [description] = await describeFile(path, { today });
    expect(description?.mapping.filter(({ field }) => field === null).map(({ column }) => column)).toEqual(['序号', '所用时间', '来源', '来源详情', '来自IP', '9、您的姓名', '10、您的手机号', '总分']);
    expect(JSON.stringify(await readOne(path))).not.toMatch(/张三|13800001234|1\.2\.3\.4|95秒/);
  });

  it('reads option columns named 3(选项), with the options as values', async () => {
    const sheet = await readOne(bytes('多选.csv', '提交答卷时间,1.您的岗位,2(工资),2(安全),3、（矩阵）分配:公平,3、（矩阵）分配:公开\n2026/3/1,采煤工,工资,,非常同意,一般\n2026/3/2,电工,,安全,同意,不同意\n2026/3/3,采煤工,工资,安全,同意,同意\n'));
    expect(sheet.questions.map(({ type, is_group, options }) => [type, is_group, options])).toEqual([['single', true, ['采煤工', '电工']], ['multiple', false, ['工资', '安全']], ['scale', false, ['公平', '公开']]]);
    expect(sheet.answers.filter(({ question_no }) => question_no === 2).map(({ option }) => option).sort()).toEqual(['安全', '安全', '工资', '工资']);
  });

  it('merges rare groups into 其他 where there are many', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`2026/3/${1 + (i % 28)}`, i < 30 ? '采煤工' : `岗位${i}`, (i % 5) + 1]);
    const sheet = await readOne(await xlsx('岗位.xlsx', { 问卷: [['提交时间', '1、您的岗位', '2、您对工资的满意度'], ...rows] }));
    expect(sheet.questions[0]?.options).toEqual(['其他', '采煤工']);
  });
});
