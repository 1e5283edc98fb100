// In: one version of the warehouse, a reporting period and a unit. Out: the content model of that month's or quarter's briefing 月报、季报.
// Invariant: the same version, period and unit give the same briefing; no clock, no wording that a rule did not build.
import { ZhiweiError } from '../../datasets/errors.ts';
import { monthLabel, monthOf, periodKinds, reportingPeriod, type ReportingPeriod } from '../../datasets/reporting-period.ts';
import type { Briefing } from './content.ts';
import { numbered } from './number-sections.ts';
import { Notebook } from './notebook.ts';
import { dateLabel } from './period.ts';
import { checkQuotes } from './quotes.ts';
import { advice } from './sections/advice.ts';
import { features } from './sections/features.ts';
import { handling } from './sections/handling.ts';
import { hotspots } from './sections/hotspots.ts';
import { surveys } from './sections/surveys.ts';
import { overview } from './sections/overview.ts';
import type { ReportUnit, SectionInput } from './sections/section-input.ts';
import { appendixTables } from './sections/tables.ts';
import { units } from './sections/units.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

/** `period` is `2026-10` or `2026-Q2`; `unit` is a path, an id, or a name; the whole group where it is left out. */
export interface BriefingRequest { readonly period: string; readonly unit?: string | undefined }

interface Coverage { first: string | null; last: string | null }
type UnitRow = ReportUnit & { parent_id: string | null } & Record<string, string | number | null>;

/** Builds the briefing; throws `not_found` for a period without data or an unknown unit, `failed` when a quote does not hold. */
export async function buildBriefing(warehouse: WarehouseReader, request: BriefingRequest): Promise<Briefing> {
  const start = warehouse.monthStart, period = reportingPeriod(request.period, start);
  const [run] = await warehouse.query<Briefing['run'] & Record<string, string | number>>(
    "SELECT version, strftime(as_of, '%Y-%m-%d') AS as_of, strftime(provisional_from, '%Y-%m-%d') AS provisional_from, model, taxonomy FROM run");
  const [coverage] = await warehouse.query<Coverage & Record<string, string | null>>(
    "SELECT strftime(min(received_date), '%Y-%m-%d') AS first, strftime(max(received_date), '%Y-%m-%d') AS last FROM document");
  if (!run || !coverage?.first || !coverage.last) throw new ZhiweiError('not_found', '还没有发布过数据；请先导入台账');
  if (period.to < coverage.first || period.from > coverage.last) {
    throw new ZhiweiError('not_found', `没有${period.label}的数据；现有数据自${monthLabel(monthOf(coverage.first, start))}至${monthLabel(monthOf(coverage.last, start))}`);
  }
  const all = await warehouse.query<UnitRow>('SELECT unit_id, parent_id, path, name, level FROM unit ORDER BY path');
  const unit = findUnit(all, request.unit);
  const notebook = new Notebook(warehouse, { unitPath: unit.path, unitName: unit.name, firstDay: coverage.first });
  const input: SectionInput = {
    notebook, warehouse, period, unit, run,
    children: all.filter((u) => u.parent_id === unit.unit_id), names: new Map(all.map((u) => [u.unit_id, u.name])),
  };
  const sections = [await overview(input), await features(input), await hotspots(input), await units(input), await handling(input), await surveys(input), advice()].filter((s) => s !== null);
  const briefing: Briefing = {
    title: `${unit.name}信访工作${periodKinds[period.kind].report}`, period: period.label, key: period.key, from: period.from, to: period.to,
    unit: { path: unit.path, name: unit.name }, run: { version: warehouse.version, as_of: run.as_of, provisional_from: run.provisional_from, model: run.model, taxonomy: run.taxonomy },
    caution: caution(period, run, coverage.first, start), sections: numbered(sections), tables: await appendixTables(input), notes: notebook.notes,
  };
  await checkQuotes(briefing, warehouse);
  return briefing;
}

function findUnit(all: readonly UnitRow[], wanted: string | undefined): UnitRow {
  const found = wanted === undefined
    ? all.find((u) => u.level === 0 && u.parent_id === null) ?? all[0]
    : all.find((u) => u.path === wanted) ?? all.find((u) => u.unit_id === wanted) ?? all.find((u) => u.name === wanted);
  if (!found) throw new ZhiweiError('not_found', `没有单位“${(wanted ?? '').slice(0, 40)}”；请写单位名称或自集团起的路径`);
  return found;
}

/** Says what of the period may still change, and what of it there are no data of. */
export function caution({ kind, from, to }: Pick<ReportingPeriod, 'kind' | 'from' | 'to'>, run: { as_of: string; provisional_from: string }, firstDay: string, start = 1): string | null {
  const { now } = periodKinds[kind];
  if (run.as_of < to) return `数据截至${dateLabel(run.as_of)}，${now}尚未结束，各数均为暂定，环比、同比仅供参考。`;
  if (run.provisional_from <= to) return `${dateLabel(run.provisional_from)}起登记尚不完整，${now}各数为暂定，以后期更正为准。`;
  if (monthOf(firstDay, start) > monthOf(from, start)) return `现有数据自${monthLabel(monthOf(firstDay, start))}起，${now}数据不全。`;
  return null;
}
