// In: questions to the warehouse. Out: rows whose values can become figures, and one note for each question.
// Invariant: no figure of a briefing comes from anywhere else; the same question asked twice has one note.
import { compileMetricQuery, metricQuerySchema, periodMonths, type Comparison, type Filters } from '../../datasets/metric-query.ts';
import { addMonths } from '../../datasets/calendar.ts';
import { kindOf, monthOf, type PeriodKind } from '../../datasets/reporting-period.ts';
import { metrics, type DimensionName, type Metric, type MetricName } from '../../datasets/metrics.ts';
import type { Cell, Note } from './content.ts';
import { spanLabel } from './period.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

export type Value = string | number | null;
/** One row of an answer: its key tells it from the others of the same note; `span` is the kind of period that it counts, null where that is neither a month nor a quarter. */
export interface AnswerRow { readonly note: string; readonly span: PeriodKind | null; readonly key: Readonly<Record<string, Value>>; readonly values: Readonly<Record<string, Value>> }
export interface Answer { readonly note: string; readonly rows: readonly AnswerRow[] }

/** What a briefing is about: the unit's subtree, and the first day with data, before which nothing can be compared. */
export interface Scope { readonly unitPath: string; readonly unitName: string; readonly firstDay: string }

export interface MetricQuestion {
  readonly label: string;
  readonly metrics: readonly MetricName[];
  readonly from: string;
  readonly to: string;
  readonly dimensions?: readonly DimensionName[];
  readonly compare?: readonly Comparison[];
  readonly filters?: Omit<Filters, 'from' | 'to' | 'unit'>;
}

export interface SqlQuestion {
  readonly label: string;
  readonly sql: string;
  readonly params: readonly (string | number)[];
  readonly period: string;
  readonly definitions: readonly string[];
  /** Columns that tell a row from the others. */
  readonly key: readonly string[];
  readonly span?: PeriodKind | null;
}

/** DuckDB's values as figures and words: dates become ISO days. */
function plain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
}

export class Notebook {
  readonly notes: Note[] = [];
  readonly #asked = new Map<string, Answer>();

  readonly #warehouse: WarehouseReader;
  readonly scope: Scope;

  get monthStart(): number { return this.#warehouse.monthStart; }

  constructor(warehouse: WarehouseReader, scope: Scope) {
    this.#warehouse = warehouse;
    this.scope = scope;
  }

  /** Asks for metrics of the unit's subtree; a comparison with a time before the first data is left out, so it is missing and not zero. */
  async metrics(question: MetricQuestion): Promise<Answer> {
    const dims = question.dimensions ?? [], start = this.#warehouse.monthStart;
    const compare = (question.compare ?? []).filter((c) => comparedFrom(question, c, start) >= monthOf(this.scope.firstDay, start));
    const { sql, params } = compileMetricQuery(metricQuerySchema.parse({
      metrics: question.metrics, dimensions: dims, compare,
      filters: { ...question.filters, from: question.from, to: question.to, unit: this.scope.unitPath },
    }), undefined, start);
    const definitions = question.metrics.map((name) => { const m: Metric = metrics[name]; return `${m.label}：${m.description}`; });
    return this.sql({ label: question.label, sql, params, period: spanLabel(question.from, question.to, start), definitions, key: dims, span: kindOf(question.from, question.to, start) });
  }

  /** Asks anything else. */
  async sql(question: SqlQuestion): Promise<Answer> {
    const asked = JSON.stringify([question.sql, question.params]);
    const known = this.#asked.get(asked);
    if (known) return known;
    const id = `N${this.notes.length + 1}`;
    const { label, period, definitions, sql, params, span = null } = question;
    this.notes.push({ id, label, period, filter: `${this.scope.unitName}及其下级单位`, definitions, sql, params });
    const rows = (await this.#warehouse.query(sql, params)).map((raw): AnswerRow => {
      const values = Object.fromEntries(Object.entries(raw).map(([column, value]) => [column, plain(value)]));
      return { note: id, span, key: Object.fromEntries(question.key.map((k) => [k, values[k] ?? null])), values };
    });
    const answer = { note: id, rows };
    this.#asked.set(asked, answer);
    return answer;
  }
}

/** First month of the period that a comparison looks at. */
function comparedFrom({ from, to }: MetricQuestion, comparison: Comparison, start: number): string {
  return addMonths(monthOf(from, start), -(comparison === 'year' ? 12 : periodMonths({ from, to }, start)));
}

/** The value of a row's column as a number; null where it is missing. */
export function amount(row: AnswerRow | undefined, column: string): number | null {
  const value = row?.values[column];
  return typeof value === 'number' ? value : null;
}

export const word = (row: AnswerRow, column: string) => String(row.values[column] ?? '');
export const cell = (row: AnswerRow, column: string): Cell => ({ note: row.note, row: row.key, column });
