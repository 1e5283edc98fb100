import { describe, expect, it } from 'vitest';
import { describeFile, readMapping } from '../../pipelines/ingest.ts';
import { bytes, read, readOne, reasons, today, xlsx, type Rows } from './ingest-files.ts';

const ledger: Rows = [
  ['东山煤矿2026年信访台账'],
  ['填报单位：东山煤矿信访办', ...Array<null>(9).fill(null), '单位：件、人次'],
  ['序号', '信访编号', '信访人情况', null, '来访时间', '信访形式', '人数', '信访内容\n（摘要）', '办理情况', null, null, null, '群众\n评价'],
  [null, null, '姓名', '联系电话', null, null, null, null, '责任单位', '受理日期', '办结日期', '处理结果', null],
  [1, 'D-1', '张三', '１３８００００１２３４', new Date(Date.UTC(2026, 2, 5, 9, 2)), '个体访', '１', '中夜班费没有发，\t请解决。_x000D_\n谢谢', '综采二队', '2026.03.08', '2026年4月1日', '已补发', '满意'],
  [2, 'D-2', '李四', 13800001235, 46090.375, '来信', 1, '宿舍漏水', '后勤部', '3月10日', '未办结', '办理中', null],
  [],
  [3, 'D-3', '王五等', null, '2026/3/9 9:02', '集体访', '12人', '转岗方案不公开', '人力资源部', 20260311, '4.20', '已答复', '不满意'],
  ['序号', '信访编号', '姓名', '联系电话', '来访时间', '信访形式', '人数', '信访内容\n（摘要）', '责任单位', '受理日期', '办结日期', '处理结果', '群众\n评价'],
  [4, 'D-3', '王五等', null, '2026/3/10', '集体访', '12人', '转岗方案不公开', null, null, null, null, null],
  [5, 'D-5', '赵六', null, '2026年13月1日', '来电', '若干', '食堂贵', null, null, null, null, null],
  [6, 'D-6', null, null, '3月12日', '来电', null, null, null, null, null, null, null],
  [7, 'D-2', '李四', 13800001235, 46090.375, '来信', 1, '宿舍漏水', '后勤部', '3月10日', '未办结', '办理中', null],
  [8, 'D-8', '钱七', null, '2026-03-12', '来信', 1, '食堂贵', null, null, '2026-03-01', null, '看情况'],
  [9, null, null, null, null, null, null, null, null, null, null, null, null],
  ['合  计', null, null, null, null, null, 30],
  ['填表人：张三', null, null, '审核人：李四', null, null, null, '填表日期：2026年4月1日'],
];
const merges = { 三月: ['A1:M1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4', 'F3:F4', 'G3:G4', 'H3:H4', 'I3:L3', 'M3:M4'] };

