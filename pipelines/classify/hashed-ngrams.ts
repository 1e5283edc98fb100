// In: a text. Out: its character n-grams as numbers of a small range, by where they begin.
// Invariant: as many places as the text has UTF-16 units; depends on the text alone.
import { lastTwo } from './last-two.ts';
import { eachNgram, longest } from './ngrams.ts';
import { normalise } from './normalise.ts';

/** How many numbers there are. */
export const hashed = 1 << 13;
/** N-grams of one to so many characters. */
export const longestHashed = longest;

/** Features of the n-grams of 1 to 3 from each place on, −1 where a separator stands. */
export const hashesOf = lastTwo((part: string): Int32Array => {
  const out = new Int32Array(part.length * longestHashed).fill(-1);
  eachNgram(normalise(part), (hash, start, end) => { out[start * longestHashed + end - start - 1] = hash & (hashed - 1); });
  return out;
});
