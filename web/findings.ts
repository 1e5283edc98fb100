// In: figures that a panel shows. Out: its title: the finding, in one short sentence.
// Invariant: pure, and readable as rules: what is said follows from the numbers by thresholds named here.
import { taxonomy, type TopicCode } from '../datasets/taxonomy.ts';
import { hotspotKinds } from '../datasets/vocabulary.ts';
import { heatStep, type HeatCell } from './charts/heat-map.ts';
import type { MonthBar } from './charts/month-bars.ts';
import type { TopicPoint } from './charts/trend-by-topic.ts';
import { monthName, whole } from './format.ts';

/** A difference is worth a word from 3 on, and from a twentieth of what was before. */
export const leastDifference = 3;
const leastShare = 0.05;
/** One unit is named when it makes up this share of a topic's change. */
const mainShare = 0.5;

export interface TopicChange { branch: string; topic: TopicCode; now: number; previous: number }
type Kind = keyof typeof hotspotKinds;

const topicName = (topic: TopicCode) => taxonomy[topic].label;
const notable = (difference: number, before: number) => Math.abs(difference) >= Math.max(leastDifference, before * leastShare);
const signed = (difference: number) => `${difference > 0 ? '多' : '少'} ${whole(Math.abs(difference))} 件`;

/** One statement of a sentence, and the page that shows what it rests on. */
export interface Claim { text: string; path: '/' | '/handling' | '/topics' | '/hotspots'; topic?: TopicCode; branch?: string }

/** The sentence at the head of the overview 总览: how much, the change, the topic and unit behind it, what waits. */
export function overviewClaims(facts: { period: string; topic?: TopicCode | null; now: number; previous: number | null; changes: readonly TopicChange[]; hotspots: readonly Kind[] }): Claim[] {
  const { period, topic, now, previous, changes, hotspots } = facts;
  const what = topic ? `${topicName(topic)}信访` : '信访';
  if (now === 0) return [{ text: `${period}没有登记${what}件。`, path: '/' }];
  const difference = previous === null ? null : now - previous;
  const total = difference === null || previous === null ? '' : notable(difference, previous) ? `，环比${signed(difference)}` : '，与上期大体持平';
  const cause = mainChange(topic ? changes.filter((c) => c.topic === topic) : changes, difference !== null && previous !== null && notable(difference, previous) ? Math.sign(difference) : 0);
  const waiting = countKinds(hotspots);
  const claims: Claim[] = [
    { text: `${period}登记${what} ${whole(now)} 件${total}`, path: '/handling' },
    ...(cause ? [cause] : []),
    ...(waiting ? [{ text: `有 ${waiting}待看`, path: '/hotspots' as const }] : []),
  ];
  return claims.map((claim, i) => ({ ...claim, text: `${claim.text}${i < claims.length - 1 ? '；' : '。'}` }));
}

/** The topic that moved most in a direction (0: either), and the unit that makes up half of it. */
function mainChange(changes: readonly TopicChange[], direction: number): Claim | null {
  const byTopic = [...totals(changes, (c) => c.topic)].map(([topic, difference]) => ({ topic, difference }));
  const fitting = byTopic.filter((t) => Math.abs(t.difference) >= leastDifference && (direction === 0 || Math.sign(t.difference) === direction));
  const main = fitting.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  if (!main) return null;
  const branches = [...totals(changes.filter((c) => c.topic === main.topic), (c) => c.branch)].map(([branch, difference]) => ({ branch, difference }));
  const first = branches.sort((a, b) => (b.difference - a.difference) * Math.sign(main.difference))[0];
  const share = first ? first.difference / main.difference : 0;
  const where = branches.length > 1 && first && share >= mainShare ? first.branch : undefined;
  return { text: `${topicName(main.topic)}诉求${signed(main.difference)}${where ? `，主要在${where}` : ''}`, path: '/topics', topic: main.topic, ...(where !== undefined && { branch: where }) };
}

/** Sum of the changes for each key. */
function totals<K>(changes: readonly TopicChange[], keyOf: (c: TopicChange) => K): Map<K, number> {
  const found = new Map<K, number>();
  for (const c of changes) found.set(keyOf(c), (found.get(keyOf(c)) ?? 0) + c.now - c.previous);
  return found;
}

