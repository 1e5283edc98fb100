// In: what was found. Out: one Chinese sentence that says it, by rule.
// Invariant: no title holds a part of a petition text beyond single words.

/** `连续 4 周`, or `一周内` for a single week. */
export const describeWeeks = (weeks: number): string => (weeks > 1 ? `连续 ${weeks} 周` : '一周内');

/** Title of an emergent matter 苗头. */
export const emergentTitle = (unit: string, terms: readonly string[], documents: number, units: number): string =>
  `${unit}新出现“${terms.slice(0, 3).join('、')}”反映（近 8 周 ${documents} 件${units > 1 ? `，涉及 ${units} 个单位` : ''}）`;

/** Title of a critical matter 紧急. */
export const criticalTitle = (unit: string, topic: string, documents: number, restricted: boolean): string =>
  `${unit}${topic}方面出现紧急${restricted ? '受限件' : '反映'}${documents > 1 ? `（同一事项 ${documents} 件）` : ''}，须当日处置`;

/** How a matter stands after its texts' days: new in the last 8 weeks, growing, quiet for 8 weeks, or going on. */
export function stageOf(days: readonly string[], asOf: string): '新生' | '增长' | '持续' | '平息' {
  const age = days.map((d) => (Date.parse(asOf) - Date.parse(d)) / 86_400_000);
  const recent = age.filter((a) => a < 56).length, before = age.filter((a) => a >= 56 && a < 112).length;
  if (recent === 0) return '平息';
  if (recent === days.length) return '新生';
  return recent > 1.5 * before ? '增长' : '持续';
}

/** Title of a matter that stands out of a whole ledger. */
export function standingTitle(m: { where: string; names: readonly string[]; texts: number; matters: number; likes: number; from: string; to: string; stage: string }): string {
  const facts = [m.matters < m.texts ? `${m.texts} 件、${m.matters} 个事项` : `${m.texts} 件`, ...(m.likes > 0 ? [`点赞 ${m.likes}`] : []), m.from === m.to ? m.from : `${m.from} 至 ${m.to}`, m.stage];
  return `${m.names.some((n) => n.includes(m.where)) ? '' : m.where}“${m.names.join('、')}”反映集中（${facts.join('，')}）`;
}
