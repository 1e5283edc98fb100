// In: folded codes. Out: a 32-bit hash for every character n-gram of 1 to 3, with the place it starts.
// Invariant: an n-gram never crosses a separator, and its hash does not depend on where it stands.

export const longest = 3;

/** Calls `visit(hash, start, end)` for each n-gram, in order of place and length. */
export function eachNgram(codes: Uint16Array, visit: (hash: number, start: number, end: number) => void): void {
  for (let start = 0; start < codes.length; start++) {
    let h = 0x811c9dc5;
    for (let at = start; at < start + longest && at < codes.length; at++) {
      const c = codes[at] ?? 0;
      if (c === 0) break;
      h = Math.imul(h ^ c, 0x01000193);
      h ^= h >>> 15;
      h = Math.imul(h, 0x2c1b3c6d);
      h ^= h >>> 13;
      visit(h >>> 0, start, at + 1);
    }
  }
}
