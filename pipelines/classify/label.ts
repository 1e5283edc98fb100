// In: the scores of one text. Out: its labels, with the clause that speaks for each topic and the reason of an alert.
// Invariant: at least one topic, unless it is blank each with a span inside the text; probabilities are those of the second layer.
import { dangerLabels, type DangerKind } from '../../datasets/lexicons/critical.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import type { Labels } from '../records.ts';
import { demandFrame } from './demand-frame.ts';
import { findDangers, isPlainDanger, type Danger } from './dangers.ts';
import { heads, polarityOrder, questions, type LinearModel } from './model.ts';
import type { Scored } from './score.ts';
import { subtopicOf } from './subtopics.ts';
import { topicHits } from './word-hits.ts';

const places = new Map<string, { at: number; n: number }>();
questions.reduce((at, q) => { places.set(q.name, { at, n: q.answers.length }); return at + q.answers.length; }, 0);
const headAt = new Map<string, number>(heads.map((h, i) => [h, i]));

/** Where a question's first answer stands among the outputs. */
export const firstOutput = (question: string): number => places.get(question)?.at ?? 0;

const largest = (values: readonly number[]) => values.reduce((best, v, i) => (v > (values[best] ?? -Infinity) ? i : best), 0);
/** Below this, even the likeliest topic is no more than a guess, and the text goes to 其他. */
const unclear = 0.12;
/** From here a topic counts beside a likelier one: less sure ones are wrong more often than right. Until `sure`, its clause must carry it by itself. */
const beside = 0.4, sure = 0.6, carrying = 8;
const rounded = (p: number) => Math.round(p * 10_000) / 10_000;

/** Probabilities of one question's answers. */
export function answersOf(probabilities: Float64Array, question: string): number[] {
  const { at, n } = places.get(question) ?? { at: 0, n: 0 };
  return Array.from(probabilities.subarray(at, at + n));
}

/** The clause that speaks loudest for a head. */
export function bestClause(scored: Scored, head: string, length: number): [number, number] {
  const { clauses } = scored;
  if (clauses.length === 0) return [0, length];
  const best = clauses[largest(Array.from(scored.byClause(headAt.get(head) ?? -1)))];
  return best ? [best.start, best.end] : [0, length];
}

/** Clauses that greet, thank, say who writes or how to reach them, or only ask that it be seen to. */
const hollow = /^(?:尊敬的|敬爱的|您好|你好)[^：:]{0,24}[：:，。！!]*$|^(?:此致|敬礼|谢谢|感谢您|联系|电话|手机|[qQ]{2}|微信号)|^(?:本人(?:[是系叫姓]|.{0,4}[省市区县矿村])|我叫|我是|我系|来访人|来电人|家住).{0,26}$|^(?:特|恳|敬)?(?:请|盼|望|希望)(?!.*不).{0,14}(?:解决|重视|关注|答复|处理|协调|回复)/;
/** Whom it is for, and who says it, at the beginning: it names no matter, whatever words are in it. */
const opening = /^(?:(?:尊敬的|敬爱的).{2,14}(?:我|本人)(?:们)?(?:是|系|叫)|[^，。：:；]{1,12}(?:[处科委会办部局组站段]|信箱|领导|书记|主任|矿长|经理|同志|老师|小组)(?:并抄送.{0,10})?[，：:]?$|[^，。：:；]{2,10}(?:来电|来访|来谈|谈|反映)[。，：:]$)/;
/** What a word of the topic's list is worth beside the loudest clause of the model. */
const perWord = 0.35;
/** Their lists hold whom a letter turns to (书记, 领导) and what stands in any letter. */
const wordless: readonly TopicCode[] = ['governance', 'other'];

/** What a clause loses that a likelier topic of the text already quotes. */
const perTaken = 0.3;

/** The clause that carries a topic: loud for the model, in words of the topic, no mere greeting or plea; another than those `taken`, where it is nearly as good. */
export function topicClause(scored: Scored, topic: TopicCode, text: string, taken: ReadonlySet<number> = new Set()): [number, number] {
  const { clauses } = scored;
  const loud = scored.byClause(heads.indexOf(`topic:${topic}`));
  const loudest = Math.max(1e-9, ...loud);
  const best = clauses[largest(clauses.map(({ start, end }, c) => {
    const words = wordless.includes(topic) ? 0 : Math.min(2, topicHits(topic, text, start, end));
    return (loud[c] ?? 0) / loudest + perWord * words - (words === 0 && hollow.test(text.slice(start, end)) ? 1 : 0) - (c === 0 && opening.test(text.slice(start, end)) ? 1 : 0) - (taken.has(start) ? perTaken : 0);
  }))];
  return best ? [best.start, best.end] : [0, text.length];
}

