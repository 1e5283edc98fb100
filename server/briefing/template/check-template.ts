// In: a Word file that an office wants its briefings printed in. Out: its fields, or why it is refused.
// Invariant: declared sizes are checked before anything is inflated; nothing that acts or that fetches from elsewhere gets in.
import { patchDetector } from 'docx';
import yauzl from 'yauzl';
import { ZhiweiError } from '../../../datasets/errors.ts';
import { templateFields, type TemplateField } from './fields.ts';
import { fieldsIn, fieldTroubles, placesOf } from './places.ts';

const limits = { entries: 500, part: 20_000_000, total: 40_000_000 } as const;
const refuse = (why: string, cause?: unknown) => new ZhiweiError('bad_file', `模板不能用：${why}`, undefined, { cause });
const broken = (cause: unknown) => refuse('文件已损坏，解不开；请用 Word 打开后另存为 docx', cause);

/** Every part as text; throws `bad_file` for a broken file or one that unpacks beyond reason. */
export async function readParts(content: Buffer): Promise<Map<string, string>> {
  const zip = await new Promise<yauzl.ZipFile>((done, fail) => { yauzl.fromBuffer(content, { lazyEntries: true }, (error, opened) => { if (error) fail(broken(error)); else done(opened); }); });
  const parts = new Map<string, string>();
  let total = 0;
  await new Promise<void>((done, fail) => {
    zip.on('error', (error: unknown) => { fail(broken(error)); });
    zip.on('end', () => { done(); });
    zip.on('entry', (entry: yauzl.Entry) => {
      total += entry.uncompressedSize;
      if (entry.uncompressedSize > limits.part || total > limits.total || parts.size >= limits.entries) { fail(refuse('解开后大得不合常理；请删去图片后另存')); return; }
      // yauzl holds each part to its declared size.
      zip.openReadStream(entry, (error, stream) => {
        if (error) { fail(broken(error)); return; }
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => { pieces.push(piece); }).on('error', (cause: unknown) => { fail(broken(cause)); })
          .on('end', () => { parts.set(entry.fileName, /\.(xml|rels)$/i.test(entry.fileName) ? Buffer.concat(pieces).toString('utf8') : ''); zip.readEntry(); });
      });
    });
    zip.readEntry();
  });
  return parts;
}

/** What may not be in a template, and how it is said. */
const forbidden: readonly { part?: RegExp; text?: RegExp; why: string }[] = [
  { part: /vbaProject|vbaData/i, text: /macroEnabled/, why: '含有宏；请另存为不带宏的 docx' },
  { part: /^word\/(embeddings|activeX)\//i, why: '嵌有其他文件或控件；请删去' },
  { text: /TargetMode\s*=\s*["']External["']/i, why: '含有指向外部的链接、图片或附加模板；请删去' },
  { text: /<!(DOCTYPE|ENTITY)/i, why: '含有不该有的文档类型声明；请用 Word 打开后另存' },
  { text: /\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|DATABASE|MERGEFIELD)\b/, why: '含有取自别处的域；请删去' },
  { text: /<w:altChunk\b/, why: '含有整段嵌入的文档；请删去' },
];

/** Troubles told at once. */
const mostTold = 3;

/** The fields that the template has. Throws `bad_file` with what is wrong. */
export async function checkTemplate(content: Buffer): Promise<TemplateField[]> {
  const parts = await readParts(content);
  if (!parts.has('word/document.xml') || !parts.has('[Content_Types].xml')) throw refuse('不是 Word 文档；请上传 docx');
  for (const { part, text, why } of forbidden) for (const [name, xml] of parts) if (part?.test(name) || text?.test(xml)) throw refuse(why);
  await patchDetector({ data: content }).catch((cause: unknown) => { throw broken(cause); });
  const places = placesOf(parts), found = fieldsIn(places), troubles = fieldTroubles(places);
  if (troubles.length > 0) throw refuse(`${troubles.slice(0, mostTold).join('。')}${troubles.length > mostTold ? `。还有 ${troubles.length - mostTold} 处` : ''}`);
  if (!found.includes('正文')) throw refuse('没有 {{正文}}；请在要放正文的地方单独写一段 {{正文}}');
  return (Object.keys(templateFields) as TemplateField[]).filter((k) => found.includes(k));
}
