// In: a cell that should hold a date, and the year that the file speaks of. Out: local time, or why there is none.
// Invariant: a date that could mean two days is refused, not guessed; nothing depends on the machine's time zone.
import type { Cell } from '../readers/sheet.ts';
import { serialDate } from '../readers/xlsx.ts';
import { formulaError, optionalText } from './clean-text.ts';
import { chineseNumber } from './parse-number.ts';

export type DateFault = 'empty' | 'unreadable' | 'no_year' | 'no_day' | 'impossible' | 'future' | 'too_old';
export type ParsedDate = { at: string; day: string } | { fault: DateFault };

/** What a bare 3月5日 or 5日 is completed with, and the last day that can be true. */
export interface DateContext { year: number | null; month?: number | null; today: string }

const fault = (why: DateFault): ParsedDate => ({ fault: why });
const two = (n: number) => String(n).padStart(2, '0');

/** `YYYY-MM-DD HH:MM:SS` and its day, from every form that ledgers use. */
export function parseDate(cell: Cell | undefined, context: DateContext): ParsedDate {
  if (cell === null || cell === undefined) return fault('empty');
  if (cell instanceof Date) return fromUtc(cell, context);
  if (typeof cell === 'boolean') return fault('unreadable');
  if (typeof cell === 'number') return fromNumber(cell, context);
  if (formulaError.test(cell.trim())) return fault('unreadable');
  const text = optionalText(cell);
  return text === null ? fault('empty') : fromText(plain(text), context);
}

function fromUtc(date: Date, context: DateContext): ParsedDate {
  if (Number.isNaN(date.getTime())) return fault('unreadable');
  return checked(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()], context);
}

function fromNumber(value: number, context: DateContext): ParsedDate {
  if (value >= 19_000_101 && value <= 21_001_231 && Number.isInteger(value)) return fromText(String(value), context);
  if (value >= 20_000 && value < 80_000) return fromUtc(serialDate(value), context);
  if (value >= 1e12 && value < 4e12) return fromUtc(new Date(value + 8 * 3_600_000), context);
  return fault('unreadable');
}

/** Half-width, without weekday, blanks around separators or Chinese numerals. */
function plain(text: string): string {
  return text.normalize('NFKC')
    .replace(/\(?(?:星期|周|礼拜)[一二三四五六日天]\)?/g, ' ')
    .replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) => [...year].map((digit) => '零一二三四五六七八九'.indexOf(digit === '〇' ? '零' : digit)).join(''))
    .replace(/[一二三四五六七八九十]+(?=[月日号时点分])/g, (piece) => String(chineseNumber(piece) ?? piece))
    .replace(/^(\d{4})、(\d{1,2})、(\d{1,2})(?!\d)/, '$1-$2-$3')
    .replace(/\s*([年月/.\-:])\s*/g, '$1').replace(/\s+(?=[日号])/g, '').replace(/[,，、。;；]+$/, '').replace(/\s+/g, ' ').trim();
}

const clock = /^[ T]?(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|AM|PM)? ?(\d{1,2})(?:[:时点](?:(半)|(\d{1,2})分?)?(?:[:分]?(\d{1,2})(?:\.\d+)?秒?)?)(?:许|左右)? ?(AM|PM)?$/i;
const zone = /(Z|[+-]\d{2}:?\d{2})$/;

