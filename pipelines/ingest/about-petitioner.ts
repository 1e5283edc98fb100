// In: the cells of a ledger that tell a petitioner's post, age or birth. Out: the group of posts and the band of ages, or what is wrong.
// Invariant: the age, the birth and the words of the post go no further than this file.
import { ageBandOf, postGroupOf, type AgeBand, type PostGroup } from '../../datasets/post-groups.ts';
import type { Cell, SheetRow } from '../readers/sheet.ts';
import { optionalText } from './clean-text.ts';
import { chineseNumber } from './parse-number.ts';
import { cellOf, labelOf, type Problem, type SheetContext } from './sheet-context.ts';

const youngest = 10, oldest = 110;

/** What a row tells of who wrote; an age column is asked before a birth column, which tells nothing where the day of receipt is unknown, empty. */
export function aboutPetitioner(context: SheetContext, row: SheetRow, received: string, problems: Problem[]): { post: PostGroup | null; age_band: AgeBand | null } {
  const post = optionalText(cellOf(context, row, 'post'));
  let age_band: AgeBand | null = null;
  for (const field of ['age', 'birth'] as const) {
    if (field === 'birth' && received === '') continue;
    const cell = cellOf(context, row, field);
    const band = toAgeBand(cell, received);
    if (band === undefined) problems.push({ column: labelOf(context, field), cell, reason: field === 'age' ? '年龄无法识别' : '出生年月无法识别', remedy: field === 'age' ? `填写 ${youngest}–${oldest} 的整数，如 45；不知道则留空。只留存年龄段` : '填写年月，如 1980-05；不知道则留空。只留存年龄段' });
    age_band ??= band ?? null;
  }
  return { post: post === null ? null : postGroupOf(post), age_band };
}

/** `45`, `45岁`, `约四十五岁`, `40多岁`, `31-40岁` by its middle, `50岁以上`, `1980`, `1980年5月`, `198005`, a date: the band on the day of receipt; null where nothing is told, undefined where it can't be read. */
export function toAgeBand(cell: Cell | undefined, received: string): AgeBand | null | undefined {
  const [year = 0, month = 1] = received.split('-').map(Number);
  const checked = (age: number | undefined) => (age === undefined || !(age >= youngest && age <= oldest) ? undefined : ageBandOf(age));
  const born = (y: number, m = 1) => (m >= 1 && m <= 12 ? checked(year - y - (m > month ? 1 : 0)) : undefined);
  if (cell instanceof Date) return born(cell.getUTCFullYear(), cell.getUTCMonth() + 1);
  const text = optionalText(cell)?.normalize('NFKC').replace(/\s/g, '').replace(/^(?:约|大约|年约)/, '').replace(/(?:左右|上下)$/, '');
  if (text === undefined) return null;
  const birth = /^(19\d\d|20[0-4]\d)(?:(?:[-./年]?(0[1-9]|1[0-2])|[-./年](\d{1,2}))(?:[-./月]?(?:\d{1,2})?日?)?|年)?(?:月|年)?(?:出?生)?$/.exec(text);
  if (birth) return born(Number(birth[1]), Number(birth[2] ?? birth[3] ?? 1));
  const short = /^([3-9]\d)年(\d{1,2})月(?:\d{1,2}日)?(?:出?生)?$/.exec(text);
  if (short) return born(1900 + Number(short[1]), Number(short[2]));
  // A number from 1940 on, counted in days from 1899-12-30, is a date whose cell lost its form.
  if (/^\d{5}(?:\.\d+)?$/.test(text) && Number(text) >= 14_000) { const day = new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(text)) * 86_400_000); return born(day.getUTCFullYear(), day.getUTCMonth() + 1); }
  const range = /^(\d{1,3})(?:周?岁)?(?:[-–—~至到])(\d{1,3})(?:周?岁)?$/.exec(text);
  if (range) { return checked(Math.floor((Number(range[1]) + Number(range[2])) / 2)); }
  const open = /^(\d{1,3})(?:周?岁)?(?:及|含)?(以上|以下)$/.exec(text);
  if (open) return open[2] === '以上' ? (Number(open[1]) >= 50 ? '50岁及以上' : undefined) : Number(open[1]) <= 30 ? '30岁以下' : undefined;
  const age = /^(\d{1,3}|[一二两三四五六七八九十]+)(?:\.0+)?(?:多|余|来|几)?(?:周?岁)?(?:多)?$/.exec(text)?.[1];
  if (age !== undefined) return checked(/^\d/.test(age) ? Number(age) : chineseNumber(age));
  return /\d/.test(text) ? undefined : null;
}
