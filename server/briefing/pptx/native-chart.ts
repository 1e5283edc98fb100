// In: a chart of the content model. Out: a chart of PowerPoint's own over the same rows, which can be edited there; or none, where it has no such kind.
// Invariant: the values are those of chart-table.ts; cinnabar marks weeks over their bound inside an alert alone; what is provisional says so.
import type PptxGenJS from 'pptxgenjs';
import { mondayOf } from '../../../datasets/calendar.ts';
import type { CurvePoint } from '../../../web/charts/expected-curve.ts';
import { light } from '../../../web/tokens.ts';
import type { ChartBlock } from '../content.ts';
import { dayLabel } from '../../../datasets/reporting-period.ts';
import { printable } from '../../../datasets/document-text.ts';
import { hex, face, type Box } from './slide-style.ts';

/** The library's type names one dash, its writer takes one for each line. */
const perLine = (dash: 'sysDash') => [dash] as unknown as 'sysDash';
/** At the foot of a bar, away from the mark of last year: the library's type leaves it out, its writer takes it. */
const atBase = 'inBase' as 'inEnd';
type Options = PptxGenJS.IChartOpts;
/** One kind of chart among several over the same axes. */
interface Layer { type: 'bar' | 'line' | 'area'; data: PptxGenJS.OptsChartData[]; options: Options }
const layer = (type: Layer['type'], data: Layer['data'], options: Options): Layer[] => [{ type, data, options }];
const words = { catAxisLabelFontFace: face, valAxisLabelFontFace: face, dataLabelFontFace: face, legendFontFace: face, catAxisLabelColor: hex(light.ink2), valAxisLabelColor: hex(light.ink3), legendColor: hex(light.ink2), dataLabelColor: hex(light.ink), catAxisLabelFontSize: 12, valAxisLabelFontSize: 11, dataLabelFontSize: 12, legendFontSize: 12, lang: 'zh-CN' } as const;
const quiet: Options = { ...words, valAxisLineShow: false, catAxisLineShow: true, valGridLine: { color: hex(light.line), size: 0.5 }, catGridLine: { style: 'none' }, valAxisMinVal: 0, showLegend: true, legendPos: 't' };

/** Draws it; false where the chart is a map of cells, which is drawn as a table. */
export function addChart(slide: PptxGenJS.Slide, { chart, alt, title }: ChartBlock, box: Box): boolean {
  const place = { ...box, altText: printable(`${title}。${alt}`), objectName: printable(title) };
  switch (chart.kind) {
    case 'month_bars': {
      const labels = chart.rows.map((r, i) => `${i === 0 || r.month.slice(5, 7) === '01' ? `${r.month.slice(0, 4)}年 ` : ''}${Number(r.month.slice(5, 7))}月${r.provisional ? '（暂定）' : ''}`);
      const bars = [{ name: `信访量（${printable(chart.unit)}）`, labels, values: chart.rows.map((r) => r.value) }];
      const before = chart.rows.some((r) => typeof r.lastYear === 'number') ? [{ name: '上年同月', labels, values: chart.rows.map((r) => r.lastYear ?? NaN) }] : [];
      addCombined(slide, [
        { type: 'bar', data: bars, options: { chartColors: [hex(light.data)], barGapWidthPct: 50, showValue: true, dataLabelPosition: atBase, dataLabelFontFace: face, dataLabelFontSize: 12, dataLabelColor: hex(light.onData) } },
        ...(before.length > 0 ? layer('line', before, { chartColors: [hex(light.ink3)], lineSize: 0, lineDataSymbol: 'dash', lineDataSymbolSize: 12 }) : []),
      ], { ...quiet, ...place });
      return true;
    }
    case 'curve': {
      const labels = chart.rows.map((r) => dayLabel(r.week));
      const line = (name: string, of: (r: CurvePoint, i: number) => number | null) => ({ name, labels, values: chart.rows.map((r, i) => of(r, i) ?? NaN) });
      const provisional = chart.rows.findIndex((r) => r.provisional);
      const over = (r: CurvePoint) => r.upper !== null && r.observed > r.upper && chart.alerts.some((a) => r.week >= mondayOf(a.from) && r.week <= a.to);
      addCombined(slide, [
        { type: 'area', data: [line('常态范围（上界）', (r) => r.upper)], options: { chartColors: [hex(light.band)] } },
        { type: 'line', data: [line('期望', (r) => (r.expected === null ? null : Math.round(r.expected * 10) / 10)), line('观测', (r, i) => (provisional < 0 || i < provisional ? r.observed : null))], options: { chartColors: [hex(light.line2), hex(light.data)], lineSize: 2, lineDataSymbol: 'none' } },
        ...(provisional < 0 ? [] : layer('line', [line('观测（暂定）', (r, i) => (i >= provisional - 1 ? r.observed : null))], { chartColors: [hex(light.data)], lineSize: 2, lineDash: perLine('sysDash'), lineDataSymbol: 'none' })),
        ...(chart.rows.some(over) ? layer('line', [line('超出上界', (r) => (over(r) ? r.observed : null))], { chartColors: [hex(light.alert)], lineSize: 0, lineDataSymbol: 'circle', lineDataSymbolSize: 9 }) : []),
      ], { ...quiet, ...place, catAxisLabelFrequency: String(Math.ceil(labels.length / 9)) });
      return true;
    }
    case 'bars': {
      const rows = [...chart.rows].sort((a, b) => b.value - a.value);
      slide.addChart('bar', [{ name: printable(chart.unit), labels: rows.map((r) => printable(`${r.label}${r.note === undefined ? '' : `（${r.note}）`}`)), values: rows.map((r) => r.value) }], {
        ...quiet, ...place, barDir: 'bar', chartColors: [hex(light.data)], barGapWidthPct: 45, showLegend: false, showValue: true, dataLabelPosition: 'outEnd', valAxisHidden: true, valGridLine: { style: 'none' },
        // The library's type names one direction, its writer takes both.
        catAxisOrientation: 'maxMin' as 'minMax',
      });
      return true;
    }
    case 'heat': return false;
  }
}

/** Several kinds over the same axes; the library's types know only a single kind, whose options come third. */
function addCombined(slide: PptxGenJS.Slide, charts: readonly Layer[], options: Options): void {
  // The library counts a mark's colour over all lines and, past the end of the list, picks one by chance: every list is long enough.
  const lines = charts.reduce((n, c) => n + c.data.length, 0);
  const lasting = ({ chartColors: own = [], ...rest }: Options): Options => ({ ...rest, chartColors: Array.from({ length: Math.max(lines, own.length) }, (_, i) => own[i % own.length] ?? '') });
  slide.addChart(charts.map((c) => ({ ...c, options: lasting(c.options) })) as unknown as PptxGenJS.CHART_NAME, { ...options } as unknown as PptxGenJS.OptsChartData[]);
}
