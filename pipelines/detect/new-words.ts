// In: recent and earlier texts with the words that the dictionary knows. Out: the same with pairs of characters that came up lately.
// Invariant: what is new is often in no dictionary (刷脸), or hidden in a longer word (人脸 in 人脸识别).
import type { TermsOf } from './describe.ts';
import type { DetectDocument } from './material.ts';

const leastMatters = 2, novelty = 5;
const grammar = /[的了是在我你他她们不没有就也都和与及或这那个把被给到说要会能上下里来去着过得地为以从对因所而且但只还又再很太最啊吧呢吗么]/;

/** Adds to each document's terms the pairs of Chinese characters that at least 3 recent matters and few earlier texts hold. */
export function withNewWords(recent: readonly DetectDocument[], history: readonly DetectDocument[], termsOf: TermsOf): TermsOf {
  const matters = new Map<string, Set<string>>();
  for (const d of recent) for (const pair of pairs(d.text)) {
    const own = matters.get(pair) ?? new Set();
    own.add(d.matter_id);
    matters.set(pair, own);
  }
  const before = new Map([...matters].filter(([, own]) => own.size >= leastMatters).map(([pair]) => [pair, 0]));
  for (const d of history) for (const pair of pairs(d.text)) { const n = before.get(pair); if (n !== undefined) before.set(pair, n + 1); }
  const fresh = new Set([...before].filter(([pair, n]) => (matters.get(pair)?.size ?? 0) >= (novelty * recent.length * (n + 0.5)) / (history.length + 1)).map(([pair]) => pair));
  if (fresh.size === 0) return termsOf;
  const added = new Map(termsOf);
  for (const d of [...recent, ...history]) {
    const more = [...pairs(d.text)].filter((pair) => fresh.has(pair));
    if (more.length > 0) added.set(d.document_id, [...new Set([...(termsOf.get(d.document_id) ?? []), ...more])]);
  }
  return added;
}

/** Distinct pairs of neighbouring Chinese characters, none of them a word of grammar. */
function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of text.match(/[\u4e00-\u9fff]{2,}/g) ?? []) for (let i = 0; i + 1 < run.length; i++) {
    const pair = run.slice(i, i + 2);
    if (!grammar.test(pair)) found.add(pair);
  }
  return found;
}
