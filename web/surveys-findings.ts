// In: results of a survey. Out: the titles of the panels of 调查: the finding, in one short sentence.
// Invariant: pure; a change or difference is told only where its 95 % interval leaves out zero.
import { questionName } from '../datasets/question-name.ts';
import { difference, isSure, shareOf, type Difference } from '../datasets/survey-estimates.ts';
import type { Survey, SurveyDetail, SurveyGroups, SurveyItem, SurveyQuestion } from '../server/api.ts';
import type { Pair } from './charts/pair-bars.ts';
import { whole } from './format.ts';

type Type = SurveyQuestion['type'];
/** What an estimate is counted in, and its decimals. */
export const measureOf = (type: Type): { unit: string; change: string; digits: number } => (type === 'scale' ? { unit: '分', change: ' 分', digits: 2 } : type === 'nps' ? { unit: '', change: '', digits: 0 } : { unit: '%', change: ' 个百分点', digits: 0 });

/** `升 0.24 分`, `看不出变化`, or nothing where there is no wave to compare with. */
export function changeWords(change: Difference | null, type: Type): string {
  if (!change) return '';
  const { change: unit, digits } = measureOf(type);
  return isSure(change) ? `${change.value > 0 ? '升' : '降'} ${Math.abs(change.value).toFixed(type === 'single' || type === 'multiple' ? 1 : digits)}${unit}` : '看不出变化';
}

/** How many answered, of how many. */
export function responseWords({ respondents, headcount, response_rate }: Pick<Survey, 'respondents' | 'headcount' | 'response_rate'>): string {
  return response_rate === null ? `收回 ${whole(respondents)} 份；应答率不明，因为没有当月在岗人数` : `收回 ${whole(respondents)} 份，应答率 ${response_rate.toFixed(1)}%（当月在岗 ${whole(headcount)} 人）`;
}

/** The largest sure changes of scores since the wave before. */
export function surveyFinding({ before, questions }: Pick<SurveyDetail, 'before' | 'questions'>): string {
  if (!before) return '没有可比的上一次，先看这一次';
  const compared = questions.filter((q) => q.type === 'scale' || q.type === 'nps').flatMap((q) => q.items.flatMap((i) => (i.change ? [{ name: i.option || questionName(q), change: i.change, type: q.type }] : [])));
  const weight = (c: (typeof compared)[number]) => Math.abs(c.change.value) / (c.type === 'nps' ? 50 : 1);
  const sure = compared.filter((c) => isSure(c.change)).sort((a, b) => weight(b) - weight(a));
  if (compared.length === 0) return '上一次没有问同样的评分题';
  if (sure.length === 0) return '与上一次比，各项评分都看不出变化';
  const rest = compared.length - sure.length;
  return `与上一次比，${sure.slice(0, 3).map((c) => `${c.name}${changeWords(c.change, c.type)}`).join('，')}${rest ? `；${rest} 项看不出变化` : ''}`;
}

/** Whether all who answered a question about themselves are of one group, as to a reader of one unit the question about the unit tells nothing. */
export const tellsNothing = ({ is_group, answered, items }: Pick<SurveyQuestion, 'is_group' | 'answered' | 'items'>): boolean => is_group && answered > 0 && items.some((i) => i.count === answered);

/** The option chosen most; of a question about oneself, the largest group. */
export function choiceFinding(items: readonly SurveyItem[], isGroup = false): string {
  const first = [...items].sort((a, b) => b.count - a.count)[0];
  if (!first?.estimate) return '还没有回答';
  const changed = isSure(first.change) ? `，比上一次${changeWords(first.change, 'single')}` : '';
  if (isGroup) return `答卷的人里${first.option}最多，占 ${Math.round(first.estimate.value)}%${changed}`;
  return `选“${first.option}”的最多，占 ${Math.round(first.estimate.value)}%${changed}`;
}

/** The highest and the lowest mean; of one item its mean. */
export function scaleFinding(items: readonly SurveyItem[]): string {
  const rated = items.filter((i) => i.estimate).sort((a, b) => (b.estimate?.value ?? 0) - (a.estimate?.value ?? 0));
  const [first] = rated, last = rated.at(-1);
  if (!first?.estimate || !last?.estimate) return '还没有回答';
  const told = (i: SurveyItem) => `${i.estimate?.value.toFixed(2)} 分${i.change ? `，比上一次${changeWords(i.change, 'scale')}`.replace('比上一次看不出', '看不出') : ''}`;
  return first === last ? `平均 ${told(first)}` : `${first.option}评得最高，${told(first)}；${last.option}最低，${told(last)}`;
}

/** The net promoter score with its interval. */
export function npsFinding(item: SurveyItem | undefined): string {
  if (!item?.estimate) return '还没有回答';
  const { value, low, high } = item.estimate;
  return `净推荐值 ${signed(value)}，95% 在 ${signed(low)} 到 ${signed(high)} 之间${item.change ? `；比上一次${changeWords(item.change, 'nps')}`.replace('比上一次看不出', '看不出') : ''}`;
}
export const signed = (value: number) => { const n = Math.round(value); return n < 0 ? `−${-n}` : `${n}`; };

/** The topic that open answers raise most. */
export function openFinding(rows: readonly { label: string; negative: number; neutral: number; positive: number }[], answered: number): string {
  const first = rows[0];
  return first ? `${whole(answered)} 人写了话，提${first.label}的最多，${whole(first.negative + first.neutral + first.positive)} 条` : `${whole(answered)} 人写了话，没有读出诉求`;
}

/** The groups that differ from all others in one item. */
export function groupFinding(groups: SurveyGroups['items'][number]['groups']): string {
  const sure = groups.filter((g) => isSure(g.differs)).sort((a, b) => Math.abs(b.differs.value) - Math.abs(a.differs.value));
  if (sure.length === 0) return '各组之间看不出差别';
  const told = (higher: boolean) => { const names = sure.filter((g) => g.differs.value > 0 === higher).map((g) => g.group); return names.length ? [`${names.slice(0, 3).join('、')}${names.length > 3 ? `等 ${names.length} 组` : ''}${higher ? '高于' : '低于'}其余的人`] : []; };
  return [...told(true), ...told(false)].join('；');
}

/** The topics that surely differ most between what is said when asked (of `asked` texts) and what is petitioned about (of `petitioned`). */
export function pairFinding(rows: readonly Pair[], asked: number, petitioned: number): string {
  const sure = rows.flatMap((r) => {
    const [first, second] = [shareOf((r.first * asked) / 100, asked), shareOf((r.second * petitioned) / 100, petitioned)];
    const by = first && second ? difference(first, second) : null;
    return isSure(by) ? [{ label: r.label, by: by.value }] : [];
  }).sort((a, b) => b.by - a.by);
  const more = sure[0], less = sure.at(-1);
  const parts = [...(more && more.by > 0 ? [`${more.label}在问卷里说得更多`] : []), ...(less && less.by < 0 ? [`${less.label}更多在信访里提`] : [])];
  return parts.length ? parts.join('，') : '问卷里说的与信访提的看不出差别';
}
