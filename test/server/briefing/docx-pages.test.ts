// In: Word files of briefings. Out: pages of 22 lines of 28 characters, and a 目录 whose numbers are the pages that the headings stand on.
import { rmSync } from 'node:fs';
import { Document, Packer, Paragraph, SimpleField, TableOfContents, TextRun } from 'docx';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { Briefing } from '../../../server/briefing/content.ts';
import { headingPages } from '../../../server/briefing/docx/page-numbers.ts';
import { buildBriefing, renderDocx } from '../../../server/briefing/index.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { laidOut, officeIsHere } from './laid-out.ts';
import { smallWarehouse } from './small-warehouse.ts';

let dir: DataDir, month: Briefing, quarter: Briefing;
beforeAll(async () => {
  dir = await smallWarehouse();
  const warehouse = await Warehouse.open(dir);
  [month, quarter] = await warehouse.use(async (reader) => [await buildBriefing(reader, { period: '2026-10' }), await buildBriefing(reader, { period: '2026-Q3' })]);
  warehouse.close();
});
afterAll(() => rmSync(dir.root, { recursive: true }));

const documentOf = async (file: Buffer) => await (await JSZip.loadAsync(file)).file('word/document.xml')?.async('string') ?? '';
/** The entries of the 目录 as they are kept: the heading, and the page told of it. */
const contents = (xml: string) => [...xml.matchAll(/<w:hyperlink [^>]*w:anchor="(_Toc\d+)"[^>]*>(.*?)<\/w:hyperlink>/g)].map(([, anchor, entry = '']) => ({
  anchor, title: /<w:t[^>]*>([^<]*)<\/w:t>/.exec(entry)?.[1] ?? '', bound: /PAGEREF (_Toc\d+)/.exec(entry)?.[1], page: /separate"\/><w:t[^>]*>(\d+)<\/w:t>/.exec(entry)?.[1] ?? '',
}));

describe('the 目录 of a Word file', () => {
  it('names each heading with a page of its own field, bound to a bookmark at the heading', async () => {
    const xml = await documentOf(await renderDocx(month)), entries = contents(xml);
    const headings = month.sections.flatMap((s) => [s.title, ...s.blocks.flatMap((b) => (b.type === 'heading' ? [b.text] : []))]);
    expect(entries.map((e) => e.title)).toEqual([...headings, '附表', '附录　数据说明']);
    for (const { anchor, title, bound, page } of entries) {
      expect(bound).toBe(anchor);
      expect(xml).toMatch(new RegExp(`<w:bookmarkStart w:name="${anchor}" w:id="\\d+"/>(?:(?!<w:bookmarkEnd).)*<w:t[^>]*>${title}</w:t>`));
      expect(Number(page)).toBeGreaterThan(0);
    }
    expect(xml.match(/<w:tab w:val="right" w:pos="\d+" w:leader="dot"\/>/g)).toHaveLength(entries.length);
  });

  it.skipIf(!officeIsHere).each(['month', 'quarter'] as const)('tells the pages on which the headings of a %s stand when they are laid out', async (kind) => {
    const file = await renderDocx(kind === 'month' ? month : quarter), pages = laidOut(file);
    for (const { title, page } of contents(await documentOf(file))) {
      const found = pages.flatMap(({ lines }, i) => (lines.includes(title.replace(/\s/g, '')) ? [i + 1] : []));
      expect(found, title).toEqual([Number(page)]);
    }
  }, 120_000);

  it('leaves a number blank rather than print one that may be wrong', async () => {
    const heading = (text: string) => new Paragraph({ heading: 'Heading1', children: [new TextRun(text)] });
    const file = await Packer.toBuffer(new Document({ pageNumbers: headingPages, sections: [{ children: [new TableOfContents('目录', { headingStyleRange: '1-1', hyperlink: true }), heading('甲'), new Paragraph({ pageBreakBefore: true }), heading('乙'), new Paragraph({ children: [new SimpleField('DATE')] }), heading('丙')] }] }));
    expect(contents(await documentOf(file)).map((e) => [e.title, e.page])).toEqual([['甲', '1'], ['乙', ''], ['丙', '']]);
  });
});

describe.skipIf(!officeIsHere)('pages of body text', () => {
  it('have 22 lines of 28 characters within 37, 26, 35 and 28 mm', async () => {
    const paragraph = { type: 'paragraph', parts: [{ type: 'text', text: '职工来信来访反映的诉求要件件有着落事事有回音'.repeat(100) }] } as const;
    const pages = laidOut(await renderDocx({ ...month, sections: [{ id: 'x', title: '一、情况', blocks: [paragraph] }], tables: [], notes: [] }));
    const whole = pages[1]!;
    expect(whole.lines.at(-1)).toBe('—2—');
    expect(whole.lines.slice(0, -1).map((line) => [...line].length)).toEqual(Array.from({ length: 22 }, () => 28));
    expect(whole.left).toBeCloseTo(28, 0);
    expect(210 - whole.right).toBeCloseTo(26, 0);
    expect(whole.top).toBeGreaterThanOrEqual(36.9);
    expect(297 - whole.bottom).toBeGreaterThanOrEqual(34.9);
  }, 120_000);
});
