// In: one sheet of a file and the mappings that people gave. Out: its kind, columns and data rows, or why it can't be imported.
// Invariant: no data row is consumed to find the header; whatever is not data is dropped here and only here.
import type { SourceKind } from '../../datasets/vocabulary.ts';
import type { Sheet, SheetRow } from '../readers/sheet.ts';
import { personalFields } from './fields.ts';
import { findHeader, type Header } from './find-header.ts';
import { mapColumns, type ExplicitMapping, type Mapping, type SavedMappings } from './map-columns.ts';
import { headerLabel, normaliseHeader } from './normalise-header.ts';
import { recogniseKind } from './recognise-kind.ts';
import { noSection, sectionOf, withDitto } from './section.ts';
import { monthIn, shortHash, yearIn, type SheetContext } from './sheet-context.ts';
import { rowSkipper } from './skip-row.ts';
import { statedUnit } from './stated-unit.ts';

/** The last day that can be true is today, as the calendar of the office has it. */
export interface Mappings { mapping?: ExplicitMapping | undefined; saved?: SavedMappings | undefined; today?: string | undefined }
export interface Prepared { kind: SourceKind; header: Header; mapping: Mapping; context: SheetContext; rows: () => AsyncGenerator<SheetRow> }
export interface Unusable { why: string; header: Header | null; mapping: Mapping | null }

const peekRows = 200;

/** Today in China, where the dates of the ledgers are kept. */
export const todayInChina = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Finds header, columns and kind of a sheet; says in Chinese what is missing where it can't. */
export async function prepareSheet(sheet: Sheet, file: string, file_hash: string, { mapping: explicit, saved, today }: Mappings): Promise<Prepared | Unusable> {
  const given = explicit && (explicit.sheet === undefined || explicit.sheet === sheet.name) ? explicit : undefined;
  const first: SheetRow[] = [];
  for await (const row of sheet.rows()) if (first.push(row) >= peekRows) break;
  const header = findHeader(first, new Set([given?.columns ?? {}, ...Object.values(saved ?? {}).map(({ columns }) => columns)].flatMap((columns) => Object.values(columns).map(normaliseHeader))));
  if (!header) return { why: first.length === 0 ? '没有内容' : '没有找到表头；请核对前 30 行内是否有一行列名，如“信访日期”“信访内容”', header: null, mapping: null };
  const serials = header.columns.filter(({ leaf }) => /^(?:序号|序|行号|no\.?|#)$/i.test(normaliseHeader(leaf))).map(({ index }) => index);
  const texts = header.columns.filter(({ leaf }) => /内容|诉求|问题|详情|事由|记录/.test(leaf)).map(({ index }) => index);
  const isOutside = rowSkipper(header, serials, texts);
  const isData = (row: SheetRow) => row.row > header.last_row && sectionOf(row, texts) === null && !isOutside(row);
  if (first.length < peekRows && !first.some(isData)) return { why: '只有表头，没有数据行', header, mapping: null };
  const mapping = mapColumns(header.columns, first.filter(isData), given?.columns, saved);
  const hints = [sheet.name, ...header.titles, file].join(' ');
  const kind = given?.kind ?? saved?.[mapping.fingerprint]?.kind ?? recogniseKind(header.columns, mapping.columns, hints);
  const why = kind === null ? '认不出是哪一类数据' : lacking(kind, mapping);
  if (kind === null || why !== null) {
    return { why: `${why ?? ''}；表中的列：${header.columns.slice(0, 20).map(({ leaf }) => headerLabel(leaf).slice(0, 20)).join('、')}。请把表头改成这样的列名后再导入，或用列映射指明，如 {"kind":"petition","columns":{"received":"来访时间","text":"反映事项"}}`, header, mapping };
  }
  if (kind !== 'petition') withoutPersonal(mapping);
  const context: SheetContext = {
    source_id: shortHash(file_hash + sheet.name), file, file_hash, sheet: sheet.name, titles: header.titles,
    unit: statedUnit(header.titles, sheet.name, file), section: noSection,
    year: yearIn(sheet.name) ?? yearIn(...header.titles) ?? yearIn(file), month: monthIn(sheet.name) ?? monthIn(...header.titles) ?? monthIn(file), last_year: new Map(), today: today ?? todayInChina(), columns: mapping.columns, all: header.columns,
  };
  const rows = async function* () {
    let above: SheetRow['cells'] = [];
    for await (const row of sheet.rows()) {
      if (row.row <= header.last_row) continue;
      const section = sectionOf(row, texts);
      if (section) context.section = { channel: section.channel ?? context.section.channel, unit: section.unit ?? context.section.unit };
      else if (!isOutside(row)) { const whole = withDitto(row, above); above = whole.cells; yield whole; }
    }
  };
  return { kind, header, mapping, context, rows };
}

/** Posts and ages are kept of registered petitions alone, and a survey asks for them by its own questions. */
function withoutPersonal(mapping: Mapping): void {
  for (const field of personalFields) mapping.columns.delete(field);
  mapping.decisions = mapping.decisions.map((d) => (personalFields.some((field) => field === d.field) ? { column: d.column, field: null, how: 'unused' } : d));
}

function lacking(kind: SourceKind, { columns }: Mapping): string | null {
  const dated = columns.has('received') || columns.has('registered') || columns.has('occurred') || columns.has('accepted');
  if (['petition', 'note', 'post'].includes(kind)) {
    if (!dated) return '缺少收到日期列（如 信访日期、来访时间、留言时间）';
    return columns.has('text') || columns.has('title') ? null : '缺少内容列（如 信访内容、反映问题、留言详情）';
  }
  return kind === 'survey' && !columns.has('received') && !columns.has('registered') ? '缺少答卷时间列（如 提交答卷时间）' : null;
}