function fromText(text: string, context: DateContext): ParsedDate {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && zone.test(text)) return fromUtc(new Date(Date.parse(text) + 8 * 3_600_000), context);
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromNumber(Number(text), context);
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:[ T]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/.exec(text);
  if (compact) return checked(num(compact[1]), num(compact[2]), num(compact[3]), [num(compact[4]), num(compact[5]), num(compact[6])], context);
  const full = /^(\d{4})[年/.\-](\d{1,2})[月/.\-](\d{1,2})[日号]?/.exec(text);
  if (full) return withClock(text.slice(full[0].length), num(full[1]), num(full[2]), num(full[3]), context);
  const shortYear = /^(\d{2})(?:年(\d{1,2})月(\d{1,2})[日号]?|[.\-](\d{1,2})[.\-](\d{1,2})(?!\d))/.exec(text);
  if (shortYear) return withClock(text.slice(shortYear[0].length), 2000 + num(shortYear[1]), num(shortYear[2] ?? shortYear[4]), num(shortYear[3] ?? shortYear[5]), context);
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/.exec(text);
  if (slashes) return fromSlashes(slashes, text, context);
  if (/^\d{4}(?:年\d{1,2}月?份?|[/.\-]\d{1,2})$/.test(text)) return fault('no_day');
  const dayOnly = /^(\d{1,2})[日号]/.exec(text);
  if (dayOnly && context.year !== null && context.month) return withClock(text.slice(dayOnly[0].length), context.year, context.month, num(dayOnly[1]), context);
  const noYear = /^(\d{1,2})(?:月(\d{1,2})[日号]?|[./\-](\d{1,2})(?!\d))/.exec(text);
  if (!noYear) return fault('unreadable');
  if (context.year === null) return fault('no_year');
  return withClock(text.slice(noYear[0].length), context.year, num(noYear[1]), num(noYear[2] ?? noYear[3]), context);
}

const num = (digits: string | undefined) => Number(digits ?? 0);

/** 3/5/2026 is Excel's American month first; 26/3/5 has the year first; 3/5/6 could be anything. */
function fromSlashes(match: RegExpExecArray, text: string, context: DateContext): ParsedDate {
  const [first, second, third] = [num(match[1]), num(match[2]), num(match[3])];
  const rest = text.slice(match[0].length);
  if (match[3]?.length === 4) return first <= 12 ? withClock(rest, third, first, second, context) : withClock(rest, third, second, first, context);
  if (first > 12 && third <= 31) return first <= 31 && third > 12 ? fault('unreadable') : withClock(rest, 2000 + first, second, third, context);
  return third > 12 ? withClock(rest, 2000 + third, first, second, context) : fault('unreadable');
}

function withClock(rest: string, year: number, month: number, date: number, context: DateContext): ParsedDate {
  if (rest.trim() === '' || /^ ?(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|全天)$/.test(rest)) return checked(year, month, date, [0, 0, 0], context);
  const match = clock.exec(rest.trim());
  if (!match) return fault('unreadable');
  const half = (match[1] ?? match[6] ?? '').toUpperCase();
  let hour = num(match[2]);
  if (['下午', '傍晚', '晚上', '夜间', 'PM'].includes(half) && hour < 12) hour += 12;
  if (half === '中午' && hour < 3) hour += 12;
  if (half === 'AM' && hour === 12) hour = 0;
  return checked(year, month, date, [hour, match[3] ? 30 : num(match[4]), num(match[5])], context);
}

function checked(year: number, month: number, date: number, [hour, minute, second]: [number, number, number], context: DateContext): ParsedDate {
  const real = new Date(Date.UTC(year, month - 1, date));
  if (real.getUTCFullYear() !== year || real.getUTCMonth() !== month - 1 || hour > 24 || minute > 59 || second > 59) return fault('impossible');
  const day = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
  if (day > context.today) return fault('future');
  if (year < 1990) return fault('too_old');
  return { day, at: `${day} ${two(hour % 24)}:${two(minute)}:${two(second)}` };
}

/** Month as its first day, from `2026年3月`, `2026-03`, `202603`, a date, or `3月` with the file's year; null where it can't be read. */
export function parseMonth(cell: Cell | undefined, context: DateContext): string | null {
  if (typeof cell === 'number' && cell >= 190_001 && cell <= 210_012) return monthOf(Math.trunc(cell / 100), cell % 100);
  const text = typeof cell === 'string' ? plain(cell).replace(/\s/g, '') : '';
  const full = /^(\d{4})(?:年|[/.\-])?(\d{1,2})月?(?:份|末|底|在岗(?:职工|员工)?人数|人数)?$/.exec(text);
  if (full) return monthOf(num(full[1]), num(full[2]));
  const bare = /^(\d{1,2})月(?:份|末|底|在岗(?:职工|员工)?人数|人数)?$/.exec(text);
  if (bare) return context.year === null ? null : monthOf(context.year, num(bare[1]));
  const parsed = parseDate(cell, context);
  return 'day' in parsed ? `${parsed.day.slice(0, 7)}-01` : null;
}

const monthOf = (year: number, month: number) => (month >= 1 && month <= 12 ? `${year}-${two(month)}-01` : null);
