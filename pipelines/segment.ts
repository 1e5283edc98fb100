// In: de-identified texts. Out: the terms of each with counts, most frequent first, for search and key words.
// Invariant: no identification mark, number, stop word or bare character becomes a term; equal counts are ordered by the term itself.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openJieba, type Jieba } from './jieba.ts';
import type { Progress, Segmented } from './records.ts';

export interface SegmentInput { document_id: string; title: string | null; text: string }

/** The dictionary of mining and petition terms that ships with the project. */
export const ownDictionary = fileURLToPath(new URL('../datasets/dictionary/mining.txt', import.meta.url));

const stopWords = new Set(readFileSync(new URL('../datasets/dictionary/stop-words.txt', import.meta.url), 'utf8').split('\n').filter(Boolean));
const mark = /\[(?:姓名|电话|身份证号|银行卡号|工号|车牌|住址|邮箱|社交账号)\]/g;
const wordShape = /^(?=.*\p{L})[\p{L}\p{N}+·-]+$/u;
const hasNumber = /[\p{N}]/u;
const numeral = /^[一二两三四五六七八九十百千万亿零〇几多半第]+[个年月日号天点块元次人名位岁斤里米度分吨班趟回遍]?[多来半]?$/;
/** Characters that say something alone. */
const telling = new Set('煤矿井灰钱病痛伤死噪臭脏冷热水电路');

/** A text without identification marks. */
const unmarked = (text: string) => (text.includes('[') ? text.replace(mark, ' ') : text);

/** Words judged once and remembered; beyond these all is forgotten, between two documents. */
const mostKnown = 300_000;

/** Whether a word that no own dictionary holds says something. */
function speaks(word: string): boolean {
  if (!wordShape.test(word) || stopWords.has(word) || numeral.test(word)) return false;
  return word.length === 1 ? telling.has(word) : !hasNumber.test(word);
}

/** A term, and how often the document at hand holds it. */
interface Met { term: string; tag: string; count: number; document: number }

/** What was found of words under one pair of dictionaries: the term that each is, or null; and how many documents were read, by which each of them has a number. */
interface Remembered { words: Map<string, Met | null>; terms: Map<string, Met>; documents: number }
const remembered = new WeakMap<Jieba, Remembered>();
function rememberedOf(jieba: Jieba): Remembered {
  const found = remembered.get(jieba) ?? { words: new Map<string, Met | null>(), terms: new Map<string, Met>(), documents: 0 };
  remembered.set(jieba, found);
  return found;
}

/** Cuts title and text; a term of the own dictionaries keeps its sense as tag, another its part of speech. */
export function segment(documents: readonly SegmentInput[], dictionaries: { own: string; user: string | null }, progress?: Progress): Segmented[] {
  const jieba = openJieba(dictionaries), known = rememberedOf(jieba);
  const tagOf = (term: string) => jieba.own.get(term) ?? jieba.tag(term).find((t) => t.word === term)?.tag ?? 'x';
  const judge = (word: string): Met | null => {
    const term = word.toLowerCase();
    if (!jieba.own.has(term) && !speaks(term)) return null;
    const met = known.terms.get(term) ?? { term, tag: tagOf(term), count: 0, document: 0 };
    known.terms.set(term, met);
    return met;
  };
  const wordOf = (word: string): Met | null => {
    let met = known.words.get(word);
    if (met === undefined) known.words.set(word, met = judge(word));
    return met;
  };
  return documents.map(({ document_id, title, text }, i) => {
    const own: Met[] = [], document = ++known.documents;
    if (known.words.size > mostKnown) { known.words.clear(); known.terms.clear(); }
    for (const word of jieba.cut(unmarked(`${title ?? ''}\n${text}`).normalize('NFKC'))) {
      const met = wordOf(word);
      if (met === null) continue;
      if (met.document !== document) { met.document = document; met.count = 0; own.push(met); }
      met.count++;
    }
    const terms = own.map(({ term, tag, count }) => ({ term, tag, count }));
    terms.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : a.term > b.term ? 1 : 0));
    if (progress && ((i + 1) % 2000 === 0 || i + 1 === documents.length)) progress(i + 1, documents.length);
    return { document_id, terms };
  });
}
