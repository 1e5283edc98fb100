// In: normalised texts. Out: their sets of character pairs, and the exact likeness of two sets.
// Invariant: sets are sorted and free of repeats, so every comparison is one merge.

/** The distinct overlapping character pairs of a text as sorted, well-mixed 32-bit hashes. */
export function shingles(normalised: string): Uint32Array {
  const count = Math.max(1, normalised.length - 1);
  const hashes = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let h = Math.imul((normalised.charCodeAt(i) || 0) * 65599 + (normalised.charCodeAt(i + 1) || 0), 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    hashes[i] = h ^ (h >>> 16);
  }
  hashes.sort();
  let kept = 0;
  for (let i = 0; i < count; i++) if (i === 0 || hashes[i] !== hashes[i - 1]) hashes[kept++] = hashes[i] ?? 0;
  return hashes.slice(0, kept);
}

/** Likeness of two sets: shared / all (Jaccard), and shared / the smaller (containment); both 0–1. */
export function likeness(a: Uint32Array, b: Uint32Array): { jaccard: number; containment: number } {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? 0, y = b[j] ?? 0;
    if (x === y) { shared++; i++; j++; } else if (x < y) i++; else j++;
  }
  return { jaccard: shared / (a.length + b.length - shared), containment: shared / Math.min(a.length, b.length) };
}
