// In: the texts of a group, how often pairs of characters occur everywhere. Out: the phrases that name it, and who uses them.
// Invariant: a phrase stands in the texts as it is; no phrase is a part of another.
import { ascending } from './material.ts';
import { pairs } from './text-vectors.ts';

/** A phrase of a group's own: the share of its texts that use it, and the share of all texts using its core that are the group's. */
export interface KeyPhrase { phrase: string; core: string; support: number; own: number }

const leastSupport = 0.3, keeps = 0.66, longest = 12;
const edge = /^[的了是在我你他她们不没有就也都和与及或这那个把被给到说要会能上下里来去着过得地为以从对因所而且但只还又再很太最啊吧呢吗么请旁边附近内]|[的了是在我你他她们不没有就也都和与及或这那个把被给到说要会能来去着过得地为以从对因所而且但只还又再很太最啊吧呢吗么请旁边附近内]$/;

/** How many texts use each pair of characters. */
export function pairCounts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const pair of new Set(pairs(text))) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/** Phrases grown from the pairs that the group uses far more than the rest does, most telling first. */
export function keyPhrases(texts: readonly string[], everywhere: ReadonlyMap<string, number>, size: number, limit = 6): KeyPhrase[] {
  const n = texts.length;
  const telling = [...pairCounts(texts)].flatMap(([pair, a]) => {
    if (a < Math.max(2, leastSupport * n)) return [];
    const b = Math.max(a, everywhere.get(pair) ?? a), lift = Math.log(a / n / (b / size));
    return lift > 1 ? [{ pair, a, own: a / b, value: (a / n) * lift * (0.3 + a / b) }] : [];
  }).sort((x, y) => y.value - x.value || ascending(x.pair, y.pair)).slice(0, 40);
  const found: KeyPhrase[] = [];
  for (const { pair, a, own } of telling) {
    if (found.length >= limit) break;
    if (found.some((f) => f.phrase.includes(pair))) continue;
    const using = texts.filter((t) => t.includes(pair));
    const phrase = grow(pair, using);
    if (found.some((f) => f.phrase.includes(phrase) || phrase.includes(f.phrase) || overlapping(f.phrase, phrase))) continue;
    found.push({ phrase, core: pair, support: a / n, own });
  }
  return found;
}

/** The longest phrase around a core that most texts using the core hold. */
function grow(core: string, texts: readonly string[]): string {
  let phrase = core, holding = texts;
  for (;;) {
    const next = new Map<string, Set<number>>();
    for (const [i, text] of holding.entries()) for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      for (const wider of [text.slice(at - 1, at + phrase.length), text.slice(at, at + phrase.length + 1)]) {
        if (wider.length !== phrase.length + 1 || !/^[\u4e00-\u9fffA-Za-z0-9]+$/.test(wider)) continue;
        const users = next.get(wider) ?? new Set();
        users.add(i);
        next.set(wider, users);
      }
    }
    const best = [...next].sort(([x, p], [y, q]) => q.size - p.size || ascending(x, y))[0];
    if (!best || best[1].size < Math.max(2, keeps * texts.length) || best[0].length > longest) break;
    const kept = holding;
    phrase = best[0];
    holding = kept.filter((_, i) => best[1].has(i));
  }
  while (phrase.length > core.length && edge.test(phrase)) phrase = edge.exec(phrase)?.index === 0 && !phrase.startsWith(core) ? phrase.slice(1) : phrase.endsWith(core) ? phrase.slice(1) : phrase.slice(0, -1);
  return phrase;
}

/** Whether the end of one is the beginning of the other, by two characters or more. */
function overlapping(a: string, b: string): boolean {
  for (let n = Math.min(a.length, b.length) - 1; n >= 2; n--) if (a.endsWith(b.slice(0, n)) || b.endsWith(a.slice(0, n))) return true;
  return a.endsWith(b.slice(0, 1)) && b.length === 2 || b.endsWith(a.slice(0, 1)) && a.length === 2;
}
