import { mkdirSync, statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { dataDir } from '../../datasets/data-dir.ts';
import { exportRejects } from '../../pipelines/export-rejects.ts';
import { ingestAll } from '../../pipelines/ingest.ts';
import { folder, readOne, reasons, today, xlsx } from './ingest-files.ts';

const rows = [
  ['2026年3月信访台账'], ['信访编号', '信访人', '办理情况', null, '信访日期', '信访内容'], [null, null, '受理日期', '办结日期', null, null],
  ['D-1', '张三', '3月8日', null, '3月5日', '工资没发'], ['D-2', '李四', null, null, '3月35日', '宿舍漏水'], ['D-3', '王五', new Date(Date.UTC(2026, 2, 9)), '3月1日', '3月9日', null],
];
const merges = { 三月: ['A1:F1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:E3', 'F2:F3'] };

describe('rejected rows', () => {
  it('go into a file of the same shape, with reason and remedy, that only its owner reads', async () => {
    const path = await xlsx('台账.xlsx', { 三月: rows }, merges);
    const sheet = await readOne(path);
    expect(reasons(sheet)).toEqual(['5 信访日期：没有这一天', '6 信访内容：内容为空', '6 办理情况/办结日期：办结（答复）日期早于收到日期']);
    const output = join(folder, 'private', 'rejects', 'x.xlsx');
    expect(await exportRejects(path, '三月', sheet.rejects, output)).toBe(2);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(output);
    const lines: unknown[] = [];
    book.getWorksheet('三月')?.eachRow((row) => lines.push((row.values as unknown[]).slice(-2)));
    expect(lines.slice(-2)).toEqual([['信访日期：没有这一天', '核对月份和日期'], ['信访内容：内容为空；办理情况/办结日期：办结（答复）日期早于收到日期', '补写内容；核对两个日期的年份和月份']]);
  });

  it('are accepted under the same registration number once corrected', async () => {
    const path = await xlsx('台账2.xlsx', { 三月: rows }, merges);
    const output = join(folder, '退回.xlsx');
    await exportRejects(path, '三月', (await readOne(path)).rejects, output);
    const again = await readOne(output);
    expect(reasons(again).map((text) => text.replace(/^\d+ /, ''))).toEqual(['信访日期：没有这一天', '信访内容：内容为空', '办理情况/办结日期：办结（答复）日期早于收到日期']);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(output);
    book.getWorksheet('三月')?.eachRow((row) => {
      if (row.getCell(1).value === 'D-2') row.getCell(5).value = '3月6日';
      if (row.getCell(1).value === 'D-3') { row.getCell(6).value = '转岗'; row.getCell(4).value = '4月1日'; }
    });
    await book.xlsx.writeFile(output);
    const corrected = await readOne(output);
    expect(corrected.rejects).toEqual([]);
    expect(corrected.documents.map(({ received_at, petition }) => [petition?.registration_no, received_at.slice(0, 10), petition?.accepted_date, petition?.concluded_date])).toEqual([['D-2', '2026-03-06', null, null], ['D-3', '2026-03-09', '2026-03-09', '2026-04-01']]);
  });

  it('are kept by a run in private/rejects, and an explicit mapping for the next one', async () => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    const dir = dataDir(join(folder, 'data'));
    const path = await xlsx('怪.xlsx', { Sheet1: [['甲栏', '乙栏'], ['2026-03-05', '正文'], ['2026-03-40', '正文']] });
    const [first] = await ingestAll([path], { dir, version: 1, today, mapping: { kind: 'note', columns: { received: '甲栏', text: '乙栏' } } });
    expect(first?.source).toMatchObject({ accepted: 1, rejected: 1, version: 1 });
    expect(statSync(join(dir.private, 'rejects', `${first?.source.source_id ?? ''}.xlsx`)).mode & 0o777).toBe(0o600);
    expect(Object.values(JSON.parse(readFileSync(dir.mappings, 'utf8')) as object)).toEqual([{ kind: 'note', columns: { received: '甲栏', text: '乙栏' } }]);
    const other = await xlsx('怪2.xlsx', { Sheet1: [['甲栏', '乙栏'], ['2026-04-05', '又一']] });
    const [second] = await ingestAll([other], { dir, version: 2, today });
    expect(second?.documents).toMatchObject([{ kind: 'note', text: '又一' }]);
  });

  it('and everything else come out the same each time', async () => {
    const path = await xlsx('同.xlsx', { 三月: rows }, merges);
    expect(await readOne(path)).toEqual(await readOne(path));
  });
});
