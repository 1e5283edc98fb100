// In: a row below the header. Out: whether it is no data at all: totals, notes, section lines, a header printed again.
// Invariant: a row that might be data is kept; what is skipped here is not counted as a row.
import type { SheetRow } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';
import type { Header } from './find-header.ts';
import { headerLabel } from './normalise-header.ts';

const total = /^[^:：]{0,6}(?:合计|小计|总计|累计|共计)(?:[:：]|$|[（(])|^总数$/;
const signature = /^(?:填表|制表|审核|备注|说明|注|附注|负责人|单位负责人|分管领导|统计人|统计|填报|联系电话|联系人|联系方式|日期|报送|报表|审批|复核|打印|单位)[^:：]{0,8}[:：]/;
/** 审核人：李四; 2026年4月1日 */
const labelled = /^[^:：]{1,10}[:：]|^[\d年月日./\- ]+$/;
/** 2.本表每月5日前报信访办。 */
const remark = /^\d{1,2}[.、．）)]\s*\D|[。；;]$|^.{25,}$/s;
const section = /^[（(]?[一二三四五六七八九十]+[）)、.．]/;

/** Makes the test for one sheet; `serials` are its 序号 columns, `texts` the columns that hold the long text. */
export function rowSkipper(header: Header, serials: readonly number[], texts: readonly number[]): (row: SheetRow) => boolean {
  const printed = header.rows.map((row) => row.cells.map((cell) => headerLabel(cell)));
  const titles = new Set(header.titles);
  return ({ cells, problem }) => {
    if (problem) return false;
    const filled = cells.map((cell, index) => ({ text: cleanText(cell), index })).filter(({ text, index }) => text !== '' && !serials.includes(index));
    const numbered = serials.map((index) => cleanText(cells[index])).filter((text) => text !== '');
    if (filled.length === 0) return true;
    const first = numbered[0] ?? filled[0]?.text ?? '';
    const words = [...numbered, ...filled.map(({ text }) => text)];
    const hasText = filled.some(({ index }) => texts.includes(index));
    const values = new Set(words);
    if (values.size === 1 && (titles.has(first) || (words.length >= 3 && first.length <= 60))) return true;
    if (isReprint(printed, cells.map((cell) => headerLabel(cell)))) return true;
    if (words.slice(0, 3).some((text) => text.length <= 12 && total.test(text.replace(/\s/g, '')))) return !hasText || values.size <= 2;
    if (signature.test(first) && values.size <= 6 && (!hasText || words.every((text) => labelled.test(text)))) return true;
    return filled.length + numbered.length === 1 && !hasText && (section.test(first) || remark.test(first));
  };
}

/** Most of what the row holds is what the header holds in the same place. */
const isReprint = (printed: string[][], cells: string[]): boolean => {
  const filled = cells.map((text, i) => ({ text, i })).filter(({ text }) => text !== '');
  const same = filled.filter(({ text, i }) => printed.some((line) => line[i] === text)).length;
  return same >= 2 && same * 10 >= filled.length * 8;
};
