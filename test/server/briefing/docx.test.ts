// In: a small briefing. Out: a Word file after GB/T 9704-2012 that is the same each time and holds no markup from texts.
import { rmSync } from 'node:fs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import { optionOf } from '../../../server/briefing/charts.ts';
import type { Briefing } from '../../../server/briefing/content.ts';
import { drawChart } from '../../../server/briefing/draw-chart.ts';
import { buildBriefing, renderBriefing, renderDocx } from '../../../server/briefing/index.ts';
import { printable } from '../../../datasets/document-text.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse, special } from './small-warehouse.ts';

let dir: DataDir;
let briefing: Briefing;
let file: Buffer;
let part: (path: string) => Promise<string>;

beforeAll(async () => {
  dir = await smallWarehouse();
  const warehouse = await Warehouse.open(dir);
  briefing = await warehouse.use((reader) => buildBriefing(reader, { period: '2026-10' }));
  warehouse.close();
  file = await renderDocx(briefing);
  const zip = await JSZip.loadAsync(file);
  part = async (path) => (await zip.file(path)?.async('string')) ?? '';
});
afterAll(() => rmSync(dir.root, { recursive: true }));

const style = (styles: string, id: string) => styles.match(new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`))?.[0] ?? '';

describe('a briefing as a Word file', () => {
  it('has the page of an official document: A4, 37/35/28/26 mm, 22 lines', async () => {
    const document = await part('word/document.xml');
    expect(document).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(document).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    // The middle of the page number's line, 14 pt high, is 7 mm below the text.
    expect(document).toMatch(/<w:pgMar [^>]*w:footer="1447"/);
    const line = Number(style(await part('word/styles.xml'), 'BodyText').match(/w:line="(\d+)" w:lineRule="exact"/)?.[1]);
    expect(Math.floor((16838 - 2098 - 1984) / line)).toBe(22);
  });

  it('has its typefaces and sizes, with a stand-in for each', async () => {
    const styles = await part('word/styles.xml');
    for (const [id, face, size] of [['Title', '方正小标宋简体', 44], ['Heading1', '黑体', 32], ['Heading2', '楷体_GB2312', 32]] as const) {
      expect(style(styles, id)).toContain(`w:eastAsia="${face}"`);
      expect(style(styles, id)).toContain(`<w:sz w:val="${size}"/>`);
    }
    expect(styles).toMatch(/<w:docDefaults>.*w:eastAsia="仿宋_GB2312".*<w:sz w:val="32"\/>.*<\/w:docDefaults>/);
    expect(style(styles, 'BodyText')).toContain('w:firstLineChars="200"');
    const fonts = await part('word/fontTable.xml');
    for (const [face, other] of [['方正小标宋简体', '宋体'], ['仿宋_GB2312', '仿宋'], ['楷体_GB2312', '楷体']]) expect(fonts).toMatch(new RegExp(`w:name="${face}"><w:altName w:val="[^"]*${other}`));
  });

  it('has real headings, a table of contents with page numbers that asks nothing, and page numbers — 1 — at the outer side', async () => {
    const document = await part('word/document.xml');
    for (const { title } of briefing.sections) expect(document).toMatch(new RegExp(`<w:pStyle w:val="Heading1"/>(?:(?!</w:p>).)*<w:t[^>]*>${title}</w:t>`));
    expect(document).toMatch(/TOC [^<]*\\o/);
    expect(document.includes('w:dirty="true"')).toBe(false);
    expect(await part('word/settings.xml')).not.toContain('updateFields');
    expect(await part('word/settings.xml')).toContain('evenAndOddHeaders');
    const footers = await Promise.all(['word/footer1.xml', 'word/footer2.xml'].map(part));
    expect(footers.filter((f) => /— <\/w:t>.*PAGE.* —<\/w:t>/.test(f))).toHaveLength(2);
    expect(footers.map((f) => f.match(/<w:jc w:val="(\w+)"/)?.[1]).sort()).toEqual(['left', 'right']);
  });

  it('has tables whose first row repeats, and pictures with words for those who cannot see them', async () => {
    const document = await part('word/document.xml');
    const tables = document.match(/<w:tbl>/g)?.length ?? 0;
    expect(tables).toBe(6);
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(tables);
    const pictures = [...document.matchAll(/<wp:docPr [^>]*>/g)].map((m) => m[0]);
    expect(pictures).toHaveLength(briefing.sections.flatMap((s) => s.blocks).filter((b) => b.type === 'chart').length);
    for (const picture of pictures) expect(picture).toMatch(/descr="(柱状图|条形图|折线图|热力图)。/);
    expect(new Set(pictures.map((p) => p.match(/ id="(\d+)"/)?.[1])).size).toBe(pictures.length);
  });

  it('keeps a short table on one page, and of a long one three rows at either end', async () => {
    const table = (rows: number, remark: object) => ({ type: 'table', caption: '表', header: ['甲'], widths: [1], rows: Array.from({ length: rows }, (_, i) => [[{ type: 'text' as const, text: `行${i + 1}` }]]), ...remark }) as const;
    const stays = async (rows: number, remark: object) => {
      const xml = await (await JSZip.loadAsync(await renderDocx({ ...briefing, sections: [], tables: [table(rows, remark)], notes: [] }))).file('word/document.xml')?.async('string') ?? '';
      return [...xml.matchAll(/<w:pPr>((?:(?!<\/w:pPr>).)*)<\/w:pPr><w:r><w:t[^>]*>行(\d+)</g)].flatMap(([, style = '', no]) => (style.includes('<w:keepNext/>') ? [Number(no)] : []));
    };
    expect(await stays(4, {})).toEqual([1, 2, 3]);
    expect(await stays(12, {})).toEqual([1, 2, 10, 11]);
    expect(await stays(12, { remark: '说明' })).toEqual([1, 2, 10, 11, 12]);
  });

  it('tells where each figure comes from', async () => {
    const text = (await part('word/document.xml')).replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
    expect(text).toMatch(/\[1\]/);
    expect(text).toContain('附录　数据说明');
    expect(text).toContain('数据版本第1版，截至2026年10月31日');
    for (const note of briefing.notes) expect(text).toContain(note.label);
    expect(text).not.toContain('SELECT');
  });

  it('prints the queries only where they are asked for', async () => {
    const text = (await (await JSZip.loadAsync(await renderBriefing(briefing, 'docx', { notes: true }))).file('word/document.xml')?.async('string') ?? '').replace(/<[^>]+>/g, '');
    expect(text).toContain('FROM hotspot h JOIN unit u USING (unit_id)');
  });

  it('is the same to the last byte each time', async () => {
    expect((await renderDocx(briefing)).equals(file)).toBe(true);
  });

  it('holds no control character, markup or field that a text brought along', async () => {
    const evil = `${special.markup}</w:t></w:r><w:fldSimple w:instr="DDEAUTO c:\\\\x"/>\u202e\u0000\ud800 {=1+1} &#x3c;`;
    const paragraph = { type: 'paragraph', parts: [{ type: 'quote', document_id: 'X', start: 0, end: 1, text: evil }] } as const;
    const xml = await (await JSZip.loadAsync(await renderDocx({ ...briefing, title: evil, sections: [{ id: 'x', title: evil, blocks: [paragraph] }], tables: [], notes: [] }))).file('word/document.xml')?.async('string') ?? '';
    expect(xml).not.toContain('<w:fldSimple');
    expect(xml).not.toContain('<b>');
    expect(xml).toContain('&lt;b&gt;牌子&lt;/b&gt;');
    expect(/[\p{Cs}\u0000-\u0008\u202e]/u.test(xml)).toBe(false);
    expect(printable('一\t二\n三\u0007')).toBe('一 二 三');
  });
});

describe('pictures of a briefing', () => {
  it('are drawn three times as dense as the screen, and differ when their words do', () => {
    const bars = (label: string) => { const { option, height } = optionOf({ kind: 'bars', rows: [{ label, value: 3 }], unit: '件次' }); return drawChart(option, height); };
    const picture = bars('薪酬');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(1920);
    expect(bars('薪酬').equals(picture)).toBe(true);
    expect(bars('安全').equals(picture)).toBe(false);
  });
});
