// In: the period's totals. Out: 总体情况: how much came, by which channels, how it compares, and its months and the twelve before as bars.
// Invariant: every sentence is a rule over one row; nothing is said that the row does not hold.
import { documentKinds } from '../../../datasets/vocabulary.ts';
import { addMonths } from '../../../datasets/calendar.ts';
import { firstDayOf, monthLabel, monthOf, periodKinds, type ReportingPeriod } from '../../../datasets/reporting-period.ts';
import { numeral } from '../../../datasets/numerals.ts';
import type { Block, Part, Section } from '../content.ts';
import { andChange, change } from '../change-words.ts';
import { figure, join, measure, share, text } from '../figures.ts';
import type { MetricName } from '../../../datasets/metrics.ts';
import { amount, word, type Answer, type AnswerRow, type Notebook } from '../notebook.ts';
import type { SectionInput } from './section-input.ts';

/** 信访总量, 人次, 批次 with 环比 and 同比. */
export function totalsSentence(row: AnswerRow, period: string, unit: string): Part[] {
  const total = figure(row, 'petitions');
  if (total === null || total.value === 0) return [text(`${period}，${unit}未登记信访件。`)];
  const people = join([measure(row, 'petition_people', '涉及'), measure(row, 'petition_batches', '其中来访')], '，');
  return [text(`${period}，${unit}共登记信访`), total, text('件次，'), ...change(row, 'petitions', 'previous'), text('；'), ...change(row, 'petitions', 'year'), text('。'), ...people, text('。')];
}

/** 集体访, 越级访, 初信初访, 重复信访率. */
export function kindsSentence(row: AnswerRow): Part[] {
  if (!amount(row, 'petitions')) return [];
  const count = (metric: 'joint_petitions' | 'escalated_petitions', label: string): Part[] => {
    const found = figure(row, metric);
    if (found === null) return [];
    return [text(label), found, text('件次'), ...andChange(row, metric, 'previous')];
  };
  return [...join([count('joint_petitions', '集体访（5人及以上）'), count('escalated_petitions', '越级访'), measure(row, 'first_petitions')], '；'), text('。'),
    ...measure(row, 'repeat_rate'), ...andChange(row, 'repeat_rate', 'previous'), ...andChange(row, 'repeat_rate', 'year'), text('。')];
}

/** 集体访 as a channel is how it was registered; as a kind it is of five people or more, by whichever channel. */
const channelName = (row: AnswerRow) => (word(row, 'channel') === '集体访' ? '集体来访' : word(row, 'channel'));

/** `从渠道看，网上120件次，占38.5%；…`, most first. */
export function channelsSentence(rows: readonly AnswerRow[], total: AnswerRow): Part[] {
  const phrases = [...rows].sort((a, b) => (amount(b, 'petitions') ?? 0) - (amount(a, 'petitions') ?? 0)).map((row): Part[] => {
    const [n, part] = [figure(row, 'petitions'), share(row, 'petitions', total, 'petitions')];
    return n === null || part === null ? [] : [text(channelName(row)), n, text('件次，占'), part];
  });
  return phrases.length === 0 ? [] : [text('从渠道看，'), ...join(phrases, '；'), text('。')];
}

/** What else was written, and in what mood. */
export function documentsSentence(total: AnswerRow, kinds: readonly AnswerRow[]): Part[] {
  const all = figure(total, 'documents');
  if (all === null || all.value === 0) return [];
  const order = Object.keys(documentKinds);
  const parts = [...kinds].sort((a, b) => order.indexOf(word(a, 'kind')) - order.indexOf(word(b, 'kind'))).map((row): Part[] => {
    const n = figure(row, 'documents');
    return n === null ? [] : [text(documentKinds[word(row, 'kind') as keyof typeof documentKinds] ?? word(row, 'kind')), n, text('条')];
  });
  const matters = figure(total, 'matters');
  return [text('按收到日期计，连同谈话记录、网络留言等，共收到文字'), all, text('条（'), ...join(parts, '、'), text('）'),
    ...(matters === null ? [] : [text('，涉及信访事项'), matters, text('项')]), text('。'),
    ...measure(total, 'negative_rate'), ...andChange(total, 'negative_rate', 'previous'), text('；'), ...measure(total, 'intensity'), text('（0至3）'), ...andChange(total, 'intensity', 'previous'), text('。')];
}

/** 每千人信访量, where headcounts 在岗人数 are known. */
export function perThousandSentence(row: AnswerRow): Part[] {
  const found = figure(row, 'petitions_per_1000');
  return found === null ? [] : [text('按在岗人数计，每千人信访'), found, text('件'), ...andChange(row, 'petitions_per_1000', 'previous'), ...andChange(row, 'petitions_per_1000', 'year'), text('。')];
}

