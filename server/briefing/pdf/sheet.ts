// In: an empty PDF. Out: pages after GB/T 9704-2012 on which lines, rules and pictures are put, each in its place of the structure.
// Invariant: all that is drawn is content of a structure element or an artifact; the page number — 1 — is an artifact.
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { printable } from '../../../datasets/document-text.ts';
import { breakLines, type Line } from './break-lines.ts';
import { plainFont } from './plain-font.ts';

const file = createRequire(import.meta.url).resolve;
/** 宋 stands in for 小标宋 and 仿宋, 黑 is 黑; each is embedded, only the characters used. */
export const faces = {
  body: file('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  title: file('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
  heading: file('@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
} as const;
export type Face = keyof typeof faces;

const mm = (length: number) => length * 72 / 25.4;
export const left = mm(28);
export const textWidth = mm(210 - 28 - 26);
const top = mm(37), bottom = mm(297 - 35);
/** 28 characters on a line, 22 lines on a page. */
export const bodySize = textWidth / 28;
export const linePitch = (bottom - top) / 22;

/** How a paragraph is set; lengths in points. */
export interface Setting { readonly face: Face; readonly size: number; readonly pitch: number; readonly align?: 'left' | 'center' | 'justify'; readonly first?: number; readonly x?: number; readonly width?: number }
export type Element = PDFKit.PDFStructureElement;
/** Newer than the library's published types: a picture's place (left, top, right, bottom), what a header cell is the header of. */
interface ElementOptions extends PDFKit.Mixins.StructureElementOptions { readonly bbox?: readonly number[]; readonly scope?: string }

/** Height of a dash over the baseline, in ems: the dashes of the page number are 7 mm below the text. */
const dashHeight = 0.3;

export class Sheet {
  y = top;
  page = 1;
  readonly #widths = new Map<string, number>();

  constructor(readonly doc: PDFKit.PDFDocument) {
    for (const [name, path] of Object.entries(faces)) doc.registerFont(name, plainFont(path));
    this.#number();
  }

  /** A child of an element, attached. */
  under(parent: Element, type: string, options: ElementOptions = {}): Element {
    const made = this.doc.struct(type, options);
    parent.add(made);
    return made;
  }

  /** What no reader aloud should meet. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  /** Goes to the next page unless `height` is left on this one. */
  need(height: number): void { if (this.y + height > bottom + 0.5) this.newPage(); }
  get left(): number { return bottom - this.y; }
  newPage(): void {
    this.doc.addPage();
    this.page++;
    this.y = top;
    this.#number();
  }

  #number(): void {
    this.doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    const text = `— ${this.page} —`;
    this.doc.font('body').fontSize(14).fillColor('#000000');
    this.doc.text(text, this.page % 2 === 1 ? left + textWidth - 14 - this.doc.widthOfString(text) : left + 14, bottom + mm(7) + 14 * dashHeight, { lineBreak: false, baseline: 'alphabetic' });
    this.doc.endMarkedContent();
  }

  /** Width in points, remembered for each piece. */
  width(piece: string, face: Face, size: number): number {
    const key = `${face} ${piece}`;
    let found = this.#widths.get(key);
    if (found === undefined) this.#widths.set(key, found = this.doc.font(face).fontSize(100).widthOfString(piece));
    return found * size / 100;
  }

  break(text: string, { face, size, width = textWidth, first = 0 }: Setting): Line[] {
    return breakLines(printable(text), (piece) => this.width(piece, face, size), width, first);
  }

  /** One line, on the baseline of a line box whose top is `y`. */
  line({ text, width }: Line, y: number, { face, size, pitch, align = 'left', first = 0, x = left, width: most = textWidth }: Setting, isFirst: boolean, isLast: boolean): void {
    const indent = isFirst ? first : 0, spare = most - indent - width, count = [...text].length;
    const spread = align === 'justify' && !isLast && count > 1 && spare < 3 * size ? spare / (count - 1) : 0;
    this.doc.font(face).fontSize(size).fillColor('#000000')
      .text(text, x + indent + (align === 'center' ? spare / 2 : 0), y + pitch / 2 + size * 0.36, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spread });
  }

  /** A paragraph over as many pages as it takes, and where its last line ends. */
  paragraph(parent: Element, type: string, text: string, setting: Setting, mark = ''): void {
    const element = this.under(parent, type), lines = this.break(text, setting);
    for (let at = 0; at < lines.length;) {
      this.need(setting.pitch);
      const fit = Math.max(1, Math.min(lines.length - at, Math.floor((this.left + 0.5) / setting.pitch)));
      element.add(() => {
        for (let i = at; i < at + fit; i++) this.line(lines[i]!, this.y + (i - at) * setting.pitch, setting, i === 0, i === lines.length - 1);
        if (at + fit === lines.length && mark !== '') this.#raised(mark, lines.at(-1)!, this.y + (fit - 1) * setting.pitch, setting, lines.length === 1);
      });
      this.y += fit * setting.pitch;
      at += fit;
    }
    element.end();
  }

  /** The numbers of the notes, small and raised, after a line. */
  #raised(mark: string, { width }: Line, y: number, { size, pitch, align, first = 0, width: most = textWidth }: Setting, isFirst: boolean): void {
    const x = left + (align === 'center' ? (most - width) / 2 : isFirst ? first : 0) + width + 1;
    this.doc.font('body').fontSize(8).fillColor('#333333').text(mark, Math.min(x, left + textWidth + 8), y + pitch / 2 + size * 0.02, { lineBreak: false, baseline: 'alphabetic' });
  }
}

/** A tagged PDF, dated by the data and not by the clock. */
export function newDocument(title: string, asOf: string, seal?: string): PDFKit.PDFDocument {
  // Cast: the published types do not know PDF/UA yet.
  return new PDFDocument({
    size: 'A4', margin: 0, pdfVersion: '1.7', subset: 'PDF/UA', tagged: true, lang: 'zh-CN', displayTitle: true, font: null,
    // The library writes the title into XML as it is.
    info: { Title: printable(title).replace(/[<>&]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)), CreationDate: new Date(`${asOf}T00:00:00Z`), ...(seal !== undefined && { Keywords: `sha256:${seal}` }) },
  } as object as PDFKit.PDFDocumentOptions);
}
