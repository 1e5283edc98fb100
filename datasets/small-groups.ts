// In: how many respondents each group has. Out: which groups are folded into one.
// Invariant: pure; what is left and the fold itself are each empty or of at least `leastGroup`, so no difference of what is published uncovers fewer.

/** Fewer respondents than this are no group. */
export const leastGroup = 5;
export const otherGroup = '其他';

/** Which groups to fold into the one named `into`, the smallest first. */
export function folded(sizes: ReadonlyMap<string, number>, into: string): Set<string> {
  const fold = new Set([...sizes].filter(([group, n]) => group !== into && n < leastGroup).map(([group]) => group));
  let together = (sizes.get(into) ?? 0) + [...fold].reduce((sum, group) => sum + (sizes.get(group) ?? 0), 0);
  const rest = [...sizes].filter(([group]) => group !== into && !fold.has(group)).sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  while (together > 0 && together < leastGroup && rest.length > 0) {
    const [group, n] = rest.shift()!;
    fold.add(group);
    together += n;
  }
  return fold;
}
