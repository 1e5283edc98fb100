// In: an option, perhaps what to write around it. Out: ECharts with the parts that it is drawn with; a picture to keep.
// Invariant: with Chart.svelte and parts/ the only door to ECharts in the browser; loaded when the first chart is, and what few charts need when one of them is.
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';

use([BarChart, LineChart, ScatterChart, GridComponent, TitleComponent, CanvasRenderer]);
export { init };

const further = {
  heat: () => import('./parts/heat.ts'), box: () => import('./parts/box.ts'), legend: () => import('./parts/legend.ts'),
  labels: () => import('./parts/labels.ts'), marks: () => import('./parts/marks.ts'), hands: () => import('./parts/hands.ts'), svg: () => import('./parts/svg.ts'),
};
export type Part = keyof typeof further;
const here = new Set<Part>();

/** The parts that an option is drawn with, beside those that all are. */
export function partsOf(option: EChartsOption): Part[] {
  const series = [option.series ?? []].flat();
  const needs: Partial<Record<Part, boolean>> = {
    heat: series.some((s) => s.type === 'heatmap'), box: series.some((s) => s.type === 'boxplot'), legend: option.legend !== undefined, labels: series.some((s) => 'labelLayout' in s),
    marks: series.some((s) => ('markLine' in s && s.markLine?.data?.length) || ('markPoint' in s && s.markPoint?.data?.length)),
  };
  return (Object.keys(needs) as Part[]).filter((part) => needs[part]);
}

export const areHere = (parts: readonly Part[]): boolean => parts.every((part) => here.has(part));

/** Brings parts. A chart knows only those that were there when it was made. */
export async function bring(parts: readonly Part[]): Promise<void> {
  await Promise.all(parts.map(async (part) => { await further[part](); here.add(part); }));
}

export interface PictureText { title: string; subtitle: string; source: string }
const width = 960, side = 24, head = 84, foot = 40;

const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** An SVG of the chart with its title, what is plotted and where it comes from; 960 px wide, `height` is the chart's. */
export async function pictureOf(option: EChartsOption, height: number, { title, subtitle, source }: PictureText, tokens: Tokens): Promise<string> {
  await bring([...partsOf(option), 'svg']);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: width - 2 * side, height });
  chart.setOption({ ...option, animation: false });
  const drawn = chart.renderToSVGString().replace('<svg ', `<svg x="${side}" y="${head}" `);
  chart.dispose();
  const line = (text: string, y: number, size: number, color: string, weight = 400) => `<text x="${side}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" font-family="${escaped(tokens.font)}">${escaped(text)}</text>`;
  const whole = head + height + foot;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}"><rect width="${width}" height="${whole}" fill="${tokens.paper}"/>${line(title, 40, 22, tokens.ink, 600)}${line(subtitle, 66, 14, tokens.ink3)}${drawn}${line(source, whole - 14, 12, tokens.ink3)}</svg>`;
}

/** An SVG as a PNG at twice its size. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width * 2, height: image.height * 2 });
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => { canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('图片没有生成')); }, 'image/png'); });
}
