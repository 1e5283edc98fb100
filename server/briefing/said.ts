// In: parts of a sentence or a table cell. Out: how they read, and the notes that their figures rest on.
// Invariant: figures are in no way set apart; quotes stand in quotation marks.
import type { Parts } from './content.ts';

export const said = (parts: Parts) => parts.map((p) => (p.type === 'number' ? p.formatted : p.type === 'quote' ? `“${p.text}”` : p.text)).join('');

export const notesOf = (parts: Parts) => parts.flatMap((p) => (p.type === 'number' ? [p.note, ...(p.base ? [p.base.note] : [])] : []));

/** The notes' numbers, each once, in order. */
export const noteNumbers = (notes: readonly string[]) => [...new Set(notes)].map((n) => Number(n.slice(1))).sort((a, b) => a - b);
