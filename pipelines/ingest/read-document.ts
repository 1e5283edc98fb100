// In: a data row of a ledger, note or post sheet. Out: the facts that every document has, or what is wrong with it.
// Invariant: text and date come from the row alone; channel and unit may come from a section line or the sheet's own name.
import type { IncomingDocument } from '../records.ts';
import type { SheetRow } from '../readers/sheet.ts';
import { cleanText, formulaError, optionalText } from './clean-text.ts';
import { toChannel } from './codes.ts';
import type { Field } from './fields.ts';
import { parseDate } from './parse-date.ts';
import { parseCount } from './parse-number.ts';
import { underUnit } from '../unit-tree.ts';
import { cellOf, dateOf, dateProblem, labelOf, shortHash, type Problem, type SheetContext } from './sheet-context.ts';

/** Longest text that is taken for one document, in UTF-16 units. */
export const maxText = 20_000;

/** The shared part of a document, its petition still null; or the row's problems. */
export function readDocument(context: SheetContext, row: SheetRow, kind: IncomingDocument['kind'], fallback: IncomingDocument['channel']): { document: IncomingDocument; problems: Problem[] } {
  const problems: Problem[] = [];
  const received = receivedOf(context, row, problems);
  const { title, text } = wordsOf(context, row, problems);
  const people = parseCount(cellOf(context, row, 'people'));
  if (people === undefined || (people ?? 0) > 100_000) {
    problems.push({ column: labelOf(context, 'people'), cell: cellOf(context, row, 'people'), reason: people === undefined ? '人数无法识别' : '人数超过 10 万', remedy: '填写整数，如 5；不知道则留空，按 1 人计' });
  }
  const likes = parseCount(cellOf(context, row, 'likes'));
  if (likes === undefined) problems.push({ column: labelOf(context, 'likes'), cell: cellOf(context, row, 'likes'), reason: '点赞数无法识别', remedy: '填写整数，如 12；没有则留空' });
  const optional = (field: Field) => optionalText(cellOf(context, row, field));
  const identity = { name: optional('name'), phone: optional('phone'), id_card: optional('id_card'), staff_no: optional('staff_no'), user: optional('user') };
  const document: IncomingDocument = {
    document_id: shortHash(kind, context.file_hash, context.sheet, row.row),
    kind,
    unit: unitOf(context, row),
    channel: channelOf(context, row, fallback),
    received_at: received?.at ?? '',
    occurred_date: occurredOf(context, row, received?.day ?? null),
    title, text,
    people: Math.max(1, people ?? 1),
    likes: likes ?? 0,
    identity: Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null)),
    petition: null,
    source_id: context.source_id,
    source_row: row.row,
  };
  return { document, problems };
}

/** Unit as written, with the team 区队 below it; a sheet's own unit stands above teams that name none, and where the row names nothing. */
export function unitOf(context: SheetContext, row: SheetRow): string | null {
  const own = optionalText(cellOf(context, row, 'unit'));
  const team = optionalText(cellOf(context, row, 'team'));
  const above = context.section.unit ?? (context.columns.has('unit') && /集团/.test(context.unit ?? '') ? null : context.unit);
  const mine = own === null ? above : above !== null && own !== above && /(?:队|班|车间|科|室|部|区|组|段)$/.test(own) ? above + underUnit + own : own;
  return team === null || mine?.includes(team) ? mine : mine === null ? team : mine + underUnit + team;
}

/** Received 收到日期, else registered, else occurred, or accepted where no such column is; a cell that is filled and unreadable is a problem, an empty one is passed over. */
function receivedOf(context: SheetContext, row: SheetRow, problems: Problem[]): { at: string; day: string } | null {
  const own = (['received', 'registered', 'occurred'] as const).filter((field) => context.columns.has(field));
  const given = own.length > 0 ? own : (['accepted'] as const);
  for (const field of given) {
    const parsed = dateOf(context, row, field);
    if ('day' in parsed) return parsed;
    if (parsed.fault === 'empty') continue;
    problems.push(dateProblem(context, row, field, parsed.fault));
    return null;
  }
  problems.push(dateProblem(context, row, given[0] ?? 'received', 'empty'));
  return null;
}

function wordsOf(context: SheetContext, row: SheetRow, problems: Problem[]): { title: string | null; text: string } {
  const title = optionalText(cellOf(context, row, 'title'));
  const cell = cellOf(context, row, 'text');
  const text = cleanText(cell);
  const column = labelOf(context, 'text') || labelOf(context, 'title');
  if (text.length > maxText) problems.push({ column, cell, reason: `内容超过 ${maxText} 字`, remedy: '核对是否误贴了整份文件；只保留信访内容' });
  if (text !== '' && optionalText(cell) !== null) return { title, text };
  if (typeof cell === 'string' && formulaError.test(cell)) problems.push({ column, cell, reason: '内容是公式错误', remedy: '改为文字，或用 Excel 打开保存一次' });
  else if (title === null) problems.push({ column, cell, reason: '内容为空', remedy: '补写内容' });
  return { title: null, text: title ?? '' };
}

/** When it happened is often vague; what can't be read, or lies after the receipt, is left out. */
function occurredOf(context: SheetContext, row: SheetRow, received: string | null): string | null {
  if (received === null) return null;
  const parsed = parseDate(cellOf(context, row, 'occurred'), { year: Number(received.slice(0, 4)), today: context.today });
  return 'day' in parsed && parsed.day <= received ? parsed.day : null;
}

function channelOf(context: SheetContext, row: SheetRow, fallback: IncomingDocument['channel']): IncomingDocument['channel'] {
  const stated = optionalText(cellOf(context, row, 'channel'));
  if (stated !== null) return toChannel(stated) ?? '其他';
  return context.section.channel ?? impliedChannel(context) ?? fallback;
}

/** Sheet name, titles, date header and file name may tell the channel; words that name two (来信来访) tell none. */
function impliedChannel(context: SheetContext): IncomingDocument['channel'] | null {
  const names = [context.sheet, ...context.titles, context.file];
  if (names.some((words) => toChannel(words) === '接待日')) return '接待日';
  for (const words of [context.sheet, ...context.titles, labelOf(context, 'received'), context.file]) {
    if (/来信.*来访|来访.*来信/.test(words)) continue;
    const channel = toChannel(words);
    if (channel !== null && channel !== '其他' && channel !== '问卷') return channel;
  }
  return null;
}
