// In: texts in order of time. Out: groups of texts about one thing, each around what is its own: a place, a name, a thing.
// Invariant: who does not share what is the group's own leaves it, who does and is about the same joins it; one place with two matters is two groups; every text is in one group.
import { length as lengthOf, textClusters, type Cluster } from './text-clusters.ts';
import { textSubjects } from './text-subjects.ts';
import { textVectors, type Readable, type TextVector, type Vectors } from './text-vectors.ts';

/** Chosen on 4,326 real messages with fourteen matters known by hand (test/bench/real-matters.ts); the first eight keep F1 ≥ 0.85 over four random starts of the subjects. */
export const grouping = { joinFrom: 0.54, aboutWeight: 0.7, plainFrom: 0.25, namedFrom: 0.1, rare: 0.02, few: 12, ownName: 0.4, patience: 90, seedSize: 4, support: 0.6, own: 0.35, core: 0.75, absorbAbout: 0.36, absorbRatio: 0.7, leave: 0.6, named: 0.7 };

/** Numbers of a group's texts, ascending, and the mean cosine of its pairs (1 for a single text). */
export interface Group { members: number[]; likeness: number }

/** Groups of texts (numbers into `texts`, ascending; `days` are their day numbers), largest first. */
export function matterGroups(texts: readonly Readable[], days: readonly number[]): Group[] {
  const read = textVectors(texts);
  const subjects = textSubjects(texts.map((t) => t.terms));
  const clusters = textClusters(read.vectors, subjects, days, { ...grouping, rare: (f, held) => (read.frequency[f] ?? 0) <= Math.min(grouping.rare * texts.length, Math.max(grouping.few, held / grouping.ownName)) }).sort((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0));
  const holders = postings(read.vectors);
  const of = new Int32Array(texts.length);
  for (const [c, { members }] of clusters.entries()) for (const m of members) of[m] = c;
  const sizes = clusters.map((c) => c.members.length);
  for (const [c, cluster] of clusters.entries()) {
    if (cluster.members.length < grouping.seedSize) continue;
    const close = Math.max(grouping.absorbAbout, grouping.absorbRatio * cohesion(cluster)), known = new Map<number, number>();
    const about = (m: number) => {
      const value = known.get(m) ?? nearness(subjects[m], cluster);
      known.set(m, value);
      return value;
    };
    const keys = ownFeatures(cluster, read, (f) => (holders.get(f) ?? []).filter((m) => of[m] === c).length);
    if (keys.length === 0) continue;
    const strong = keys.some((k) => k.support >= grouping.core);
    const sharing = new Set(keys.flatMap((k) => holders.get(k.feature) ?? []));
    const leave = (m: number) => { of[m] = -1; sizes[c] = (sizes[c] ?? 1) - 1; };
    for (const m of cluster.members) if (of[m] === c && ((strong && !sharing.has(m)) || about(m) < grouping.leave * close)) leave(m);
    const whole = keys.reduce((sum, k) => sum + k.support, 0);
    for (const m of sharing) {
      const home = of[m] ?? -1;
      if (home === c || (home >= 0 && (sizes[home] ?? 0) * 2 > (sizes[c] ?? 0)) || about(m) < close) continue;
      if (!cluster.members.some((o) => Math.abs((days[o] ?? 0) - (days[m] ?? 0)) <= grouping.patience)) continue;
      const share = keys.reduce((sum, k) => sum + (read.vectors[m]?.features.includes(k.feature) ? k.support : 0), 0) / whole;
      if (share < grouping.named) continue;
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

/** Mean cosine of a subject with those of a group. */
const nearness = (subject: Float32Array | undefined, { about, members }: Cluster): number => about.reduce((sum, x, d) => sum + x * (subject?.[d] ?? 0), 0) / members.length;

/** Mean cosine of the subjects of a group's pairs. */
function cohesion({ about, members: { length: n } }: Cluster): number {
  return n < 2 ? 1 : (about.reduce((sum, x) => sum + x * x, 0) - n) / (n * (n - 1));
}
