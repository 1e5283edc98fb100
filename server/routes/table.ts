// In: a table that a page shows. Out: the same as xlsx. Invariant: text cells stay text, so that no cell is ever a formula.
import ExcelJS from 'exceljs';
import { sheetText } from '../../datasets/document-text.ts';
import { route } from '../endpoint.ts';

const headerRow = 3;

export const tableRoutes = () => [
  route('POST /api/table.xlsx', async ({ body: { title, subtitle, columns, rows }, res }) => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('数据', { views: [{ state: 'frozen', ySplit: headerRow }] });
    sheet.addRow([sheetText(title)]).font = { bold: true, size: 14 };
    sheet.addRow([sheetText(subtitle)]).font = { color: { argb: 'FF666666' } };
    sheet.addRow(columns.map(sheetText)).font = { bold: true };
    for (const row of rows) sheet.addRow(row.map((value) => (typeof value === 'string' ? sheetText(value) : value)));
    columns.forEach((name, i) => { sheet.getColumn(i + 1).width = Math.min(48, Math.max(8, 2 * name.length + 2, ...rows.slice(0, 200).map((row) => 2 * String(row[i] ?? '').length))); });
    const bytes = await book.xlsx.writeBuffer();
    res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').attachment('table.xlsx').send(Buffer.from(bytes));
    return undefined;
  }),
];
