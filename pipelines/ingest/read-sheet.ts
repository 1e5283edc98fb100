// In: one sheet, prepared (header, kind, columns). Out: everything it yields, with every row accepted or rejected.
// Invariant: accepted + rejected = rows; a row with several faults is one rejected row.
import type { Row } from '../../datasets/schema.ts';
import type { SourceKind } from '../../datasets/vocabulary.ts';
import type { IncomingDocument, Ingested } from '../records.ts';
import type { SheetRow } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';
import type { UsedFor } from './map-columns.ts';
import { monthColumns, readHeadcount } from './kinds/headcount.ts';
import { readNote } from './kinds/note.ts';
import { readPetition } from './kinds/petition.ts';
import { readPost } from './kinds/post.ts';
import { readSurvey } from './kinds/survey.ts';
import { readUnits } from './kinds/unit.ts';
import { cellOf, labelOf, shortHash, toRejects, type Problem, type SheetContext } from './sheet-context.ts';

/** Registration numbers of the file so far: where each stood, and what its row said. */
export type Registered = Map<string, { sheet: string; row: number; content: string }>;

type Yield = Omit<Ingested, 'source'> & { rows: number; rejected: number; used: ReadonlyMap<number, UsedFor> };

/** Reads all data rows of a sheet of a known kind. */
export async function readSheet(kind: SourceKind, context: SheetContext, rows: AsyncIterable<SheetRow>, registered: Registered, onRow: () => void): Promise<Yield> {
  const found: Yield = { documents: [], units: [], headcounts: [], survey: null, questions: [], answers: [], rejects: [], rows: 0, rejected: 0, used: new Map() };
  const reject = (row: number, problems: readonly Problem[]) => { found.rejected += 1; found.rejects.push(...toRejects(context, row, problems)); };
  const whole: SheetRow[] = [];
  for await (const row of rows) {
    found.rows += 1;
    onRow();
    if (kind === 'survey' || kind === 'unit') { whole.push(row); continue; }
    if (row.problem) { reject(row.row, [{ column: '整行', cell: null, reason: row.problem, remedy: '改正该行，或重新导出文件' }]); continue; }
    if (kind === 'headcount') {
      const { counts, problems } = readHeadcount(context, row);
      if (problems.length > 0) reject(row.row, problems); else found.headcounts.push(...counts);
      continue;
    }
    const { document, problems } = readers[kind](context, row);
    const twin = problems.length === 0 ? repeated(context, row, document, registered) : null;
    if (problems.length > 0) reject(row.row, problems);
    else if (twin) reject(row.row, [twin]);
    else found.documents.push(document);
  }
  if (kind === 'headcount' && !context.columns.has('headcount') && !context.columns.has('people')) found.used = new Map(monthColumns(context).map(({ index }) => [index, 'headcount']));
  if (kind === 'survey' || kind === 'unit') {
    const { problems, ...rest } = kind === 'survey' ? readSurvey(context, whole) : readUnits(context, whole);
    for (const [row, list] of [...problems].sort((a, b) => a[0] - b[0])) reject(row, list);
    Object.assign(found, rest);
  }
  return found;
}

const readers = { petition: readPetition, note: readNote, post: readPost } satisfies Record<IncomingDocument['kind'] & SourceKind, (context: SheetContext, row: SheetRow) => { document: IncomingDocument; problems: Problem[] }>;

/** A registration number that the file has had before: the same row again, or another row under its number. */
function repeated(context: SheetContext, row: SheetRow, document: IncomingDocument, registered: Registered): Problem | null {
  const number = document.petition?.registration_no;
  if (!number) return null;
  const content = shortHash(...context.all.filter(({ leaf }) => !/^(?:序号|序|退回原因|怎样改)$/.test(leaf)).map(({ index }) => cleanText(row.cells[index])));
  const first = registered.get(number);
  if (!first) { registered.set(number, { sheet: context.sheet, row: row.row, content }); return null; }
  const place = first.sheet === context.sheet ? `第 ${first.row} 行` : `工作表“${first.sheet}”第 ${first.row} 行`;
  const about = { column: labelOf(context, 'registration_no'), cell: cellOf(context, row, 'registration_no') };
  return first.content === content ? { ...about, reason: `与${place}完全相同`, remedy: '删去重复行' } : { ...about, reason: `登记编号与${place}相同而内容不同`, remedy: '核对编号；同一件只留一行，不同的件各用一个编号' };
}

/** The `source` row of a sheet that was read. */
export function sourceOf(kind: SourceKind, context: SheetContext, { rows, rejected, used }: Yield, version: number): Row<'source'> {
  const fields = kind === 'survey'
    ? [...[...context.columns].filter(([field]) => field === 'received'), ...[...used].filter(([, use]) => use === 'unit').map(([index]) => ['unit', context.all.find((column) => column.index === index)] as const)]
    : [...context.columns];
  return {
    source_id: context.source_id, file: context.file, sheet: context.sheet, kind, file_hash: context.file_hash, version, rows, accepted: rows - rejected, rejected, replaced: 0,
    mapping: JSON.stringify(Object.fromEntries(fields.map(([field, column]) => [field, column?.label ?? '']))),
  };
}
