// In: a table, or a chart that is a map of cells. Out: a table of PowerPoint's own.
// Invariant: lines are as few as in print; a cell's ground is the chart's own step of less, as and more than expected.
import type PptxGenJS from 'pptxgenjs';
import { taxonomy, topicCodes } from '../../../datasets/taxonomy.ts';
import { heatCells, heatStep } from '../../../web/charts/heat-map.ts';
import { light } from '../../../web/tokens.ts';
import type { ChartBlock, TableBlock } from '../content.ts';
import { printable } from '../../../datasets/document-text.ts';
import { said } from '../said.ts';
import { face, hex, ink, quietInk, type Box } from './slide-style.ts';

const rule = { type: 'solid', pt: 0.75, color: hex(light.line2) } as const, hair = { type: 'solid', pt: 0.5, color: hex(light.line) } as const, none = { type: 'none' } as const;
const cell = (text: string, i: number, isHead: boolean, options: PptxGenJS.TableCellProps = {}): PptxGenJS.TableCell => ({
  text: printable(text), options: { align: i === 0 ? 'left' : 'right', bold: isHead, color: isHead ? quietInk : ink, border: isHead ? [rule, none, rule, none] : [none, none, hair, none], ...options },
});
const lay = (slide: PptxGenJS.Slide, rows: PptxGenJS.TableRow[], box: Box, widths: readonly number[], name: string) => {
  const sum = widths.reduce((a, b) => a + b, 0), height = Math.min(0.4, box.h / rows.length);
  slide.addTable(rows, { x: box.x, y: box.y, w: box.w, colW: widths.map((w) => (w * box.w) / sum), rowH: rows.map(() => height), fontFace: face, fontSize: height < 0.34 ? 11 : 12, valign: 'middle', margin: [0, 0.06, 0, 0.06], objectName: printable(name) });
};

export function addTable(slide: PptxGenJS.Slide, { header, rows, widths, caption }: TableBlock, box: Box): void {
  lay(slide, [header.map((h, i) => cell(h, i, true)), ...rows.map((row) => row.map((parts, i) => cell(said(parts), i, false)))], box, widths, caption);
}

export function addHeat(slide: PptxGenJS.Slide, { chart, title }: ChartBlock, box: Box): void {
  if (chart.kind !== 'heat') return;
  const { units } = chart, cells = heatCells(chart.rows, units);
  const gap = { type: 'solid', pt: 1.5, color: hex(light.sheet) } as const, border = [gap, gap, gap, gap] as [typeof gap, typeof gap, typeof gap, typeof gap];
  const rows = units.map(({ name }, y) => [cell(name, 0, false, { border }), ...topicCodes.map((_, x) => {
    const found = cells[y * topicCodes.length + x], step = found ? heatStep(found) : 0;
    return cell(found ? String(found.observed) : '', 1, false, { align: 'center', border, bold: Math.abs(step) >= 2, fill: { color: hex(light.diverging[step + 3] ?? light.diverging[3]) }, color: Math.abs(step) === 3 ? 'FFFFFF' : ink });
  })]);
  lay(slide, [['', ...topicCodes.map((t) => taxonomy[t].label)].map((h, i) => cell(h, i, true, { align: 'center', border })), ...rows], box, [16, ...topicCodes.map(() => 9)], title);
}
