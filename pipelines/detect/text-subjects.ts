// In: texts with their terms. Out: what each is about: one unit vector of few dimensions per text (latent semantic analysis, Deerwester 1990).
// Invariant: words that stand in the same texts are alike (油烟 and 烧烤), whatever names stand beside them; the same texts give the same vectors.
import { telling } from './describe.ts';
import { ascending } from './material.ts';

const dimensions = 64, rounds = 4, leastTexts = 3, commonFrom = 0.2, leastCommon = 40;

/** A unit vector for each list of terms; all zero where no term is known from other texts. */
export function textSubjects(texts: readonly (readonly string[])[]): Float32Array[] {
  const rows = weighed(texts);
  const words = rows.reduce((most, { ids }) => ids.reduce((a, b) => Math.max(a, b), most), -1) + 1;
  let right = start(words, Math.min(dimensions, words, texts.length));
  for (let round = 0; round < rounds; round++) right = orthonormal(back(rows, right.map((column) => times(rows, column)), words));
  const found = right.map((column) => times(rows, column));
  return rows.map((_, i) => unit(Float32Array.from(found, (column) => column[i] ?? 0)));
}

/** Cosine of two vectors of any length. */
export function alike(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let dot = 0, p = 0, q = 0;
  for (let d = 0; d < a.length; d++) { const x = a[d] ?? 0, y = b[d] ?? 0; dot += x * y; p += x * x; q += y * y; }
  return dot / (Math.sqrt(p * q) || 1);
}

interface WeighedRow { ids: Int32Array; weights: Float32Array }

/** Known words of each text, by rarity, as a row of length 1. */
function weighed(texts: readonly (readonly string[])[]): WeighedRow[] {
  const counts = new Map<string, number>();
  for (const terms of texts) for (const term of new Set(terms)) if (telling(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const most = Math.max(leastCommon, commonFrom * texts.length);
  const known = new Map([...counts].filter(([, n]) => n >= leastTexts && n <= most).sort(([a], [b]) => ascending(a, b)).map(([term, n], id) => [term, { id, weight: Math.log(texts.length / n) }]));
  return texts.map((terms) => {
    const own = [...new Set(terms)].flatMap((term) => known.get(term) ?? []).sort((a, b) => a.id - b.id);
    const norm = Math.sqrt(own.reduce((sum, { weight }) => sum + weight ** 2, 0)) || 1;
    return { ids: Int32Array.from(own, ({ id }) => id), weights: Float32Array.from(own, ({ weight }) => weight / norm) };
  });
}

function times(rows: readonly WeighedRow[], column: Float32Array): Float32Array {
  const found = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const { ids, weights } = rows[i]!;
    let sum = 0;
    for (let j = 0; j < ids.length; j++) sum += weights[j]! * column[ids[j]!]!;
    found[i] = sum;
  }
  return found;
}

function back(rows: readonly WeighedRow[], left: readonly Float32Array[], words: number): Float32Array[] {
  return left.map((column) => {
    const found = new Float32Array(words);
    for (let i = 0; i < rows.length; i++) {
      const { ids, weights } = rows[i]!, by = column[i]!;
      for (let j = 0; j < ids.length; j++) found[ids[j]!]! += weights[j]! * by;
    }
    return found;
  });
}

/** Numbers without a pattern, the same every time. */
function start(length: number, columns: number): Float32Array[] {
  let state = 12345;
  return Array.from({ length: columns }, () => Float32Array.from({ length }, () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 - 0.5; }));
}

/** Makes the columns orthonormal, in place (modified Gram–Schmidt). */
function orthonormal(columns: Float32Array[]): Float32Array[] {
  for (const [c, column] of columns.entries()) {
    for (let o = 0; o < c; o++) {
      const other = columns[o]!;
      let dot = 0;
      for (let i = 0; i < column.length; i++) dot += other[i]! * column[i]!;
      for (let i = 0; i < column.length; i++) column[i]! -= dot * other[i]!;
    }
    unit(column);
  }
  return columns;
}

function unit(v: Float32Array): Float32Array {
  let q = 0;
  for (let i = 0; i < v.length; i++) q += v[i]! * v[i]!;
  const by = q > 1e-18 ? 1 / Math.sqrt(q) : 0;
  for (let i = 0; i < v.length; i++) v[i]! *= by;
  return v;
}
