// In: rows of answers. Out: figures as parts of a sentence, formatted by their metric, with where they come from.
// Invariant: a missing value gives no figure; a derived figure names both cells it was made from.
import { metrics, type Metric, type MetricName } from '../../datasets/metrics.ts';
import type { Cell, Derivation, NumberPart, Part, Parts, TextPart } from './content.ts';
import { amount, cell, type AnswerRow } from './notebook.ts';

export const text = (value: string): TextPart => ({ type: 'text', text: value });
/** `'—'` in a table, where there is no figure. */
export const nothing: Parts = [text('—')];

type Format = Metric['format'];

/** Digits of a figure as a briefing prints them: whole counts, percentages with one decimal, others with two. */
export function format(value: number, as: Format): string {
  if (as === 'integer') return String(Math.round(value));
  if (as === 'percent') return `${value.toFixed(1)}%`;
  return value.toFixed(2);
}

const metricOf = (column: string): Metric | undefined => (metrics as Record<string, Metric>)[column];
const formatOf = (column: string): Format => metricOf(column.replace(/__(previous|year)$/, ''))?.format ?? 'integer';

/** The figure of a row's column, or null where it is missing. */
export function figure(row: AnswerRow | undefined, column: string, as: Format = formatOf(column)): NumberPart | null {
  const value = amount(row, column);
  if (row === undefined || value === null) return null;
  return { type: 'number', metric: column.split('__')[0] ?? column, value, formatted: format(value, as), ...cell(row, column) };
}

/** The figure of an expectation, with one decimal. */
export function expectedFigure(row: AnswerRow | undefined, column: string): NumberPart | null {
  const found = figure(row, column);
  return found === null ? null : { ...found, formatted: found.value.toFixed(1) };
}

/** A figure made from two cells; null where either is missing, or where it would divide by zero. */
export function derived(row: AnswerRow, column: string, how: Derivation, baseRow: AnswerRow, baseColumn: string): { value: number; of: Cell; base: Cell } | null {
  const now = amount(row, column);
  const base = amount(baseRow, baseColumn);
  if (now === null || base === null || (how !== 'difference' && base === 0)) return null;
  return { value: derive(how, now, base), of: cell(row, column), base: cell(baseRow, baseColumn) };
}

/** The arithmetic of derived figures. */
export function derive(how: Derivation, now: number, base: number): number {
  if (how === 'difference') return now - base;
  return how === 'growth' ? (now - base) * 100 / base : now * 100 / base;
}

/** Part of a derived figure, printed as given. */
export function derivedPart(row: AnswerRow, column: string, how: Derivation, baseRow: AnswerRow, baseColumn: string, print: (value: number) => string): NumberPart | null {
  const found = derived(row, column, how, baseRow, baseColumn);
  if (found === null) return null;
  return { type: 'number', metric: column, value: found.value, formatted: print(found.value), ...found.of, how, base: found.base };
}

/** The share of a count in another, `24.1%`. */
export const share = (row: AnswerRow, column: string, wholeRow: AnswerRow, wholeColumn: string) =>
  derivedPart(row, column, 'share', wholeRow, wholeColumn, (v) => format(v, 'percent'));

/** `重复信访率12.4%`; says so where there is nothing to count. */
export function measure(row: AnswerRow | undefined, metric: MetricName, label: string = metrics[metric].label): Part[] {
  const found = figure(row, metric);
  if (found === null) return [text(`${label}无可计`)];
  return [text(label), found, text(unitAfter(metric))];
}

/** The unit said after a figure: % is in the figure already. */
export function unitAfter(metric: MetricName): string {
  const { unit, format: as }: Metric = metrics[metric];
  return as === 'percent' ? '' : unit;
}

/** `92.3%（192/208件）`: a rate with what it rests on. */
export function rate(row: AnswerRow | undefined, metric: MetricName): Part[] {
  const value = figure(row, metric);
  const num = figure(row, `${metric}__num`, 'integer');
  const den = figure(row, `${metric}__den`, 'integer');
  if (value === null || num === null || den === null) return [text('无可计')];
  return [value, text('（'), num, text('/'), den, text('件）')];
}

/** Joins phrases with a separator, leaving out the empty ones. */
export function join(phrases: readonly Parts[], separator: string): Part[] {
  return phrases.filter((p) => p.length > 0).flatMap((p, i) => (i === 0 ? [...p] : [text(separator), ...p]));
}
