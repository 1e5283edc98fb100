// In: nothing. Out: page, typefaces and styles after GB/T 9704-2012, the standard of official documents 党政机关公文格式.
// Invariant: 22 lines of 28 characters on A4; every typeface has a stand-in for machines that lack it (font-table.ts).
import { AlignmentType, DocumentGridType, Footer, LineRuleType, PageNumber, Paragraph, TextRun, type IPropertiesOptions, type ISectionPropertiesOptions } from 'docx';
import { faces } from './font-table.ts';

/** Half-points: 2号 22 pt, 3号 16 pt, 4号 14 pt, 小四 12 pt, 五号 10.5 pt, 小五 9 pt, 七号 5.5 pt is never used. */
export const size = { two: 44, three: 32, four: 28, smallFour: 24, five: 21, smallFive: 18, code: 14 } as const;

/** A face for Chinese beside the Latin one. */
export const font = (eastAsia: string, latin = 'Times New Roman') => ({ ascii: latin, hAnsi: latin, cs: latin, eastAsia });

/** Millimetres as twips, twentieths of a point. */
const mm = (length: number) => Math.round(length * 1440 / 25.4);
const textWidth = 210 - 28 - 26;
const textHeight = 297 - 37 - 35;
/** 22 lines on 225 mm: 28.95 pt each, said by every paragraph of the text itself. A document grid would say it too, but small type in tables would snap to it. */
export const linePitch = Math.floor(mm(textHeight) / 22);
/** 28 characters on 156 mm: what each 16 pt character gives up, in twips. */
const tighter = Math.floor(mm(textWidth) / 28) - size.three * 10;
/** Width of the text in twips. */
export const textTwips = mm(textWidth);

/** 14 pt, as high as the page number. */
const numberLine = size.four * 10;

export const page: ISectionPropertiesOptions = {
  page: {
    size: { width: mm(210), height: mm(297) },
    // The dashes of the number are 7 mm below the text, in the middle of its line.
    margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), header: mm(15), footer: mm(35 - 7) - numberLine / 2 },
  },
  grid: { type: DocumentGridType.DEFAULT, linePitch },
};

const bodyLine = { line: linePitch, lineRule: LineRuleType.EXACT };
const twoCharacters = { firstLine: size.three * 20, firstLineChars: 200 };
const contentsLine = { line: 440, lineRule: LineRuleType.EXACT };
const small = { line: 320, lineRule: LineRuleType.EXACT };

export const styles: NonNullable<IPropertiesOptions['styles']> = {
  default: {
    document: { run: { font: font(faces.body), size: size.three, language: { value: 'en-US', eastAsia: 'zh-CN' } }, paragraph: { spacing: bodyLine } },
    title: { run: { font: font(faces.title), size: size.two, color: '000000' }, paragraph: { alignment: AlignmentType.CENTER, spacing: { line: 700, lineRule: LineRuleType.EXACT } } },
    heading1: { run: { font: font(faces.heading), size: size.three, characterSpacing: tighter, color: '000000' }, paragraph: { indent: twoCharacters, spacing: bodyLine, keepNext: true, outlineLevel: 0 } },
    heading2: { run: { font: font(faces.subheading), size: size.three, characterSpacing: tighter, color: '000000' }, paragraph: { indent: twoCharacters, spacing: bodyLine, keepNext: true, outlineLevel: 1 } },
  },
  paragraphStyles: [
    { id: 'BodyText', name: 'Body Text', basedOn: 'Normal', quickFormat: true, run: { characterSpacing: tighter }, paragraph: { alignment: AlignmentType.JUSTIFIED, indent: twoCharacters, spacing: bodyLine } },
    { id: 'Subtitle', name: 'Subtitle', basedOn: 'Normal', run: { font: font(faces.subheading) }, paragraph: { alignment: AlignmentType.CENTER, spacing: bodyLine } },
    { id: 'Caution', name: '提示', basedOn: 'Normal', run: { font: font(faces.subheading), size: size.smallFour }, paragraph: { alignment: AlignmentType.CENTER, spacing: { line: 400, lineRule: LineRuleType.EXACT } } },
    { id: 'Caption', name: 'caption', basedOn: 'Normal', run: { font: font(faces.heading), size: size.smallFour }, paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 200, line: 400, lineRule: LineRuleType.EXACT } } },
    { id: 'Subcaption', name: '图注', basedOn: 'Normal', run: { font: font(faces.subheading), size: size.five }, paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: small } },
    { id: 'Picture', name: '图', basedOn: 'Normal', paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 80, after: 200, line: 240, lineRule: LineRuleType.AUTO } } },
    { id: 'TableText', name: '表文', basedOn: 'Normal', run: { size: size.five }, paragraph: { alignment: AlignmentType.CENTER, spacing: { line: 300, lineRule: LineRuleType.EXACT } } },
    { id: 'TableHead', name: '表头', basedOn: 'TableText', run: { font: font(faces.heading), size: size.five }, paragraph: { keepNext: true } },
    { id: 'TableNote', name: '表内说明', basedOn: 'Normal', run: { size: size.smallFive }, paragraph: { spacing: { line: 250, lineRule: LineRuleType.EXACT } } },
    { id: 'Remark', name: '表注', basedOn: 'Normal', run: { size: size.smallFive }, paragraph: { spacing: { before: 60, after: 200, line: 280, lineRule: LineRuleType.EXACT } } },
    { id: 'Code', name: '语句', basedOn: 'Normal', run: { font: font(faces.body, 'Consolas'), size: size.code, noProof: true }, paragraph: { alignment: AlignmentType.LEFT, spacing: { line: 180, lineRule: LineRuleType.EXACT } } },
    { id: 'ContentsTitle', name: '目录标题', basedOn: 'Normal', run: { font: font(faces.heading) }, paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { ...bodyLine, before: linePitch } } },
    { id: 'TOC1', name: 'toc 1', basedOn: 'Normal', run: { size: size.four }, paragraph: { spacing: contentsLine } },
    { id: 'TOC2', name: 'toc 2', basedOn: 'Normal', run: { size: size.four }, paragraph: { indent: { left: size.four * 20 }, spacing: contentsLine } },
  ],
};

/** `— 1 —` in 4号 宋体: odd pages at the right, even pages at the left, one character in. */
function pageNumber(side: 'left' | 'right'): Footer {
  return new Footer({
    children: [new Paragraph({
      alignment: side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT,
      indent: { [side]: size.four * 10 },
      spacing: { line: numberLine, lineRule: LineRuleType.EXACT },
      children: [new TextRun({ font: font(faces.number, faces.number), size: size.four, children: ['— ', PageNumber.CURRENT, ' —'] })],
    })],
  });
}
export const footers = () => ({ default: pageNumber('right'), even: pageNumber('left') });
