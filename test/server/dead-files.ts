// In: a file that the server gave, by its kind. Out: its texts; throws where it does not open, or where something in it is alive.
// Invariant: every part is read by a strict parser; alive is a formula, a script, a link or call to elsewhere, a field that asks for one.
import { inflateSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import JSZip from 'jszip';
import { SaxesParser } from 'saxes';

/** What a spreadsheet takes for a formula at the beginning of a CSV cell, also behind blanks and marks that cannot be seen. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

export function deadCsv(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  if (!text.startsWith('\ufeff')) throw new Error('no byte order mark');
  return deadCells(text, ',');
}

/** CSV, or what is pasted as tab-separated cells. */
export function deadCells(text: string, delimiter: string): string[] {
  const cells = (parseCsv(text, { bom: true, delimiter }) as string[][]).flat();
  const alive = cells.find((cell) => formula.test(cell) && !isNumber(cell));
  if (alive !== undefined) throw new Error(`a formula: ${JSON.stringify(alive)}`);
  return cells;
}

/** Elements and attributes by which an XML document does something, or calls something. */
const lively = /^(?:f|script|foreignObject|iframe|object|ddeLink|oleLink|altChunk|attachedTemplate|hlinkClick|hlinkHover|hyperlink|webPublishing|dataValidation|animate|set)$/i;
const harmlessField = /^\s*(?:PAGE|NUMPAGES|PAGEREF _Toc\d+ \\h|TOC(?:\s+(?:\\\w|"[\d-]+"))*)\s*$/;

/** The texts of an XML document. Links within a document are none (`w:anchor`). */
export function deadXml(name: string, xml: string): string[] {
  const texts: string[] = [], open: string[] = [];
  const parser = new SaxesParser({ xmlns: true, fileName: name });
  parser.on('error', (error) => { throw error; });
  parser.on('doctype', () => { throw new Error(`${name}: a doctype`); });
  parser.on('processinginstruction', () => { throw new Error(`${name}: a processing instruction`); });
  parser.on('opentag', (tag) => {
    open.push(tag.local);
    const attributes = Object.values(tag.attributes);
    const inside = attributes.some((a) => a.name === 'w:anchor') && !attributes.some((a) => a.name === 'r:id');
    // In a chart, c:f names the cells beside it.
    if (lively.test(tag.local) && !(tag.local === 'f' && tag.prefix === 'c') && !(tag.local === 'hyperlink' && inside)) throw new Error(`${name}: <${tag.name}>`);
    for (const { name: key, value } of attributes) {
      if (/^on/i.test(key) || /javascript:|vbscript:/i.test(value) && /href|src|target/i.test(key)) throw new Error(`${name}: ${key}="${value}"`);
      if (key === 'TargetMode' && value === 'External') throw new Error(`${name}: an external relation`);
      if (/^(?:xlink:)?href$/.test(key) && !value.startsWith('#') && !value.startsWith('data:image/')) throw new Error(`${name}: ${key}="${value}"`);
      if (tag.local === 'fldSimple' && key === 'w:instr' && !harmlessField.test(value)) throw new Error(`${name}: field ${value}`);
    }
  });
  parser.on('text', (text) => {
    if (open.at(-1) === 'instrText' && !harmlessField.test(text)) throw new Error(`${name}: field ${text}`);
    texts.push(text);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return texts;
}

/** The texts of an xlsx, docx or pptx, also of the workbooks in it. */
export async function deadOffice(bytes: Buffer): Promise<string[]> {
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const texts: string[] = [];
  for (const [name, entry] of Object.entries(zip.files)) {
    if (entry.dir) continue;
    if (/vbaProject|\.bin$|externalLink|connections\.xml|activeX/i.test(name)) throw new Error(name);
    if (/\.(?:xml|rels)$/.test(name)) texts.push(...deadXml(name, await entry.async('string')));
    if (/\.xlsx$/.test(name)) texts.push(...await deadOffice(await entry.async('nodebuffer')));
  }
  return texts;
}

/** A PDF, its streams unpacked; texts are in it as glyphs and not given. */
export function deadPdf(bytes: Buffer): string[] {
  const file = bytes.toString('latin1');
  if (!file.startsWith('%PDF-1.') || !file.trimEnd().endsWith('%%EOF')) throw new Error('no PDF');
  const open = file.replace(/stream\r?\n([\s\S]*?)\r?\nendstream/g, (whole, data: string) => { try { return inflateSync(Buffer.from(data, 'latin1')).toString('latin1'); } catch { return whole; } });
  const alive = /\/(?:JavaScript|JS|Launch|URI|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR|RichMedia)\b/.exec(open.replace(/\((?:\\.|[^\\()])*\)/gs, '()'));
  if (alive) throw new Error(alive[0]);
  return [];
}
