// In: a query, and whether a text fits into a cell that is seen as a whole. Out: pieces that each fit, as few as can be.
// Invariant: cut at blanks outside of strings alone, so that the pieces, one under the other, are the query; no piece looks like a formula.

export function splitQuery(sql: string, fits: (text: string) => boolean): string[] {
  const pieces: string[] = [];
  let rest = sql;
  while (!fits(rest)) {
    const cuts = [...rest.matchAll(/\s+(?=[^\s=+\-@])/g)].map((m) => ({ end: m.index, next: m.index + m[0].length })).filter(({ end }) => (rest.slice(0, end).split("'").length - 1) % 2 === 0);
    const cut = cuts.findLast(({ end }) => end > 0 && fits(rest.slice(0, end)));
    if (!cut) break;
    pieces.push(rest.slice(0, cut.end));
    rest = rest.slice(cut.next);
  }
  return [...pieces, rest];
}
