// In: the surveys that ended in the period, else the latest before it. Out: 调查情况: who answered, the scores with their intervals, what surely changed, what open answers raise.
// Invariant: the table comes once, in the period of the survey; what the page 调查 withholds of the unit is withheld here; a change is told only where its interval leaves out zero.
import { questionName } from '../../../datasets/question-name.ts';
import { periodKinds, type PeriodKind } from '../../../datasets/reporting-period.ts';
import { isSure, type Difference } from '../../../datasets/survey-estimates.ts';
import { taxonomy, type TopicCode } from '../../../datasets/taxonomy.ts';
import type { Survey, SurveyQuestion } from '../../api.ts';
import { surveysOf } from '../../surveys/read.ts';
import { resultsOf } from '../../surveys/results.ts';
import { sameQuestion } from '../../surveys/waves.ts';
import type { Block, NumberPart, Part, Parts, Section, TableBlock } from '../content.ts';
import { derivedPart, figure, join, nothing, text } from '../figures.ts';
import { amount, word, type Answer, type AnswerRow } from '../notebook.ts';
import type { SectionInput } from './section-input.ts';
import { raisedQuestion, responseQuestion, scoreColumn, scoreQuestion, surveyDays, type ScoreType } from './survey-questions.ts';

/** Changes and topics told in a sentence. */
const toldInFull = 5, topicsTold = 3;

/** One score that may be told, beside the wave before; `change` is that of the page 调查. */
export interface Score { readonly name: string; readonly type: ScoreType; readonly isRow: boolean; readonly row: AnswerRow; readonly before: AnswerRow | undefined; readonly change: Difference | null }

const isScored = (type: SurveyQuestion['type']): type is ScoreType => type === 'scale' || type === 'nps';
const minus = (digits: string) => digits.replace('-', '−');
const digitsOf = (type: ScoreType) => (type === 'nps' ? 1 : 2), unitOf = (type: ScoreType) => (type === 'nps' ? '' : '分');

function scoreFigure(row: AnswerRow | undefined, type: ScoreType, side: '' | '__low' | '__high' = ''): NumberPart | null {
  const found = figure(row, `${scoreColumn(type)}${side}`, 'decimal');
  return found === null ? null : { ...found, formatted: minus(found.value.toFixed(digitsOf(type))) };
}
const interval = ({ row, type }: Score): Part[] => { const [low, high] = [scoreFigure(row, type, '__low'), scoreFigure(row, type, '__high')]; return low === null || high === null ? [] : [low, text('至'), high]; };
const answered = ({ row, type }: Score) => figure(row, `${scoreColumn(type)}__den`, 'integer');
/** The change, printed as given. */
const changed = ({ row, before, type }: Score, print: (value: number) => string) => (before === undefined ? null : derivedPart(row, scoreColumn(type), 'difference', before, scoreColumn(type), print));

/** `本月没有新的问卷结果，最近一次是《…》（2026年5月11日至5月24日），收回答卷517份，应答率5.2%（517/9900人）。` */
export function responseSentence(survey: Pick<Survey, 'title' | 'first_date' | 'last_date'>, row: AnswerRow, isNow: boolean, span: PeriodKind): Part[] {
  const [sheets, headcount, rate] = [figure(row, 'respondents'), figure(row, 'headcount'), figure(row, 'response_rate', 'percent')];
  if (sheets === null) return [];
  const lead = isNow ? `${periodKinds[span].now}完成的问卷调查是` : `${periodKinds[span].now}没有新的问卷结果，最近一次是`;
  const told: Part[] = rate === null || headcount === null ? [text('；没有当月在岗人数，应答率不明')] : [text('，应答率'), rate, text('（'), sheets, text('/'), headcount, text('人，按有答卷的单位当月在岗人数计）')];
  return [text(`${lead}《${survey.title}》（${surveyDays(survey)}），收回答卷`), sheets, text('份'), ...told, text('。')];
}

