// In: text vectors in order of time. Out: groups of texts about one thing.
// Invariant: two groups join only while their middles are alike, so that a chain of likenesses makes no group; near-linear.
import type { TextVector } from './text-vectors.ts';

const queried = 16, looked = 96, neighbours = 12;

interface Edge { a: number; b: number; likeness: number }

/** The most alike earlier texts of each text, by cosine. */
function edges(vectors: readonly TextVector[], least: number): Edge[] {
  const postings = new Map<number, number[]>();
  const sums = new Float64Array(vectors.length), found: Edge[] = [];
  const dense = new Map<number, number>();
  for (const [b, v] of vectors.entries()) {
    const touched: number[] = [];
    dense.clear();
    for (const [i, f] of v.features.entries()) {
      dense.set(f, v.weights[i] ?? 0);
      if (i >= queried) continue;
      const list = postings.get(f) ?? [];
      for (let k = Math.max(0, list.length - looked); k < list.length; k++) {
        const a = list[k] ?? 0;
        if (sums[a] === 0) touched.push(a);
        sums[a] = (sums[a] ?? 0) + (v.weights[i] ?? 0);
      }
    }
    const best = touched.sort((x, y) => (sums[y] ?? 0) - (sums[x] ?? 0) || x - y).slice(0, 3 * neighbours).flatMap((a) => {
      const other = vectors[a];
      let likeness = 0;
      if (other) for (const [i, f] of other.features.entries()) likeness += (other.weights[i] ?? 0) * (dense.get(f) ?? 0);
      return likeness >= least ? [{ a, b, likeness }] : [];
    }).sort((x, y) => y.likeness - x.likeness || x.a - y.a).slice(0, neighbours);
    found.push(...best);
    for (const a of touched) sums[a] = 0;
    for (const f of v.features.subarray(0, queried)) {
      const list = postings.get(f);
      if (list) list.push(b); else postings.set(f, [b]);
    }
  }
  return found.sort((x, y) => y.likeness - x.likeness || x.b - y.b || x.a - y.a);
}

/** A group: numbers of its texts, ascending, the sums of their vectors and subjects, and how many of them hold each feature. */
export interface Cluster { members: number[]; sum: Map<number, number>; about: Float32Array; holders: Map<number, number> }
export interface Joining { joinFrom: number; aboutWeight: number; plainFrom: number; namedFrom: number; patience: number; rare: (feature: number, held: number) => boolean }

/**
 * Joins the most alike first, while the cosine of their words and `aboutWeight` times the mean cosine of their subjects
 * make `joinFrom`, the words alone `plainFrom`; or `namedFrom` where both mostly hold one rare name.
 */
export function textClusters(vectors: readonly TextVector[], subjects: readonly Float32Array[], days: readonly number[], joining: Joining): Cluster[] {
  const of = vectors.map((v, i): Cluster => ({ members: [i], about: Float32Array.from(subjects[i] ?? []), sum: new Map([...v.features].map((f, k) => [f, v.weights[k] ?? 0])), holders: new Map([...v.features].map((f) => [f, 1])) }));
  for (const { a, b } of edges(vectors, joining.namedFrom * 0.6)) {
    const x = of[a], y = of[b];
    if (!x || !y || x === y) continue;
    const [small, large] = x.sum.size <= y.sum.size ? [x, y] : [y, x];
    if (!joins(small, large, gap(x, y, days), joining)) continue;
    for (const [f, w] of small.sum) large.sum.set(f, (large.sum.get(f) ?? 0) + w);
    for (let d = 0; d < large.about.length; d++) large.about[d]! += small.about[d] ?? 0;
    for (const [f, n] of small.holders) large.holders.set(f, (large.holders.get(f) ?? 0) + n);
    for (const m of small.members) { large.members.push(m); of[m] = large; }
  }
  return [...new Set(of)].map((c) => ({ ...c, members: c.members.sort((p, q) => p - q) }));
}

const mostly = 0.6, leastAbout = 0.1;

/** Days between the nearest texts of two groups. */
function gap(x: Cluster, y: Cluster, days: readonly number[]): number {
  let least = Infinity;
  const [few, many] = x.members.length <= y.members.length ? [x, y] : [y, x];
  for (const m of few.members) for (const o of many.members) least = Math.min(least, Math.abs((days[m] ?? 0) - (days[o] ?? 0)));
  return least;
}

function joins(small: Cluster, large: Cluster, gap: number, { joinFrom, aboutWeight, plainFrom, namedFrom, patience, rare }: Joining): boolean {
  let about = 0;
  for (let d = 0; d < small.about.length; d++) about += small.about[d]! * large.about[d]!;
  about /= small.members.length * large.members.length;
  if (about < leastAbout) return false;
  let dot = 0, named = false;
  for (const [f, w] of small.sum) {
    const shared = w * (large.sum.get(f) ?? 0);
    if (shared === 0) continue;
    dot += shared;
    const held = (small.holders.get(f) ?? 0) + (large.holders.get(f) ?? 0);
    named ||= (small.holders.get(f) ?? 0) >= mostly * small.members.length && (large.holders.get(f) ?? 0) >= mostly * large.members.length && rare(f, held);
  }
  const words = dot / (length(small.sum) * length(large.sum) * (1 + gap / patience));
  return words >= (named ? namedFrom : plainFrom) && words + aboutWeight * about >= joinFrom;
}

/** Euclidean length of a sparse sum, at least a trifle. */
export function length(sum: ReadonlyMap<number, number>): number {
  let q = 0;
  for (const w of sum.values()) q += w * w;
  return Math.sqrt(q) || 1e-9;
}
