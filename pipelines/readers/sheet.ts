// In: nothing. Out: what every file reader gives: sheets, whose rows come one at a time.
// Invariant: a row keeps the number that its file's own program shows, so that a person can find it again.

/** A cell as read; a formula gives its stored result, an error or a formula without result its `#…` mark. */
export type Cell = string | number | Date | boolean | null;

/** One row that holds anything at all; `problem` says why its line could not be taken apart. */
export interface SheetRow { row: number; cells: Cell[]; problem?: string }

/** One sheet of a file; `rows` may be walked more than once and holds one row in memory at a time. */
export interface Sheet { name: string; rows: () => AsyncGenerator<SheetRow> }

/** More columns than any ledger has: what lies beyond is left out. */
export const maxColumns = 2000;
