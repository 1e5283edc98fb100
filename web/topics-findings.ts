// In: figures of topics. Out: the titles of the panels of 诉求: the finding, in one short sentence.
// Invariant: pure; what is said follows from the numbers by the thresholds named here.
import { taxonomy } from '../datasets/taxonomy.ts';
import type { PolarityRow } from './charts/polarity-bars.ts';
import type { GroupShare } from './demand-groups.ts';
import { leastDifference } from './findings.ts';
import { whole } from './format.ts';

export interface TopicCount { label: string; now: number; previous: number | null }

/** The topic raised most, and the one that grew most. */
export function topicsFinding(rows: readonly TopicCount[]): string {
  const raised = rows.filter((r) => r.now > 0).sort((a, b) => b.now - a.now);
  const first = raised[0];
  if (!first) return '这段时间没有人提出诉求';
  const rise = rows.flatMap((r) => (r.previous === null ? [] : [{ label: r.label, by: r.now - r.previous }])).sort((a, b) => b.by - a.by)[0];
  const grown = rise && rise.by >= leastDifference ? (rise.label === first.label ? `，也是增得最多的，环比多 ${whole(rise.by)} 条` : `；${rise.label}增得最多，环比多 ${whole(rise.by)} 条`) : rows.some((r) => r.previous !== null) ? '；没有明显增多的' : '';
  return `${first.label}提得最多，${whole(first.now)} 条${grown}`;
}

/** The words said more than in the period before. */
export function keywordsFinding(terms: readonly string[], before: number): string {
  if (before === 0) return '上一期没有文字，比不出新词';
  if (terms.length === 0) return '没有说得明显更多的词';
  return `比上一期说得多的：${terms.slice(0, 3).join('、')}`;
}

/** The topic that comes along more than chance would have it, by a quarter and three texts at least. */
export function togetherFinding(rows: readonly { label: string; documents: number; expected: number }[]): string {
  const first = rows.filter((r) => r.documents >= leastDifference && r.documents >= r.expected * 1.25).sort((a, b) => b.documents / b.expected - a.documents / a.expected)[0];
  if (!first) return rows.length ? '没有格外常一同提出的诉求' : '没有与别的诉求一同提出';
  return `常与${first.label}一同提出：${whole(first.documents)} 条，偶然约 ${whole(Math.round(first.expected))} 条`;
}

/** Where a topic lies over its upper bound. */
export function whereFinding(rows: readonly { unit: string; observed: number; expected: number; upper: number }[]): string {
  const over = rows.filter((r) => r.observed > r.upper);
  const first = over[0];
  if (!first) return '各单位都没有超出常态';
  return `${first.unit}高出常态：${whole(first.observed)} 条，期望 ${whole(Math.round(first.expected))} 条${over.length > 1 ? `，另有 ${over.length - 1} 个单位` : ''}`;
}

/** The topic with the largest part of negative texts, of those with 20 texts at least. */
export function polarityFinding(rows: readonly PolarityRow[]): string {
  const total = (r: PolarityRow) => r.negative + r.neutral + r.positive;
  const first = rows.filter((r) => total(r) >= 20).sort((a, b) => b.negative / total(b) - a.negative / total(a))[0];
  return first ? `${first.label}的文字最常是负面的：${whole(total(first))} 条中 ${whole(first.negative)} 条` : '各诉求的文字还不多，倾向看个大概';
}

/** One group and topic in words: `井下采掘更常提到安全：每百人 38 人，其余 21 人`. */
export function groupWords({ group, topic, own, rest, differs }: GroupShare, of: 'people' | 'texts'): string {
  const [first, second] = [own, rest].map(({ value }) => (value < 10 ? value.toFixed(1) : String(Math.round(value)))) as [string, string];
  const more = differs.value > 0 ? '更常' : '较少';
  return of === 'people' ? `${group}${more}提到${taxonomy[topic].label}：每百人 ${first} 人，其余 ${second} 人` : `${group}${more}提到${taxonomy[topic].label}：占 ${first}%，其余 ${second}%`;
}
