import { describe, expect, it } from 'vitest';
import iconv from 'iconv-lite';
import { openFile } from '../../pipelines/readers/open.ts';
import type { Cell } from '../../pipelines/readers/sheet.ts';
import { bytes, rawXlsx, xlsx } from './ingest-files.ts';

async function cells(path: string, sheet = 0): Promise<[number, Cell[]][]> {
  const rows: [number, Cell[]][] = [];
  for await (const row of (await openFile(path))[sheet]?.rows() ?? []) rows.push([row.row, row.cells]);
  return rows;
}

const book = (sheets: string) => ({
  '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="r"><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': '<?xml version="1.0"?><Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/台账.xml"/><Relationship Id="b" Type="http://x/worksheet" Target="/xl/worksheets/two.xml"/><Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="http://x/styles" Target="styles.xml"/></Relationships>',
  'xl/sharedStrings.xml': '<sst><si><t>共享</t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 文本</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></si><si><t>一行_x000D_\n二行</t></si></sst>',
  'xl/styles.xml': '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="[Red]#,##0&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="31"/></cellXfs></styleSheet>',
});
const one = '<sheet name="台账" sheetId="1" r:id="a"/>';

describe('xlsx', () => {
  it('reads values, dates, rich text, hyperlinks, formulas and errors as exceljs writes them', async () => {
    const path = await xlsx('exceljs.xlsx', { 甲: [
      ['文字', 5, true, new Date(Date.UTC(2026, 2, 5, 9, 2)), { richText: [{ text: '富' }, { font: { bold: true }, text: '文本' }] }],
      [],
      [{ text: '链接', hyperlink: 'https://example.com' }, { formula: 'A1&"乙"', result: '文字乙' }, { formula: '1+1', result: 2 }, { error: '#N/A' }, { formula: 'TODAY()', date1904: false }],
    ], 乙: [['第二张']] });
    expect(await cells(path)).toEqual([[1, ['文字', 5, true, new Date(Date.UTC(2026, 2, 5, 9, 2)), '富文本']], [3, ['链接', '文字乙', 2, '#N/A', '#CALC!']]]);
    expect(await cells(path, 1)).toEqual([[1, ['第二张']]]);
  });
  it('reads inline and shared strings, phonetic guides left out, cells without references, and dates by their format', async () => {
    const path = await rawXlsx('raw.xlsx', { ...book(one), 'xl/worksheets/台账.xml': '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:r><x:t>内</x:t></x:r><x:r><x:t>联</x:t></x:r></x:is></x:c><x:c r="C2" t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row><x:row><x:c s="1"><x:v>46086</x:v></x:c><x:c s="2"><x:v>46086</x:v></x:c><x:c s="3"><x:v>46086.5</x:v></x:c><x:c t="d"><x:v>2026-03-05T09:02:00</x:v></x:c></x:row></x:sheetData></x:worksheet>' });
    expect(await cells(path)).toEqual([
      [2, [null, '内联', '富 文本', '一行\r\n二行']],
      [3, [new Date(Date.UTC(2026, 2, 5)), 46086, new Date(Date.UTC(2026, 2, 5, 12)), new Date(Date.UTC(2026, 2, 5, 9, 2))]],
    ]);
  });
  it('leaves hidden sheets out', async () => {
    const sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>';
    const path = await rawXlsx('hidden.xlsx', { ...book(`<sheet name="藏" sheetId="2" state="hidden" r:id="b"/>${one}`), 'xl/worksheets/台账.xml': sheet, 'xl/worksheets/two.xml': sheet });
    expect((await openFile(path)).map(({ name }) => name)).toEqual(['台账']);
  });
  it('gives merged cells the value of their first one', async () => {
    const path = await xlsx('merged.xlsx', { 甲: [['标题'], ['甲', '乙'], [null, '丙']] }, { 甲: ['A1:B1', 'A2:A3'] });
    expect(await cells(path)).toEqual([[1, ['标题', '标题']], [2, ['甲', '乙']], [3, ['甲', '丙']]]);
  });
});

describe('csv', () => {
  const text = '信访日期,信访内容\r\n2026/3/5,"一行\n二行, 三"\r\n\r\n2026/3/6,“电”\r\n';
  const expected = [[1, ['信访日期', '信访内容']], [2, ['2026/3/5', '一行\n二行, 三']], [4, ['2026/3/6', '“电”']]];
  it.each([
    ['UTF-8', Buffer.from(text)], ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)], ['UTF-16 with its mark', iconv.encode(text, 'utf-16le', { addBOM: true })], ['GB18030', iconv.encode(text, 'gb18030')],
  ])('reads %s', async (name, content) => { expect(await cells(bytes(`${name}.csv`, content))).toEqual(expected); });
  it.each([[';'], ['\t']])('finds the separator %j', async (mark) => {
    expect(await cells(bytes('sep.csv', `日期${mark}内容，逗号,多\n2026/3/5${mark}a,b,c\n`))).toEqual([[1, ['日期', '内容，逗号,多']], [2, ['2026/3/5', 'a,b,c']]]);
  });
});

describe('jsonl and json', () => {
  it('has the keys for a header, and keeps a broken line as a row with a problem', async () => {
    const path = bytes('a.jsonl', '{"日期":"2026-03-05","标签":["甲","乙"]}\n{坏\n\n{"内容":5}\n');
    expect(await cells(path)).toEqual([[0, ['日期', '标签', '内容']], [1, ['2026-03-05', '甲┋乙', null]], [2, []], [4, [null, null, 5]]]);
  });
  it('reads one array of objects', async () => { expect(await cells(bytes('a.json', '[{"日期":"2026-03-05"},7]'))).toEqual([[0, ['日期']], [1, ['2026-03-05']], [2, []]]); });
});

describe('a file that can not be read says what to do', () => {
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  it.each([
    ['empty.xlsx', Buffer.alloc(0), /是空的/], ['old.xls', Buffer.concat([old, Buffer.alloc(600)]), /另存为 \.xlsx/], ['locked.xlsx', Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]), /去掉密码/],
    ['broken.xlsx', Buffer.from('PK\x03\x04 and nothing more'), /已损坏/], ['page.xls', Buffer.from('<html><table></table></html>'), /网页或 XML/], ['a.pdf', Buffer.from('%PDF-1.7'), /PDF/], ['a.csv', Buffer.from('a,b\n\0\x01\x02'), /不是表格/],
  ])('%s', async (name, content, message) => { await expect(openFile(bytes(name, content))).rejects.toMatchObject({ code: 'bad_file', message: expect.stringMatching(message) as string }); });
  it('a zip that is no workbook', async () => { await expect(openFile(await rawXlsx('doc.xlsx', { 'word/document.xml': '<w/>' }))).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('不是 Excel 工作簿') as string }); });
  it('a zip bomb', async () => { await expect(openFile(await rawXlsx('bomb.xlsx', { 'xl/workbook.xml': 'a'.repeat(65 << 20) }))).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('大得不合常理') as string }); });
  it('a sheet cut short', async () => {
    const path = await rawXlsx('cut.xlsx', { ...book(one), 'xl/worksheets/台账.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' });
    await expect(cells(path)).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('工作表“台账”已损坏') as string });
  });
});
