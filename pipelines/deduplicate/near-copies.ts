// In: shingle sets, one at a time. Out: the earlier sets that are truly alike (exact Jaccard), found by MinHash bands.
// Invariant: work per set is bounded (chains are walked a fixed length), so the whole search is near-linear.
import { likeness } from './shingles.ts';

const bands = 40;
const rowsPerBand = 3;
const size = bands * rowsPerBand;
const tableBits = 17;
const chainLimit = 48;
const candidateLimit = 120;

const multipliers = new Uint32Array(size);
const offsets = new Uint32Array(size);
for (let i = 0, state = 20221; i < size; i++) {
  state = Math.imul(state, 1664525) + 1013904223;
  multipliers[i] = state | 1;
  state = Math.imul(state, 1664525) + 1013904223;
  offsets[i] = state;
}

/** One earlier set that is alike: its number in the order of insertion, and the exact Jaccard likeness. */
export interface Alike { item: number; jaccard: number }

/** An index of sets by MinHash bands (Broder 1997; 40 bands of 3 find J = 0.4 with probability 0.93, 0.5 with 0.995, 0.65 always). */
export class NearCopies {
  private readonly sets: Uint32Array[] = [];
  private readonly heads = Array.from({ length: bands }, () => new Int32Array(1 << tableBits).fill(-1));
  private next: Int32Array;
  private keys: Uint32Array;
  private seen: Int32Array;
  private readonly signature = new Uint32Array(size);

  constructor(capacity: number) {
    this.next = new Int32Array(capacity * bands);
    this.keys = new Uint32Array(capacity * bands);
    this.seen = new Int32Array(capacity).fill(-1);
  }

  /** Adds a set and returns the earlier sets that are at least `atLeast` alike, in order of insertion. */
  add(set: Uint32Array, atLeast: number): Alike[] {
    const item = this.sets.length;
    this.sets.push(set);
    this.sign(set);
    const alike: Alike[] = [];
    let candidates = 0;
    for (let band = 0; band < bands; band++) {
      const key = this.bandKey(band);
      const heads = this.heads[band] ?? new Int32Array(0);
      const slot = key >>> (32 - tableBits);
      let steps = 0;
      for (let other = heads[slot] ?? -1; other >= 0 && steps < chainLimit; other = this.next[other * bands + band] ?? -1) {
        if (this.keys[other * bands + band] !== key) continue;
        steps++;
        if (this.seen[other] === item || candidates >= candidateLimit) continue;
        this.seen[other] = item;
        candidates++;
        const { jaccard } = likeness(set, this.sets[other] ?? set);
        if (jaccard >= atLeast) alike.push({ item: other, jaccard });
      }
      this.keys[item * bands + band] = key;
      this.next[item * bands + band] = heads[slot] ?? -1;
      heads[slot] = item;
    }
    return alike.sort((a, b) => a.item - b.item);
  }

  private sign(set: Uint32Array): void {
    for (let row = 0; row < size; row++) {
      const a = multipliers[row] ?? 1, b = offsets[row] ?? 0;
      let least = 0xffffffff;
      for (let i = 0; i < set.length; i++) {
        let h = Math.imul(set[i] ?? 0, a) + b;
        h = (h ^ (h >>> 16)) >>> 0;
        if (h < least) least = h;
      }
      this.signature[row] = least;
    }
  }

  private bandKey(band: number): number {
    let key = band;
    for (let row = 0; row < rowsPerBand; row++) key = Math.imul((key ^ (this.signature[band * rowsPerBand + row] ?? 0)) + 0x7f4a7c15, 0x85ebca6b) ^ (key >>> 13);
    return Math.imul(key ^ (key >>> 16), 0xc2b2ae35) >>> 0;
  }
}
