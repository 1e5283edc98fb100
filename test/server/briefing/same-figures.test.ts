// In: a month and a quarter, of the group and of a unit, in every format. Out: the same sentences, cells and chart values in each.
// Invariant: each file is read as its reader sees it, not by the code that wrote it.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { Briefing } from '../../../server/briefing/content.ts';
import { buildBriefing, renderBriefing } from '../../../server/briefing/index.ts';
import { said } from '../../../server/briefing/said.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse } from './small-warehouse.ts';

const pdftotext = '/usr/bin/pdftotext', canReadPdf = existsSync(pdftotext);
if (!canReadPdf) process.stderr.write(`test/server/briefing: skipped what a PDF says, no ${pdftotext}\n`);
const unescape = (xml: string) => xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
/** Without blanks, dashes and the raised numbers of notes, which stand between the lines of a page. */
const bare = (text: string) => text.replace(/\[[\d,]+\]/g, '').replace(/[\s—]/g, '').replace(/-/g, '−');
// Control characters are in no file; what a file has of a text is told by other tests.
const printed = (text: string) => text.replace(/\p{Cc}/gu, '');

/** What a cell shows: the number in its format. */
function shown({ value, numFmt }: ExcelJS.Cell): string {
  if (typeof value !== 'number') return String(value ?? '');
  const [up = '', down = up, none = up] = (numFmt ?? '0').split(';'), format = value > 0 ? up : value < 0 ? down : none, digits = /0(?:\.(0+))?/.exec(format.replace(/"[^"]*"/g, ''));
  const number = Math.abs(value) * (format.includes('%') ? 100 : 1);
  return (digits ? format.replace(digits[0], number.toFixed(digits[1]?.length ?? 0)) : format).replaceAll('"', '');
}

const sentences = ({ sections }: Briefing) => sections.flatMap((s) => s.blocks).flatMap((b) => (b.type === 'paragraph' ? [printed(said(b.parts))] : []));
const tables = ({ sections, tables: appended }: Briefing) => [...sections.flatMap((s) => s.blocks).flatMap((b) => (b.type === 'table' ? [b] : [])), ...appended];

describe.each([['2026-10', undefined], ['2026-Q4', undefined], ['2026-10', 'G/B3']] as const)('every format of the briefing of %s of %s', (period, unit) => {
  let dir: DataDir, briefing: Briefing;
  const file = (format: Parameters<typeof renderBriefing>[1]) => renderBriefing(briefing, format);
  beforeAll(async () => {
    dir = await smallWarehouse();
    const warehouse = await Warehouse.open(dir);
    briefing = await warehouse.use((reader) => buildBriefing(reader, { period, ...(unit ? { unit } : {}) }));
    warehouse.close();
  });
  afterAll(() => rmSync(dir.root, { recursive: true }));

  it('says its sentences and cells in Word', async () => {
    const xml = await (await JSZip.loadAsync(await file('docx'))).file('word/document.xml')!.async('string');
    const words = (paragraph: string) => [...paragraph.matchAll(/<w:r>.*?<\/w:r>|<w:r .*?<\/w:r>/gs)].filter(([run]) => !run.includes('superscript')).flatMap(([run]) => [...run.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((m) => unescape(m[1]!))).join('');
    const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([p]) => words(p));
    for (const sentence of sentences(briefing)) expect(paragraphs).toContain(sentence);
    const rows = [...xml.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) => [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => words(cell)));
    for (const { header, rows: own } of tables(briefing)) for (const row of [header, ...own.map((r) => r.map(said))]) expect(rows).toContainEqual(row);
  });

  it('says them in the workbook', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await file('xlsx') as unknown as ArrayBuffer);
    const texts = book.getWorksheet('正文')!.getColumn(1).values.map(String);
    for (const sentence of sentences(briefing)) expect(texts).toContain(sentence);
    for (const { header, rows } of tables(briefing)) {
      const sheet = book.worksheets.find((s) => header.every((name, i) => s.getRow(3).getCell(i + 1).value === name))!;
      rows.forEach((row, r) => { expect(row.map((_, c) => bare(shown(sheet.getRow(4 + r).getCell(c + 1))))).toEqual(row.map((parts) => bare(said(parts)))); });
    }
  });

  it.skipIf(!canReadPdf)('says them in the PDF', async () => {
    const path = join(dir.root, 'a.pdf');
    writeFileSync(path, await file('pdf'));
    const text = bare(execFileSync(pdftotext, ['-raw', path, '-'], { encoding: 'utf8', maxBuffer: 1e8 }).replace(/— \d+ —\n/g, ''));
    for (const sentence of sentences(briefing)) expect(text).toContain(bare(sentence));
    for (const { rows } of tables(briefing)) for (const row of rows) expect(text).toContain(bare(row.map(said).join('')));
  });

  it('says its sentences on the slides or in what is said beside them', async () => {
    const zip = await JSZip.loadAsync(await file('pptx')), names = Object.keys(zip.files).filter((n) => /^ppt\/(slides|notesSlides)\/\w+\.xml$/.test(n));
    const text = (await Promise.all(names.map(async (n) => [...(await zip.file(n)!.async('string')).matchAll(/<a:p>.*?<\/a:p>/gs)].map(([p]) => [...p.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map((m) => unescape(m[1]!)).join('')).join('\n')))).join('\n');
    for (const sentence of sentences(briefing)) expect(bare(text)).toContain(bare(sentence));
  });
});
