// In: texts in order of time. Out: groups of texts about one thing, each around what is its own: a place, a name, a thing.
// Invariant: who does not share what is the group's own leaves it, who does and reads alike joins it; every text is in one group.
import { length as lengthOf, textClusters, type Cluster } from './text-clusters.ts';
import { textVectors, type Readable, type TextVector, type Vectors } from './text-vectors.ts';

/** Chosen on 4,326 real messages with seven matters known by hand (test/bench/detection-matters.ts). */
export const grouping = { joinFrom: 0.24, namedJoinFrom: 0.16, subjectFrom: 0.05, rare: 0.015, patience: 90, seedSize: 4, support: 0.6, own: 0.5, core: 0.75, absorbFrom: 0.22, namedFrom: 0.12, named: 0.5 };

/** Numbers of a group's texts, ascending, and the mean cosine of its pairs (1 for a single text). */
export interface Group { members: number[]; likeness: number }

/** Groups of texts (numbers into `texts`, ascending; `days` are their day numbers), largest first. */
export function matterGroups(texts: readonly Readable[], days: readonly number[]): Group[] {
  const read = textVectors(texts);
  const clusters = textClusters(read.vectors, days, { ...grouping, rare: (f) => (read.frequency[f] ?? 0) <= Math.max(3, grouping.rare * texts.length) }).sort((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0));
  const holders = postings(read.vectors);
  const of = new Int32Array(texts.length);
  for (const [c, { members }] of clusters.entries()) for (const m of members) of[m] = c;
  const sizes = clusters.map((c) => c.members.length);
  for (const [c, cluster] of clusters.entries()) {
    if (cluster.members.length < grouping.seedSize) continue;
    const length = lengthOf(cluster.sum), alike = new Map<number, boolean>();
    const reads = (m: number) => {
      const known = alike.get(m) ?? likeness(read.vectors[m], cluster.sum, length) >= grouping.absorbFrom;
      alike.set(m, known);
      return known;
    };
    const keys = ownFeatures(cluster, read, (f) => (holders.get(f) ?? []).filter((m) => of[m] === c || reads(m)).length);
    if (keys.length === 0) continue;
    const strong = keys.some((k) => k.support >= grouping.core);
    const sharing = new Set(keys.flatMap((k) => holders.get(k.feature) ?? []));
    if (strong) for (const m of cluster.members) if (of[m] === c && !sharing.has(m)) { of[m] = -1; sizes[c] = (sizes[c] ?? 1) - 1; }
    const whole = keys.reduce((sum, k) => sum + k.support, 0);
    for (const m of sharing) {
      const home = of[m] ?? -1;
      if (!cluster.members.some((o) => Math.abs((days[o] ?? 0) - (days[m] ?? 0)) <= grouping.patience)) continue;
      if (home === c || (home >= 0 && (sizes[home] ?? 0) * 2 > (sizes[c] ?? 0))) continue;
      const share = keys.reduce((sum, k) => sum + (read.vectors[m]?.features.includes(k.feature) ? k.support : 0), 0) / whole;
      if (!reads(m) && (share < grouping.named || likeness(read.vectors[m], cluster.sum, length) < grouping.namedFrom)) continue;
      if (home >= 0) sizes[home] = (sizes[home] ?? 1) - 1;
      of[m] = c;
      sizes[c] = (sizes[c] ?? 0) + 1;
    }
  }
  const groups = new Map<number, number[]>();
  for (const [m, c] of of.entries()) {
    const key = c < 0 ? -1 - m : c;
    const own = groups.get(key);
    if (own) own.push(m); else groups.set(key, [m]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0)).map((members) => ({ members, likeness: pairwise(members, read.vectors) }));
}

/** Features that most of a group use and that mostly texts of the group, or texts like them, use. */
function ownFeatures(cluster: Cluster, { vectors, frequency }: Vectors, alike: (feature: number) => number): { feature: number; support: number }[] {
  const uses = new Map<number, number>();
  for (const m of cluster.members) for (const f of vectors[m]?.features ?? []) uses.set(f, (uses.get(f) ?? 0) + 1);
  const n = cluster.members.length;
  return [...uses].flatMap(([feature, a]) => (a >= grouping.support * n && (frequency[feature] ?? a) < 20 * n && alike(feature) >= grouping.own * (frequency[feature] ?? a) ? [{ feature, support: a / n }] : []));
}

function pairwise(members: readonly number[], vectors: readonly TextVector[]): number {
  const n = members.length, sum = new Map<number, number>();
  for (const m of members) for (const [i, f] of (vectors[m]?.features ?? []).entries()) sum.set(f, (sum.get(f) ?? 0) + (vectors[m]?.weights[i] ?? 0));
  return n < 2 ? 1 : (lengthOf(sum) ** 2 - n) / (n * (n - 1));
}

function postings(vectors: readonly TextVector[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [m, v] of vectors.entries()) for (const f of v.features) { const list = found.get(f); if (list) list.push(m); else found.set(f, [m]); }
  return found;
}

function likeness(v: TextVector | undefined, sum: ReadonlyMap<number, number>, length: number): number {
  let dot = 0;
  if (v) for (const [i, f] of v.features.entries()) dot += (v.weights[i] ?? 0) * (sum.get(f) ?? 0);
  return dot / length;
}