/** `目前工作的总体满意程度平均3.42分（95%区间3.35至3.49，517人作答）；净推荐值−12.3（…）。` */
export function scoreSentence(scores: readonly Score[]): Part[] {
  const phrases = scores.filter((s) => !s.isRow).map((score): Part[] => {
    const [value, n] = [scoreFigure(score.row, score.type), answered(score)];
    return value === null || n === null ? [] : [text(`${score.name}${score.type === 'scale' ? '平均' : ''}`), value, text(`${unitOf(score.type)}（95%区间`), ...interval(score), text('，'), n, text('人作答）')];
  });
  return phrases.length === 0 ? [] : [...join(phrases, '；'), text('。')];
}

/** `各方面评分，最高的是安全管理3.90分，最低的是工资收入2.80分。` */
export function rowsSentence(scores: readonly Score[]): Part[] {
  const rows = scores.filter((s) => s.isRow).sort((a, b) => (amount(b.row, scoreColumn(b.type)) ?? 0) - (amount(a.row, scoreColumn(a.type)) ?? 0));
  const [first, last] = [rows[0], rows.at(-1)];
  const told = (s: Score): Part[] => { const value = scoreFigure(s.row, s.type); return value === null ? [] : [text(s.name), value, text(unitOf(s.type))]; };
  return first === undefined || last === undefined || first === last ? [] : [text('各方面评分，最高的是'), ...told(first), text('，最低的是'), ...told(last), text('。')];
}

/** `与上一次（2025年5月12日至5月23日，收回438份）相比，工资收入升0.24分（上次2.56分）；其余看不出变化。` */
export function changesSentence(scores: readonly Score[], before: Pick<Survey, 'first_date' | 'last_date'> | null, sheets: AnswerRow | undefined, rest: string): Part[] {
  if (before === null) return [text('没有可比的上一次。')];
  const n = figure(sheets, 'respondents');
  const compared = scores.filter((s) => s.change !== null && s.before !== undefined), sure = compared.filter((s) => isSure(s.change)).sort((a, b) => weight(b) - weight(a));
  const lead: Part[] = [text(`与上一次（${surveyDays(before)}`), ...(n === null ? [] : [text('，收回'), n, text('份')]), text('）相比，')];
  if (compared.length === 0) return [...lead, text('没有问过同样的评分题。')];
  const phrases = sure.slice(0, toldInFull).map((score): Part[] => {
    const [by, was] = [changed(score, (v) => Math.abs(v).toFixed(digitsOf(score.type))), scoreFigure(score.before, score.type)];
    return by === null || was === null ? [] : [text(`${score.name}${(score.change?.value ?? 0) > 0 ? '升' : '降'}`), by, text(`${unitOf(score.type)}（上次`), was, text(`${unitOf(score.type)}）`)];
  });
  if (phrases.length === 0) return [...lead, text('各项评分都看不出变化。')];
  return [...lead, ...join(phrases, '，'), text(sure.length > toldInFull ? `，其余见${rest}。` : sure.length < compared.length ? '；其余看不出变化。' : '。')];
}
/** A net promoter score moves on a scale fifty times as long. */
const weight = ({ change, type }: Score) => Math.abs(change?.value ?? 0) / (type === 'nps' ? 50 : 1);

const byPeople = (a: AnswerRow, b: AnswerRow) => (amount(b, 'raised_rate__num') ?? 0) - (amount(a, 'raised_rate__num') ?? 0);
const topicLabel = (row: AnswerRow) => taxonomy[word(row, 'topic') as TopicCode].label;
/** `开放题里提出最多的是薪酬（120人，占答卷的23.2%）、…` */
export function raisedSentence(rows: readonly AnswerRow[]): Part[] {
  const phrases = rows.filter((r) => amount(r, 'raised_rate') !== null).sort(byPeople).slice(0, topicsTold).map((row): Part[] => {
    const [n, part] = [figure(row, 'raised_rate__num', 'integer'), figure(row, 'raised_rate')];
    return n === null || part === null ? [] : [text(`${topicLabel(row)}（`), n, text('人，占答卷的'), part, text('）')];
  });
  return phrases.length === 0 ? [] : [text('开放题里提出最多的是'), ...join(phrases, '、'), text('。')];
}

