// In: sheets of cells. Out: the bytes of an xlsx, or of a csv in UTF-8 with BOM or GB18030.
// Invariant: the same cells give the same bytes: no clock in the workbook, none in the zip.
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import JSZip from 'jszip';

/** An empty cell is null; a `Date` becomes a real Excel date. */
export type Value = string | number | Date | null;
export interface Sheet { name: string; rows: Value[][]; merges?: string[]; widths?: number[] }
export interface SampleFile { name: string; encoding: 'xlsx' | 'utf8-bom' | 'gb18030'; sheets: Sheet[] }

const stamp = new Date('2026-11-02T09:00:00Z');

/** Bytes of a file, ready to be written. */
export async function bytes(file: SampleFile): Promise<Buffer> {
  if (file.encoding === 'xlsx') return xlsx(file);
  const text = (file.sheets[0]?.rows ?? []).map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
  return file.encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(`\ufeff${text}`, 'utf8');
}

function quoted(value: Value): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function xlsx({ sheets }: SampleFile): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, { creator: '华岳能源集团（虚构）', lastModifiedBy: '华岳能源集团（虚构）', created: stamp, modified: stamp });
  for (const { name, rows, merges = [], widths = [] } of sheets) {
    const sheet = workbook.addWorksheet(name);
    sheet.addRows(rows);
    widths.forEach((width, i) => { sheet.getColumn(i + 1).width = width; });
    rows[0]?.forEach((_, i) => { if (rows.some((row) => row[i] instanceof Date)) sheet.getColumn(i + 1).numFmt = 'yyyy/m/d'; });
    for (const range of merges) sheet.mergeCells(range);
  }
  const zip = await JSZip.loadAsync(Buffer.from(await workbook.xlsx.writeBuffer()));
  const again = new JSZip();
  for (const [path, entry] of Object.entries(zip.files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!entry.dir) again.file(path, await entry.async('nodebuffer'), { date: stamp, createFolders: false });
  }
  return again.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 9 }, platform: 'DOS' });
}
