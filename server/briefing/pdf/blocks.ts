// In: blocks of the content model. Out: paragraphs, tables and pictures on the pages of a PDF.
// Invariant: a table has header cells and repeats its header on each page as an artifact; a picture has an alternative text.
import { pictureWidth } from '../charts.ts';
import type { Block, ChartBlock } from '../content.ts';
import { printable } from '../../../datasets/document-text.ts';
import { noteNumbers, notesOf, said } from '../said.ts';
import { bodySize, left, linePitch, textWidth, type Element, type Setting, type Sheet } from './sheet.ts';

export const body: Setting = { face: 'body', size: bodySize, pitch: linePitch, align: 'justify', first: 2 * bodySize };
export const heading1: Setting = { ...body, face: 'heading', align: 'left' };
const heading2: Setting = { ...body, face: 'title', align: 'left' };
const caption: Setting = { face: 'heading', size: 12, pitch: 20, align: 'center' };
export const small: Setting = { face: 'body', size: 10.5, pitch: 16, align: 'center' };
const remark: Setting = { face: 'body', size: 10.5, pitch: 16, align: 'left' };
const mark = (notes: readonly string[]) => { const numbers = noteNumbers(notes); return numbers.length === 0 ? '' : `[${numbers.join(',')}]`; };

/** Counts figures and tables as they come; `pictures` are drawn beforehand, or only their room is kept. */
export interface Numbering { figure: number; table: number; prefix: string; readonly pictures: ReadonlyMap<ChartBlock, { png: Buffer | null; height: number }> }

export function drawBlock(sheet: Sheet, parent: Element, block: Block, numbering: Numbering): void {
  switch (block.type) {
    case 'paragraph': return sheet.paragraph(parent, 'P', said(block.parts), body, mark(block.parts.length === 0 ? [] : notesOf(block.parts)));
    case 'heading': sheet.need(2 * linePitch); return sheet.paragraph(parent, 'H3', block.text, heading2);
    case 'prompt': sheet.paragraph(parent, 'P', block.text, body); sheet.y += 4 * linePitch; return;
    case 'chart': return drawPicture(sheet, parent, block, numbering);
    case 'table': {
      const no = ++numbering.table;
      const rows = block.rows.map((row) => row.map(said));
      return drawTable(sheet, parent, `${numbering.prefix}${no}　${block.caption}`, block, rows, mark(block.rows.flatMap((r) => r.flatMap(notesOf))));
    }
  }
}

function drawPicture(sheet: Sheet, parent: Element, block: ChartBlock, numbering: Numbering): void {
  const picture = numbering.pictures.get(block);
  if (!picture) return;
  const no = ++numbering.figure, height = picture.height * textWidth / pictureWidth;
  sheet.need(height + 2 * caption.pitch + 24);
  sheet.y += 8;
  sheet.paragraph(parent, 'P', `图${no}　${block.title}`, caption, mark(block.notes));
  sheet.paragraph(parent, 'P', block.subtitle, small);
  const y = sheet.y + 4;
  const figure = sheet.under(parent, 'Figure', { alt: printable(block.alt), bbox: [left, y, left + textWidth, y + height] });
  const { png } = picture;
  if (png) figure.add(() => { sheet.doc.image(png, left, y, { width: textWidth, height }); });
  figure.end();
  sheet.y = y + height + 12;
}

/** Rows of a table that is not broken over pages; of a longer one, the rows that stay together at its head and at its end. */
const keptTogether = 8, fewRows = 3;
const padding = 3;

export interface TableShape { readonly header: readonly string[]; readonly widths: readonly number[]; readonly remark?: string }

/** `lefts`: columns whose words begin at the left. */
export function drawTable(sheet: Sheet, parent: Element, title: string, shape: TableShape, rows: readonly (readonly string[])[], notes: string, lefts: readonly number[] = []): void {
  const sum = shape.widths.reduce((a, b) => a + b, 0), widths = shape.widths.map((w) => w * textWidth / sum);
  const size = shape.header.length > 8 ? 9 : 10.5, pitch = size * 1.45;
  const xs = widths.map((_, i) => left + widths.slice(0, i).reduce((a, b) => a + b, 0));
  const settings = widths.map((width, i): Setting => ({ face: 'body', size, pitch, align: lefts.includes(i) ? 'left' : 'center', x: (xs[i] ?? left) + padding, width: width - 2 * padding }));
  const lay = (cells: readonly string[], face: Setting['face']) => {
    const lines = cells.map((text, i) => sheet.break(text, { ...settings[i]!, face }));
    return { lines, face, height: Math.max(1, ...lines.map((l) => l.length)) * pitch + 6 };
  };
  const head = lay(shape.header, 'heading'), laid = rows.map((row) => lay(row, 'body'));
  const height = (some: typeof laid) => some.reduce((h, r) => h + r.height, 0), under = shape.remark === undefined ? '' : `注：${shape.remark}`;
  // Rows of long words, at the left, stay together with none.
  const atEitherEnd = lefts.length > 0 ? 1 : fewRows, after = under === '' ? 0 : sheet.break(under, remark).length * remark.pitch + 4;
  const isShort = rows.length <= keptTogether && head.height + height(laid) + after < 22 * linePitch - 60;
  sheet.need(head.height + (isShort ? height(laid) + after : height(laid.slice(0, atEitherEnd))) + 40);
  sheet.y += 8;
  sheet.paragraph(parent, 'P', title, caption, notes);
  const table = sheet.under(parent, 'Table');
  const rule = (y: number, weight: number) => sheet.artifact(() => { sheet.doc.moveTo(left, y).lineTo(left + textWidth, y).lineWidth(weight).stroke('#000000'); });
  const words = ({ lines, face, height }: typeof head, i: number) => (lines[i] ?? []).forEach((line, n) =>
    sheet.line(line, sheet.y + (height - (lines[i]?.length ?? 0) * pitch) / 2 + n * pitch, { ...settings[i]!, face }, n === 0, true));
  const drawRow = (row: typeof head, type: 'TH' | 'TD') => {
    const element = sheet.under(table, 'TR');
    row.lines.forEach((_, i) => {
      const scope = type === 'TH' ? { scope: 'Column' } : i === 0 ? { scope: 'Row' } : {};
      const cell = sheet.under(element, type === 'TD' && i === 0 ? 'TH' : type, scope);
      cell.add(() => words(row, i));
    });
    element.end();
    sheet.y += row.height;
    rule(sheet.y, type === 'TH' ? 0.75 : 0.25);
  };
  rule(sheet.y, 1);
  drawRow(head, 'TH');
  for (const [i, row] of laid.entries()) {
    if ((i > 0 && i === laid.length - atEitherEnd ? height(laid.slice(i)) + after : row.height) > sheet.left) {
      sheet.newPage();
      rule(sheet.y, 1);
      sheet.artifact(() => head.lines.forEach((_, i) => words(head, i)));
      sheet.y += head.height;
      rule(sheet.y, 0.75);
    }
    drawRow(row, 'TD');
  }
  table.end();
  rule(sheet.y, 1);
  sheet.y += 4;
  if (under !== '') sheet.paragraph(parent, 'P', under, remark);
  sheet.y += 8;
}
