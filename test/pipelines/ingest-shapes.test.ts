import { describe, expect, it } from 'vitest';
import { unitInTitle } from '../../pipelines/ingest/stated-unit.ts';
import { completeUnits, unitResolver } from '../../pipelines/resolve-units.ts';
import { placeUnits } from '../../pipelines/unit-tree.ts';
import { bytes, read, readOne, reasons, xlsx, type Rows } from './ingest-files.ts';

const told = '工资没有发，请尽快解决';

describe('the unit of a whole sheet', () => {
  it.each([
    ['西岭煤矿2026年10月信访台账', '西岭煤矿'], ['06东沟煤矿2026年信访件', '东沟煤矿'], ['南坪煤矿领导接访日登记表', '南坪煤矿'], ['热电厂', '热电厂'], ['洗煤厂职工诉求台账', '洗煤厂'],
    ['北山能源集团信访登记台账', null], ['集团公司信访处2026年台账', null], ['各矿信访情况', null], ['2026年信访台账', null], ['附件3-留言与点赞', null], ['矿长接待日登记', null],
  ])('of %s is %s', (title, unit) => { expect(unitInTitle(title)).toBe(unit); });

  it('stands where no column and no cell names one, and above a team that names none', async () => {
    const sheet = await readOne(await xlsx('谈话.xlsx', { 谈话: [['西岭煤矿谈心谈话记录'], ['谈话时间', '谈话对象', '谈话对象所在部门', '谈话内容'], ['2026-03-05', '张三', '综采一队', told], ['2026-03-05', '张三', null, told], ['2026-03-05', '张三', '东沟煤矿', told]] }));
    expect(sheet.documents.map(({ unit }) => unit)).toEqual(['西岭煤矿›综采一队', '西岭煤矿', '东沟煤矿']);
  });

  it('with a team column beside it is the team where the tree knows it there, else the mine', () => {
    const { units } = placeUnits([['集团', null], ['甲煤矿', '集团'], ['乙煤矿', '集团']].map(([name, parent]) => ({ unit_id: name ?? '', parent: parent ?? null, name: name ?? '', kind: '矿', aliases: [] }))
      .concat([['甲综采一队', '甲煤矿', '综采一队'], ['乙综采一队', '乙煤矿', '综采一队'], ['机电队', '甲煤矿', '机电队']].map(([unit_id = '', parent = '', name = '']) => ({ unit_id, parent, name, kind: '队', aliases: [] }))));
    const names = ['甲矿›综采一队', '乙煤矿›综采一队生产班', '乙煤矿›机电队', '甲煤矿›脱硫班', '丙煤矿›机电队', '集团›机电队'];
    const resolve = unitResolver(completeUnits(units, names));
    expect(names.map(resolve)).toEqual(['甲综采一队', '乙综采一队', '乙煤矿', '甲煤矿', '丙煤矿', '机电队']);
  });
});

describe('section lines', () => {
  const ledger: Rows = [
    ['西岭煤矿2026年10月信访台账'], ['序号', '日期', '信访人', '人数', '主要诉求'],
    ['一、来信部分'], [1, '10月1日', '张三', '3人（代表2人）', told], ['小计', null, null, 3], ['二、来访部分'], [1, '10月2日', '李四', 1, told], [2, '〃', '王五', 1, '同上'], ['东沟煤矿'], [1, '10月4日', '赵六', 1, told], ['1.本表每月报信访办。'],
  ];
  it.each([['merged', { 表: ['A3:E3', 'A6:E6'] }], ['unmerged', {}]])('%s, say channel and unit of the rows below; 同上 is what stands above', async (name, merges) => {
    const sheet = await readOne(await xlsx(`分段${name}.xlsx`, { 表: ledger }, merges as Record<string, string[]>));
    expect(sheet.source).toMatchObject({ rows: 4, accepted: 4 });
    expect(sheet.documents.map(({ channel, unit, received_at, text, people }) => [channel, unit, received_at.slice(0, 10), text, people])).toEqual([
      ['来信', '西岭煤矿', '2026-10-01', told, 3], ['来访', '西岭煤矿', '2026-10-02', told, 1], ['来访', '西岭煤矿', '2026-10-02', told, 1], ['来访', '东沟煤矿', '2026-10-04', told, 1],
    ]);
  });
});

describe('headers', () => {
  it('of three rows become one name per column', async () => {
    const rows: Rows = [
      ['职工诉求台账'], ['序号', '诉求人', null, null, null, '收到日期', '诉求', null], [null, '所在部门', null, '人数', null, null, '类别', '具体内容'], [null, '单位', '区队/车间', '男', '合计人数', null, null, null],
      [1, '西岭煤矿', '综采一队', 1, 2, '2026-03-05', '求决类', told],
    ];
    const sheet = await readOne(await xlsx('三行表头.xlsx', { 表: rows }, { 表: ['A2:A4', 'B2:E2', 'B3:C3', 'D3:E3', 'F2:F4', 'G2:H2', 'G3:G4', 'H3:H4'] }));
    expect(sheet.documents).toMatchObject([{ unit: '西岭煤矿›综采一队', people: 2, text: told, petition: { purpose: '申诉求决' } }]);
  });

  it('named twice: a bare 日期 after the registration is no receipt', async () => {
    const sheet = await readOne(await xlsx('两个日期.xlsx', { 表: [['登 记\n日 期', '反映\n问题', '备注', '承办单位', '日期', '备注'], ['2026-03-05', told, null, '工会', '2026-04-01', '存']] }));
    expect(sheet.documents[0]?.received_at).toBe('2026-03-05 00:00:00');
  });

  it('alone, without rows below, are passed over, and 5日 takes its month from the sheet', async () => {
    const sheets = await read(await xlsx('2026年台账.xlsx', { '1月': [['日期', '反映内容'], ['5日', told]], '2月': [['日期', '反映内容']] }));
    expect(sheets.map(({ source, documents }) => [source.sheet, documents[0]?.received_at])).toEqual([['1月', '2026-01-05 00:00:00']]);
  });
});

