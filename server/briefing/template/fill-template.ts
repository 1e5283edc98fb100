// In: an office's checked Word template, a briefing and who signed it. Out: the template with its fields filled.
// Invariant: the office's own styles win over ours of the same name; ours are added only where the template has none.
import { Document, Packer, Paragraph, patchDocument, PatchType, TextRun, type FileChild } from 'docx';
import JSZip from 'jszip';
import { drawBlock, heading, words, type Numbering } from '../docx/blocks.ts';
import { fixZipTimes } from '../docx/fixed-bytes.ts';
import type { RenderOptions } from '../formats.ts';
import { notesAppendix } from '../docx/notes-appendix.ts';
import { styles } from '../docx/page-style.ts';
import type { Briefing } from '../content.ts';
import { dateLabel } from '../period.ts';
import { printable } from '../../../datasets/document-text.ts';
import { wholeFields, type TemplateField } from './fields.ts';

/** Who signed, and the day of approval; empty in a draft. */
export interface Signed { writer: string; approver: string; day: string | null }

export async function fillTemplate(template: Buffer, briefing: Briefing, signed: Signed, options: RenderOptions = {}): Promise<Buffer> {
  const { title, period, unit, run, caution, sections, tables } = briefing;
  const inText: Numbering = { figure: 0, table: 0, prefix: '表' }, after: Numbering = { figure: 0, table: 0, prefix: '附表' };
  const line: Record<Exclude<TemplateField, '正文' | '附表' | '附录'>, string> = {
    标题: title, 期间: period, 单位: unit.name, 说明: caution ?? `数据截至${dateLabel(run.as_of)}，第${run.version}版`,
    撰稿: signed.writer, 审批: signed.approver, 日期: signed.day === null ? '' : dateLabel(signed.day),
  };
  const whole: Record<string, FileChild[]> = {
    正文: sections.flatMap((section) => [heading(section.title), ...section.blocks.flatMap((b) => drawBlock(b, inText))]),
    附表: tables.flatMap((t) => drawBlock(t, after)), 附录: notesAppendix(briefing, options),
  };
  const patches = {
    ...Object.fromEntries(Object.entries(line).map(([name, value]) => [name, { type: PatchType.PARAGRAPH, children: [new TextRun({ text: printable(value) })] }])),
    ...Object.fromEntries(wholeFields.map((name) => [name, { type: PatchType.DOCUMENT, children: whole[name] ?? [] }])),
  };
  return fixZipTimes(await withStyles(Buffer.from(await patchDocument({ outputType: 'nodebuffer', data: template, patches, keepOriginalStyles: true })), options.seal));
}

const styleOf = /<w:style\b[^>]*w:styleId="([^"]+)"[^>]*>[\s\S]*?<\/w:style>/g;
const nameOf = (xml: string) => /<w:name w:val="([^"]+)"/.exec(xml)?.[1]?.toLowerCase() ?? '';

/** Our styles as the docx package writes them. */
async function ownStyles(): Promise<string> {
  const zip = await JSZip.loadAsync(await Packer.toBuffer(new Document({ styles, sections: [{ children: [words('BodyText', ''), new Paragraph('')] }] })));
  return await zip.file('word/styles.xml')?.async('string') ?? '';
}

async function withStyles(filled: Buffer, seal?: string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(filled);
  const theirs = await zip.file('word/styles.xml')?.async('string'), text = await zip.file('word/document.xml')?.async('string');
  if (theirs === undefined || text === undefined) return filled;
  const ids = new Set<string>(), byName = new Map<string, string>();
  for (const [xml, id] of theirs.matchAll(styleOf)) if (id) { ids.add(id); byName.set(nameOf(xml), id); }
  const renamed = new Map<string, string>(), added: string[] = [];
  for (const [xml, id] of (await ownStyles()).matchAll(styleOf)) {
    if (!id || ids.has(id)) continue;
    const known = byName.get(nameOf(xml));
    if (known) renamed.set(id, known); else added.push(xml);
  }
  const follow = (xml: string) => xml.replace(/(<w:(?:pStyle|rStyle|basedOn|next|link) w:val=")([^"]+)"/g, (all, lead: string, id: string) => (renamed.has(id) ? `${lead}${renamed.get(id) ?? id}"` : all));
  zip.file('word/styles.xml', theirs.replace('</w:styles>', `${follow(added.join(''))}</w:styles>`));
  zip.file('word/document.xml', follow(text));
  // A template need not have a place for 附录: the seal is among the document's properties too.
  const core = await zip.file('docProps/core.xml')?.async('string');
  if (core !== undefined && seal !== undefined) zip.file('docProps/core.xml', sealed(core, seal));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const sealed = (core: string, seal: string) => core.replace(/<dc:identifier>[^<]*<\/dc:identifier>|<dc:identifier\/>/g, '').replace('</cp:coreProperties>', `<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">sha256:${seal}</dc:identifier></cp:coreProperties>`);