describe('an untidy ledger', () => {
  it.each([['merged', merges], ['unmerged', {}]])('with two header rows, %s, gives each row its due', async (name, ranges) => {
    const sheet = await readOne(await xlsx(`${name}台账.xlsx`, { 三月: ledger }, ranges as Record<string, string[]>));
    expect(sheet.source).toMatchObject({ kind: 'petition', rows: 8, accepted: 3, rejected: 5 });
    expect(reasons(sheet)).toEqual([
      '10 信访编号：登记编号与第 8 行相同而内容不同', '11 来访时间：没有这一天', '11 人数：人数无法识别', '12 信访内容 （摘要）：内容为空',
      '13 信访编号：与第 6 行完全相同', '14 办理情况/办结日期：办结（答复）日期早于收到日期',
    ]);
    expect(sheet.documents.map(({ received_at, channel, unit, people, text, identity }) => ({ received_at, channel, unit, people, text, identity }))).toEqual([
      { received_at: '2026-03-05 09:02:00', channel: '来访', unit: '东山煤矿', people: 1, text: '中夜班费没有发， 请解决。\n谢谢', identity: { name: '张三', phone: '１３８００００１２３４' } },
      { received_at: '2026-03-09 09:00:00', channel: '来信', unit: '东山煤矿', people: 1, text: '宿舍漏水', identity: { name: '李四', phone: '13800001235' } },
      { received_at: '2026-03-09 09:02:00', channel: '集体访', unit: '东山煤矿', people: 12, text: '转岗方案不公开', identity: { name: '王五等' } },
    ]);
    expect(sheet.documents.map(({ petition }) => petition)).toMatchObject([
      { registration_no: 'D-1', responsible_unit: '综采二队', registered_date: '2026-03-05', accepted_date: '2026-03-08', concluded_date: '2026-04-01', outcome: '已补发', satisfaction: 'satisfied' },
      { registration_no: 'D-2', accepted_date: '2026-03-10', concluded_date: null, satisfaction: null },
      { registration_no: 'D-3', accepted_date: '2026-03-11', concluded_date: '2026-04-20', satisfaction: 'dissatisfied' },
    ]);
  });

  it('tells what every column was taken for, and why', async () => {
    const [sheet] = await describeFile(await xlsx('说明.xlsx', { 三月: ledger, 填表说明: [['说明'], ['按月填报']] }, merges), { today });
    expect(sheet).toMatchObject({ kind: 'petition', header_row: 4, rows: 8, accepted: 3, rejected: 5, note: expect.stringContaining('工作表“填表说明”未导入') as string });
    expect(sheet?.mapping.map(({ column, field, how }) => `${column}→${field ?? ''} ${how}`)).toEqual([
      '序号→ unused', '信访编号→registration_no synonym', '信访人情况/姓名→name synonym', '信访人情况/联系电话→phone synonym', '来访时间→received synonym', '信访形式→channel synonym', '人数→people synonym', '信访内容 （摘要）→text synonym',
      '办理情况/责任单位→responsible_unit synonym', '办理情况/受理日期→accepted synonym', '办理情况/办结日期→concluded synonym', '办理情况/处理结果→outcome synonym', '群众 评价→satisfaction synonym',
    ]);
  });
});

