// In: texts with their terms. Out: one unit vector per text over words and pairs of characters, by how rare they are.
// Invariant: at most `width` features a text, so that all that follows grows with the number of texts, not with its square.
import { ascending } from './material.ts';

/** A sparse vector of length 1: feature numbers with their weights, heaviest first. */
export interface TextVector { features: Int32Array; weights: Float32Array }
/** What is read of a text. */
export interface Readable { title: string | null; text: string; terms: readonly string[] }
export interface Vectors { vectors: TextVector[]; names: string[]; frequency: Int32Array }

const width = 48, titleWeight = 2, wordWeight = 1, pairWeight = 0.7, commonFrom = 0.08, leastCommon = 40;
const grammar = /[的了是在我你他她它们不没有就也都和与及或这那个把被给到说要会能上下里来去着过得地为以从对因所而且但只还又再很太最啊吧呢吗么请问您好]/;

/** Words and pairs of characters, weighed by frequency in the text and rarity over all texts; the title counts double. */
export function textVectors(texts: readonly Readable[]): Vectors {
  const ids = new Map<string, number>(), names: string[] = [], documents: number[] = [];
  // read twice rather than held: the words of 100,000 texts would not fit beside each other
  const read = ({ title, text, terms }: Readable, add: (name: string, weight: number) => void) => {
    const inside = new Set(terms.flatMap((term) => pairs(term)));
    for (const term of terms) if (/[\u4e00-\u9fff]{2}|[A-Za-z]\d|\d[A-Za-z\u4e00-\u9fff]/.test(term)) add(term, wordWeight * (title?.includes(term) ? titleWeight : 1));
    for (const pair of pairs(title ?? '')) if (!inside.has(pair)) add(`·${pair}`, pairWeight * titleWeight);
    for (const pair of pairs(text.slice(0, 1500))) if (!inside.has(pair)) add(`·${pair}`, pairWeight);
  };
  for (const one of texts) {
    const seen = new Set<string>();
    read(one, (name) => { seen.add(name); });
    for (const name of seen) {
      const id = ids.get(name);
      if (id === undefined) { ids.set(name, names.length); names.push(name); documents.push(1); } else documents[id] = (documents[id] ?? 0) + 1;
    }
  }
  const frequency = Int32Array.from(documents), most = Math.max(leastCommon, commonFrom * texts.length);
  const vectors = texts.map((one): TextVector => {
    const own = new Map<number, number>();
    read(one, (name, weight) => { const id = ids.get(name) ?? 0; own.set(id, (own.get(id) ?? 0) + weight); });
    const kept: { id: number; weight: number }[] = [];
    for (const [id, tf] of own) {
      const df = frequency[id] ?? 0;
      if (df < 2 || df > most) continue;
      kept.push({ id, weight: (Math.min(1, tf) + Math.log2(Math.max(1, tf))) * Math.log(texts.length / df) });
    }
    kept.sort((a, b) => b.weight - a.weight || ascending(names[a.id] ?? '', names[b.id] ?? ''));
    kept.length = Math.min(kept.length, width);
    const norm = Math.sqrt(kept.reduce((sum, k) => sum + k.weight ** 2, 0)) || 1;
    return { features: Int32Array.from(kept, (k) => k.id), weights: Float32Array.from(kept, (k) => k.weight / norm) };
  });
  return { vectors, names, frequency };
}

/** Neighbouring Chinese characters, none of them a word of grammar. */
export function pairs(text: string): string[] {
  const found: string[] = [];
  for (const run of text.match(/[\u4e00-\u9fff]{2,}/g) ?? []) for (let i = 0; i + 1 < run.length; i++) {
    const pair = run.slice(i, i + 2);
    if (!grammar.test(pair)) found.push(pair);
  }
  return found;
}
