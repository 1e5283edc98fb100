// In: the period by topic 诉求, and the detector's expectation of each. Out: 主要特点: what weighs most, what changed, what is beyond expectation.
// Invariant: "more" is always more than something named: the period before, last year, or the expectation from its own past.
import { taxonomy, topicCodes, type TopicCode } from '../../../datasets/taxonomy.ts';
import { dayLabel, periodKinds, type ReportingPeriod } from '../../../datasets/reporting-period.ts';
import { andChange, change } from '../change-words.ts';
import type { Block, Part, Section } from '../content.ts';
import { expectedFigure, figure, join, share, text } from '../figures.ts';
import { amount, word, type Answer, type AnswerRow, type Notebook } from '../notebook.ts';
import { totalsQuestion } from './overview.ts';
import type { SectionInput } from './section-input.ts';

/** A topic with fewer petitions than this in both periods is not said to have changed. */
const leastForChange = 5;
const label = (row: AnswerRow) => taxonomy[word(row, 'topic') as TopicCode].label;
/** `上月`, `上季度` */
const lastOf = (row: AnswerRow | undefined) => periodKinds[row?.span ?? 'month'].last;
const by = (column: string) => (a: AnswerRow, b: AnswerRow) => (amount(b, column) ?? 0) - (amount(a, column) ?? 0);

/** `诉求集中于薪酬（120件次，占38.5%）、…`: the three that weigh most. */
export function weightSentence(rows: readonly AnswerRow[], total: AnswerRow): Part[] {
  const top = [...rows].sort(by('petitions')).slice(0, 3).map((row): Part[] => {
    const [n, part] = [figure(row, 'petitions'), share(row, 'petitions', total, 'petitions')];
    return n === null || part === null ? [] : [text(`${label(row)}（`), n, text('件次，占'), part, text('）')];
  });
  return top.length === 0 ? [] : [text('诉求主要集中于'), ...join(top, '、'), text('。一件信访可含几项诉求，占比之和可超过100%。')];
}

/** The topics that rose and fell most against the period before, with 同比 beside. */
export function changeSentence(rows: readonly AnswerRow[]): Part[] {
  const moved = rows.flatMap((row) => {
    const [now, before] = [amount(row, 'petitions'), amount(row, 'petitions__previous')];
    return now === null || before === null || Math.max(now, before) < leastForChange || now === before ? [] : [{ row, moved: now - before }];
  }).sort((a, b) => b.moved - a.moved);
  const [up, down] = [moved[0], moved.at(-1)];
  const told = ({ row }: { row: AnswerRow }): Part[] => [text(`${label(row)}，`), ...change(row, 'petitions', 'previous'), ...andChange(row, 'petitions', 'year')];
  const phrases = [
    ...(up && up.moved > 0 ? [[text('上升最多的是'), ...told(up)]] : []),
    ...(down && down.moved < 0 ? [[text('下降最多的是'), ...told(down)]] : []),
  ];
  if (phrases.length > 0) return [...join(phrases, '；'), text('。')];
  return rows.some((r) => amount(r, 'petitions__previous') !== null) ? [text(`各类诉求与${lastOf(rows[0])}相比没有明显变化。`)] : [];
}

/** `与期望相比，薪酬观测98条，期望61.2条，高出60.1%，4周中有3周超出上界`; says so when nothing is beyond its bound. */
export function expectationSentence(rows: readonly AnswerRow[], weeks: string): Part[] {
  if (rows.length === 0) return [];
  const basis = `以各类诉求自身历史、季节推算期望（${weeks}）`;
  const beyond = rows.filter((r) => (amount(r, 'weeks_over') ?? 0) > 0).sort((a, b) => (amount(b, 'weeks_over') ?? 0) - (amount(a, 'weeks_over') ?? 0) || surplus(b) - surplus(a)).slice(0, 3);
  if (beyond.length === 0) return [text(`${basis}，合计各类诉求均未超出上界。`)];
  const phrases = beyond.map((row): Part[] => {
    const [seen, expected, over, of] = [figure(row, 'observed'), expectedFigure(row, 'expected'), figure(row, 'weeks_over'), figure(row, 'weeks')];
    if (seen === null || expected === null || over === null || of === null) return [];
    return [text(`${label(row)}收到文字`), seen, text('条，期望'), expected, text('条，'), of, text('周中有'), over, text('周超出上界')];
  });
  return [text(`${basis}，`), ...join(phrases, '；'), text('。')];
}
const surplus = (row: AnswerRow) => (amount(row, 'observed') ?? 0) - (amount(row, 'expected') ?? 0);

