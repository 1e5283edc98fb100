// In: how many may be under way at once. Out: a door through which work goes in the order it came.
// Invariant: work that fails leaves its place to the next; work must not wait for other work at the same door.

export function gate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1; else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next(); else free += 1;
    }
  };
}
