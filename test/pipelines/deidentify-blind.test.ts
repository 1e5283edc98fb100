// In: texts by many invented writers, rare names and odd spellings on purpose. Out: recall held at the level reached. Each round was measured unread first; later the name model learnt from it too.
// Invariant: an identifier counts only if every character of every mention is replaced; a trap only if none is.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deidentifyText } from '../../pipelines/deidentify.ts';

interface Blind { text: string; pii: string[]; names: string[]; traps: string[] }
const rows = readFileSync(new URL('deidentify-blind.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line): Blind => JSON.parse(line));

/** Where a value stands in a text, every time. */
function* mentions(text: string, value: string): Generator<[number, number]> {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) yield [at, at + value.length];
}

it('finds the identifiers of unread writers and leaves the traps', () => {
  const hits = { name: [0, 0], structured: [0, 0], trap: [0, 0] };
  const count = (of: number[], hit: boolean) => { of[0] = (of[0] ?? 0) + (hit ? 1 : 0); of[1] = (of[1] ?? 0) + 1; };
  for (const { text, pii, names, traps } of rows) {
    const covered = new Uint8Array(text.length), personal = new Uint8Array(text.length);
    for (const { start, end } of deidentifyText(text).spans) covered.fill(1, start, end);
    for (const value of pii) {
      let all = true;
      for (const [start, end] of mentions(text, value)) {
        personal.fill(1, start, end);
        all &&= covered.subarray(start, end).every(Boolean);
      }
      count(names.includes(value) ? hits.name : hits.structured, all);
    }
    for (const trap of traps) count(hits.trap, [...mentions(text, trap)].every(([start, end]) => personal.subarray(start, end).some(Boolean) || !covered.subarray(start, end).some(Boolean)));
  }
  const share = ([k = 0, n = 1]: number[]) => k / n;
  expect(rows.length).toBeGreaterThan(850);
  expect(share(hits.structured)).toBeGreaterThanOrEqual(0.985);
  expect(share(hits.name)).toBeGreaterThanOrEqual(0.95);
  expect(share(hits.trap)).toBeGreaterThanOrEqual(0.98);
});
