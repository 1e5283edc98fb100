// In: a chart of the content model. Out: the table behind it, as the page shows it.
// Invariant: the web's own tables, so that the page, the sheet and the slide hold the same values.
import { barListTable } from '../../web/charts/bar-list.ts';
import { expectedCurveTable } from '../../web/charts/expected-curve.ts';
import { heatMapTable } from '../../web/charts/heat-map.ts';
import { monthBarsTable } from '../../web/charts/month-bars.ts';
import type { ChartData } from './content.ts';

export interface PlainTable { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] }

export function chartTable(chart: ChartData): PlainTable {
  switch (chart.kind) {
    case 'month_bars': return monthBarsTable(chart.rows, chart.unit);
    case 'curve': return expectedCurveTable(chart.rows);
    case 'heat': return heatMapTable(chart.rows, chart.units);
    case 'bars': return barListTable(chart.rows, '项目', chart.unit);
  }
}