describe('headers by other names', () => {
  const day = '2026-03-05';
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a mailbox export', { 留言编号: 188006, 留言用户: 'A0001', 留言主题: '咨询', 留言时间: '2026/2/28 11:25:05', 留言详情: '\n\t\t正文\n\t', 反对数: 0, 点赞数: 12 }, { kind: 'petition', channel: '网上', title: '咨询', text: '正文', likes: 12, identity: { user: 'A0001' }, petition: { registration_no: '188006', registered_date: '2026-02-28', accepted_date: null } }],
    ['a mailbox with replies', { 留言编号: 1001, 留言时间: day, 留言详情: '正文', 答复意见: '已转办', 答复时间: '2026/3/20 8:00:00' }, { petition: { reply: '已转办', concluded_date: '2026-03-20', accepted_date: null, registered_date: day } }],
    ['registration apart from receipt', { 来信日期: day, 登记时间: '2026-03-07', 信访内容: '正文' }, { channel: '来信', received_at: `${day} 00:00:00`, petition: { registered_date: '2026-03-07' } }],
    ['registration alone', { 登记日期: day, 反映问题: '正文', 类别: '检举控告' }, { received_at: `${day} 00:00:00`, petition: { registered_date: day, purpose: '检举控告' } }],
    ['numbered and starred headers', { '1、信访日期*': day, '2．反映内容（详细）': '正文', '3、是否 越级': '√' }, { text: '正文', petition: { is_escalated: true } }],
    ['full-width and spaced headers', { '信 访 日 期': day, '主 要 诉 求：': '正文', 'ＩＤ': 5 }, { text: '正文' }],
    ['words nobody listed', { 员工反映的时间: day, 员工具体诉求描述: '正文', 信访人联系电话号码: '138', 承办的责任单位: '人力部' }, { text: '正文', identity: { phone: '138' }, petition: { responsible_unit: '人力部' } }],
    ['deadlines, which are not deeds', { 信访日期: day, 信访内容: '正文', 办结时限: '2026-05-05', 应受理日期: '2026-03-20' }, { petition: { concluded_date: null, accepted_date: null } }],
    ['an extension in words', { 信访日期: day, 信访内容: '正文', 延期: '延期15天' }, { petition: { extended_days: 15 } }],
    ['first or repeated, asked the other way', { 信访日期: day, 信访内容: '正文', 是否初信初访: '否' }, { petition: { stated_repeat: true } }],
    ['a title and no text', { 信访日期: day, 信访内容: null, 标题: '要求修路', 信访方式: '来信' }, { title: null, text: '要求修路' }],
    ['an office that files by 编号', { 编号: 'X（2026）5号', 来访日期: day, 来访人: '张三', 事由: '正文', 所属单位: '选煤厂' }, { channel: '来访', unit: '选煤厂', identity: { name: '张三' }, petition: { registration_no: 'X(2026)5号' } }],
  ])('%s', async (name, row, expected) => {
    const keys = Object.keys(row);
    const sheet = await readOne(await xlsx(`${name}.xlsx`, { Sheet1: [keys, keys.map((key) => row[key])] }));
    const { kind, ...document } = expected;
    expect(sheet.rejects).toEqual([]);
    expect(sheet.source.kind).toBe(kind ?? 'petition');
    expect(sheet.documents[0]).toMatchObject(document);
  });

  it('never takes 序号, nor an 编号 that counts 1, 2, 3, for a registration number', async () => {
    const sheet = await readOne(await xlsx('序号.xlsx', { Sheet1: [['编号', '信访日期', '信访内容'], [1, '2026-03-05', '甲'], [2, '2026-03-05', '乙'], [3, '2026-03-05', '丙']] }));
    expect(sheet.documents.map(({ petition }) => petition?.registration_no)).toEqual([null, null, null]);
    expect(new Set(sheet.documents.map(({ document_id }) => document_id)).size).toBe(3);
  });
  it('tells duplicated headers apart and uses the first', async () => {
    const [sheet] = await describeFile(await xlsx('重列.xlsx', { Sheet1: [['信访日期', '信访内容', '信访内容'], ['2026-03-05', '甲', '乙']] }), { today });
    expect(sheet?.mapping).toEqual([{ column: '信访日期', field: 'received', how: 'synonym' }, { column: '信访内容', field: 'text', how: 'synonym' }, { column: '信访内容#2', field: null, how: 'unused' }]);
  });
  it('completes a bare 3月5日 from the row above where no name tells the year', async () => {
    const sheet = await readOne(await xlsx('来信.xlsx', { Sheet1: [['信访日期', '信访内容'], ['3月1日', '甲'], ['2025年3月2日', '乙'], ['3月5日', '丙']] }));
    expect(reasons(sheet)).toEqual(['2 信访日期：日期缺少年份，文件名和表名中也没有']);
    expect(sheet.documents.map(({ received_at }) => received_at.slice(0, 10))).toEqual(['2025-03-02', '2025-03-05']);
  });
  it('refuses text beyond reason and numbers that Excel has cut', async () => {
    const sheet = await readOne(await xlsx('过长.xlsx', { Sheet1: [['登记编号', '信访日期', '信访内容'], [202603050000012300, '2026-03-05', '甲'], ['B', '2026-03-05', '长'.repeat(20_001)]] }));
    expect(reasons(sheet)).toEqual(['2 登记编号：登记编号超过 15 位而按数字存储，Excel 已丢掉末位', '3 信访内容：内容超过 20000 字']);
  });
});

