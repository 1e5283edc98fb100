// In: the same questions as the text. Out: 附表: the period's measures side by side, and petitions by unit and topic.
// Invariant: a figure in a table and in the text is the same answer of the same query.
import { periodKinds } from '../../../datasets/reporting-period.ts';
import { metrics, type Metric, type MetricName } from '../../../datasets/metrics.ts';
import { taxonomy, topicCodes } from '../../../datasets/taxonomy.ts';
import { changeCell } from '../change-words.ts';
import type { Parts, TableBlock } from '../content.ts';
import { figure, nothing, text } from '../figures.ts';
import { amount, type AnswerRow } from '../notebook.ts';
import { totalMetrics, totalsQuestion } from './overview.ts';
import { childDimension, childName, type SectionInput } from './section-input.ts';

const one = (row: AnswerRow | undefined, column: string): Parts => { const found = figure(row, column); return found === null ? nothing : [found]; };

export async function appendixTables(input: SectionInput): Promise<TableBlock[]> {
  return [await measures(input), await unitsByTopic(input)];
}

async function measures({ notebook, period }: SectionInput): Promise<TableBlock> {
  const row = (await totalsQuestion(notebook, period)).rows[0], { now, last, lastYear } = periodKinds[period.kind];
  const named = (metric: MetricName) => { const { label, unit }: Metric = metrics[metric]; return unit === '%' || unit === '' ? label : `${label}（${unit}）`; };
  return {
    type: 'table', caption: '主要指标', header: ['指标', now, last, '环比', lastYear, '同比'], widths: [30, 14, 14, 14, 14, 14],
    rows: row === undefined ? [] : totalMetrics.map((m): Parts[] => [[text(named(m))], one(row, m), one(row, `${m}__previous`), changeCell(row, m, 'previous'), one(row, `${m}__year`), changeCell(row, m, 'year')]),
    remark: '比率的环比、同比以百分点（点）计，其余以百分比计。',
  };
}

async function unitsByTopic(input: SectionInput): Promise<TableBlock> {
  const { notebook, period, unit } = input;
  const dimension = childDimension(unit);
  const cells = await notebook.metrics({ label: '各单位各类诉求信访量', metrics: ['petitions'], dimensions: [dimension, 'topic'], from: period.from, to: period.to });
  const totals = await notebook.metrics({ label: '各单位信访量', metrics: ['petitions', 'petitions_per_1000', 'repeat_rate'], dimensions: [dimension], from: period.from, to: period.to, compare: ['previous', 'year'] });
  const ids = [...totals.rows].sort((a, b) => (amount(b, 'petitions') ?? 0) - (amount(a, 'petitions') ?? 0));
  return {
    type: 'table', caption: '分单位诉求（件次）', header: ['单位', ...topicCodes.map((t) => taxonomy[t].label), '信访量'], widths: [22, ...topicCodes.map(() => 7), 8],
    rows: ids.map((row): Parts[] => {
      const id = row.key[dimension];
      return [[text(childName(input, id))], ...topicCodes.map((t) => one(cells.rows.find((c) => c.key[dimension] === id && c.key.topic === t), 'petitions')), one(row, 'petitions')];
    }),
    remark: '一件信访可含几项诉求，各项之和可多于信访量。',
  };
}