/** Topics where negative texts weigh most, among those with enough texts. */
export function moodSentence(rows: readonly AnswerRow[]): Part[] {
  const enough = rows.filter((r) => (amount(r, 'negative_rate__den') ?? 0) >= 10).sort(by('negative_rate')).slice(0, 2);
  const phrases = enough.map((row): Part[] => {
    const found = figure(row, 'negative_rate');
    return found === null ? [] : [text(label(row)), found, ...andChange(row, 'negative_rate', 'previous')];
  });
  return phrases.length === 0 ? [] : [text('负面率较高的是'), ...join(phrases, '；'), text('。')];
}

export const expectationQuestion = (notebook: Notebook, period: ReportingPeriod): Promise<Answer> => notebook.sql({
  label: '各类诉求的观测与期望', key: ['topic'], period: `周一在${period.label}内的各周`,
  definitions: ['观测：各周收到的文字数之和；期望：各周期望之和，只用该周以前的数据；超出上界的周：观测高于该周上界'],
  sql: `SELECT e.topic, sum(e.observed)::INTEGER AS observed, sum(e.expected) AS expected, (count(*) FILTER (e.observed > e.upper))::INTEGER AS weeks_over, count(*)::INTEGER AS weeks
FROM expectation e JOIN unit u USING (unit_id)
WHERE u.path = ? AND e.week BETWEEN ?::DATE AND ?::DATE
GROUP BY e.topic ORDER BY e.topic`,
  params: [notebook.scope.unitPath, period.from, period.to],
});

export async function features({ notebook, period }: SectionInput): Promise<Section> {
  const { from, to } = period;
  const totals = await totalsQuestion(notebook, period);
  const topics = await notebook.metrics({ label: '各类诉求信访量', metrics: ['petitions'], dimensions: ['topic'], from, to, compare: ['previous', 'year'] });
  const moods = await notebook.metrics({ label: '各类诉求负面率', metrics: ['negative_rate'], dimensions: ['topic'], from, to, compare: ['previous'] });
  const expected = await expectationQuestion(notebook, period);
  const total = totals.rows[0];
  const sentences = total === undefined ? [] : [
    weightSentence(topics.rows, total), changeSentence(topics.rows),
    expectationSentence(expected.rows, `周一在${dayLabel(from)}至${dayLabel(to)}的各周`), moodSentence(moods.rows),
  ];
  const blocks: Block[] = sentences.filter((parts) => parts.length > 0).map((parts) => ({ type: 'paragraph', parts }));
  if (topics.rows.length > 0) blocks.push(topicBars(topics.rows));
  return { id: 'features', title: '主要特点', blocks };
}

function topicBars(rows: readonly AnswerRow[]): Block {
  const bars = [...rows].sort((a, b) => (amount(b, 'petitions') ?? 0) - (amount(a, 'petitions') ?? 0) || topicCodes.indexOf(word(a, 'topic') as TopicCode) - topicCodes.indexOf(word(b, 'topic') as TopicCode)).map((row) => {
    const before = amount(row, 'petitions__previous');
    return { label: label(row), value: amount(row, 'petitions') ?? 0, ...(before === null ? {} : { note: `${lastOf(row)} ${before}` }) };
  });
  const title = `${bars[0]?.label ?? ''}诉求最多${bars[1] ? `，${bars[1].label}次之` : ''}`;
  return { type: 'chart', title, subtitle: '各类诉求的信访量（件次）', alt: `条形图。${title}。${bars.map((b) => `${b.label}${b.value}件次`).join('，')}。`, notes: rows[0] ? [rows[0].note] : [], chart: { kind: 'bars', rows: bars, unit: '件次' } };
}
