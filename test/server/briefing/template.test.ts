// In: Word templates made here, good and bad. Out: what is refused and why, and a briefing printed by the office's own.
import { rmSync } from 'node:fs';
import { Document, Footer, Packer, Paragraph, TextRun } from 'docx';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { BriefingTemplate, DraftView } from '../../../server/api.ts';
import { checkTemplate } from '../../../server/briefing/template/check-template.ts';
import { start, type Client, type Running } from '../client.ts';
import { smallWarehouse } from './small-warehouse.ts';

const line = (text: string) => new Paragraph({ children: [new TextRun(text)] });
/** A template as an office makes it: its own letterhead, footer and heading style. */
async function template(lines: readonly string[], change: (zip: JSZip) => void | Promise<void> = () => undefined): Promise<Buffer> {
  const made = await Packer.toBuffer(new Document({
    sections: [{ footers: { default: new Footer({ children: [line('审批：{{审批}}　撰稿：{{撰稿}}')] }) }, children: lines.map(line) }],
  }));
  const zip = await JSZip.loadAsync(made);
  // Chinese Word numbers its styles.
  zip.file('word/styles.xml', (await zip.file('word/styles.xml')!.async('string')).replaceAll('"Heading1"', '"a1"'));
  await change(zip);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
const good = ['青石能源集团信访办公室文件', '{{标题}}（{{期间}}）', '{{正文}}', '{{附表}}'];
const inDocument = (to: string) => async (zip: JSZip) => { zip.file('word/document.xml', (await zip.file('word/document.xml')!.async('string')).replace('</w:body>', `${to}</w:body>`)); };

describe('server/briefing/template/check-template', () => {
  it('tells the fields of a template, in the body and in the footer', async () => {
    expect(await checkTemplate(await template(good))).toEqual(['标题', '期间', '正文', '附表', '撰稿', '审批']);
  });
  it.each<[string, () => Promise<Buffer>, string]>([
    ['no zip', () => Promise.resolve(Buffer.from('not a zip')), '已损坏'],
    ['another zip', () => new JSZip().file('a.txt', 'a').generateAsync({ type: 'nodebuffer' }), '不是 Word 文档'],
    ['no place for the text', () => template(['{{标题}}']), '没有 {{正文}}'],
    ['an unknown field', () => template([...good, '{{姓名}}']), '第5段“{{姓名}}”里有不认识的字段 {{姓名}}；可用的是 {{标题}}、'],
    ['an unknown field in a footer', () => template(good, (zip) => { zip.file('word/footer9.xml', '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>承办：{{承</w:t></w:r><w:r><w:t>办人}}</w:t></w:r></w:p></w:ftr>'); }), '页脚“承办：{{承办人}}”里有不认识的字段 {{承办人}}'],
    ['a field that is not whole', () => template([...good, '（{{期间}）']), '第5段“（{{期间}）”里有没写完整的字段'],
    ['a field in full-width braces', () => template(['｛｛标题｝｝', ...good]), '第1段“｛｛标题｝｝”里的花括号是全角的'],
    ['a field with one brace', () => template(['{标题}', '{{正文}}']), '第1段“{标题}”里的 {标题} 少了花括号；请写成 {{标题}}'],
    ['the text beside other words', () => template(['全文：{{正文}}']), '第1段“全文：{{正文}}”里的 {{正文}} 须单独成段'],
    ['the text in a footer', () => template(good, (zip) => { zip.file('word/footer9.xml', '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{{附录}}</w:t></w:r></w:p></w:ftr>'); }), '{{附录}} 只能放在正文里，不能放在页脚'],
    ['a macro', () => template(good, (zip) => { zip.file('word/vbaProject.bin', 'x'); }), '宏'],
    ['an embedded file', () => template(good, (zip) => { zip.file('word/embeddings/ole.bin', 'x'); }), '嵌有'],
    ['a link to the outside', () => template(good, (zip) => { zip.file('word/_rels/settings.xml.rels', '<Relationships><Relationship Id="r" Type="attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/></Relationships>'); }), '指向外部'],
    ['an entity', () => template(good, (zip) => { zip.file('word/x.xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'); }), '文档类型声明'],
    ['a field that fetches', () => template(good, inDocument('<w:p><w:r><w:instrText>INCLUDETEXT "c:\\a"</w:instrText></w:r></w:p>')), '取自别处的域'],
    ['a bomb', () => template(good, (zip) => { zip.file('word/media/zero.png', Buffer.alloc(30_000_000)); }), '大得不合常理'],
    ['too many parts', () => template(good, (zip) => { for (let i = 0; i < 501; i++) zip.file(`word/x${i}.xml`, ''); }), '大得不合常理'],
  ])('refuses %s', async (_what, make, why) => {
    await expect(checkTemplate(await make())).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining(why) });
  });
});

describe('a briefing by the template of its unit', () => {
  let dir: DataDir, s: Running, admin: Client, clerk: Client;
  beforeAll(async () => { dir = await smallWarehouse(); s = await start(dir); admin = await s.signedIn('管', 'admin'); clerk = await s.signedIn('赵', 'clerk'); });
  afterAll(async () => { await s.close(); rmSync(dir.root, { recursive: true }); });
  const upload = async (name: string, content: Buffer) => { const form = new FormData(); form.append('file', new Blob([new Uint8Array(content)]), name); return admin.post('/api/briefing/templates?unit=G', form); };

  it('keeps letterhead and styles, fills the fields, and adds only the styles that are missing', async () => {
    const made = await upload('集团模板.docx', await template(good));
    expect(made.json<{ templates: BriefingTemplate[] }>().templates.map((t) => [t.unit_path, t.name, t.uploaded_by])).toEqual([['G', '集团模板.docx', '管']]);
    const { draft } = (await clerk.post('/api/briefing/drafts', { period: '2026-10' })).json<{ draft: DraftView }>();
    const text = structuredClone(draft.text);
    text.sections = text.sections.filter((x) => x.id !== 'advice');
    await clerk.post(`/api/briefing/drafts/${draft.draft_id}/text`, { revision: 1, text });
    const zip = await JSZip.loadAsync((await clerk.get(`/api/briefing/drafts/${draft.draft_id}/file`)).bytes);
    const read = async (part: string) => await zip.file(part)?.async('string') ?? '';
    const [document, styles, footer] = [await read('word/document.xml'), await read('word/styles.xml'), await read('word/footer1.xml')];
    const plain = document.replace(/<[^>]+>/g, '');
    expect(plain).toContain('青石能源集团信访办公室文件青石能源集团信访工作月报（2026年10月）一、总体情况');
    expect(plain).toContain('主要指标');
    expect(plain + footer).not.toContain('{{');
    expect(footer.replace(/<[^>]+>/g, '')).toContain('审批：　撰稿：赵');
    expect(document.includes('<w:pStyle w:val="a1"/>')).toBe(true);
    expect(document.includes('w:val="Heading1"')).toBe(false);
    expect(styles.match(/w:name w:val="heading 1"/gi)).toHaveLength(1);
    expect(styles).toContain('w:styleId="BodyText"');
    expect(zip.file(/word\/media\/.*\.png/).length).toBeGreaterThan(0);
  });

  it('is refused in words when it is no template, and taken away again', async () => {
    expect((await upload('a.doc', Buffer.from('x'))).status).toBe(422);
    expect((await upload('a.docx', Buffer.from('x'))).json<{ error: { message: string } }>().error.message).toContain('已损坏');
    expect((await admin.send('DELETE', '/api/briefing/templates?unit=G', {})).json<{ templates: unknown[] }>().templates).toEqual([]);
  });
});
