// In: a chart of the content model. Out: the option that the web's own chart function makes of it, in ink on white, and its height.
// Invariant: pure; the typeface is the one that draw-chart.ts brings along.
import type { EChartsOption } from 'echarts';
import { barList, barListHeight } from '../../web/charts/bar-list.ts';
import { expectedCurve } from '../../web/charts/expected-curve.ts';
import { heatHeight, heatMap } from '../../web/charts/heat-map.ts';
import { monthBars } from '../../web/charts/month-bars.ts';
import { light, type Tokens } from '../../web/tokens.ts';
import type { ChartData } from './content.ts';

/** Typeface of the pictures; its file comes with the product. */
export const pictureFont = 'Noto Sans SC';
/** Width of every picture in CSS pixels: 156 mm, the width of the text, at a type size that prints as 9 pt. */
export const pictureWidth = 640;

const onWhite: Tokens = { ...light, paper: '#ffffff', sheet: '#ffffff', ink2: light.ink, ink3: light.ink2, font: pictureFont };

/** The option and the height in CSS pixels. */
export function optionOf(chart: ChartData): { option: EChartsOption; height: number } {
  switch (chart.kind) {
    case 'month_bars': return { option: monthBars(chart.rows, onWhite, { unit: chart.unit, size: 'print' }), height: 220 };
    case 'curve': return { option: expectedCurve(chart.rows, onWhite, { alerts: chart.alerts, size: 'print' }), height: 230 };
    case 'heat': return { option: heatMap(chart.rows, onWhite, { units: chart.units, size: 'print' }), height: heatHeight(chart.units.length) };
    case 'bars': return { option: barList(chart.rows, onWhite, { unit: chart.unit, size: 'print' }), height: barListHeight(chart.rows.length) };
  }
}
