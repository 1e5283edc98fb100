// In: a data row of a petition ledger 信访台账. Out: a document with its registered facts, or the row's problems.
// Invariant: what the ledger leaves out is not invented: a reply without an acceptance date leaves the acceptance date empty.
import type { IncomingDocument, IncomingPetition } from '../../records.ts';
import type { SheetRow } from '../../readers/sheet.ts';
import { aboutPetitioner } from '../about-petitioner.ts';
import { cleanText, optionalText } from '../clean-text.ts';
import { toEscalated, toFlag, toPurpose, toRepeat, toSatisfaction } from '../codes.ts';
import { normaliseHeader } from '../normalise-header.ts';
import { parseDate } from '../parse-date.ts';
import { parseCount } from '../parse-number.ts';
import { readDocument } from '../read-document.ts';
import { cellOf, dateProblem, labelOf, shortHash, type Problem, type SheetContext } from '../sheet-context.ts';

/** Reads one petition 信访件. */
export function readPetition(context: SheetContext, row: SheetRow): { document: IncomingDocument; problems: Problem[] } {
  const { document, problems } = readDocument(context, row, 'petition', '其他');
  const optional = (field: Parameters<typeof cellOf>[2]) => optionalText(cellOf(context, row, field));
  const marked = (field: Parameters<typeof cellOf>[2]) => { const text = cleanText(cellOf(context, row, field)); return /^[×✗✘]$/.test(text) ? text : optional(field); };
  const number = registrationNo(context, row, problems);
  const registered = stepDate(context, row, 'registered', null, problems) ?? document.received_at.slice(0, 10);
  const accepted = stepDate(context, row, 'accepted', registered, problems);
  const concluded = stepDate(context, row, 'concluded', accepted ?? registered, problems);
  if (concluded !== null && concluded < document.received_at.slice(0, 10)) {
    problems.push({ column: labelOf(context, 'concluded'), cell: cellOf(context, row, 'concluded'), reason: '办结（答复）日期早于收到日期', remedy: '核对两个日期的年份和月份' });
  }
  const petition: IncomingPetition = {
    registration_no: number,
    purpose: toPurpose(optional('purpose') ?? (/检举|控告|举报/.test(`${context.sheet}${context.titles.join('')}`) ? '检举控告' : null)),
    is_escalated: toEscalated(marked('escalated')) || /越级/.test(optional('channel') ?? ''),
    stated_repeat: toRepeat(marked('repeat'), normaliseHeader(labelOf(context, 'repeat'))) ?? statedInChannel(optional('channel')),
    responsible_unit: optional('responsible_unit'),
    registered_date: registered,
    accepted_date: accepted,
    concluded_date: concluded,
    extended_days: extendedDays(context, row, problems),
    outcome: optional('outcome'),
    reply: optional('reply'),
    satisfaction: toSatisfaction(marked('satisfaction')) ?? null,
    ...aboutPetitioner(context, row, document.received_at.slice(0, 10), problems),
  };
  const document_id = number === null ? document.document_id : shortHash('petition', number);
  return { document: { ...document, document_id, petition }, problems };
}

/** 重信, 重访 or 初信, 初访 written as the channel also state whether it is a repeat. */
const statedInChannel = (channel: string | null): boolean | null => (channel === null ? null : /重信|重访/.test(channel) ? true : /初信|初访/.test(channel) ? false : null);

function registrationNo(context: SheetContext, row: SheetRow, problems: Problem[]): string | null {
  const cell = cellOf(context, row, 'registration_no');
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15) {
    problems.push({ column: labelOf(context, 'registration_no'), cell, reason: '登记编号超过 15 位而按数字存储，Excel 已丢掉末位', remedy: '把该列设为文本后重新填写编号' });
    return null;
  }
  return optionalText(cell)?.normalize('NFKC').replace(/\s/g, '') ?? null;
}

const notYet = /[未待暂拟尚]|办理中|处理中|进行中|在办|受理中|不予|不再|转办|交办|已|见|按|同|正在/;

/** Date of a step; words such as 未办结 or 办理中 mean that it has not come. A bare 3月5日 follows the date before it. */
function stepDate(context: SheetContext, row: SheetRow, field: 'registered' | 'accepted' | 'concluded', after: string | null, problems: Problem[]): string | null {
  const cell = cellOf(context, row, field);
  const base = after === null || after === '' ? context.year ?? context.last_year.get('received') ?? null : Number(after.slice(0, 4));
  const parsed = parseDate(cell, { year: base, today: context.today });
  const text = cleanText(cell);
  if (base !== null && after && 'day' in parsed && parsed.day < after && typeof cell === 'string' && !/\d{4}|^\d{2}年/.test(text.normalize('NFKC'))) {
    const next = parseDate(cell, { year: base + 1, today: context.today });
    if ('day' in next) return next.day;
  }
  if ('day' in parsed) return parsed.day;
  if (parsed.fault === 'empty' || (parsed.fault === 'unreadable' && !/\d/.test(text) && notYet.test(text))) return null;
  problems.push(dateProblem(context, row, field, parsed.fault));
  return null;
}

/** Days of extension, at most 30 by the rules; a mere 是 counts as the full 30. */
function extendedDays(context: SheetContext, row: SheetRow, problems: Problem[]): number {
  const cell = cellOf(context, row, 'extended_days');
  const text = optionalText(cell);
  const flag = typeof cell === 'boolean' ? cell : typeof cell === 'string' && !/^\d+$/.test(cell.trim()) ? toFlag(text) : null;
  if (flag !== null) return flag ? 30 : 0;
  const days = parseCount(text === null ? null : typeof cell === 'number' ? cell : text.replace(/^(?:已?延期|延长|延)/, ''));
  if (days === null || (days === undefined && /[未不无]/.test(text ?? ''))) return 0;
  if (days !== undefined && days <= 30) return days;
  problems.push({ column: labelOf(context, 'extended_days'), cell, reason: days === undefined ? '延期天数无法识别' : '延期超过 30 日', remedy: '填写 0–30 的整数' });
  return 0;
}
