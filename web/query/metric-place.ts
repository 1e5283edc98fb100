// In: the text before the cursor. Out: which argument of metric(…) is being written there, if any.
// Invariant: pure; strings and comments are told apart as the engine does, so far as a half-written text allows.

export interface MetricPlace {
  /** `name` is the name of an argument; `other` a value of which nothing is known. */
  what: 'metric' | 'by' | 'compare' | 'name' | 'other';
  /** The metric named already. */
  metric: string | null;
  /** Where the word at the cursor begins. */
  from: number;
}

const token = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|[()[\],]|=>|:=|[\w\u0080-\uffff]+/g;

export function metricPlace(before: string): MetricPlace | null {
  const open: { metric: boolean; words: string[] }[] = [];
  let last = '', quoted: number | null = null;
  for (const { 0: piece, index } of before.matchAll(token)) {
    if (/^(--|\/\*)/.test(piece)) { if (index + piece.length === before.length && !/^\/\*[\s\S]*\*\/$/.test(piece)) return null; continue; }
    if (piece === '(') open.push({ metric: last.toLowerCase() === 'metric', words: [] });
    else if (piece === ')') open.pop();
    else open.at(-1)?.words.push(piece);
    quoted = piece.startsWith("'") && (piece.length === 1 || !piece.endsWith("'")) ? index : null;
    last = piece;
  }
  const call = open.at(-1);
  if (!call?.metric) return null;
  const metric = call.words.find((word) => /^'[^']+'$/.test(word))?.slice(1, -1) ?? null;
  const from = quoted === null ? before.length - (/\w*$/.exec(before)?.[0].length ?? 0) : quoted + 1;
  const own = quoted === null && /\w$/.test(before) ? call.words.slice(0, -1) : quoted === null ? call.words : call.words.slice(0, -1);
  const given = own.findLastIndex((word) => word === '=>' || word === ':=');
  const comma = own.findLastIndex((word, i) => word === ',' && own.slice(0, i).filter((w) => w === '[').length === own.slice(0, i).filter((w) => w === ']').length);
  const name = given > comma ? own[given - 1]?.toLowerCase() ?? '' : null;
  if (quoted === null) return name === null && comma >= 0 ? { what: 'name', metric, from } : { what: 'other', metric, from };
  if (name === null) return { what: comma < 0 ? 'metric' : 'other', metric: comma < 0 ? null : metric, from };
  return { what: name === 'by' || name === 'grain' ? 'by' : name === 'compare' ? 'compare' : 'other', metric, from };
}
