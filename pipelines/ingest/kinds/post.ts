// In: a data row of online posts 网络留言. Out: a document with its likes, or the row's problems.
// Invariant: likes are a weight of the text, not more documents.
import type { SheetRow } from '../../readers/sheet.ts';
import { readDocument } from '../read-document.ts';
import type { SheetContext } from '../sheet-context.ts';

/** Reads one post. */
export const readPost = (context: SheetContext, row: SheetRow) => readDocument(context, row, 'post', '网上');
