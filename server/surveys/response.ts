// In: the units that answered and headcounts of a month. Out: how many work there; the answers ÷ that.
// Invariant: pure; where a unit and its parts both report, the unit's own figure counts; one unit unknown makes all unknown.

export interface Heads { path: string; headcount: number }
const under = (path: string, top: string) => path.startsWith(`${top}/`);

/** People on the rolls of the units given and all below them; null where that of one of them is not known. */
export function headcountOf(paths: readonly string[], heads: readonly Heads[]): number | null {
  const tops = [...new Set(paths)].filter((path) => !paths.some((other) => under(path, other)));
  const each = tops.map((top) => {
    const own = heads.filter((h) => h.path === top || under(h.path, top));
    const counted = own.filter((h) => !own.some((o) => under(h.path, o.path)));
    return counted.length ? counted.reduce((sum, h) => sum + h.headcount, 0) : null;
  });
  return each.length === 0 || each.includes(null) ? null : each.reduce<number>((sum, n) => sum + (n ?? 0), 0);
}

/** Answers ÷ headcount in percent; null where the headcount is not known. */
export const responseRate = (respondents: number, headcount: number | null) => (headcount ? (100 * respondents) / headcount : null);
