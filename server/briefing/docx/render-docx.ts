// In: a briefing's content model. Out: a Word file after GB/T 9704-2012.
// Invariant: the same briefing gives the same bytes; the file opens without repair and without asking to update anything.
import { Document, Packer, Paragraph, TableOfContents, TextRun, type FileChild } from 'docx';
import type { Briefing } from '../content.ts';
import type { RenderOptions } from '../formats.ts';
import { dateLabel } from '../period.ts';
import { printable } from '../../../datasets/document-text.ts';
import { drawBlock, heading, words, type Numbering } from './blocks.ts';
import { fixZipTimes } from './fixed-bytes.ts';
import { fontTable } from './font-table.ts';
import { notesAppendix } from './notes-appendix.ts';
import { headingPages } from './page-numbers.ts';
import { footers, page, styles } from './page-style.ts';

/** Draws the briefing; the pictures are drawn on the way. */
export async function renderDocx(briefing: Briefing, options: RenderOptions = {}): Promise<Buffer> {
  const { title, period, run, caution, sections, tables } = briefing;
  const inText: Numbering = { figure: 0, table: 0, prefix: '表' };
  const after: Numbering = { figure: 0, table: 0, prefix: '附表' };
  const children: FileChild[] = [
    new Paragraph({ heading: 'Title', children: [new TextRun({ text: printable(title) })] }),
    words('Subtitle', `（${period}）`),
    words('Caution', caution ?? `数据截至${dateLabel(run.as_of)}，第${run.version}版。`),
    words('ContentsTitle', '目　录'),
    new TableOfContents('目录', { headingStyleRange: '1-2', hyperlink: true, hideTabAndPageNumbersInWebView: true, useAppliedParagraphOutlineLevel: true }),
    ...sections.flatMap((section) => [heading(section.title), ...section.blocks.flatMap((b) => drawBlock(b, inText))]),
    heading('附表', true),
    ...tables.flatMap((t) => drawBlock(t, after)),
    ...notesAppendix(briefing, options),
  ];
  const file = new Document({
    title: printable(title), creator: '', styles, evenAndOddHeaderAndFooters: true, pageNumbers: headingPages,
    sections: [{ properties: page, footers: footers(), children }],
  });
  const overrides = [{ path: 'word/fontTable.xml', data: fontTable() }, { path: 'docProps/core.xml', data: core(briefing) }];
  return fixZipTimes(await Packer.toBuffer(file, undefined, overrides));
}

const escape = (text: string) => printable(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Document properties, dated by the data and not by the clock. */
function core({ title, period, run }: Briefing): string {
  const at = `${run.as_of}T00:00:00Z`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(`${title}（${period}）`)}</dc:title><dc:description>${escape(`数据第${run.version}版，截至${dateLabel(run.as_of)}`)}</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;
}
