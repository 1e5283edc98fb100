// In: a text and spans found in it by several finders. Out: one sorted list without overlaps, and the text with marks.
// Invariant: offsets are UTF-16 units of the text as given; half-width folding keeps every offset.
import { identifierMarks } from '../../datasets/vocabulary.ts';
import type { Span } from '../records.ts';

const folded = Uint16Array.from({ length: 0x10000 }, (_, code) => {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code === 0x3000 || code === 0xa0) return 0x20;
  if (code === 0x24ea) return 0x30;
  if (code >= 0x2460 && code <= 0x2468) return code - 0x2460 + 0x31;
  if (code === 0x2022 || code === 0x30fb || code === 0xff65) return 0xb7;
  return code >= 0x2010 && code <= 0x2015 || code === 0x2212 || code === 0x30fc || code === 0xff70 ? 0x2d : code;
});

/** Full-width letters, digits and signs, dashes and dots folded to ASCII, one unit for one unit. */
export function foldWidth(text: string): string {
  const units = new Uint16Array(text.length);
  let same = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i), to = folded[code] ?? code;
    units[i] = to;
    same &&= to === code;
  }
  return same ? text : Buffer.from(units.buffer).toString('utf16le');
}

/** Earlier lists win; a later span that touches an accepted one is dropped. */
export function mergeSpans(...lists: readonly Span[][]): Span[] {
  const accepted: Span[] = [];
  let length = 0;
  for (const list of lists) for (const { end } of list) if (end > length) length = end;
  if (length === 0) return accepted;
  const taken = new Uint8Array(length);
  for (const list of lists) {
    for (const span of list) {
      if (span.end <= span.start || taken.subarray(span.start, span.end).includes(1)) continue;
      taken.fill(1, span.start, span.end);
      accepted.push(span);
    }
  }
  return accepted.sort((a, b) => a.start - b.start);
}

/** The same words wherever else they stand in the text. */
export function repeated(text: string, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const [value, type] of new Map(spans.map(({ start, end, type }) => [text.slice(start, end), type]))) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) out.push({ start: at, end: at + value.length, type });
  }
  return out;
}

/** The text with each span replaced by its mark 标记. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let out = '';
  let at = 0;
  for (const span of spans) {
    out += text.slice(at, span.start) + identifierMarks[span.type];
    at = span.end;
  }
  return out + text.slice(at);
}