const loudness = (scored: Scored, topic: TopicCode, [from]: readonly [number, number]) => scored.byClause(heads.indexOf(`topic:${topic}`))[scored.clauses.findIndex((c) => c.start === from)] ?? 0;

/** The kind of danger told most often and most urgently, with the words that tell it. */
function reasonOf(dangers: readonly Danger[], text: string, fallback: string): string {
  const active = dangers.filter((d) => !d.lifted);
  const told = active.length > 0 ? active : dangers;
  if (told.length === 0) return fallback;
  const weight = new Map<DangerKind, number>();
  const worth: Record<DangerKind, number> = { self_harm: 1.6, violence: 1.3, collective: 1.1, concealment: 1.2, life: 1 };
  for (const d of told) weight.set(d.kind, (weight.get(d.kind) ?? 0) + worth[d.kind] * (d.urgent ? 1.2 : 1));
  const kind = [...weight].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const words = [...new Set(told.filter((d) => d.kind === kind).map((d) => text.slice(d.start, d.end).replace(/\s+/g, ' ')))].slice(0, 2);
  return `${dangerLabels[kind]}：${words.map((w) => `“${w.slice(0, 24)}”`).join('')}`;
}

/** Where no pattern names the danger, the clause that speaks loudest for it. */
function byTheWhole(scored: Scored, text: string): string {
  const [start, end] = bestClause(scored, 'critical', text.length);
  return `整体判断：“${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 24)}”`;
}

/** Where probabilities are cut; `alone`: the topics' thresholds are a house's own and decide alone. */
export type Cuts = Pick<LinearModel, 'thresholds' | 'polarityFactors'> & { alone?: boolean };

export function labelText(model: Cuts, scored: Scored, title: string | null, text: string): Labels {
  const p = topicCodes.map((t) => answersOf(scored.probabilities, t)[1] ?? 0);
  const empty = text.trim() === '' && (title ?? '').trim() === '';
  const above = topicCodes.map((_, t) => t).filter((t) => (p[t] ?? 0) >= (model.thresholds[t] ?? 0.5));
  const chosen = empty ? [topicCodes.length - 1] : above.length > 0 ? above : [Math.max(...p) < unclear ? topicCodes.length - 1 : largest(p)];
  const topics = chosen.sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0)).filter((t, rank) => rank === 0 || model.alone || (p[t] ?? 0) >= beside);
  const critical = answersOf(scored.probabilities, 'critical')[1] ?? 0;
  const flag = !empty && (critical >= (model.thresholds[topicCodes.length] ?? 0.5) || isPlainDanger(text));
  const polarity = answersOf(scored.probabilities, 'polarity').map((v, a) => v * (model.polarityFactors[a] ?? 1));
  const whole = title ? `${title}\n${text}` : text;
  const taken = new Set<number>();
  return {
    topics: topics.flatMap((t, rank) => {
      const code = topicCodes[t] ?? 'other';
      const evidence = topicClause(scored, code, text, taken);
      if (rank > 0 && !model.alone && (p[t] ?? 0) < sure && loudness(scored, code, evidence) < carrying) return [];
      taken.add(evidence[0]);
      return [{ code, subtopic: empty ? null : subtopicOf(code, text, evidence, title), probability: rounded(p[t] ?? 0), evidence }];
    }),
    polarity: empty ? 'neutral' : (polarityOrder[largest(polarity)] ?? 'neutral'),
    intensity: empty ? 0 : largest(answersOf(scored.probabilities, 'intensity')),
    intent: empty ? '咨询' : (intents[largest(answersOf(scored.probabilities, 'intent'))] ?? '咨询'),
    critical: { flag, reason: flag ? reasonOf(title ? findDangers(whole) : scored.dangers, whole, byTheWhole(scored, text)) : null },
    frame: empty ? null : demandFrame(whole),
  };
}
