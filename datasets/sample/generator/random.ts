// In: the name of a stream. Out: repeatable chance: numbers, picks, shuffles.
// Invariant: a stream depends on its name alone, so a change in one part of the sample leaves the others as they were.

export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  maybe(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks a key with probability proportional to its weight. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K;
  shuffle<T>(items: readonly T[]): T[];
  poisson(mean: number): number;
}

/** A generator (mulberry32) seeded by the FNV-1a hash of its name. */
export function chance(name: string): Chance {
  let state = [...name].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619), 2_166_136_261);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const weighted = <K extends string>(weights: Partial<Record<K, number>>): K => {
    const entries = Object.entries(weights) as [K, number][];
    let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return pick(entries)[0];
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const left = [...items];
    return items.map(() => left.splice(between(0, left.length - 1), 1)).flat();
  };
  const poisson = (mean: number) => {
    let count = 0;
    for (let product = next(); product > Math.exp(-mean); product *= next()) count += 1;
    return count;
  };
  return { next, between, maybe: (probability) => next() < probability, pick, weighted, shuffle, poisson };
}