describe('kinds', () => {
  it('reads each sheet of a file by its own kind', async () => {
    const sheets = await read(await xlsx('综合.xlsx', {
      谈心谈话: [['谈话时间', '谈话对象', '所在单位', '谈话内容', '谈话人'], ['2026.3.5', '张三', '东山煤矿', '担心转岗', '李书记']],
      座谈会: [['座谈日期', '单位', '发言内容'], ['2026.3.6', '选煤厂', '食堂太贵']],
      员工心声: [['发帖时间', '昵称', '帖子内容', '点赞'], ['2026/3/5 9:02', '小王', '班车晚点', '１２']],
      在岗人数: [['单位', '2026年1月', '2026年2月'], ['东山煤矿', 2300, '２３１０人'], ['选煤厂', 400, '?'], ['合计', 2700, 2310]],
      '2026年3月人数': [['单位名称', '在岗人数'], ['东山煤矿', 2320]],
      人数明细: [['月份', '单位', '在岗人数'], ['2026-04', '东山煤矿', 2330], ['四季度', '东山煤矿', 2330]],
    }));
    expect(sheets.map(({ source }) => [source.sheet, source.kind, source.accepted, source.rejected])).toEqual([['谈心谈话', 'note', 1, 0], ['座谈会', 'note', 1, 0], ['员工心声', 'post', 1, 0], ['在岗人数', 'headcount', 1, 1], ['2026年3月人数', 'headcount', 1, 0], ['人数明细', 'headcount', 1, 1]]);
    expect(sheets.flatMap(({ documents }) => documents).map(({ kind, channel, unit, likes, identity }) => ({ kind, channel, unit, likes, identity }))).toEqual([
      { kind: 'note', channel: '谈话', unit: '东山煤矿', likes: 0, identity: { name: '张三' } }, { kind: 'note', channel: '座谈', unit: '选煤厂', likes: 0, identity: {} }, { kind: 'post', channel: '网上', unit: null, likes: 12, identity: { user: '小王' } },
    ]);
    expect(sheets.flatMap(({ headcounts }) => headcounts)).toEqual([
      { unit: '东山煤矿', month: '2026-01-01', headcount: 2300 }, { unit: '东山煤矿', month: '2026-02-01', headcount: 2310 }, { unit: '东山煤矿', month: '2026-03-01', headcount: 2320 }, { unit: '东山煤矿', month: '2026-04-01', headcount: 2330 },
    ]);
  });

  it('builds the unit tree, and refuses circles and unknown parents', async () => {
    const sheet = await readOne(await xlsx('单位.xlsx', { 单位: [['单位编码', '单位名称', '上级单位', '类型', '简称'], ['DS2', '综采二队', '东山煤矿', '区队'], ['G', '华岳能源集团', null, '集团', '集团公司'], ['DS', '东山煤矿', 'G', '矿井', '东山矿、东山'], ['X', '甲', '无此单位'], ['C1', '乙', 'C2'], ['C2', '丙', 'C1'], ['DS', '东山煤矿', 'G']] }));
    expect(sheet.units.map(({ path, level, branch_id, aliases }) => ({ path, level, branch_id, aliases }))).toEqual([
      { path: 'G', level: 0, branch_id: 'G', aliases: ['集团公司'] }, { path: 'G/DS', level: 1, branch_id: 'DS', aliases: ['东山矿', '东山'] }, { path: 'G/DS/DS2', level: 2, branch_id: 'DS', aliases: [] },
    ]);
    expect(reasons(sheet)).toEqual(['5 上级单位：上级单位不在表中，或已被退回', '6 上级单位：上级关系成环', '7 上级单位：上级关系成环', '8 单位编码：与第 4 行的单位重复']);
  });

  it('says what is missing where a file is none of them', async () => {
    const path = await xlsx('清单.xlsx', { Sheet1: [['设备编号', '设备名称', '规格'], ['A1', '支架', 'ZY'], ['A2', '皮带', 'DTL']] });
    await expect(readOne(path)).rejects.toMatchObject({ code: 'bad_file' });
    await expect(readOne(await xlsx('无日期.xlsx', { 信访台账: [['登记编号', '信访人', '信访内容'], ['1-1', '张', '甲']] }))).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('缺少收到日期列') as string });
  });
});

describe('mappings', () => {
  const odd: Rows = [['甲栏', '乙栏', '丙栏'], ['2026-03-05', '正文', '东山煤矿']];
  it('are taken from a file, and from what was saved for the same headers', async () => {
    const path = await xlsx('怪表.xlsx', { Sheet1: odd });
    const mapping = readMapping(bytes('map.json', '{"kind":"note","columns":{"received":"甲栏","text":"乙栏","单位":"丙栏"}}'));
    const [description] = await describeFile(path, { mapping, today });
    expect(description?.mapping.map(({ field, how }) => `${field ?? ''} ${how}`)).toEqual(['received explicit', 'text explicit', 'unit explicit']);
    const saved = { [description?.fingerprint ?? '']: { kind: 'note' as const, columns: { received: '甲栏', text: '乙栏', unit: '丙栏' } } };
    expect((await readOne(path, { saved })).documents).toMatchObject([{ kind: 'note', unit: '东山煤矿', text: '正文' }]);
  });
  it('are refused where they name what is not there', async () => {
    const path = await xlsx('怪表2.xlsx', { Sheet1: odd });
    await expect(readOne(path, { mapping: { kind: 'note', columns: { received: '甲栏', text: '丁栏' } } })).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('“丁栏”不在表中') as string });
    await expect(readOne(path, { mapping: { columns: { 天气: '甲栏' } } })).rejects.toMatchObject({ code: 'bad_request' });
    expect(() => readMapping(bytes('bad.json', '{"kind":"weather"}'))).toThrow(/列映射文件“bad.json”无法识别/);
  });
});
