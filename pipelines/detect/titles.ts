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
