// In: the texts of a matter, its own phrases, how many of all texts use each term. Out: what it is called: its name or place, then what is wrong there.
// Invariant: every word stands in the texts; what is said in titles says more.
import { telling, type Background, type TermsOf } from './describe.ts';
import type { KeyPhrase } from './key-phrases.ts';
import { ascending, type DetectDocument } from './material.ts';

const mostly = 0.5, ownFrom = 0.2, longest = 12, longestWord = 8, whole = 0.6, often = 0.4, lifted = 1.4, limit = 2;
const place = /(?:路|街|小区|苑|城|县|镇|村|湖|园|社区|湾|府|庭|郡|广场|国际|家园|矿|队|厂)(?:[一二三四五六七八九十\d]{1,2}期)?(?:\d{1,2}栋)?$/, towards = /^(?:前往|位于|往|至|到|从|沿|在)/;
const vague = /^(?:你好|您好|谢谢|领导|尊敬|业主|小区|居民|问题|情况|希望|请问|现在|相关|部门|我们|他们|政府|市民|百姓|书记|市长|县长|解决|反映|要求|严重|附近|已经|没有|附件|咨询|投诉|关于|建议|存在|进展|缺少)$/;

/** The name of the matter, where it has one, and at most two words for what it is about; the most liked title's beginning where no word tells. */
export function matterNames(members: readonly DetectDocument[], phrases: readonly KeyPhrase[], background: Background, termsOf: TermsOf): string[] {
  const own = phrases.filter((p) => p.support >= mostly && p.own >= ownFrom && p.phrase.length <= longest).map((p) => p.phrase.replace(towards, ''));
  const name = own.find((p) => place.test(p)) ?? own[0];
  const names = name === undefined ? [] : [name];
  const n = members.length, counts = new Map<string, { texts: number; titles: number }>();
  for (const m of members) for (const term of new Set(termsOf.get(m.document_id) ?? [])) {
    const seen = counts.get(term) ?? { texts: 0, titles: 0 };
    seen.texts++;
    if (m.title?.includes(term)) seen.titles++;
    counts.set(term, seen);
  }
  const words = [...counts].flatMap(([term, { texts, titles }]) => {
    const lift = Math.log(texts / n / ((background.counts.get(term) ?? texts) / Math.max(1, background.size)));
    return telling(term) && texts >= often * n && lift >= lifted && !vague.test(term) ? [{ term, texts, value: (texts + 2 * titles) * lift }] : [];
  }).sort((a, b) => b.value - a.value || ascending(a.term, b.term));
  for (const { term, texts } of words) {
    const word = phrases.find((p) => p.phrase.includes(term) && p.phrase.length <= longestWord && p.support * n >= whole * texts)?.phrase ?? term;
    if (names.length < limit + (name === undefined ? 0 : 1) && !names.some((other) => other.includes(word) || word.includes(other) || other.includes(term))) names.push(word);
  }
  return names.length > 0 ? names : [titleOf(members)];
}

/** The beginning of the most liked title. */
export function titleOf(members: readonly DetectDocument[]): string {
  const title = members.reduce((most, m) => (m.likes > most.likes ? m : most)).title?.trim();
  return [...(title ?? '').replace(/[？?！!。]+$/, '')].slice(0, 30).join('') || '未命名';
}
