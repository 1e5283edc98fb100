// In: a data row of talk or meeting notes 谈心谈话、座谈. Out: a document, or the row's problems.
// Invariant: whoever was talked to is identity, and leaves with it.
import type { SheetRow } from '../../readers/sheet.ts';
import { readDocument } from '../read-document.ts';
import type { SheetContext } from '../sheet-context.ts';

/** Reads one note; the channel is 座谈 where sheet or headers say so, else 谈话. */
export function readNote(context: SheetContext, row: SheetRow) {
  const meeting = /座谈/.test([context.file, context.sheet, ...context.titles, ...context.all.map(({ label }) => label)].join(' '));
  return readDocument(context, row, 'note', meeting ? '座谈' : '谈话');
}
