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
const hollow = /^(?:尊敬的|敬爱的|您好|你好)[^：:]{0,24}[：:，。！!]*$|^(?:此致|敬礼|谢谢|感谢您|联系|电话|手机|[qQ]{2}|微信号)|^(?:本人(?:[是系叫姓]|.{0,4}[省市区县矿村])|我叫|我是|我系|来访人|来电人|家住).{0,26}$|^(?:在此|为此|故此|因此|所以)?[，,]?(?:我们?|本人)?(?:再次)?(?:特|恳|敬|并|还)?(?:请|盼|望|希望|期待|期盼)(?!.*不).{0,20}(?:解决|重视|关注|答复|处理|协调|回复|查处|整治|调查|落实|考虑)|^(?:其?诉求是|(?:要|请|恳)求|希望|盼).{0,2}(?:派(?:人|纪委|专人)|查[账一清]|纪委)/;
/** Clauses that tell how the letter came about, that it be kept secret, how long one has worked, who said it, or that nothing is amiss: true of any matter. */
const formula = /^.{0,4}(?:反映|反应|咨询|请教|投诉|说|汇报).{0,2}(?:一个|一下|个|几个|以下|如下|下面).{0,3}(?:问题|情况|事|事情)?[，。：:]?$|做主[！!，。]|主持公道|感激不尽|万分感激|保密|转回本单位|不敢(?:署名|留名|写名)|怕报复|可以来查|写这些|情绪平稳|语气平和|提起公诉|举报信息|不属隐患|^.{0,8}干了.{1,5}年[，。]?$|(?:本人|我们?|俺们?)(?:都)?(?:是|系).{2,30}(?:业主|居民|村民|市民|职工|员工|家属)[，。]$|^.{0,3}(?:都|也|还|就)?(?:说|听说|讲|问|回答|回复说|答复)(?:是|叫)?[，：:]?$|受.{1,8}委托|特(?:此)?[来向].{0,8}(?:汇报|反映|反应|留言|咨询)|(?:特此|现将|现就).{0,8}(?:留言|反映|汇报|告知)|事情是这样|想问(?:问|一下|您)?[，,]?$|^我们?都?是来自|打扰(?:您|你|了)|百忙之中|荣幸|没有?别的(?:要求|意思)|^(?:与|同|和).{2,20}(?:谈话|谈心)|没有?问题[，,]|问题在于[，：,:]?$|不给.{0,4}(?:说法|答复).{0,3}(?:我|俺)(?:就|们)?去|^(?:家庭)?(?:住址|地址)/;
/** Who writes, in a clause of its own: it may hold words of the topic (我是物业部的维修工) and yet names no matter. */
const presents = /^(?:来访人|来电人)?(?:本人|我们?|俺们?|咱们?|[\[【]姓名[\]】])(?:都|原|原来|现|曾|以前)?(?:是|系|叫|住|在(?!.*(?:没|不|被)))(?!.*(?:不是|没有|被|欠|问|怎)).{2,44}(?:工|员|人|业主|居民|村民|户|市民|学生|家长|家属|教师|老师|司机|代表|队|科|部|车间|岗|公司|小区|山庄|单位)(?:一名|之一)?(?:[，。,. ](?:今年|现年)?.{0,5})?[，。,.]?$/;
/** What somebody else is said to have said: the matter itself mostly stands beside it. */
const hearsay = /^(?:他们?|她们?|人家|有人|听|都|只)说/;
/** Whom it is for, and who says it, at the beginning: it names no matter, whatever words are in it. */
const opening = /^(?:(?:尊敬的|敬爱的).{2,14}(?:我|本人)(?:们)?(?:是|系|叫)|[^，。；]{1,20}[：:]$|[^，。：:；]{1,12}(?:[处科委会办部局组站段]|信箱|领导|书记|主任|矿长|经理|同志|老师|小组)(?:并抄送.{0,10})?[，：:]?$|[^，。：:；]{2,10}(?:来电|来访|来谈|谈|反映)[。，：:]$|[^，。；]{1,12}(?:[处科委会办部局]|领导|书记|主任|矿长|经理|同志)[：:](?:本人|我|俺|替|写|您好|你好).{0,8}$)/;
/** What a word of the topic's list, and a cue of one of its second-level topics, is worth beside the loudest clause of the model. */
const perWord = 0.35, perCue = 0.25, mostHits = 2;
/** Its list holds what stands in any letter. */
const wordless: TopicCode = 'other';
/** What an office does wrong: the list of governance also holds whom a letter turns to (书记, 领导). */
const misconduct = /不作为|乱作为|懒政|推诿|推脱|推来推去|扯皮|踢皮球|敷衍|应付|置之不理|不闻不问|不理不睬|爱理不理|[没无]人(?:管|理|问|处理|负责|答复|回)|不(?:管|理会|处理|答复|回复|受理|登记|公示|公开|透明|执行|兑现|认账|承认|讲理|公|合理)|(?:没有?|未|不给)(?:任何)?(?:答复|回复|回音|回应|下文|说法|公示|公开|兑现|处理)|拖[着延了]|不了了之|石沉大海|凭(?:什么|啥)|为什么|为何|暗箱|内定|关系户|走后门|送礼|收(?:钱|礼|红包|份子)|回扣|贪|挪用|侵吞|私分|虚报|套取|冒领|[造做]假|弄虚|瞒着|欺骗|违规|违法|非法|违反|擅自|强[行制迫]|滥用|包庇|袒护|保护伞|勾结|报复|刁难|态度|骂|吼|嚣张|霸道|吃拿卡要|乱收费|乱罚|光罚|罚款|形式主义|走过场|摆拍|拒[不绝]|一刀切|朝令夕改/g;
/** What a clause loses that a likelier topic of the text already quotes. */
const perTaken = 0.5, perHearsay = 0.4, perSelf = 1.2, perPlea = 0.3;
/** What pairs of characters shared with the title are worth, all of a short title's or so many of a longer one's. */
const perTitle = 0.6, enoughShared = 4;
/** Part of that which a clause gets that holds no word of the topic: a title also names who writes, and where. */
const wordlessShare = 0.5;
/** What the better neighbour in the sentence adds to a clause: a matter mostly takes more than one. */
const perNeighbour = 0.3;

