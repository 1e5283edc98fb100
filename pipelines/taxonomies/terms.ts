// In: a text, or its words already cut. Out: hashed terms with counts: character n-grams, words and pairs of them, and how the text opens.
// Invariant: the terms of a text depend on it and the shipped dictionary alone; digits, width and case make no difference.
import { openJieba } from '../jieba.ts';
import { ownDictionary } from '../segment.ts';

export interface OwnText { text: string; words: readonly string[] | null }

/** Buckets in rising order, one view after another, and how often each was met. */
export interface Terms { buckets: Uint32Array; counts: Uint8Array }

/** What a text is looked at as: its characters, its words, and its opening, where a title would stand. */
const views = ['characters', 'words', 'opening'] as const;

const bits = 23;
export const bucketCount = views.length << bits;
export const viewOf = (bucket: number) => bucket >>> bits;

const opening = 40;
const mostTerms = 1 << 17;
const met = new Uint32Array(mostTerms);
let n = 0;
const meet = (hash: number, view: number) => { if (n < mostTerms) met[n++] = view * 2 ** bits + (hash >>> (32 - bits)); };

function mix(h: number, code: number): number {
  let x = Math.imul(h ^ code, 0x01000193);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return x ^ (x >>> 13);
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\d/g, '0');
const wordHash = (word: string) => { let h = 0x2545f491; for (let i = 0; i < word.length; i++) h = mix(h, word.charCodeAt(i)); return h; };

/** N-grams that cross no blank; `until` bounds where they start. */
function meetCharacters(line: string, longest: number, until: number, view: number): void {
  for (let i = 0; i < Math.min(line.length, until); i++) {
    let h = 0x811c9dc5;
    for (let k = i; k < Math.min(line.length, i + longest); k++) {
      const code = line.charCodeAt(k);
      if (code <= 32) break;
      meet(h = mix(h, code), view);
    }
  }
}

/** Terms of a text; of one longer than some 10,000 characters, the beginning. */
export function readTerms({ text, words }: OwnText): Terms {
  n = 0;
  const whole = fold(text).slice(0, 10_000);
  // Words that came already cut may lack those left out between them: no n-gram is made across two of them.
  const line = words ? whole.trimStart() : whole.replace(/[^\S\n]+/g, '').trimStart();
  meetCharacters(line, words ? 4 : 5, line.length, 0);
  meetCharacters(line.slice(0, opening), 4, opening, 2);

  const cut = words?.map(fold) ?? openJieba({ own: ownDictionary, user: null }).cut(whole, true);
  const hashes = cut.filter((w) => w.trim() !== '').map(wordHash);
  hashes.forEach((h, i) => {
    meet(mix(h, 1), 1);
    const next = hashes[i + 1];
    const third = hashes[i + 2];
    if (next !== undefined) meet(mix(mix(h, next), 2), 1);
    if (third !== undefined) meet(mix(mix(h, third), 3), 1);
  });
  return counted(met.subarray(0, n).sort());
}

function counted(sorted: Uint32Array): Terms {
  let kinds = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) kinds++;
  const buckets = new Uint32Array(kinds);
  const counts = new Uint8Array(kinds);
  let at = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) buckets[++at] = sorted[i] ?? 0;
    counts[at] = Math.min(255, (counts[at] ?? 0) + 1);
  }
  return { buckets, counts };
}
