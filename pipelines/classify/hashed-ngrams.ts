// In: a text. Out: its character n-grams as numbers of a small range, by where they begin.
// Invariant: as many places as the text has UTF-16 units; depends on the text alone.
import { normalise } from './normalise.ts';

/** How many numbers there are. */
export const hashed = 1 << 13;
/** N-grams of one to so many characters. */
export const longestHashed = 3;

let hashedPart = '';
let hashesOfPart = new Int32Array(0);

/** Features of the n-grams of 1 to 3 from each place on, −1 where a separator stands; the last text asked for is remembered, since it has several topics. */
export function hashesOf(part: string): Int32Array {
  if (part === hashedPart) return hashesOfPart;
  const codes = normalise(part);
  const out = new Int32Array(codes.length * longestHashed).fill(-1);
  for (let start = 0; start < codes.length; start++) {
    let h = 0x811c9dc5;
    for (let size = 0; size < longestHashed; size++) {
      const c = codes[start + size];
      if (!c) break;
      h = Math.imul(h ^ c, 0x01000193);
      h ^= h >>> 15;
      h = Math.imul(h, 0x2c1b3c6d);
      h ^= h >>> 13;
      out[start * longestHashed + size] = h & (hashed - 1);
    }
  }
  hashedPart = part;
  hashesOfPart = out;
  return out;
}
