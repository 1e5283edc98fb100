// In: a text. Out: its clauses, as spans in UTF-16 units that may be quoted as evidence.
// Invariant: every span holds at least one character that is not blank, in order, without overlap; no text, no clause.

export interface Clause { start: number; end: number }

const breaks = new Set('。！？；，!?;,\n \t\u3000'.split('').map((c) => c.charCodeAt(0)));
const blank = /\s/;
/** Whether a clause ends its sentence. */
export const endsSentence = (clause: string): boolean => /[。！？!?…]["'”’」』）)】]*$/.test(clause);
/** What stays with the clause that it ends: further stops, and what closes a quotation. */
const attached = new Set('。！？!?…”’」』）)】'.split('').map((c) => c.charCodeAt(0)));
const comma = /[,，]/, digit = /[0-9０-９]/;
const tiny = 6;
const longest = 80;
const isHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** Splits at 。！？；， blanks and line ends, and after 80 characters without any, never within a number (11,860); a clause of under six characters joins its neighbour in the sentence. */
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
    const joins = last !== undefined && (to - from < tiny || last.end - last.start < tiny) && !endsSentence(text.slice(last.start, last.end)) && !text.slice(last.end, from).includes('\n');
    if (joins) last.end = to;
    else out.push({ start: from, end: to });
  };
  const inNumber = (i: number) => comma.test(text.charAt(i)) && digit.test(text.charAt(i - 1)) && digit.test(text.charAt(i + 1));
  for (let i = 0; i < text.length; i++) {
    const breaksOff = breaks.has(text.charCodeAt(i)) && !inNumber(i), full = i + 1 - start >= longest && !isHalf(text.charCodeAt(i + 1));
    if (!breaksOff && !full) continue;
    while (attached.has(text.charCodeAt(i + 1))) i++;
    close(i + 1);
  }
  close(text.length);
  return out;
}
