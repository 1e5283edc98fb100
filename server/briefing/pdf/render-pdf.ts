// In: a briefing's content model. Out: a tagged PDF (PDF/UA) laid out after GB/T 9704-2012, its typefaces embedded.
// Invariant: laid out twice, so that the table of contents names the pages; Chinese needs no typeface of the reader's machine.
import { optionOf } from '../charts.ts';
import type { Briefing, ChartBlock } from '../content.ts';
import { drawChart } from '../draw-chart.ts';
import { sealWords, type RenderOptions } from '../formats.ts';
import { dateLabel } from '../period.ts';
import { printable } from '../../../datasets/document-text.ts';
import { body, drawBlock, drawTable, heading1, small, type Numbering } from './blocks.ts';
import { left, newDocument, Sheet, textWidth, type Element, type Setting } from './sheet.ts';

const title: Setting = { face: 'title', size: 22, pitch: 36, align: 'center' };
const subtitle: Setting = { ...body, align: 'center', first: 0 };
const contents: Setting = { face: 'body', size: 14, pitch: 23 };
const code: Setting = { face: 'heading', size: 7.5, pitch: 10.5 };
const appendixTitle = '附录　数据说明';

export async function renderPdf(briefing: Briefing, options: RenderOptions = {}): Promise<Buffer> {
  const charts = briefing.sections.flatMap((s) => s.blocks).filter((b) => b.type === 'chart');
  const pictures = new Map(charts.map((block): [ChartBlock, { png: Buffer; height: number }] => { const { option, height } = optionOf(block.chart); return [block, { png: drawChart(option, height), height }]; }));
  const rooms = new Map([...pictures].map(([block, { height }]) => [block, { png: null, height }] as const));
  const first = await lay(briefing, options, rooms, new Map());
  return (await lay(briefing, options, pictures, first.pages)).content;
}

type Pictures = Numbering['pictures'];

async function lay(briefing: Briefing, options: RenderOptions, pictures: Pictures, pages: ReadonlyMap<string, number>): Promise<{ content: Buffer; pages: Map<string, number> }> {
  const doc = newDocument(`${briefing.title}（${briefing.period}）`, briefing.run.as_of, options.seal);
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => doc.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  const sheet = new Sheet(doc), found = new Map<string, number>();
  const root = doc.struct('Document');
  doc.addStructure(root);
  cover(sheet, root, briefing);
  toc(sheet, root, [...briefing.sections.map((s) => s.title), '附表', appendixTitle], pages);
  const begin = (text: string, newPage: boolean): Element => {
    if (newPage) sheet.newPage(); else sheet.need(2 * body.pitch);
    const part = sheet.under(root, 'Sect');
    found.set(text, sheet.page);
    doc.outline.addItem(printable(text));
    doc.addNamedDestination(text, 'XYZ', left, sheet.y, null);
    sheet.paragraph(part, 'H2', text, heading1);
    return part;
  };
  const inText: Numbering = { figure: 0, table: 0, prefix: '表', pictures };
  for (const section of briefing.sections) {
    const part = begin(section.title, false);
    for (const block of section.blocks) drawBlock(sheet, part, block, inText);
    part.end();
  }
  const after = begin('附表', true);
  for (const table of briefing.tables) drawBlock(sheet, after, table, { ...inText, figure: 0, table: briefing.tables.indexOf(table), prefix: '附表' });
  after.end();
  appendix(sheet, begin(appendixTitle, true), briefing, options);
  root.end();
  doc.end();
  await done;
  return { content: Buffer.concat(chunks), pages: found };
}

function cover(sheet: Sheet, root: Element, { title: name, period, caution, run }: Briefing): void {
  sheet.paragraph(root, 'H1', name, title);
  sheet.paragraph(root, 'P', `（${period}）`, subtitle);
  sheet.paragraph(root, 'P', caution ?? `数据截至${dateLabel(run.as_of)}，第${run.version}版。`, { ...small, size: 12, pitch: 20 });
  sheet.y += 16;
}

/** 目录, each line a link. */
function toc(sheet: Sheet, root: Element, titles: readonly string[], pages: ReadonlyMap<string, number>): void {
  const list = sheet.under(root, 'TOC');
  for (const text of titles) {
    const link = sheet.under(sheet.under(list, 'TOCI'), 'Link', { alt: printable(text) });
    const no = String(pages.get(text) ?? ''), [line] = sheet.break(text, contents);
    if (!line) continue;
    const noWidth = sheet.width(no, 'body', contents.size), dot = sheet.width('…', 'body', contents.size);
    const dots = '…'.repeat(Math.max(0, Math.floor((textWidth - 28 - line.width - noWidth - 12) / dot)));
    link.add(() => {
      sheet.line(line, sheet.y, { ...contents, x: left + 28 }, true, true);
      sheet.doc.goTo(left + 28, sheet.y, textWidth - 28, contents.pitch, text);
      sheet.line({ text: no, width: noWidth }, sheet.y, { ...contents, x: left + textWidth - noWidth }, true, true);
    });
    sheet.artifact(() => sheet.line({ text: dots, width: 0 }, sheet.y, { ...contents, x: left + 28 + line.width + 6 }, true, true));
    sheet.y += contents.pitch;
  }
  list.end();
  sheet.y += 16;
}

/** 附录: what each figure counts, and the queries where they are asked for. */
function appendix(sheet: Sheet, part: Element, { notes, run }: Briefing, { notes: queries = false, seal }: RenderOptions): void {
  sheet.paragraph(part, 'P', `文中、表中、图中各数右上角的方括号为注号，见下表。数据版本第${run.version}版，截至${dateLabel(run.as_of)}；诉求与情感由模型（${run.model}）自动判别，诉求分类${run.taxonomy}版。引文均为去标识原文的原句。`, body);
  if (seal !== undefined) sheet.paragraph(part, 'P', sealWords(seal), { ...small, size: 9, align: 'left' });
  const no = (id: string) => id.slice(1);
  drawTable(sheet, part, `各数的口径（范围：${[...new Set(notes.map((n) => n.filter))].join('；')}）`, { header: ['注号', '内容', '统计期间', '口径'], widths: [8, 24, 24, 54], remark: '各数的查询语句见同期的 xlsx 文件“查询语句”表，可在系统“查询”中复算。' },
    notes.map((n) => [no(n.id), n.label, n.period, n.definitions.join('；')]), '', [3]);
  for (const note of queries ? notes : []) {
    sheet.paragraph(part, 'P', `[${no(note.id)}] ${note.label}`, { ...code, size: 9, pitch: 16 });
    for (const line of note.sql.split('\n')) sheet.paragraph(part, 'P', line, code);
    if (note.params.length > 0) sheet.paragraph(part, 'P', `参数（依次代入 ?）：${note.params.join('，')}`, code);
  }
  part.end();
}
