// In: rows as a clerk types them. Out: a real xlsx ledger with a title row, two header rows and a 合计 row.
import ExcelJS from 'exceljs';

export const ledgerColumns = ['序号', '登记编号', '登记日期', '信访人', '联系电话', '单位', '信访方式', '人数', '信访目的', '反映内容', '受理日期', '办结日期', '办理结果', '群众评价', '岗位', '年龄'] as const;
export type LedgerRow = Partial<Record<(typeof ledgerColumns)[number], string | number | Date>>;

export async function writeLedger(file: string, rows: LedgerRow[], title = '西岭煤矿2026年10月信访台账'): Promise<void> {
  const book = new ExcelJS.Workbook();
  book.created = new Date('2026-11-01');
  const sheet = book.addWorksheet('台账');
  sheet.addRow([title]);
  sheet.mergeCells(1, 1, 1, ledgerColumns.length);
  sheet.addRow([...ledgerColumns]);
  rows.forEach((row, i) => sheet.addRow(ledgerColumns.map((c) => (c === '序号' ? i + 1 : row[c] ?? null))));
  sheet.addRow(['合计', null, null, null, null, null, null, rows.length]);
  await book.xlsx.writeFile(file);
}

const matters = [
  '上个月的绩效工资到现在没有发，问区里说再等等，家里还有房贷要还。', '综采二队运输巷的照明坏了一半，跟班队长说报了三次没人修，走路全凭头灯。', '洗煤楼三层粉尘太大，发的口罩一周一个，下班嗓子疼。',
  '班中餐送到井下已经凉了，肉菜越来越少，价钱倒没降。', '申请调回老家附近的矿已经两年，材料交了三遍，没有一个准信。', '单身宿舍六楼热水器坏了二十天，下井回来洗不上澡。',
  '通勤车改点以后中班下班要等一个小时，冬天站在路边等。', '培训中心的电工证复审名额每次只有十个，排不上队耽误上岗。', '矸石山夜里冒烟，味道飘到家属区，老人整夜咳嗽。', '体检报告压了两个月才发，发现有阴影的都没有通知复查。',
];

/** Thirty different petitions of October 2026, with identities that must not get through. */
export const octoberRows: LedgerRow[] = Array.from({ length: 30 }, (_, i): LedgerRow => ({
  登记编号: `XL2610${String(i + 1).padStart(3, '0')}`, 登记日期: i % 3 === 0 ? `2026年10月${1 + (i % 28)}日` : i % 3 === 1 ? `2026/10/${1 + (i % 28)} 9:0${i % 10}` : new Date(Date.UTC(2026, 9, 1 + (i % 28))),
  信访人: ['周广田', '逯凤兰', '魏双全', '庄绪田'][i % 4]!, 联系电话: `1380000${String(1000 + i)}`, 单位: i % 2 ? '西岭煤矿' : '东山煤矿', 信访方式: i % 5 === 0 ? '集体访' : '来信', 人数: i % 5 === 0 ? 8 : 1,
  信访目的: i === 7 ? '检举控告' : '申诉求决', 反映内容: `${matters[i % matters.length]!}${['我叫周广田，', '', '盼回复，', '请领导过问，'][i % 4]!}${i}号反映人，电话1380000${String(1000 + i)}。${matters[(i * 7 + 3) % matters.length]!}`,
  受理日期: i < 25 ? `2026.10.${String(Math.min(31, 5 + (i % 28))).padStart(2, '0')}` : '', 办结日期: i < 10 ? '2026-10-31' : '', 办理结果: i < 10 ? '已落实' : '', 群众评价: i < 6 ? '满意' : '',
}));
