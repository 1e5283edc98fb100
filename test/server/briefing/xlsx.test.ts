// In: a small briefing. Out: a workbook with a sheet for each figure and table, where numbers are numbers and nothing is a formula.
import { rmSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { Briefing, Parts } from '../../../server/briefing/content.ts';
import { buildBriefing, renderBriefing } from '../../../server/briefing/index.ts';
import { cellValue } from '../../../server/briefing/xlsx/cell-value.ts';
import { linesOf } from '../../../server/briefing/xlsx/sheets.ts';
import { splitQuery } from '../../../server/briefing/xlsx/split-query.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse, special } from './small-warehouse.ts';

let dir: DataDir;
let briefing: Briefing;
let file: Buffer;
let book: ExcelJS.Workbook;
const open = async (content: Buffer) => { const made = new ExcelJS.Workbook(); await made.xlsx.load(new Uint8Array(content).buffer); return made; };

beforeAll(async () => {
  dir = await smallWarehouse();
  const warehouse = await Warehouse.open(dir);
  briefing = await warehouse.use((reader) => buildBriefing(reader, { period: '2026-10' }));
  warehouse.close();
  file = await renderBriefing(briefing, 'xlsx');
  book = await open(file);
});
afterAll(() => rmSync(dir.root, { recursive: true }));

const number = (value: number, formatted: string): Parts => [{ type: 'number', note: 'N1', row: {}, column: 'x', metric: 'x', value, formatted }];

describe('a briefing as a workbook', () => {
  it('has the text, a sheet for each chart and table, 附表, and the sources', () => {
    const blocks = briefing.sections.flatMap((s) => s.blocks).filter((b) => b.type === 'chart' || b.type === 'table');
    expect(book.worksheets).toHaveLength(blocks.length + briefing.tables.length + 3);
    expect(book.worksheets[0]?.name).toBe('正文');
    expect(book.worksheets.slice(-4).map((s) => s.name)).toEqual(['附表1 主要指标', '附表2 分单位诉求（件次）', '出处', '查询语句']);
  });

  it('holds each figure of a table as a number, with the note that it rests on', () => {
    const table = briefing.tables[0];
    const [first] = table?.rows ?? [];
    const figure = first?.[1]?.[0];
    const row = book.getWorksheet('附表1 主要指标')?.getRow(4);
    expect(figure?.type === 'number' && figure.value).toBe(row?.getCell(2).value);
    expect(row?.getCell(7).value).toBe('1');
  });

  it('gives each paragraph the height that its words need', () => {
    const rows = Array.from({ length: book.worksheets[0]?.rowCount ?? 0 }, (_, i) => book.worksheets[0]?.getRow(i + 1));
    for (const row of rows) if ([...String(row?.getCell(1).value ?? '')].length > 100) expect(row?.height).toBeGreaterThan(30);
  });

  it('prints what each figure counts, and the query behind it, as a whole', () => {
    expect(book.getWorksheet('出处')?.rowCount).toBe(briefing.notes.length + 3);
    const queries = new Map<number, string[]>(), sheet = book.getWorksheet('查询语句');
    let last = 0;
    sheet?.eachRow((row, n) => {
      if (n <= 3) return;
      last = Number(row.getCell(1).value) || last;
      queries.set(last, [...queries.get(last) ?? [], String(row.getCell(3).value)]);
      expect(linesOf(String(row.getCell(3).value), sheet.getColumn(3).width ?? 0) * 15).toBeLessThanOrEqual(row.height);
    });
    const bare = (sql: string) => sql.replace(/\s+/g, ' ');
    expect([...queries].map(([no, pieces]) => [`N${no}`, bare(pieces.join(' '))])).toEqual(briefing.notes.map((n) => [n.id, bare(n.sql)]));
  });

  it('is the same each time', async () => {
    expect((await renderBriefing(briefing, 'xlsx')).equals(file)).toBe(true);
  });

  it('never has a formula, whatever a text brings along', async () => {
    for (const evil of ['=cmd|"/c calc"!A1', '+1+1', '-2', '@SUM(A1)', '＝1', ' =1', `\t=${special.markup}`, '</t></si><f>1</f>']) {
      const parts: Parts = [{ type: 'text', text: evil }];
      const table = { type: 'table', caption: evil, header: [evil, evil], rows: [[parts, parts]], widths: [1, 1], remark: evil } as const;
      const chart = { type: 'chart', title: evil, subtitle: evil, alt: evil, notes: [], chart: { kind: 'bars', rows: [{ label: evil, value: 1 }], unit: evil } } as const;
      const made = await open(await renderBriefing({ ...briefing, title: evil, sections: [{ id: 'x', title: evil, blocks: [{ type: 'paragraph', parts }, table, chart] }], tables: [table] }, 'xlsx'));
      made.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => {
        expect(cell.formula).toBeUndefined();
        if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^[\s\u3000]*[=+\-@＝＋－＠]/);
      })));
    }
  });
});

describe('long queries', () => {
  const upTo = (most: number) => (text: string) => text.length <= most;
  it.each([
    ['SELECT a', 20, ['SELECT a']],
    ['SELECT a FROM b WHERE c = 1', 16, ['SELECT a FROM b', 'WHERE c = 1']],
    ["SELECT 'x y z' AS n, m", 12, ["SELECT", "'x y z' AS", 'n, m']],
    ['SELECT aaaa = -1 FROM b', 13, ['SELECT', 'aaaa = -1', 'FROM b']],
    ['averylongwordthatfitsnowhere', 5, ['averylongwordthatfitsnowhere']],
  ])('%s in %i', (sql, most, pieces) => { expect(splitQuery(sql, upTo(most))).toEqual(pieces); });
});

describe('cells', () => {
  it.each([
    [number(24.13, '24.1%'), { value: 0.2413, format: '0.0%' }],
    [number(120, '120'), { value: 120, format: '0' }],
    [number(3, '+3件次'), { value: 3, format: '+0"件次";-0"件次";0"件次"' }],
    [number(-1.24, '−1.2点'), { value: -1.24, format: '+0.0"点";-0.0"点";0.0"点"' }],
    [number(0, '持平'), { value: 0, format: '0;-0;"持平"' }],
    [[{ type: 'text', text: '=1+1' }] as Parts, { value: "'=1+1" }],
  ])('%j', (parts, expected) => {
    expect(cellValue(parts)).toEqual(expected);
  });
});
