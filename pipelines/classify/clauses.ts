// In: a text. Out: its clauses, as spans in UTF-16 units that may be quoted as evidence; which end a sentence; how much of what was found lies in each.
// Invariant: every span holds at least one character that is not blank, in order, without overlap; no text, no clause.

export interface Clause { start: number; end: number }

/** What a character does, as bits: breaks a text into clauses, stops a sentence, closes a quotation, stays with the clause that it ends. */
const breaks = 1, stops = 2, closes = 4, stays = 8;
const does = new Uint8Array(0x10000);
for (const [characters, bit] of [['。！？；，!?;,\n \t\u3000', breaks], ['。！？!?…', stops], ['"\'”’」』）)】', closes], ['。！？!?…”’」』）)】', stays]] as const) {
  for (let i = 0; i < characters.length; i++) does[characters.charCodeAt(i)] = (does[characters.charCodeAt(i)] ?? 0) | bit;
}
const is = (text: string, at: number, bit: number) => at < text.length && ((does[text.charCodeAt(at)] ?? 0) & bit) !== 0;

const blank = /\s/;
/** Whether a part ends its sentence: a stop, and nothing after it but what closes a quotation. */
export function endsSentence(text: string, start: number, end: number): boolean {
  let last = end - 1;
  while (last >= start && is(text, last, closes)) last--;
  return last >= start && is(text, last, stops);
}
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
    const joins = last !== undefined && (to - from < tiny || last.end - last.start < tiny) && !endsSentence(text, last.start, last.end) && !text.slice(last.end, from).includes('\n');
    if (joins) last.end = to;
    else out.push({ start: from, end: to });
  };
  const inNumber = (i: number) => comma.test(text.charAt(i)) && digit.test(text.charAt(i - 1)) && digit.test(text.charAt(i + 1));
  for (let i = 0; i < text.length; i++) {
    const breaksOff = is(text, i, breaks) && !inNumber(i), full = i + 1 - start >= longest && !isHalf(text.charCodeAt(i + 1));
    if (!breaksOff && !full) continue;
    while (is(text, i + 1, stays)) i++;
    close(i + 1);
  }
  close(text.length);
  return out;
}

/** How many of what was found in a text, in its order, lies within each clause; what begins at one place counts once. */
export function countByClause(found: Iterable<{ at: number; end: number }>, parts: readonly Clause[]): Uint16Array {
  const out = new Uint16Array(parts.length);
  let c = 0, last = -1;
  for (const { at, end } of found) {
    if (at === last) continue;
    while (c < parts.length && (parts[c]?.end ?? 0) <= at) c++;
    const part = parts[c];
    if (part === undefined) break;
    if (at < part.start || end > part.end) continue;
    out[c] = (out[c] ?? 0) + 1;
    last = at;
  }
  return out;
}
