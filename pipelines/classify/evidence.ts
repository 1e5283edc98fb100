// In: the scores of one text. Out: the clause that carries one of its topics, or that speaks loudest for a head.
// Invariant: a span lies inside the text and, unless the text is blank, holds something; it depends on that text and the model alone.
import type { TopicCode } from '../../datasets/taxonomy.ts';
import { heads } from './model.ts';
import type { Scored } from './score.ts';
import { cueHits } from './subtopics.ts';
import { topicHits } from './word-hits.ts';

const headAt = new Map<string, number>(heads.map((h, i) => [h, i]));

/** Where the largest stands. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/** The clause that speaks loudest for a head. */
export function bestClause(scored: Scored, head: string, length: number): [number, number] {
  const { clauses } = scored;
  if (clauses.length === 0) return [0, length];
  const best = clauses[largest(scored.byClause(headAt.get(head) ?? -1))];
  return best ? [best.start, best.end] : [0, length];
}

/** Clauses that greet, thank, say who writes or how to reach them, or only ask that it be seen to. */
const hollow = /^(?:尊敬的|敬爱的|您好|你好)[^：:]{0,24}[：:，。！!]*$|^(?:此致|敬礼|谢谢|感谢您|联系|电话|手机|[qQ]{2}|微信号)|^(?:本人(?:[是系叫姓]|.{0,4}[省市区县矿村])|我叫|我是|我系|来访人|来电人|家住).{0,26}$|^(?:特|恳|敬)?(?:请|盼|望|希望|期待|期盼)(?!.*不).{0,20}(?:解决|重视|关注|答复|处理|协调|回复)|^(?:其?诉求是|(?:要|请|恳)求|希望|盼).{0,2}(?:派(?:人|纪委|专人)|查[账一清]|纪委)/;
/** Clauses that tell how the letter came about, that it be kept secret, how long one has worked, or who said it: true of any matter. */
const formula = /^.{0,4}(?:反映|反应|咨询|请教|投诉|说|汇报).{0,2}(?:一个|一下|个|几个|以下|如下|下面).{0,3}(?:问题|情况|事|事情)?[，。：:]?$|做主[！!，。]|主持公道|感激不尽|万分感激|保密|转回本单位|不敢(?:署名|留名|写名)|怕报复|可以来查|写这些|情绪平稳|^.{0,8}干了.{1,5}年[，。]?$|^.{0,3}(?:都|也|还|就)?(?:说|听说|讲|问|回答|回复说|答复)(?:是|叫)?[，：:]?$/;
/** What somebody else is said to have said: the matter itself mostly stands beside it. */
const hearsay = /^(?:他们?|她们?|人家|有人|听|都|只)说/;
/** Whom it is for, and who says it, at the beginning: it names no matter, whatever words are in it. */
const opening = /^(?:(?:尊敬的|敬爱的).{2,14}(?:我|本人)(?:们)?(?:是|系|叫)|[^，。：:；]{1,12}(?:[处科委会办部局组站段]|信箱|领导|书记|主任|矿长|经理|同志|老师|小组)(?:并抄送.{0,10})?[，：:]?$|[^，。：:；]{2,10}(?:来电|来访|来谈|谈|反映)[。，：:]$|[^，。；]{1,12}(?:[处科委会办部局]|领导|书记|主任|矿长|经理|同志)[：:](?:本人|我|俺|替|写|您好|你好).{0,8}$)/;
/** What a word of the topic's list, and a cue of one of its second-level topics, is worth beside the loudest clause of the model. */
const perWord = 0.35, perCue = 0.25, mostHits = 2;
/** Their lists hold whom a letter turns to (书记, 领导) and what stands in any letter. */
const wordless: readonly TopicCode[] = ['governance', 'other'];
/** What a clause loses that a likelier topic of the text already quotes. */
const perTaken = 0.5, perHearsay = 0.4;

/** A clause of fewer characters is quoted with the louder neighbour in its sentence, both together of at most so many. */
const short = 14, mostJoined = 44;

/** From clause to clause, both in one sentence. */
interface Quoted { from: number; to: number }

function withNeighbour({ clauses }: Scored, loud: Float64Array, text: string, c: number, taken: ReadonlySet<number>): Quoted {
  const own = clauses[c];
  if (own === undefined || own.end - own.start >= short) return { from: c, to: c };
  const goesOn = (i: number) => { const a = clauses[i], b = clauses[i + 1]; return a !== undefined && b !== undefined && !/[。！？!?\n]/.test(text.slice(a.end - 1, b.start)) && b.end - a.start <= mostJoined; };
  const before = goesOn(c - 1) && !taken.has(c - 1) ? (loud[c - 1] ?? 0) : -Infinity, after = goesOn(c) && !taken.has(c + 1) ? (loud[c + 1] ?? 0) : -Infinity;
  if (before === -Infinity && after === -Infinity) return { from: c, to: c };
  return before > after ? { from: c - 1, to: c } : { from: c, to: c + 1 };
}

export interface Evidence { span: [number, number]; /** How loudly the chosen clause speaks for the topic. */ loudness: number }

/** What carries a topic: a clause loud for the model, in words of the topic, no mere greeting or plea; another than those `taken`, where it is nearly as good. What it quotes is taken from then on. */
export function evidenceOf(scored: Scored, topic: TopicCode, text: string, taken = new Set<number>()): Evidence {
  const { clauses } = scored;
  const loud = scored.byClause(headAt.get(`topic:${topic}`) ?? -1);
  if (clauses.length === 0) return { span: [0, text.length], loudness: 0 };
  let loudest = 1e-9;
  for (const l of loud) if (l > loudest) loudest = l;
  const best = largest(clauses.map(({ start, end }, c) => {
    const clause = text.slice(start, end);
    const words = wordless.includes(topic) ? 0 : Math.min(mostHits, topicHits(topic, text, start, end));
    const cues = topic === 'other' ? 0 : Math.min(mostHits, cueHits(topic, text, start, end));
    const empty = (words === 0 && hollow.test(clause) ? 1 : 0) + (words + cues === 0 && hearsay.test(clause) ? perHearsay : 0) + (formula.test(clause) ? 1 : 0) + (c === 0 && opening.test(clause) ? 1 : 0);
    return (loud[c] ?? 0) / loudest + perWord * words + perCue * cues - empty - (taken.has(c) ? perTaken : 0);
  }));
  const { from, to } = withNeighbour(scored, loud, text, best, taken);
  for (let c = from; c <= to; c++) taken.add(c);
  return { span: [clauses[from]?.start ?? 0, clauses[to]?.end ?? text.length], loudness: loud[best] ?? 0 };
}
