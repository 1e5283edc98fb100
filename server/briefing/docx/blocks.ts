// In: blocks of the content model. Out: paragraphs, tables and pictures of a Word file.
// Invariant: every text passes printable(); a paragraph with figures ends with the numbers of their notes.
import { AlignmentType, BorderStyle, HeadingLevel, ImageRun, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType, type FileChild } from 'docx';
import { optionOf, pictureWidth } from '../charts.ts';
import type { Block, ChartBlock, TableBlock } from '../content.ts';
import { drawChart } from '../draw-chart.ts';
import { printable } from '../../../datasets/document-text.ts';
import { noteNumbers, notesOf, said } from '../said.ts';
import { font, size, textTwips } from './page-style.ts';
import { faces } from './font-table.ts';

/** Counts figures and tables as they come. */
export interface Numbering { figure: number; table: number; readonly prefix: string }

/** Pixels at 96 dots per inch of the 156 mm that the text is wide, less a hair. */
const pictureOnPage = 588;

/** Marks that Chinese and Latin share are told to be Chinese, and so full-width; digits are not, or lines would break within a number. */
const sharedMarks = /([“”‘’…—·]+)/;
export const runs = (text: string) => printable(text).split(sharedMarks).filter(Boolean).map((piece) => new TextRun({ text: piece, ...(sharedMarks.test(piece) ? { font: { hint: 'eastAsia' } } : {}) }));
export const words = (style: string, text: string, keepNext = false) => new Paragraph({ style, ...(keepNext ? { keepNext } : {}), children: runs(text) });
const heading2 = (text: string) => new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(text) });

export const heading = (text: string, pageBreakBefore = false) => new Paragraph({ heading: HeadingLevel.HEADING_1, pageBreakBefore, children: runs(text) });

/** `[1,3]`, raised: the notes that the figures rest on. */
export function noteMark(notes: readonly string[]): TextRun[] {
  const numbers = noteNumbers(notes);
  return numbers.length === 0 ? [] : [new TextRun({ text: `[${numbers.join(',')}]`, superScript: true, font: font(faces.body), size: size.smallFour })];
}

export function drawBlock(block: Block, numbering: Numbering): FileChild[] {
  switch (block.type) {
    case 'paragraph': return [new Paragraph({ style: 'BodyText', children: [...runs(said(block.parts)), ...noteMark(notesOf(block.parts))] })];
    case 'heading': return [heading2(block.text)];
    case 'prompt': return [words('BodyText', block.text), ...Array.from({ length: 4 }, () => words('BodyText', ''))];
    case 'table': return drawTable(block, numbering);
    case 'chart': return drawPicture(block, numbering);
  }
}

function drawPicture(block: ChartBlock, numbering: Numbering): FileChild[] {
  const no = ++numbering.figure;
  const { option, height } = optionOf(block.chart);
  const name = `图${no}`;
  return [
    new Paragraph({ style: 'Caption', children: [...runs(`${name}　${block.title}`), ...noteMark(block.notes)] }),
    words('Subcaption', block.subtitle),
    new Paragraph({ style: 'Picture', children: [new ImageRun({
      type: 'png', data: drawChart(option, height),
      transformation: { width: pictureOnPage, height: Math.round(height * pictureOnPage / pictureWidth) },
      altText: { id: String(no), name, title: printable(block.title), description: printable(block.alt) },
    })] }),
  ];
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const rule = { style: BorderStyle.SINGLE, size: 12, color: '000000' };
const borders = { top: rule, bottom: rule, left: { style: BorderStyle.NIL }, right: { style: BorderStyle.NIL }, insideHorizontal: line, insideVertical: line };

/** Relative widths as twips of the whole text width. */
const columnTwips = (widths: readonly number[]) => { const sum = widths.reduce((a, b) => a + b, 0); return widths.map((w) => Math.floor(w * textTwips / sum)); };

/** A table over the whole text width; its first row repeats on each page. */
export function grid(header: readonly string[], rows: readonly (readonly Paragraph[][])[], widths: readonly number[], compact = false): Table {
  const twips = columnTwips(widths);
  const margins = { left: compact ? 30 : 80, right: compact ? 30 : 80, top: 30, bottom: 30 };
  const cells = (children: readonly Paragraph[][]) => children.map((paragraphs, i) => new TableCell({ children: paragraphs, margins, width: { size: twips[i] ?? 0, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER }));
  return new Table({
    width: { size: twips.reduce((a, b) => a + b, 0), type: WidthType.DXA }, columnWidths: twips, layout: TableLayoutType.FIXED, alignment: AlignmentType.CENTER, borders,
    rows: [new TableRow({ tableHeader: true, cantSplit: true, children: cells(header.map((h) => [words('TableHead', h)])) }), ...rows.map((r) => new TableRow({ cantSplit: !compact, children: cells(r) }))],
  });
}

/** Rows of a table that is not broken over pages; of a longer one, the rows that stay together at its head and at its end. */
const keptTogether = 8, atEitherEnd = 3;

function drawTable(block: TableBlock, numbering: Numbering): FileChild[] {
  const no = ++numbering.table;
  const count = block.rows.length, staysWithNext = (i: number) => (i < count - 1 || block.remark !== undefined) && (count <= keptTogether || i < atEitherEnd - 1 || i >= count - atEitherEnd);
  const rows = block.rows.map((row, i) => row.map((parts) => [words('TableText', said(parts), staysWithNext(i))]));
  return [
    new Paragraph({ style: 'Caption', children: [...runs(`${numbering.prefix}${no}　${block.caption}`), ...noteMark(block.rows.flatMap((r) => r.flatMap(notesOf)))] }),
    grid(block.header, rows, block.widths, block.header.length > 8),
    words('Remark', block.remark === undefined ? '' : `注：${block.remark}`),
  ];
}
