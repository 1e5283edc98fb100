// In: a text. Out: its clauses, as spans in UTF-16 units that may be quoted as evidence.
// Invariant: every span holds at least one character that is not blank, in order, without overlap; no text, no clause.

export interface Clause { start: number; end: number }

const breaks = new Set('。！？；，!?;,\n \t\u3000'.split('').map((c) => c.charCodeAt(0)));
const blank = /\s/, ended = /[。！？!?\n]/;
const tiny = 6;
const longest = 80;
const isHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** Splits at 。！？；， blanks and line ends, and after 80 characters without any; a clause of under six characters joins its neighbour in the sentence. */
export function clauses(text: string): Clause[] {
  const out: Clause[] = [];
  let start = 0;
  const close = (end: number) => {
    let from = start;
    let to = end;
    while (from < to && blank.test(text.charAt(from))) from++;
    while (to > from && blank.test(text.charAt(to - 1))) to--;
    start = end;
    if (to === from) return;
    const last = out.at(-1);
    const joins = last !== undefined && (to - from < tiny || last.end - last.start < tiny) && !ended.test(text.slice(last.end - 1, from));
    if (joins) last.end = to;
    else out.push({ start: from, end: to });
  };
  for (let i = 0; i < text.length; i++) {
    if (breaks.has(text.charCodeAt(i)) || (i + 1 - start >= longest && !isHalf(text.charCodeAt(i + 1)))) close(i + 1);
  }
  close(text.length);
  return out;
}
