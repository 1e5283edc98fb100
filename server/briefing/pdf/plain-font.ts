// In: a TrueType file. Out: the same, its layout tables hidden. Invariant: glyphs, widths and outlines are untouched.
// Why: Chinese in lines needs no substitution or kerning, and working them out took minutes for the digits of one briefing.
import { readFileSync } from 'node:fs';

const hidden: readonly string[] = ['GSUB', 'GPOS', 'GDEF', 'kern'];
const read = new Map<string, Buffer>();

/** Read once; the table directory's names of the layout tables are blanked. */
export function plainFont(path: string): Buffer {
  const known = read.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  for (let at = 12, n = bytes.readUInt16BE(4); n > 0; n--, at += 16) {
    if (hidden.includes(bytes.toString('latin1', at, at + 4))) bytes.write(`~${bytes.toString('latin1', at + 1, at + 4)}`, at, 'latin1');
  }
  read.set(path, bytes);
  return bytes;
}
