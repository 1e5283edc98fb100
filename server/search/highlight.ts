// In: a text and what was looked for. Out: the text, or a piece of it around what was found, as parts that are marked or not.
// Invariant: pure; the parts joined are an exact substring of the text (but for the dots at its ends); nothing is ever markup.

export interface MarkedPart { text: string; hit: boolean }
const before = 36;

function spans(text: string, wanted: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const word of wanted) for (let at = text.indexOf(word); at >= 0 && word; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length]);
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/** The text with what was looked for marked. */
export function marked(text: string, wanted: readonly string[]): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const [from, to] of spans(text, wanted)) {
    if (to <= at) continue;
    if (from > at) parts.push({ text: text.slice(at, from), hit: false });
    parts.push({ text: text.slice(Math.max(at, from), to), hit: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), hit: false });
  return parts;
}

/** At most `length` characters around the first place where most of what was looked for stands close together. */
export function snippet(text: string, wanted: readonly string[], length = 140): MarkedPart[] {
  const found = spans(text, wanted);
  const near = (from: number) => new Set(found.filter(([a, b]) => a >= from && b <= from + length - before).map(([a, b]) => text.slice(a, b))).size;
  const best = found.reduce<number | null>((chosen, [from]) => (chosen === null || near(from) > near(chosen) ? from : chosen), null) ?? 0;
  let from = Math.max(0, best - before), to = Math.min(text.length, from + length);
  // Never through the middle of a character that takes two code units.
  if (/[\uDC00-\uDFFF]/.test(text[from] ?? '')) from += 1;
  if (/[\uDC00-\uDFFF]/.test(text[to] ?? '')) to -= 1;
  const parts = marked(text.slice(from, to), wanted);
  return [...(from > 0 ? [{ text: '…', hit: false }] : []), ...parts, ...(to < text.length ? [{ text: '…', hit: false }] : [])];
}
