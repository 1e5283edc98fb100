// In: the parts of a workbook beside its sheets. Out: sheet names and places, shared strings, which styles are dates.
// Invariant: names are compared without their namespace prefix, so strict and prefixed files read alike.
import { SaxesParser } from 'saxes';
import type { Package } from './xlsx-zip.ts';

export interface XmlHandlers {
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

const bare = (name: string) => name.slice(name.indexOf(':') + 1);

/** A parser that tells element names without prefix; anything not well-formed throws from `write`. */
export function xmlParser(handlers: XmlHandlers): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(bare(name), attributes));
  if (handlers.text) parser.on('text', handlers.text);
  if (handlers.text) parser.on('cdata', handlers.text);
  parser.on('closetag', ({ name }) => handlers.close?.(bare(name)));
  return parser;
}

async function walk(book: Package, part: string, handlers: XmlHandlers): Promise<void> {
  const parser = xmlParser(handlers);
  for await (const chunk of book.text(part)) parser.write(chunk);
  if (book.has(part)) parser.close();
}

const attribute = (attributes: Record<string, string>, name: string) =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => bare(key) === name)?.[1];

/** `_x000D_` and its like stand for characters that XML can't hold. */
export const unescape = (text: string) => (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text);

export interface Workbook { sheets: { name: string; part: string }[]; date1904: boolean; strings: string; styles: string }

/** Visible sheets in the order of their tabs, and where strings and styles lie. */
export async function readWorkbook(book: Package): Promise<Workbook | null> {
  let main = 'xl/workbook.xml';
  await walk(book, '_rels/.rels', { open: (name, attributes) => {
    if (name === 'Relationship' && attributes['Type']?.endsWith('/officeDocument')) main = (attributes['Target'] ?? main).replace(/^\//, '');
  } });
  if (!book.has(main)) return null;
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const targets = new Map<string, { part: string; type: string }>();
  await walk(book, `${folder}_rels/${main.slice(folder.length)}.rels`, { open: (name, { Id, Target, Type }) => {
    if (name !== 'Relationship' || !Id || !Target) return;
    targets.set(Id, { part: Target.startsWith('/') ? Target.slice(1) : folder + Target, type: Type?.slice(Type.lastIndexOf('/') + 1) ?? '' });
  } });
  const partOf = (type: string) => [...targets.values()].find((target) => target.type === type)?.part ?? '';
  const workbook: Workbook = { sheets: [], date1904: false, strings: partOf('sharedStrings'), styles: partOf('styles') };
  await walk(book, main, { open: (name, attributes) => {
    if (name === 'workbookPr') workbook.date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
    const target = targets.get(attribute(attributes, 'id') ?? '');
    if (target?.type === 'worksheet') workbook.sheets.push({ name: attributes['name'] ?? '', part: target.part });
  } });
  return workbook;
}

/** Shared strings in order; rich text joined, phonetic guides left out. */
export async function readStrings(book: Package, part: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = false;
  await walk(book, part, {
    open: (name) => { if (name === 'si') text = ''; else if (name === 't') inText = !phonetic; else if (name === 'rPh') phonetic = true; },
    text: (piece) => { if (inText) text += piece; },
    close: (name) => { if (name === 't') inText = false; else if (name === 'rPh') phonetic = false; else if (name === 'si') strings.push(unescape(text)); },
  });
  return strings;
}

const builtInDates = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number format shows a date: y, m, d, h or s outside quotes, colours and escapes. */
export function isDateFormat(format: string): boolean {
  const shown = format.split(';')[0]?.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '') ?? '';
  return !/general/i.test(shown) && /[ymdhs]/i.test(shown) && !/[#?]/.test(shown);
}

/** For each cell style, by index, whether it shows a date. */
export async function readDateStyles(book: Package, part: string): Promise<boolean[]> {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let inCells = false;
  await walk(book, part, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        const format = formats.get(id);
        styles.push(format === undefined ? builtInDates(id) : isDateFormat(format));
      }
    },
    close: (name) => { if (name === 'cellXfs') inCells = false; },
  });
  return styles;
}