function scoreTable(survey: Survey, scores: readonly Score[]): TableBlock {
  const one = (part: NumberPart | null): Parts => (part === null ? nothing : [part]);
  return {
    type: 'table', caption: `《${survey.title}》各项评分`, header: ['项目', '作答（人）', '得分', '95%区间', '上次得分', '变化'], widths: [30, 12, 12, 18, 13, 15],
    rows: scores.map((score): Parts[] => [
      [text(score.name)], one(answered(score)), one(scoreFigure(score.row, score.type)), interval(score), score.change === null ? nothing : one(scoreFigure(score.before, score.type)),
      score.change === null ? nothing : isSure(score.change) ? one(changed(score, (v) => `${v > 0 ? '+' : ''}${minus(v.toFixed(digitsOf(score.type)))}`)) : [text('看不出变化')],
    ]),
    remark: '净推荐值为打9至10分的百分比减打0至6分的百分比，其余为平均分。区间与变化把答卷当作随机抽样，变化的95%区间不含零才写出；不足5人作答的不公布。',
  };
}

async function scoresOf({ notebook }: SectionInput, survey: Survey, before: Survey | null, questions: readonly SurveyQuestion[]): Promise<Score[]> {
  const ask = async (of: Survey | null) => (of === null ? { scale: [], nps: [] } : { scale: (await scoreQuestion(notebook, of, 'scale')).rows, nps: (await scoreQuestion(notebook, of, 'nps')).rows });
  const has = questions.some((q) => isScored(q.type) && !q.withheld && q.items.some((i) => i.estimate !== null));
  if (!has) return [];
  const [now, past] = [await ask(survey), await ask(before)];
  return questions.flatMap((q) => (isScored(q.type) && !q.withheld ? q.items.flatMap((item): Score[] => {
    const type = q.type as ScoreType, row = now[type].find((r) => r.key.question_no === q.question_no && r.key.option === item.option);
    if (item.estimate === null || row === undefined) return [];
    const same = sameQuestion(q, past[type].map((r) => ({ type, title: word(r, 'title'), question_no: r.key.question_no })));
    const earlier = past[type].find((r) => r.key.question_no === same?.question_no && r.key.option === item.option);
    return [{ name: item.option || questionName(q), type, isRow: item.option !== '', row, before: item.change === null ? undefined : earlier, change: item.change }];
  }) : []));
}

async function tell(input: SectionInput, survey: Survey, all: readonly Survey[], isNow: boolean): Promise<Block[]> {
  const { notebook, warehouse, period, unit } = input;
  const { before, questions } = await resultsOf(warehouse, survey, all, unit.path);
  const response = (await responseQuestion(notebook, survey)).rows[0];
  const scores = await scoresOf(input, survey, before, questions);
  const open = questions.filter((q) => q.type === 'open' && q.answered > 0);
  const isOpen = open.length > 0 && !questions.some((q) => q.type === 'open' && q.withheld);
  const raised: Answer = isOpen ? await raisedQuestion(notebook, survey) : { note: '', rows: [] };
  const earlier = scores.length > 0 && before !== null ? (await responseQuestion(notebook, before)).rows[0] : undefined;
  const paragraphs = [
    response === undefined ? [] : responseSentence(survey, response, isNow, period.kind),
    [...scoreSentence(scores), ...rowsSentence(scores), ...(scores.length > 0 ? changesSentence(scores, before, earlier, isNow ? '表' : '系统“调查”') : [])],
    raisedSentence(raised.rows),
  ];
  return [...paragraphs.filter((parts) => parts.length > 0).map((parts): Block => ({ type: 'paragraph', parts })), ...(isNow && scores.length > 0 ? [scoreTable(survey, scores)] : [])];
}

/** Null where no survey of the unit has ended yet. */
export async function surveys(input: SectionInput): Promise<Section | null> {
  const { warehouse, period, unit } = input;
  const all = await surveysOf(warehouse, unit.path), ended = all.filter((s) => s.last_date <= period.to), now = ended.filter((s) => s.last_date >= period.from);
  const told = now.length > 0 ? [...now].reverse() : ended.slice(0, 1);
  const blocks: Block[] = [];
  for (const survey of told) blocks.push(...await tell(input, survey, all, now.length > 0));
  return blocks.length === 0 ? null : { id: 'surveys', title: '调查情况', blocks };
}