/** Measures of the period as a whole, in the order of 附表. */
export const totalMetrics = ['petitions', 'petition_people', 'petition_batches', 'joint_petitions', 'escalated_petitions', 'first_petitions', 'repeat_rate', 'petitions_per_1000'] as const satisfies readonly MetricName[];

/** Asked by several sections; has one note. */
export const totalsQuestion = (notebook: Notebook, { from, to }: ReportingPeriod): Promise<Answer> =>
  notebook.metrics({ label: '信访总量及构成', metrics: totalMetrics, from, to, compare: ['previous', 'year'] });

export async function overview(input: SectionInput): Promise<Section> {
  const { notebook, period, unit } = input;
  const { from, to } = period, { monthStart } = notebook;
  const totals = await totalsQuestion(notebook, period);
  const channels = await notebook.metrics({ label: '各渠道信访量', metrics: ['petitions'], dimensions: ['channel'], from, to });
  const documents = await notebook.metrics({ label: '文字量与情绪', metrics: ['documents', 'matters', 'negative_rate', 'intensity'], from, to, compare: ['previous'] });
  const kinds = await notebook.metrics({ label: '各类文字量', metrics: ['documents'], dimensions: ['kind'], from, to });
  const months = await notebook.metrics({ label: `近${numeral(12 + periodKinds[period.kind].months)}个月信访量`, metrics: ['petitions'], dimensions: ['month'], from: firstDayOf(addMonths(monthOf(from, monthStart), -12), monthStart), to, compare: ['year'] });
  const [total, all] = [totals.rows[0], documents.rows[0]];
  const blocks: Block[] = [];
  if (total) {
    blocks.push({ type: 'paragraph', parts: [...totalsSentence(total, period.label, unit.name), ...kindsSentence(total), ...perThousandSentence(total)] });
    blocks.push({ type: 'paragraph', parts: channelsSentence(channels.rows, total) });
  }
  if (all) blocks.push({ type: 'paragraph', parts: documentsSentence(all, kinds.rows) });
  if (months.rows.length > 1) blocks.push(trend(input, months.rows));
  return { id: 'overview', title: '总体情况', blocks: blocks.filter((b) => b.type !== 'paragraph' || b.parts.length > 0) };
}

function trend({ period, run, warehouse: { monthStart } }: SectionInput, rows: readonly AnswerRow[]): Block {
  const bars = rows.map((row) => {
    const month = word(row, 'month').slice(0, 10);
    return { month, value: amount(row, 'petitions') ?? 0, lastYear: amount(row, 'petitions__year'), provisional: month.slice(0, 7) >= monthOf(run.provisional_from, monthStart), told: month.slice(0, 7) >= monthOf(period.from, monthStart) };
  });
  const title = `${period.label}信访量${period.kind === 'month' ? rankWords(bars.map((b) => b.value)) : courseWords(bars.filter((b) => b.told))}`;
  const said = bars.map((b) => `${monthLabel(b.month.slice(0, 7))}${b.value}件次`).join('，');
  return { type: 'chart', title, subtitle: `每月信访总量（件次）${monthStart === 1 ? '' : `，每月自上月${monthStart}日起`}，短横为上年同月，斜线为暂定数`, alt: `柱状图。${title}。${said}。`, notes: rows[0] ? [rows[0].note] : [], chart: { kind: 'month_bars', rows: bars, unit: '件次' } };
}

/** How the last of some months stands among them: `为近13个月最高`. */
export function rankWords(values: readonly number[]): string {
  const rank = 1 + values.filter((v) => v > (values.at(-1) ?? 0)).length;
  return rank === 1 ? `为近${values.length}个月最高` : `在近${values.length}个月中居第${rank}位`;
}

/** How the months of a quarter went, as far as there are any: `逐月上升`, `以8月最多`, `目前只有10月的数`. */
export function courseWords(months: readonly { readonly month: string; readonly value: number }[]): string {
  const [only] = months;
  if (months.length === 1 && only) return `目前只有${Number(only.month.slice(5, 7))}月的数`;
  const steps = months.slice(1).map((m, i) => Math.sign(m.value - (months[i]?.value ?? 0)));
  if (steps.length > 1 && steps.every((s) => s > 0)) return '逐月上升';
  if (steps.length > 1 && steps.every((s) => s < 0)) return '逐月下降';
  const most = Math.max(...months.map((m) => m.value)), highest = months.filter((m) => m.value === most).map((m) => `${Number(m.month.slice(5, 7))}月`);
  return highest.length === months.length ? '各月持平' : `以${highest.join('、')}最多`;
}
