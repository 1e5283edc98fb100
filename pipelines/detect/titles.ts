// In: what was found. Out: one Chinese sentence that says it, by rule.
// Invariant: no title holds a part of a petition text beyond single words.
import { topicName } from '../../datasets/taxonomy.ts';
import { measureWords, seriesMeasures } from '../../datasets/vocabulary.ts';
import type { Episode } from './episodes.ts';

/** `，其中 30 件为同一模板`, when at least a third of the texts are copies of one. */
export function templateNote(templates: readonly (string | null | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const t of templates) if (t) counts.set(t, (counts.get(t) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return most >= 3 && most * 3 >= templates.length ? `，其中 ${most} 件为同一模板` : '';
}

/** `连续 4 周`, or `一周内` for a single week. */
export const describeWeeks = (weeks: number): string => (weeks > 1 ? `连续 ${weeks} 周` : '一周内');

/** Title of a series hotspot: where, of what, which measure, for how long, and how many against how many. */
export function seriesTitle(e: Episode, note: string): string {
  const { node, topic, subtopic, measure } = e.judged;
  const of = `${node.name}${topicName(topic, subtopic)}诉求`, isOther = measure !== 'documents';
  const facts = `观测 ${e.observed}${isOther ? ` ${measureWords[measure]}` : ''}，期望 ${e.expected.toFixed(1)}${isOther ? `；共 ${e.members.length} 件` : ''}`;
  return `${of}${describeWeeks(e.to - e.from + 1)}${isOther ? seriesMeasures[measure] : ''}高于预期（${facts}${templateNote(e.members.map((m) => m.template_id))}${note}）`;
}

/** Title of an emergent matter 苗头. */
export const emergentTitle = (unit: string, terms: readonly string[], documents: number, units: number): string =>
  `${unit}新出现“${terms.slice(0, 3).join('、')}”反映（近 8 周 ${documents} 件${units > 1 ? `，涉及 ${units} 个单位` : ''}）`;

/** Title of texts that are more alike than any told before. */
export const linkedTitle = (unit: string, terms: readonly string[], documents: number, days: number): string =>
  `${unit}新出现“${terms.slice(0, 3).join('、')}”反映（${days} 天内 ${documents} 件说同一件事，以往没有这样相近的）`;

/** Title of a critical matter 紧急, naming the kind of danger that its texts tell; of restricted ones only that they are. */
export function criticalTitle(unit: string, topic: string, documents: number, restricted: boolean, reasons: readonly (string | null)[]): string {
  const same = documents > 1 ? `（同一事项 ${documents} 件）` : '';
  if (restricted) return `${unit}：受限件${same}，须当日处置`;
  const kind = reasons.map((r) => Object.entries(dangers).find(([label]) => r?.startsWith(`${label}：`))?.[1]).find((d) => d !== undefined);
  return `${unit}：${kind ? (kind.includes('{}') ? kind.replace('{}', topic) : kind) : `${topic}方面疑似紧急情况`}${same}，须当日处置`;
}

/** How a kind of danger is said; {} is the topic. */
const dangers: Record<string, string> = {
  危及生命: '{}方面有人身危险', 自伤: '有人流露轻生、自伤念头', 扬言集体行动: '扬言集体行动', 瞒报: '疑似瞒报', 暴力冲突: '疑似暴力冲突或威胁',
};

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
