// In: how petitions were accepted, concluded and rated. Out: 办理质效, each rate with its denominator.
// Invariant: a rate is told of petitions whose time is over, so that an unfinished period does not look bad, or good.
import { firstDayOf, monthsBefore, periodKinds } from '../../../datasets/reporting-period.ts';
import { andChange } from '../change-words.ts';
import type { Block, Part, Parts, Section } from '../content.ts';
import { figure, measure, nothing, rate, text } from '../figures.ts';
import { amount, type AnswerRow } from '../notebook.ts';
import { dateLabel } from '../period.ts';
import { childDimension, childName, type SectionInput } from './section-input.ts';

/** Months after which acceptance (15 days) and conclusion (60 days) of a whole month's or quarter's petitions are due. */
const dueAfter = 3;

/** `本月`, `本季度` */
const nowOf = (row: AnswerRow) => periodKinds[row.span ?? 'month'].now;

/** `本月登记的信访件，及时受理率96.2%（150/156件），环比…`. */
export function acceptanceSentence(row: AnswerRow): Part[] {
  const lead = `${nowOf(row)}登记的信访件`;
  if (amount(row, 'timely_acceptance_rate') === null) return [text(`${lead}尚无可评的受理情况。`)];
  return [text(`${lead}，及时受理率`), ...rate(row, 'timely_acceptance_rate'), ...andChange(row, 'timely_acceptance_rate', 'previous'), text('。')];
}

/** `2026年7月登记、本月到期的信访件，按期办结率92.3%（192/208件），环比…，同比…`. */
export function conclusionSentence(row: AnswerRow, due: string): Part[] {
  if (amount(row, 'timely_conclusion_rate') === null) return [];
  return [text(`${due}登记、至${nowOf(row)}应已办结的信访件，按期办结率`), ...rate(row, 'timely_conclusion_rate'), ...andChange(row, 'timely_conclusion_rate', 'previous'), ...andChange(row, 'timely_conclusion_rate', 'year'), text('。')];
}

/** `今年以来登记的信访件，参评率…，群众满意率…`. */
export function ratingSentence(row: AnswerRow): Part[] {
  if (amount(row, 'rating_rate') === null) return [];
  const satisfied: Part[] = amount(row, 'satisfaction_rate') === null ? [] : [text('；群众满意率'), ...rate(row, 'satisfaction_rate'), ...andChange(row, 'satisfaction_rate', 'year')];
  return [text('今年以来登记并办结的信访件，参评率'), ...rate(row, 'rating_rate'), ...satisfied, text('。')];
}

/** Overdue petitions and open matters as of the last day with data. */
export function openSentence(row: AnswerRow, open: AnswerRow | undefined, asOf: string): Part[] {
  const matters = figure(open, 'open_matters');
  return [text(`截至${dateLabel(asOf)}，今年以来登记的信访件中`), ...measure(row, 'overdue_petitions'), ...(matters === null ? [] : [text('；今年首次提出的事项中，未了事项'), matters, text('项')]), text('。')];
}

export async function handling(input: SectionInput): Promise<Section> {
  const { notebook, period, unit, run, warehouse: { monthStart } } = input;
  const yearStart = firstDayOf(`${period.key.slice(0, 4)}-01`, monthStart);
  const due = monthsBefore(period, dueAfter, monthStart);
  const accepted = await notebook.metrics({ label: `${periodKinds[period.kind].now}登记件的受理`, metrics: ['timely_acceptance_rate'], from: period.from, to: period.to, compare: ['previous'] });
  const concluded = await notebook.metrics({ label: `${due.label}登记件的办结`, metrics: ['timely_conclusion_rate'], from: due.from, to: due.to, compare: ['previous', 'year'] });
  const rated = await notebook.metrics({ label: '今年以来的评价与逾期', metrics: ['rating_rate', 'satisfaction_rate', 'overdue_petitions'], from: yearStart, to: period.to, compare: ['year'] });
  const open = await notebook.metrics({ label: '今年以来的未了事项', metrics: ['open_matters'], from: yearStart, to: period.to });
  const sentences: Part[][] = [
    [...(accepted.rows[0] ? acceptanceSentence(accepted.rows[0]) : []), ...(concluded.rows[0] ? conclusionSentence(concluded.rows[0], due.label) : [])],
    rated.rows[0] ? [...ratingSentence(rated.rows[0]), ...openSentence(rated.rows[0], open.rows[0], run.as_of)] : [],
  ];
  const blocks: Block[] = sentences.filter((p) => p.length > 0).map((parts) => ({ type: 'paragraph', parts }));
  const dimension = childDimension(unit);
  const table = await notebook.metrics({ label: '各单位今年以来的办理', metrics: ['timely_acceptance_rate', 'timely_conclusion_rate', 'satisfaction_rate', 'rating_rate', 'overdue_petitions'], dimensions: [dimension], from: yearStart, to: period.to });
  if (table.rows.length > 0) {
    const one = (row: AnswerRow, column: string): Parts => { const found = figure(row, column); return found === null ? nothing : [found]; };
    blocks.push({
      type: 'table', caption: '今年以来分单位办理质效', header: ['单位', '及时受理率', '按期办结率', '群众满意率', '参评率', '逾期未办结（件）'], widths: [26, 15, 15, 15, 14, 15],
      rows: [...table.rows].sort((a, b) => (amount(b, 'overdue_petitions') ?? 0) - (amount(a, 'overdue_petitions') ?? 0) || childName(input, a.values[dimension]).localeCompare(childName(input, b.values[dimension]), 'zh'))
        .map((row) => [[text(childName(input, row.values[dimension]))], ...['timely_acceptance_rate', 'timely_conclusion_rate', 'satisfaction_rate', 'rating_rate', 'overdue_petitions'].map((column) => one(row, column))]),
      remark: '按登记日期在今年以来的信访件统计；未到期且未办结的不计入按期办结率。',
    });
  }
  return { id: 'handling', title: '办理质效', blocks };
}
