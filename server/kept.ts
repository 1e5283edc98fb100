// In: a key, and how to make its value. Out: the value, made once for all who want it, and kept for the next.
// Invariant: belongs to one version, whose data never change; whatever decides the value is in the key; the longest unused go first.

interface Entry<T> { size: number; value: Promise<T> }

export class Kept<T> {
  private readonly kept = new Map<string, Entry<T>>();
  private size = 0;

  /** `most`: what the kept values with their keys may weigh together, a key as many as its characters. */
  constructor(private readonly most: number, private readonly weight: (value: T) => number) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.value;
    }
    const fresh: Entry<T> = { size: 0, value: make() };
    this.kept.set(key, fresh);
    fresh.value.then((value) => this.weigh(key, fresh, value), () => this.drop(key, fresh));
    return fresh.value;
  }

  private weigh(key: string, entry: Entry<T>, value: T): void {
    if (this.kept.get(key) !== entry) return;
    entry.size = key.length + this.weight(value);
    this.size += entry.size;
    for (const [oldest, it] of this.kept) {
      if (this.size <= this.most) return;
      this.drop(oldest, it);
    }
  }

  private drop(key: string, entry: Entry<T>): void {
    if (this.kept.get(key) !== entry) return;
    this.kept.delete(key);
    this.size -= entry.size;
  }
}
