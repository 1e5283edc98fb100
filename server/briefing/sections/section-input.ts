// In: nothing. Out: what every section of a briefing is built from.
// Invariant: a section asks the notebook alone; it never reads the warehouse past it, quotes aside.
import type { ReportingPeriod } from '../../../datasets/reporting-period.ts';
import type { Notebook } from '../notebook.ts';
import type { WarehouseReader } from '../warehouse-reader.ts';

export interface ReportUnit { readonly unit_id: string; readonly path: string; readonly name: string; readonly level: number }

export interface SectionInput {
  readonly notebook: Notebook;
  readonly warehouse: WarehouseReader;
  readonly period: ReportingPeriod;
  readonly unit: ReportUnit;
  /** Units directly under the reported one, in tree order. */
  readonly children: readonly ReportUnit[];
  readonly names: ReadonlyMap<string, string>;
  readonly run: { readonly as_of: string; readonly provisional_from: string };
}

/** Breaks figures down by the units directly under the reported one: by branch for the group, by unit below it. */
export const childDimension = (unit: ReportUnit) => (unit.level === 0 ? 'branch' : 'unit');

/** Name of a unit in a breakdown; the reported unit's own petitions are its head office's. */
export function childName(input: SectionInput, id: unknown): string {
  return id === input.unit.unit_id ? `${input.unit.name}本级` : input.names.get(String(id)) ?? String(id);
}