/** `1 件紧急、2 个热点`; empty when there is nothing. */
export function countKinds(kinds: readonly Kind[]): string {
  const count = (kind: Kind) => kinds.filter((k) => k === kind).length;
  const parts: [number, string][] = [[count('critical'), '件紧急'], [count('series'), `个${hotspotKinds.series}`], [count('emergent'), `个${hotspotKinds.emergent}`]];
  return parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`).join('、');
}

/** Title of the monthly trend: the newest complete month against a year ago and against the year's range. */
export function trendFinding(rows: readonly MonthBar[]): string {
  const settled = rows.filter((r) => !r.provisional);
  const last = settled.at(-1);
  if (!last) return rows.length ? '近月登记尚不完整，先不作比较' : '还没有可比的月份';
  const name = monthName(last.month).slice(7);
  const place = settled.length < 3 ? '' : settled.every((r) => r === last || r.value < last.value) ? `，是近 ${settled.length} 个月最多` : settled.every((r) => r === last || r.value > last.value) ? `，是近 ${settled.length} 个月最少` : '';
  const year = last.lastYear === null || last.lastYear === undefined ? '' : notable(last.value - last.lastYear, last.lastYear) ? `，同比${signed(last.value - last.lastYear)}` : '，与上年同月相当';
  return `${name} ${whole(last.value)} 件${year}${place}`;
}

/** Title of the topic trends: the topic whose last three months rose most over the months before. */
export function topicFinding(rows: readonly TopicPoint[]): string {
  const periods = [...new Set(rows.map((r) => r.period))].sort();
  if (periods.length < 6) return '各类诉求按月';
  const recent = new Set(periods.slice(-3));
  const mean = (topic: TopicCode, wanted: boolean) => {
    const total = rows.filter((r) => r.topic === topic && recent.has(r.period) === wanted).reduce((t, r) => t + r.value, 0);
    return total / (wanted ? 3 : periods.length - 3);
  };
  const rises = (Object.keys(taxonomy) as TopicCode[]).map((topic) => ({ topic, before: mean(topic, false), now: mean(topic, true) }));
  const most = rises.sort((a, b) => (b.now - b.before) - (a.now - a.before))[0];
  if (!most || !notable(most.now - most.before, most.before)) return '近三月各类诉求都没有明显上升';
  return `${topicName(most.topic)}诉求升得最多：近三月月均 ${whole(Math.round(most.now))} 件，此前 ${whole(Math.round(most.before))} 件`;
}

/** Title of the heat map: the cell furthest over its upper bound. */
export function heatFinding(rows: readonly HeatCell[], nameOf: (unit: string) => string): string {
  const over = rows.flatMap((r) => (r.expected !== null && r.upper !== null && r.observed > r.upper && heatStep(r) > 0 ? [{ ...r, expected: r.expected, beyond: r.observed - r.upper }] : [])).sort((a, b) => b.beyond - a.beyond);
  const first = over[0];
  const more = rows.filter((r) => heatStep(r) > 0).length;
  if (!first) return more ? `没有一处超出常态：${more} 处比期望多，都还在偶然起落之内` : '各单位各类诉求都没有超出常态';
  const others = over.length > 1 ? `，另有 ${over.length - 1} 处超出常态` : '';
  return `${nameOf(first.branch_id)}的${topicName(first.topic)}最反常：${whole(first.observed)} 条，期望 ${whole(Math.round(first.expected))} 条${others}`;
}

/** Title of a list of hotspots. */
export function hotspotFinding(kinds: readonly Kind[]): string {
  return countKinds(kinds) || '这段时间没有热点';
}

/** Title of a weekly curve: how many of the last twelve settled weeks lay over the bound. */
export function curveFinding(rows: readonly { observed: number; upper: number | null; provisional: boolean }[]): string {
  const recent = rows.filter((r) => !r.provisional).slice(-12);
  const over = recent.filter((r) => r.upper !== null && r.observed > r.upper).length;
  if (!recent.length) return '新近各周登记尚不完整';
  return over ? `近 ${recent.length} 周有 ${over} 周超出常态` : `近 ${recent.length} 周都在常态范围内`;
}

/** Title of the comparison by headcount: the unit with most per 1,000 employees, beside all together. */
export function perThousandFinding(bars: readonly { label: string; value: number }[], all: number | null): string {
  const first = [...bars].sort((a, b) => b.value - a.value)[0];
  if (!first) return '还没有在岗人数，算不出每千人';
  const one = (n: number) => n.toLocaleString('zh-CN', { maximumFractionDigits: 1 });
  return `按人数算，${first.label}最多：每千人 ${one(first.value)} 件${all === null ? '' : `，全体 ${one(all)} 件`}`;
}
