// In: nothing. Out: the content model of a briefing 月报、季报: what every renderer (docx, pdf, pptx, xlsx, the page) draws.
// Invariant: JSON-serialisable; every figure points to the note that says where it comes from, every quote to its document.
import type { Bar } from '../../web/charts/bar-list.ts';
import type { CurveAlert, CurvePoint } from '../../web/charts/expected-curve.ts';
import type { HeatCell, HeatOptions } from '../../web/charts/heat-map.ts';
import type { MonthBar } from '../../web/charts/month-bars.ts';

export interface TextPart { readonly type: 'text'; readonly text: string }

/** One value of one note's query: the row by its key columns (none where the query has one row), and the column. */
export interface Cell {
  readonly note: string;
  readonly row: Readonly<Record<string, string | number | null>>;
  readonly column: string;
}

export interface NumberPart extends Cell {
  readonly type: 'number';
  /** Metric name, or the column's name where the figure is no metric. */
  readonly metric: string;
  readonly value: number;
  /** As printed; a fall told as “少31件” is printed without its sign, `value` keeps it. */
  readonly formatted: string;
  /** Absent: the cell itself. `difference`: cell − base; `growth`: (cell − base) ÷ base × 100; `share`: cell ÷ base × 100. */
  readonly how?: Derivation;
  readonly base?: Cell;
}
export type Derivation = 'difference' | 'growth' | 'share';

/** An exact substring of a de-identified, unrestricted text; offsets in UTF-16 units. Renderers put it in quotation marks. */
export interface QuotePart {
  readonly type: 'quote';
  readonly document_id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type Part = TextPart | NumberPart | QuotePart;
export type Parts = readonly Part[];

export interface Paragraph { readonly type: 'paragraph'; readonly parts: Parts }
export interface Heading { readonly type: 'heading'; readonly text: string }
/** Space that people fill in; `text` says with what. */
export interface Prompt { readonly type: 'prompt'; readonly text: string }
export interface TableBlock {
  readonly type: 'table';
  readonly caption: string;
  readonly header: readonly string[];
  /** First cell of a row names it; the others are figures. */
  readonly rows: readonly (readonly Parts[])[];
  /** Relative widths of the columns. */
  readonly widths: readonly number[];
  readonly remark?: string;
}
export interface ChartBlock {
  readonly type: 'chart';
  /** The finding, said in a sentence. */
  readonly title: string;
  /** What is plotted, small under the title. */
  readonly subtitle: string;
  /** What the picture shows, for those who can't see it. */
  readonly alt: string;
  readonly notes: readonly string[];
  readonly chart: ChartData;
}
/** Rows for one of the pure chart functions of the web, so that the page and the document draw the same. */
export type ChartData =
  | { readonly kind: 'month_bars'; readonly rows: readonly MonthBar[]; readonly unit: string }
  | { readonly kind: 'curve'; readonly rows: readonly CurvePoint[]; readonly alerts: readonly CurveAlert[] }
  | { readonly kind: 'heat'; readonly rows: readonly HeatCell[]; readonly units: HeatOptions['units'] }
  | { readonly kind: 'bars'; readonly rows: readonly Bar[]; readonly unit: string };
export type Block = Paragraph | Heading | Prompt | TableBlock | ChartBlock;

export interface Section { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }

/** Where figures come from: one note per query. */
export interface Note {
  readonly id: string;
  /** What the query answers, in Chinese. */
  readonly label: string;
  readonly period: string;
  /** Scope and filters, in Chinese. */
  readonly filter: string;
  /** Definitions of the measures, one sentence each. */
  readonly definitions: readonly string[];
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

export interface Briefing {
  readonly title: string;
  /** `2026年10月`, `2026年第二季度` */
  readonly period: string;
  /** `2026-10`, `2026-Q2` */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly unit: { readonly path: string; readonly name: string };
  readonly run: { readonly version: number; readonly as_of: string; readonly provisional_from: string; readonly model: string; readonly taxonomy: string };
  /** Said under the title when the period's figures may still change; null otherwise. */
  readonly caution: string | null;
  readonly sections: readonly Section[];
  /** 附表 */
  readonly tables: readonly TableBlock[];
  readonly notes: readonly Note[];
}
