// In: what a reader typed, and the words that the texts of this version are made of. Out: groups of terms, phrases, words to leave out.
// Invariant: pure; cut by longest match over the version's own vocabulary, so that a query is cut as its texts were.

/** One word of the query: itself and the longer terms that hold it (瓦斯: 瓦斯超限, 瓦斯检查员). */
export interface WordGroup { word: string; terms: string[]; documents: number }
/** `unknown` are parts that no text holds as a word: looked for as they stand. */
export interface ParsedQuery { groups: WordGroup[]; phrases: string[]; unknown: string[]; without: string[] }

/** Terms of a version with the number of documents that hold each. */
export type Vocabulary = ReadonlyMap<string, number>;

const longestTerm = 12, mostTerms = 60, mostParts = 12;
const phrase = /(-?)["“”「『]([^"“”「」『』]+)["“”」』]/g;

/** `瓦斯 "带班领导" -演练`: words, phrases in quotation marks, and with a minus what must not occur. */
export function parseQuery(text: string, vocabulary: Vocabulary): ParsedQuery {
  const phrases: string[] = [], unknown: string[] = [], without: string[] = [], words: string[] = [];
  const rest = text.normalize('NFKC').replace(phrase, (_, minus: string, inside: string) => { const clean = inside.trim(); if (clean) (minus ? without : phrases).push(clean); return ' '; });
  for (const part of rest.split(/[\s,，、;；。]+/).filter(Boolean)) {
    if (part.startsWith('-') && part.length > 1) { without.push(part.slice(1)); continue; }
    const found = cut(part, vocabulary);
    if (found.length > 0) words.push(...found); else if (part.length > 1) unknown.push(part);
  }
  const groups = [...new Set(words)].slice(0, mostParts).map((word): WordGroup => {
    const longer = [...vocabulary].filter(([term]) => term !== word && term.includes(word)).sort((a, b) => b[1] - a[1]).slice(0, mostTerms - 1);
    return { word, terms: [...(vocabulary.has(word) ? [word] : []), ...longer.map(([term]) => term)], documents: longer.reduce((n, [, documents]) => n + documents, vocabulary.get(word) ?? 0) };
  });
  return { groups, phrases: phrases.slice(0, mostParts), unknown: unknown.slice(0, mostParts), without: without.slice(0, mostParts) };
}

/** The longest known terms from left to right; characters that begin none are passed over. */
function cut(part: string, vocabulary: Vocabulary): string[] {
  const found: string[] = [];
  for (let at = 0; at < part.length;) {
    let length = Math.min(longestTerm, part.length - at);
    while (length > 0 && !vocabulary.has(part.slice(at, at + length))) length--;
    if (length > 0) found.push(part.slice(at, at + length));
    at += Math.max(1, length);
  }
  return found;
}
