import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start, type Client, type Running } from './client.ts';
import { newDataDir } from './sample-warehouse.ts';

describe('server/routes/table', () => {
  let s: Running;
  let leader: Client;
  beforeAll(async () => {
    s = await start(newDataDir());
    leader = await s.signedIn('reader', 'leader');
  });
  afterAll(() => s.close());

  it('writes what a page shows as xlsx: text stays text, even where it looks like a formula, and numbers stay numbers', async () => {
    const reply = await leader.post('/api/table.xlsx', { title: '薪酬最多', subtitle: '件次，2026 年 10 月', columns: ['单位', '件次'], rows: [['=HYPERLINK("http://x")', 31], ['三矿', null]] });
    expect(reply.status).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.bytes as unknown as ExcelJS.Buffer);
    const sheet = book.worksheets[0]!;
    expect(sheet.getSheetValues().slice(1).map((row) => (row as unknown[]).slice(1))).toEqual([['薪酬最多'], ['件次，2026 年 10 月'], ['单位', '件次'], ['=HYPERLINK("http://x")', 31], ['三矿']]);
    expect(sheet.getCell('A4').type).toBe(ExcelJS.ValueType.String);
  });

  it('refuses a table that is no table', async () => {
    expect((await leader.post('/api/table.xlsx', { title: '', subtitle: '', columns: [], rows: [] })).status).toBe(400);
  });
});
