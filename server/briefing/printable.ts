// In: any text. Out: the text without what no document may hold: control characters, direction marks, halves of characters.
// Invariant: never longer than its input; ordinary text comes out as it went in.

/** Safe for XML 1.0 and for the eye. Line breaks and tabs become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(/[\p{Cs}\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/gu, '');
}