/** A clause of fewer characters is quoted with the better neighbour in its sentence, and any clause with one that is nearly as good or that it hangs on; together at most so many. */
const short = 16, mostJoined = 56, nearly = 0.4;
/** Goes on with what the clause before began. */
const goesOn = /^(?:一直|至今|都|也|就|却|但|可|没|不|还|才|被|导致|造成|竟|仍|又|反而|结果|只|全|从来|根本|他|她|它|人家|对方|这|那|其|所以|因此|而)/;
/** Leads up to what the next clause tells. */
const leadsUp = /(?:中|时|时候|[之以]?后|之前|期间|以来|情况下|方面|[）)])[，,]$|^(?:因为?|由于|虽然|尽管|既然|自从?|当|如果|要是)|[：:]$/;

/** Whether a clause and the next stand in one sentence; together in at most so many characters. */
function goOn({ clauses }: Scored, text: string, i: number, most = Infinity): boolean {
  const a = clauses[i], b = clauses[i + 1];
  return a !== undefined && b !== undefined && b.end - a.start <= most && !/[。！？!?\n]/.test(text.slice(a.end - 1, b.start));
}

/** The first and the last clause to quote: the one chosen, with a neighbour that it needs, or that alone names the topic; `worth` is how well each carries it. */
function joined(text: string, scored: Scored, worth: readonly number[], named: readonly boolean[], c: number): [number, number] {
  const { clauses } = scored, own = clauses[c];
  if (own === undefined) return [c, c];
  const words = (i: number) => text.slice(clauses[i]?.start, clauses[i]?.end);
  const before = goOn(scored, text, c - 1, mostJoined), after = goOn(scored, text, c, mostJoined), of = (i: number) => worth[i] ?? 0;
  if (after && (leadsUp.test(words(c)) || goesOn.test(words(c + 1)))) return [c, c + 1];
  if (before && (goesOn.test(words(c)) || leadsUp.test(words(c - 1)))) return [c - 1, c];
  if (!before && !after) return [c, c];
  if (!named[c] && after && named[c + 1]) return [c, c + 1];
  if (!named[c] && before && named[c - 1]) return [c - 1, c];
  const next = before && (!after || of(c - 1) > of(c + 1)) ? c - 1 : c + 1;
  return own.end - own.start < short || of(next) >= nearly * of(c) ? [Math.min(c, next), Math.max(c, next)] : [c, c];
}

