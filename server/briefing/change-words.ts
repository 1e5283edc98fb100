// In: a row with a metric and its comparisons. Out: the words of 环比 and 同比.
// Invariant: rises, falls, no change, nothing before and no data are told apart; no change is ever computed from a missing value.
import type { Comparison } from '../../datasets/metric-query.ts';
import { periodKinds, type PeriodKind } from '../../datasets/reporting-period.ts';
import { metrics, type Metric, type MetricName } from '../../datasets/metrics.ts';
import type { NumberPart, Part, Parts } from './content.ts';
import { derivedPart, figure, format, nothing, text, unitAfter } from './figures.ts';
import { amount, type AnswerRow } from './notebook.ts';

/** How the words of a comparison go, by what is compared with: `上月`, `上季度`, `上年同期`. */
function wordsOf(span: PeriodKind | null, comparison: Comparison): { name: string; same: string; none: string; was: string; missing: string } {
  const than = comparison === 'year' ? '上年同期' : span === null ? '上期' : periodKinds[span].last;
  return { name: comparison === 'year' ? '同比' : '环比', same: `与${than}持平`, none: `${than}无此项`, was: `${than}为`, missing: `无${than}数据可比` };
}

/** A percentage of fewer than this says more than there is: the earlier count is told instead. */
const leastForPercent = 10;

/** `环比多31件次，增长12.4%`, `环比多3件次，上月为2件次`, `同比上升1.2个百分点`, `与上月持平`. */
export function change(row: AnswerRow, metric: MetricName, comparison: Comparison): Part[] {
  const { name, same, none, was, missing } = wordsOf(row.span, comparison);
  const { format: as }: Metric = metrics[metric];
  const base = `${metric}__${comparison}`;
  const before = amount(row, base);
  const now = amount(row, metric);
  if (now === null || before === null) return [text(missing)];
  if (format(now - before, as).replace(/^-/, '') === format(0, as)) return [text(same)];
  const up = now > before;
  const size = (v: number) => format(Math.abs(v), as);
  if (as === 'percent') {
    const points = derivedPart(row, metric, 'difference', row, base, (v) => Math.abs(v).toFixed(1));
    return points === null ? [text(missing)] : [text(`${name}${up ? '上升' : '下降'}`), points, text('个百分点')];
  }
  const difference = derivedPart(row, metric, 'difference', row, base, size);
  if (difference === null) return [text(missing)];
  if (as !== 'integer') return [text(`${name}${up ? '上升' : '下降'}`), difference];
  const unit = text(unitAfter(metric));
  const lead = [text(`${name}${up ? '多' : '少'}`), difference, unit];
  const growth = derivedPart(row, metric, 'growth', row, base, (v) => format(Math.abs(v), 'percent'));
  if (before === 0 || growth === null) return [...lead, text(`，${none}`)];
  if (before >= leastForPercent) return [...lead, text(up ? '，增长' : '，下降'), growth];
  const earlier = figure(row, base);
  return earlier === null ? lead : [...lead, text(`，${was}`), earlier, unit];
}

/** The same after a comma; nothing where there is nothing to compare with, which the first sentence of a briefing says once. */
export function andChange(row: AnswerRow, metric: MetricName, comparison: Comparison): Part[] {
  const comparable = amount(row, metric) !== null && amount(row, `${metric}__${comparison}`) !== null;
  return comparable ? [text('，'), ...change(row, metric, comparison)] : [];
}

/** The same for a table cell: `+12.4%`, `+3件次` where the earlier count is small, `−1.2点`, `—`. */
export function changeCell(row: AnswerRow, metric: MetricName, comparison: Comparison): Parts {
  const { format: as }: Metric = metrics[metric];
  const base = `${metric}__${comparison}`;
  const sign = (v: number) => (v > 0 ? '+' : v < 0 ? '−' : '');
  if (as === 'percent') return part(derivedPart(row, metric, 'difference', row, base, (v) => `${sign(Number(v.toFixed(1)))}${Math.abs(v).toFixed(1)}点`));
  if (as === 'decimal') return part(derivedPart(row, metric, 'difference', row, base, (v) => `${sign(v)}${format(Math.abs(v), as)}`));
  if ((amount(row, base) ?? 0) < leastForPercent) return part(derivedPart(row, metric, 'difference', row, base, (v) => (v === 0 ? '持平' : `${sign(v)}${Math.abs(v)}${unitAfter(metric)}`)));
  return part(derivedPart(row, metric, 'growth', row, base, (v) => (v === 0 ? '持平' : `${sign(v)}${format(Math.abs(v), 'percent')}`)));
}

const part = (found: NumberPart | null): Parts => (found === null ? nothing : [found]);
