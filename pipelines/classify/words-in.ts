// In: words, each with what it stands for. Out: every place of a text where one of them stands.
// Invariant: places come in the order of the text; at one place longer beginnings first, then in the order of the words.

interface Word<T> { rest: string; length: number; of: T }

const key = (a: number, b: number) => a * 0x10000 + b;
const pairOf = (a: number, b: number) => (Math.imul(a, 0x9e3b) ^ b) & 0xffff;

/** Calls `visit(of, at, end)` for each place of a text, in UTF-16 units, where a word stands. */
export function wordsIn<T>(words: Iterable<readonly [string, T]>): (text: string, visit: (of: T, at: number, end: number) => void) => void {
  const byStart = new Map<number, Word<T>[]>();
  /** 1 where some word begins with the character, or with two characters that are told apart no further: most begin none, and are passed over. A word of one character is followed by 0. */
  const starts = new Uint8Array(0x10000), pairs = new Uint8Array(0x10000);
  for (const [word, of] of words) {
    const a = word.charCodeAt(0), b = word.length > 1 ? word.charCodeAt(1) : 0;
    byStart.set(key(a, b), [...(byStart.get(key(a, b)) ?? []), { rest: word.slice(2), length: word.length, of }]);
    starts[a] = pairs[pairOf(a, b)] = 1;
  }
  return (text, visit) => {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (starts[c] === 0) continue;
      const next = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      for (let k = next === 0 ? 1 : 0; k < 2; k++) {
        const second = k === 0 ? next : 0;
        if (pairs[pairOf(c, second)] === 0) continue;
        for (const { rest, length, of } of byStart.get(key(c, second)) ?? []) if (rest === '' || text.startsWith(rest, i + 2)) visit(of, i, i + length);
      }
    }
  };
}
