// In: a briefing's content model. Out: the slides for the meeting: findings as titles, charts of PowerPoint's own, sources in the speaker notes.
// Invariant: the same briefing gives the same bytes; every text passes printable().
import { createRequire } from 'node:module';
import type PptxGenJS from 'pptxgenjs';
import { light } from '../../../web/tokens.ts';
import type { Briefing } from '../content.ts';
import { sealWords, type RenderOptions } from '../formats.ts';
import { dateLabel } from '../period.ts';
import { printable } from '../../../datasets/document-text.ts';
import { noteNumbers } from '../said.ts';
import { deckOf, type Slide } from './deck.ts';
import { addChart } from './native-chart.ts';
import { addHeat, addTable } from './native-table.ts';
import { boxes, face, hex, ink, quietInk, sheet } from './slide-style.ts';
import { tidy } from './tidy.ts';

/** The library's file for `import` has a name that Node takes for CommonJS. */
const Pptx = createRequire(import.meta.url)('pptxgenjs') as typeof PptxGenJS;
const master = 'briefing', first = 'cover', paper = hex(light.sheet);
const words = { fontFace: face, lang: 'zh-CN', color: ink, margin: 0 } as const;

export async function renderPptx(briefing: Briefing, { seal }: RenderOptions = {}): Promise<Buffer> {
  const deck = new Pptx();
  deck.defineLayout({ name: 'wide', ...sheet });
  deck.layout = 'wide';
  Object.assign(deck, { title: printable(`${briefing.title}（${briefing.period}）`), author: '', company: '', subject: '', theme: { headFontFace: face, bodyFontFace: face } });
  const foot = printable(`${briefing.title}（${briefing.period}）　数据截至${dateLabel(briefing.run.as_of)}，第${briefing.run.version}版`);
  deck.defineSlideMaster({
    title: master, background: { color: paper }, slideNumber: { ...boxes.number, fontFace: face, fontSize: 11, color: quietInk, align: 'right' },
    objects: [
      { placeholder: { options: { name: 'title', type: 'title', ...boxes.title, fontFace: face, fontSize: 26, bold: true, color: ink, align: 'left', valign: 'top', margin: 0 }, text: '' } },
      { text: { text: foot, options: { ...words, ...boxes.foot, fontSize: 11, color: quietInk } } },
    ],
  });
  deck.defineSlideMaster({ title: first, background: { color: paper }, objects: [{ placeholder: { options: { name: 'title', type: 'title', ...boxes.cover, fontFace: face, fontSize: 40, bold: true, color: ink, align: 'left', valign: 'bottom', margin: 0 }, text: '' } }] });
  cover(deck, briefing, seal);
  for (const slide of deckOf(briefing)) draw(deck, slide, briefing);
  return tidy(await deck.write({ outputType: 'nodebuffer' }) as Buffer, briefing.run.as_of);
}

function cover(deck: PptxGenJS, { title, period, caution, run, unit }: Briefing, seal: string | undefined): void {
  const slide = deck.addSlide({ masterName: first });
  slide.addText(printable(title), { placeholder: 'title' });
  slide.addShape('line', { x: 1.2, y: 3.55, w: 2.4, h: 0, line: { color: hex(light.data), width: 2 } });
  slide.addText(printable(period), { ...words, x: 1.2, y: 3.75, w: 10, h: 0.5, fontSize: 24 });
  slide.addText(printable(caution ?? `数据截至${dateLabel(run.as_of)}`), { ...words, x: 1.2, y: 4.45, w: 10.9, h: 0.8, fontSize: 14, color: quietInk, valign: 'top' });
  slide.addNotes(printable(`${unit.name}及其下级单位。数据第${run.version}版，截至${dateLabel(run.as_of)}；诉求与情感由模型（${run.model}）自动判别，诉求分类${run.taxonomy}版。${seal === undefined ? '' : `\n${sealWords(seal)}`}`));
}

function draw(deck: PptxGenJS, slide: Slide, briefing: Briefing): void {
  const page = deck.addSlide({ masterName: master }), { picture, tiles = [] } = slide;
  page.addText(printable(slide.kicker), { ...words, ...boxes.kicker, fontSize: 13, color: hex(light.data), bold: true });
  page.addText(printable(slide.title), { placeholder: 'title', fontSize: slide.title.length > 40 ? 22 : 26 });
  const isWide = slide.bullets.length === 0, box = isWide ? { ...boxes.picture, w: boxes.whole.w } : boxes.picture;
  if (picture?.type === 'chart') {
    // What the picture's lines and grounds mean is said by the chart's own legend; of a map it is not.
    page.addText(printable(picture.chart.kind === 'heat' ? picture.subtitle : picture.subtitle.split(/[，；]/)[0] ?? ''), { ...words, ...boxes.subtitle, fontSize: 12, color: quietInk });
    if (!addChart(page, picture, box)) addHeat(page, picture, box);
  } else if (picture) addTable(page, picture, box);
  if (tiles.length > 0) drawTiles(page, tiles);
  const room = picture ? boxes.beside : tiles.length > 0 ? { ...boxes.whole, y: 3.75, h: 3.05 } : boxes.whole;
  const isNumbered = slide.bullets.some((text) => /^\d+\. /.test(text));
  const texts = slide.bullets.map((text) => ({ text: printable(text), options: { breakLine: true, paraSpaceAfter: 6, bullet: isNumbered ? false : { indent: 12 } } }));
  if (texts.length > 0) page.addText(texts, { ...words, ...room, fontSize: picture || tiles.length > 0 || slide.isDense ? 14 : 17, valign: 'top', lineSpacingMultiple: picture ? 1.15 : slide.isDense ? 1 : 1.25 });
  if (slide.prompt !== undefined) page.addText(printable(slide.prompt), { ...words, ...boxes.whole, fontSize: 17, color: quietInk, valign: 'top' });
  page.addNotes(notesText(slide, briefing));
}

/** The first measures, large, with their changes small below. */
function drawTiles(page: PptxGenJS.Slide, tiles: NonNullable<Slide['tiles']>): void {
  const width = boxes.whole.w / tiles.length;
  tiles.forEach(({ label, value, changes }, i) => {
    const x = boxes.whole.x + i * width;
    page.addShape('line', { x, y: 1.95, w: width - 0.25, h: 0, line: { color: hex(light.line2), width: 0.75 } });
    page.addText([
      { text: printable(label), options: { fontSize: 13, color: quietInk, breakLine: true } },
      { text: printable(value), options: { fontSize: 32, bold: true, color: ink, breakLine: true } },
      ...changes.map((change) => ({ text: printable(change), options: { fontSize: 12, color: quietInk, breakLine: true } })),
    ], { ...words, x, y: 2.02, w: width - 0.25, h: 1.45, valign: 'top' });
  });
}

/** What is said, and where each figure comes from; one line a paragraph. */
function notesText({ script, sources, picture }: Slide, { notes }: Briefing): string {
  const numbers = noteNumbers(sources);
  const from = numbers.flatMap((n) => { const note = notes.find((x) => x.id === `N${n}`); return note ? [`[${n}] ${note.label}；${note.period}；${note.filter}。${note.definitions.join('；')}`] : []; });
  const remark = picture?.type === 'table' && picture.remark !== undefined ? [`注：${picture.remark}`] : picture?.type === 'chart' ? [picture.alt] : [];
  return [...script, ...remark, ...(from.length > 0 ? ['出处（查询语句见同期 xlsx 的“查询语句”表）：', ...from] : [])].map(printable).join('\n');
}
