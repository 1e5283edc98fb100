// In: a briefing's content model. Out: a workbook: the text, a sheet for each chart and table, 附表, 出处 and 查询语句.
// Invariant: the same briefing gives the same bytes; figures are numbers; no cell is a formula.
import ExcelJS from 'exceljs';
import type { Briefing } from '../content.ts';
import { fixZipTimes } from '../docx/fixed-bytes.ts';
import { sealWords, type RenderOptions } from '../formats.ts';
import { dateLabel } from '../period.ts';
import { noteNumbers, notesOf, said } from '../said.ts';
import { wordsCell } from './cell-value.ts';
import { addTitle, chartSheet, fitHeight, newSheet, queriesSheet, sourcesSheet, tableSheet } from './sheets.ts';

export async function renderXlsx(briefing: Briefing, { seal }: RenderOptions = {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const at = new Date(`${briefing.run.as_of}T00:00:00Z`);
  Object.assign(book, { creator: '', lastModifiedBy: '', created: at, modified: at, title: wordsCell(`${briefing.title}（${briefing.period}）`) });
  textSheet(book, briefing);
  for (const { title, blocks } of briefing.sections) {
    const plain = title.replace(/^[一二三四五六七八九十]+、/, '');
    for (const block of blocks) {
      if (block.type === 'chart') chartSheet(book, `${plain}图`, block);
      if (block.type === 'table') tableSheet(book, `${plain}表`, block);
    }
  }
  briefing.tables.forEach((block, i) => tableSheet(book, `附表${i + 1} ${block.caption}`, block));
  sourcesSheet(book, briefing.notes, `数据第${briefing.run.version}版，截至${dateLabel(briefing.run.as_of)}；查询语句见后表${seal === undefined ? '' : `；${sealWords(seal)}`}`);
  queriesSheet(book, briefing.notes);
  return fixZipTimes(Buffer.from(await book.xlsx.writeBuffer()));
}

/** 正文, one row a paragraph, with the numbers of its sources. */
function textSheet(book: ExcelJS.Workbook, { title, period, run, caution, sections }: Briefing): void {
  const sheet = newSheet(book, '正文');
  sheet.views = [{ showGridLines: false }];
  sheet.getColumn(1).width = 96;
  sheet.getColumn(2).width = 16;
  addTitle(sheet, `${title}（${period}）`, caution ?? `数据截至${dateLabel(run.as_of)}，第${run.version}版。`);
  sheet.addRow(['内容', '出处']).font = { bold: true };
  for (const section of sections) {
    sheet.addRow([wordsCell(section.title)]).font = { bold: true, size: 12 };
    for (const block of section.blocks) {
      if (block.type === 'heading' || block.type === 'prompt') sheet.addRow([wordsCell(block.text)]).font = { bold: block.type === 'heading' };
      if (block.type === 'paragraph') sheet.addRow([wordsCell(said(block.parts)), noteNumbers(notesOf(block.parts)).join('、')]);
    }
  }
  sheet.eachRow((row, n) => {
    row.eachCell((cell) => { cell.alignment = { wrapText: true, vertical: 'top' }; });
    if (n > 2) fitHeight(row, [96, 16]);
  });
}
