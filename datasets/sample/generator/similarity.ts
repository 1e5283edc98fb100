// In: texts one after another. Out: how alike the next one is to those before it (char-5-gram Jaccard).
// Invariant: punctuation and blanks do not count; a text is compared with every earlier one that shares a 5-gram.

const letters = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '');

export function grams(text: string): Set<string> {
  const bare = letters(text);
  return new Set(Array.from({ length: Math.max(1, bare.length - 4) }, (_, i) => bare.slice(i, i + 5)));
}

export class Similarity {
  readonly #holders = new Map<string, number[]>();
  readonly #sizes: number[] = [];

  /** Highest Jaccard similarity to a text added so far, 0 to 1. */
  closest(text: string): number {
    const own = grams(text);
    const shared = new Map<number, number>();
    for (const gram of own) for (const holder of this.#holders.get(gram) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    let best = 0;
    for (const [holder, count] of shared) best = Math.max(best, count / (own.size + (this.#sizes[holder] ?? 0) - count));
    return best;
  }

  add(text: string): void {
    const own = grams(text);
    for (const gram of own) {
      const holders = this.#holders.get(gram);
      if (holders) holders.push(this.#sizes.length);
      else this.#holders.set(gram, [this.#sizes.length]);
    }
    this.#sizes.push(own.size);
  }
}
