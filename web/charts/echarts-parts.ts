// In: nothing, or an option and what to write around it. Out: ECharts with the parts that we draw with; a picture to keep.
// Invariant: with Chart.svelte the only door to ECharts in the browser; loaded when the first chart is.
import { BarChart, BoxplotChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { BrushComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';

use([BarChart, BoxplotChart, HeatmapChart, LineChart, ScatterChart, BrushComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent, LabelLayout, CanvasRenderer, SVGRenderer]);
export { init };

export interface PictureText { title: string; subtitle: string; source: string }
const width = 960, side = 24, head = 84, foot = 40;

const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** An SVG of the chart with its title, what is plotted and where it comes from; 960 px wide, `height` is the chart's. */
export function pictureOf(option: EChartsOption, height: number, { title, subtitle, source }: PictureText, tokens: Tokens): string {
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
