// In: how many may be under way at once. Out: a door through which work goes in the order it came.
// Invariant: work that fails leaves its place to the next; work must not wait for other work at the same door.

export interface Gate {
  <T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nothing is under way: for work that nobody waits for. */
  idle(): Promise<void>;
}

export function gate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places, resting: (() => void)[] = [];
  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1; else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next(); else free += 1;
      if (free === places) { resting.forEach((go) => go()); resting = []; }
    }
  };
  const idle = () => (free === places ? Promise.resolve() : new Promise<void>((resolve) => resting.push(resolve)));
  return Object.assign(enter, { idle });
}
