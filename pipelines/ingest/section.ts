// In: a row below the header. Out: what it says of the rows under it, where it is a section line: 一、来信部分, 西岭煤矿.
// Invariant: a section line holds one short wording and nothing else; it is no data row.
import type { Row } from '../../datasets/schema.ts';
import type { Cell, SheetRow } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';
import { toChannel } from './codes.ts';
import { unitInTitle } from './stated-unit.ts';

export interface Section { channel: Row<'document'>['channel'] | null; unit: string | null }

/** Before any section line. */
export const noSection: Section = { channel: null, unit: null };

/** 南坪煤矿2026年9月来信来访登记表 above a second table of the same sheet. */
const nextTable = /(?:台账|登记[表簿册]?|一览表?|明细表?|汇总表?|情况表?|统计表?|记录表?)(?:[（(][^（）()]*[）)])?$/;

/** The section that starts here; `texts` are columns of long text, where one short wording may be a document. */
export function sectionOf({ cells, problem }: SheetRow, texts: readonly number[]): Section | null {
  if (problem) return null;
  const filled = cells.map((cell, index) => ({ text: cleanText(cell), index })).filter(({ text }) => text !== '');
  const [first] = filled;
  if (!first || new Set(filled.map(({ text }) => text)).size > 1 || (filled.length === 1 && texts.includes(first.index))) return null;
  if (first.text.length <= 40 && nextTable.test(first.text) && unitInTitle(first.text) !== null) return { channel: null, unit: unitInTitle(first.text) };
  const bare = first.text.normalize('NFKC').replace(/\s/g, '').replace(/^[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[）)、.．]/, '').replace(/[（(][^（）()]*[）)]$|[:：]$/, '').replace(/(?:部分|事项|情况|类|件)$/, '');
  if (bare.length < 2 || bare.length > 12 || /合计|小计|总计|累计|\d/.test(bare)) return null;
  const channel = toChannel(bare);
  const unit = unitInTitle(bare);
  if (channel !== null && channel !== '其他' && channel !== '问卷') return { channel, unit: null };
  return unit === bare ? { channel: null, unit } : null;
}

const ditto = /^(?:同上|上同|[〃″〞])$/;

/** The row with 同上 and 〃 replaced by what the data row above holds in the same place. */
export function withDitto(row: SheetRow, above: readonly Cell[]): SheetRow {
  if (!row.cells.some((cell) => typeof cell === 'string' && ditto.test(cell.trim()))) return row;
  return { ...row, cells: row.cells.map((cell, i) => (typeof cell === 'string' && ditto.test(cell.trim()) ? above[i] ?? cell : cell)) };
}
