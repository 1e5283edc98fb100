// In: a file name. Out: an untidy petition ledger 信访台账 as offices keep them, with what it holds by hand count.
// Invariant: 24 petitions in October 2026, 16 in September, one row whose date can't be read, a 合计 row.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { enter, openHouse, publish, type House } from './start.ts';

const matters = [
  '区队绩效工资已经三个月没有发放，多次询问没有答复，请求尽快解决。', '综采工作面粉尘太大，防尘口罩两个月才发一次，要求按规定发放。',
  '夜班津贴标准降低，没有公示，要求说明依据。', '单身宿舍热水供应不正常，洗澡困难。', '井下皮带巷照明损坏，巷道湿滑，存在隐患，要求尽快整改。',
  '职称评定程序不公开，要求公布评审结果。', '转岗培训时间太短，取证困难，要求延长。', '食堂饭菜价格上涨，质量下降。',
];
const units = ['一矿', '二矿', '三矿', '选煤厂'];
/** The same day in the ways that clerks write it. */
const writings = [(y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)), (y: number, m: number, d: number) => `${y}/${m}/${d} 9:02`, (y: number, m: number, d: number) => `${y}年${m}月${d}日`, (y: number, m: number, d: number) => `${y}.${String(m).padStart(2, '0')}.${String(d).padStart(2, '0')}`];

export async function writeLedger(file: string, prefix = 'HY2026'): Promise<{ file: string; accepted: number; rejected: number }> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('10月');
  sheet.addRow(['华岳能源集团信访登记台账']);
  sheet.mergeCells('A1:H1');
  sheet.addRow(['序号', '登记编号', '来访时间', '所在单位', '信访形式', '人数', '反映的主要问题', '备注']);
  for (let i = 0; i < 40; i++) {
    const [month, day] = i < 16 ? [9, 1 + i] : [10, 1 + (i - 16)];
    const write = writings[i % writings.length] ?? writings[0];
    sheet.addRow([i + 1, `${prefix}${String(i + 1).padStart(4, '0')}`, write?.(2026, month, day), units[i % units.length], i % 10 === 3 ? '集体访' : i % 2 ? '来访' : '来信', i % 10 === 3 ? '６' : '1', `${matters[i % matters.length]}（第 ${i + 1} 件）\t请核实`, '']);
    if (i === 20) sheet.addRow([]);
  }
  sheet.addRow([41, `${prefix}0041`, '上个月底', '三矿', '来信', 1, '要求补发加班费。', '']);
  sheet.addRow(['合计', '', '', '', '', 41, '', '']);
  await book.xlsx.writeFile(file);
  return { file, accepted: 40, rejected: 1 };
}

/** A served house that holds the ledger, entered by its administrator. */
export async function enterWithLedger(): Promise<House> {
  const input = mkdtempSync(join(tmpdir(), 'zhiwei-ledger-'));
  await writeLedger(join(input, '2026年10月信访台账.xlsx'));
  const house = await openHouse((_home, data) => publish(input, data));
  await enter(house);
  await house.page.getByRole('link', { name: '查询', exact: true }).waitFor();
  return house;
}
