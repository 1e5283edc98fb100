// In: the editor's text. Out: its statements with their places, parted at semicolons outside strings, names and comments.
// Invariant: pure; parts as DuckDB's own lexer does (nested comments, '' and E'\'' and $tag$ strings), which a test compares.
export interface Statement { text: string; from: number; to: number }

const open = /[eE]'|'|"|--|\/\*|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;|\S/g;
const inName = /[\w$\u0080-\uffff]/;

/** Where what begins at `at` with `mark` ends. */
function endOf(sql: string, at: number, mark: string): number {
  const until = (text: string) => { const found = sql.indexOf(text, at + mark.length); return found < 0 ? sql.length : found + text.length; };
  const matched = (pattern: RegExp) => { pattern.lastIndex = at; return at + (pattern.exec(sql)?.[0].length ?? 1); };
  if (mark === "'") return matched(/'(?:[^']|'')*'?/y);
  if (mark === '"') return matched(/"(?:[^"]|"")*"?/y);
  if (/^[eE]'$/.test(mark)) return matched(/[eE]'(?:\\[^]|''|[^'\\])*'?/y);
  if (mark === '--') return until('\n');
  if (mark === '/*') return endOfComment(sql, at);
  return mark.length > 1 ? until(mark) : at + 1;
}

function endOfComment(sql: string, at: number): number {
  let depth = 0;
  for (const { 0: mark, index } of sql.slice(at).matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1;
    if (depth === 0) return at + index + 2;
  }
  return sql.length;
}

/** Statements in order; what holds only comments is none. */
export function splitStatements(sql: string): Statement[] {
  const found: Statement[] = [];
  let from: number | null = null;
  let to = 0;
  const end = () => { if (from !== null) found.push({ text: sql.slice(from, to), from, to }); from = null; };
  for (let at = 0; at < sql.length;) {
    open.lastIndex = at;
    const match = open.exec(sql);
    if (!match) break;
    const [mark] = match;
    const glued = match.index > 0 && inName.test(sql[match.index - 1] ?? '') && /^([eE]'|\$)/.test(mark);
    const next = glued ? match.index + 1 : endOf(sql, match.index, mark);
    if (mark === ';') end();
    else if (mark !== '--' && mark !== '/*') { from ??= match.index; to = next; }
    at = next;
  }
  end();
  return found;
}

/** Line and column, from 1, of a place in a text. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
