// In: counts by group (post, age band, type of unit) and topic. Out: the share of each group that raises each topic, beside all others.
// Invariant: pure; what the metric withholds is not told here, nor among the others that a group is set beside.
import { difference, shareOf, type Difference, type Estimate } from '../datasets/survey-estimates.ts';
import { topicCodes, type TopicCode } from '../datasets/taxonomy.ts';

type MetricRow = Readonly<Record<string, string | number | boolean | null>>;
const number = (row: MetricRow, column: string) => { const value = row[column]; return typeof value === 'number' ? value : 0; };

/** What is divided, by what: the answers of one survey, the petitions of one year, or the texts in view. */
export const groupings = {
  survey_post: { by: 'post', of: 'survey', label: '岗位', choice: '岗位（问卷）' }, survey_age: { by: 'age_band', of: 'survey', label: '年龄段', choice: '年龄段（问卷）' },
  petition_post: { by: 'post', of: 'petitions', label: '岗位', choice: '岗位（信访件）' }, petition_age: { by: 'age_band', of: 'petitions', label: '年龄段', choice: '年龄段（信访件）' },
  unit_kind: { by: 'unit_kind', of: 'texts', label: '单位类型', choice: '单位类型' },
} as const;
export type Grouping = keyof typeof groupings;
/** One group's share in percent that raises a topic, and how surely it differs from all others. */
export interface GroupShare { group: string; topic: TopicCode; own: Estimate; rest: Estimate; differs: Difference }
export interface GroupShares { groups: string[]; cells: GroupShare[] }

/** Shares of the groups that are told, from counts by group and by group and topic. */
export function sharesOf(sizes: readonly MetricRow[], raised: readonly MetricRow[], by: 'post' | 'age_band' | 'unit_kind', metric: 'topic_share' | 'raised_rate' | 'group_topic_share'): GroupShares {
  const size = new Map(sizes.flatMap((r) => { const n = number(r, `${metric}__den`); return r[by] === null || !n ? [] : [[String(r[by]), n] as const]; }));
  const groups = [...size.keys()].sort((a, b) => orderOf(a) - orderOf(b) || (size.get(b) ?? 0) - (size.get(a) ?? 0));
  const count = new Map(raised.map((r) => [`${String(r[by])} ${String(r['topic'])}`, r[`${metric}__num`] === null ? null : number(r, `${metric}__num`)]));
  const cells = topicCodes.flatMap((topic) => {
    const told = groups.flatMap((group) => { const n = count.get(`${group} ${topic}`); return n === null ? [] : [{ group, n: size.get(group) ?? 0, raising: n ?? 0 }]; });
    const [all, total] = [told.reduce((sum, g) => sum + g.n, 0), told.reduce((sum, g) => sum + g.raising, 0)];
    return told.flatMap(({ group, n, raising }) => {
      const own = shareOf(raising, n), rest = shareOf(total - raising, all - n);
      return total > 0 && own && rest ? [{ group, topic, own, rest, differs: difference(own, rest) }] : [];
    });
  });
  return { groups, cells };
}

/** Age bands by age, what is left over last. */
const orderOf = (group: string) => (/^其他(?:岗位)?$/.test(group) ? 1_000 : /\d/.test(group) ? Number(/\d+/.exec(group)?.[0]) - (/以下|不到/.test(group) ? 0.5 : 0) : 0);

/** With so many groups and topics at once, chance alone passes a 95 % interval somewhere: three standard errors are asked for. */
const strict = 3 / 1.96;
export const isTold = ({ differs: { value, low, high } }: GroupShare): boolean => (value > 0 ? value - strict * (value - low) > 0 : value < 0 && value + strict * (high - value) < 0);

/** The differences that chance hardly makes, the largest first. */
export const toldApart = (cells: readonly GroupShare[]): GroupShare[] => cells.filter(isTold).sort((a, b) => Math.abs(b.differs.value) - Math.abs(a.differs.value));
