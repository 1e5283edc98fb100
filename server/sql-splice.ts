// In: a query's text and pieces to replace. Out: the new text, and the way back from a place in it.
// Invariant: pure; what is run is parsed and judged anew, so a wrong cut here can be refused but never let anything in.

export interface Piece { from: number; to: number; text: string }
/** `back` gives, for a UTF-16 offset into `text`, the offset in the original: for a place in a replaced piece, that piece's beginning. */
export interface Spliced { text: string; back: (at: number) => number }

export function splice(original: string, pieces: readonly Piece[]): Spliced {
  const ordered = [...pieces].sort((a, b) => a.from - b.from);
  let text = '', done = 0;
  const moved: { at: number; end: number; from: number; to: number }[] = [];
  for (const piece of ordered) {
    text += original.slice(done, piece.from);
    moved.push({ at: text.length, end: text.length + piece.text.length, from: piece.from, to: piece.to });
    text += piece.text;
    done = piece.to;
  }
  text += original.slice(done);
  const back = (at: number) => {
    const before = moved.findLast((m) => m.at <= at);
    if (!before) return at;
    return at < before.end ? before.from : before.to + at - before.end;
  };
  return { text, back };
}

/** The offset after the call that begins at `start`: `name ( … )`, brackets in strings, names and comments left aside. */
export function endOfCall(sql: string, start: number): number {
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[()]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(sql); found; found = token.exec(sql)) {
    if (found[0] === '(') depth++;
    if (found[0] === ')' && --depth === 0) return token.lastIndex;
  }
  return sql.length;
}