/** The pairs of characters of a title. */
function pairsOf(title: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, title.length - 1) }, (_, i) => title.slice(i, i + 2)));
}

/** Which part of a title's pairs a clause holds. */
function sharedWith(pairs: ReadonlySet<string>, clause: string): number {
  let n = 0;
  for (const pair of pairsOf(clause)) if (pairs.has(pair)) n++;
  return Math.min(1, n / Math.min(enoughShared, Math.max(1, pairs.size)));
}

/** What a clause lacks whatever the topic: 1 a greeting or plea, 2 a formula of letters, 4 what somebody else said, 8 an opening, 16 who writes. */
function emptiness(clause: string, c: number): number {
  return (hollow.test(clause) ? 1 : 0) + (formula.test(clause) ? 2 : 0) + (hearsay.test(clause) ? 4 : 0) + (c === 0 && opening.test(clause) ? 8 : 0) + (presents.test(clause) ? 16 : 0);
}

/** What is found out of a text's clauses for its first topic serves the others. */
export interface Quoted { taken: Set<number>; empty: number[] }

/** How often a part of a text names the topic in words of its list or cues of its second level. */
export const wordsIn = (topic: TopicCode, text: string, [start, end]: readonly [number, number]): number => topicHits(topic, text, start, end) + cueHits(topic, text, start, end);

export interface Evidence { span: [number, number]; /** How loudly the chosen clause speaks for the topic. */ loudness: number }

/** What carries a topic: a clause loud for the model, in words of the topic or of the title, no mere greeting or plea; another than those `taken`, where it is nearly as good. The clause chosen is taken from then on. */
export function evidenceOf(scored: Scored, topic: TopicCode, text: string, title: string | null = null, { taken, empty }: Quoted = { taken: new Set(), empty: [] }): Evidence {
  const { clauses } = scored;
  const loud = scored.byClause(headAt.get(`topic:${topic}`) ?? -1);
  if (clauses.length === 0) return { span: [0, text.length], loudness: 0 };
  let loudest = 1e-9;
  for (const l of loud) if (l > loudest) loudest = l;
  const pairs = pairsOf(title ?? '');
  const named: boolean[] = [];
  const worth = clauses.map(({ start, end }, c) => {
    const clause = text.slice(start, end);
    const words = topic === wordless ? 0 : Math.min(mostHits, topic === 'governance' ? (clause.match(misconduct) ?? []).length : topicHits(topic, text, start, end));
    const cues = topic === wordless ? 0 : Math.min(mostHits, cueHits(topic, text, start, end));
    named[c] = words + cues > 0;
    const lacks = empty[c] ??= emptiness(clause, c);
    const less = (lacks & 1 ? (words === 0 ? 1 : perPlea) : 0) + (words + cues === 0 && lacks & 4 ? perHearsay : 0) + (lacks & 2 ? 1 : 0) + (lacks & 8 ? 1 : 0) + (lacks & 16 ? perSelf : 0);
    return (loud[c] ?? 0) / loudest + perWord * words + perCue * cues + (pairs.size > 0 ? perTitle * sharedWith(pairs, clause) * (words + cues === 0 ? wordlessShare : 1) : 0) - less;
  });
  const best = largest(worth.map((own, c) => {
    const beside = Math.max(0, goOn(scored, text, c - 1) ? (worth[c - 1] ?? 0) : 0, goOn(scored, text, c) ? (worth[c + 1] ?? 0) : 0);
    return own + perNeighbour * beside - (taken.has(c) ? perTaken : 0);
  }));
  taken.add(best);
  const [from, to] = joined(text, scored, worth, named, best);
  return { span: [clauses[from]?.start ?? 0, clauses[to]?.end ?? text.length], loudness: loud[best] ?? 0 };
}
