// In: a small briefing. Out: a tagged PDF with its typefaces embedded, headings, tables, and pictures with words; lines after the rules of Chinese.
import { rmSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { Briefing } from '../../../server/briefing/content.ts';
import { buildBriefing, renderBriefing } from '../../../server/briefing/index.ts';
import { breakLines } from '../../../server/briefing/pdf/break-lines.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse } from './small-warehouse.ts';

let dir: DataDir;
let briefing: Briefing;
let pdf: string;
/** The file's objects as text, streams unpacked where they are Flate. */
const unpacked = (content: Buffer) => content.toString('latin1').replace(/stream\r?\n([\s\S]*?)\r?\nendstream/g, (whole, data: string) => { try { return inflateSync(Buffer.from(data, 'latin1')).toString('latin1'); } catch { return whole; } });
const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('latin1');
const count = (of: string, type: string) => of.match(new RegExp(`/S /${type}\\b`, 'g'))?.length ?? 0;

beforeAll(async () => {
  dir = await smallWarehouse();
  const warehouse = await Warehouse.open(dir);
  briefing = await warehouse.use((reader) => buildBriefing(reader, { period: '2026-10' }));
  warehouse.close();
  pdf = unpacked(await renderBriefing(briefing, 'pdf'));
});
afterAll(() => rmSync(dir.root, { recursive: true }));

describe('a briefing as a PDF', () => {
  it('is tagged, in Chinese, and says that it follows PDF/UA', () => {
    expect(pdf).toContain('/Marked true');
    expect(pdf).toContain('/Lang (zh-CN)');
    expect(pdf).toContain('pdfuaid:part');
  });

  it('embeds every typeface', () => {
    const described = pdf.match(/\/Type \/FontDescriptor/g)?.length ?? 0;
    expect(described).toBe(3);
    expect(pdf.match(/\/FontFile2/g)).toHaveLength(described);
  });

  it('has one title, a heading for each section and two appendices, and a line of contents for each', () => {
    expect(count(pdf, 'H1')).toBe(1);
    expect(count(pdf, 'H2')).toBe(briefing.sections.length + 2);
    expect(count(pdf, 'TOCI')).toBe(briefing.sections.length + 2);
  });

  it('has each table and each picture in its structure, the picture with words', () => {
    const blocks = briefing.sections.flatMap((s) => s.blocks);
    expect(count(pdf, 'Table')).toBe(blocks.filter((b) => b.type === 'table').length + briefing.tables.length + 1);
    expect(count(pdf, 'Figure')).toBe(blocks.filter((b) => b.type === 'chart').length);
    for (const block of blocks) if (block.type === 'chart') expect(pdf).toContain(utf16(block.alt.slice(0, 4)));
  });

  it('runs nothing, whatever a text brings along', async () => {
    const evil = ')</rdf:li>&x; /S /JavaScript /JS (app.alert(1)) >> endobj \u202e\u0000 =cmd|';
    const paragraph = { type: 'paragraph', parts: [{ type: 'text', text: evil }] } as const;
    const made = unpacked(await renderBriefing({ ...briefing, title: evil, sections: [{ id: 'x', title: evil, blocks: [paragraph] }], tables: [], notes: [] }, 'pdf'));
    expect(made).toContain('x-default">)＜/rdf:li＞＆x;'.replace(/[＜＞＆]/g, (c) => Buffer.from(c).toString('latin1')));
    const found = [...made.replace(/<rdf:li xml[^\n]*/, '').matchAll(/(;\s)?\/S \/JavaScript/g)];
    expect(found.length).toBeGreaterThan(0);
    // Each stands within a string, whose brackets are escaped.
    for (const [, before] of found) expect(before).toBe('; ');
    expect(made).toMatch(/\\\)<\/rdf:li>&x; \/S/);
    expect(made.includes('/OpenAction')).toBe(false);
  });
});

describe('lines', () => {
  const lines = (text: string, most: number, first = 0) => breakLines(text, (piece) => [...piece].reduce((w, c) => w + (c < '\u2000' ? 0.5 : 1), 0), most, first).map((l) => l.text);

  it.each([
    ['一二三四五六', 3, 0, ['一二三', '四五六']],
    ['一二三四五六', 3, 1, ['一二', '三四五', '六']],
    ['一二三，四五', 3, 0, ['一二', '三，四', '五']],
    ['一二“三四”五', 3, 0, ['一二', '“三', '四”五']],
    ['共计197件次', 3, 0, ['共计', '197件', '次']],
  ])('%s', (text, most, first, expected) => {
    expect(lines(text, most, first)).toEqual(expected);
  });

  it('loses nothing', () => {
    const text = '“（）”，。—— 2026年10月，环比（+12.4%）；aVeryLongRunOfLettersWithoutEnd“”。';
    for (let most = 2; most < 20; most++) expect(lines(text, most).join('')).toBe(text);
  });
});