describe('whole files', () => {
  it('of a hotline have 受理时间 for the receipt, and √ or × for content', async () => {
    const sheet = await readOne(bytes('12345热线.csv', `工单编号,受理时间,诉求描述,承办单位,满意情况,是否重复\nG1,2026年9月1日 14:30,${told},后勤中心,√,×\nG2,2026-09-02,${told},后勤中心,×,√`));
    expect(sheet.documents.map(({ received_at, channel, petition }) => [received_at, channel, petition?.satisfaction, petition?.stated_repeat])).toEqual([['2026-09-01 14:30:00', '热线', 'satisfied', false], ['2026-09-02 00:00:00', '热线', 'dissatisfied', true]]);
  });

  it('with several tables on a sheet take the unit from the title of each', async () => {
    const table = (unit: string): Rows => [[`${unit}2026年9月来信来访登记表`], ['序号', '时间', '方式', '事由'], [1, '9月3日', '来信', told], ['合计', '1件'], []];
    const sheet = await readOne(await xlsx('汇总.xlsx', { 汇总: [...table('西岭煤矿'), ...table('洗煤厂')] }));
    expect(sheet.documents.map(({ unit }) => unit)).toEqual(['西岭煤矿', '洗煤厂']);
  });

  it('of headcounts may give year, month and team in columns of their own', async () => {
    const sheet = await readOne(await xlsx('在册.xlsx', { 人数: [['年', '月', '单位', '区队', '在册人数'], [2026, 8, '西岭煤矿', '通风队', 120], [2026, 9, '职工医院', null, '80人']] }));
    expect(sheet.headcounts).toEqual([{ unit: '西岭煤矿›通风队', month: '2026-08-01', headcount: 120 }, { unit: '职工医院', month: '2026-09-01', headcount: 80 }]);
  });
});

describe('unit trees', () => {
  const tree = [['甲煤矿', '集团'], ['综采一队', '甲煤矿'], ['乙煤矿', '集团'], ['综采一队', '乙煤矿']];
  it.each<[string, Rows]>([
    ['with a parent column', [['单位名称', '上级单位'], ['集团', null], ...tree]],
    ['by indentation', [['单位名称', '单位类型'], ['集团', '集团'], ['　甲煤矿', '矿'], ['　　综采一队', '队'], ['　乙煤矿', '矿'], ['　　综采一队', '队']]],
    ['with a column per level', [['集团', '二级单位', '区队'], ['集团', '甲煤矿', '综采一队'], [null, '乙煤矿', '综采一队']]],
  ])('%s keep teams of one name apart', async (name, rows) => {
    const sheet = await readOne(await xlsx(`树${name}.xlsx`, { 单位: rows }));
    const nameOf = (id: string | null) => sheet.units.find(({ unit_id }) => unit_id === id)?.name;
    expect(sheet.units.filter(({ level }) => level > 0).map((unit) => [unit.name, nameOf(unit.parent_id)])).toEqual(tree);
    expect(new Set(sheet.units.map(({ unit_id }) => unit_id)).size).toBe(5);
  });

  it('refuse a parent that could be two units', async () => {
    const sheet = await readOne(await xlsx('同名上级.xlsx', { 单位: [['单位名称', '上级单位'], ['集团', null], ...tree, ['检修班', '综采一队'], ['生产班', '甲煤矿综采一队']] }));
    expect(reasons(sheet)).toEqual(['7 上级单位：表中有几个同名的上级单位，分不清是哪一个']);
  });
});

describe('surveys', () => {
  it('of 腾讯问卷 are read, and numbers of options are no scores where the export holds numbers', async () => {
    const rows = ['编号,开始答题时间,结束答题时间,答题时长,地理位置省,Q1.您的性别,Q2.您的婚姻,Q3.您对食堂满意吗,Q4.担心什么:收入,Q4.担心什么:离家远,Q5.请写下您的想法',
      ...[1, 2, 3, 4].map((n) => `${n},2026-07-0${n} 08:00:00,2026-07-0${n} 08:05:00,5分,山西,${n % 2 + 1},${n % 3 + 1},${n},${n % 2 ? '收入' : ''},${n > 2 ? '离家远' : ''},希望先培训再转岗`)];
    const sheet = await readOne(bytes('腾讯.csv', rows.join('\n')));
    expect(sheet.questions.map(({ title, type }) => [title, type])).toEqual([['您的性别', 'single'], ['您的婚姻', 'single'], ['您对食堂满意吗', 'scale'], ['担心什么', 'multiple'], ['请写下您的想法', 'open']]);
    expect(sheet.documents).toHaveLength(4);
  });
});
