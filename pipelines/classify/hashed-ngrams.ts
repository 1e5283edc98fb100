// In: a text. Out: its character n-grams as numbers of a small range, by where they begin.
// Invariant: as many places as the text has UTF-16 units; depends on the text alone.
import { lastTwo } from './last-two.ts';
import { normalise } from './normalise.ts';

/** How many numbers there are. */
export const hashed = 1 << 13;
/** N-grams of one to so many characters. */
export const longestHashed = 3;

/** Features of the n-grams of 1 to 3 from each place on, −1 where a separator stands. */
export const hashesOf = lastTwo((part: string): Int32Array => {
  const codes = normalise(part);
  const out = new Int32Array(codes.length * longestHashed).fill(-1);
  for (let start = 0; start < codes.length; start++) {
    let h = 0x811c9dc5;
    for (let size = 0; size < longestHashed && start + size < codes.length; size++) {
      const c = codes[start + size] ?? 0;
      if (c === 0) break;
      h = Math.imul(h ^ c, 0x01000193);
      h ^= h >>> 15;
      h = Math.imul(h, 0x2c1b3c6d);
      h ^= h >>> 13;
      out[start * longestHashed + size] = h & (hashed - 1);
    }
  }
  return out;
});
