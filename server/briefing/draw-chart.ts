// In: a chart option. Out: a PNG sharp enough for print, with Chinese on a machine that has no Chinese font.
// Invariant: the one door to ECharts outside the browser; draws with the bundled typeface alone, so the same option gives the same bytes.
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import type { EChartsOption } from 'echarts';
import { pictureFont, pictureWidth } from './charts.ts';

const require = createRequire(import.meta.url);
/** ECharts as one file: its hundreds of modules take more than a second to load. */
const { init } = require('echarts/dist/echarts.min') as typeof import('echarts');
const fontFile = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
/** Device pixels per CSS pixel: 1920 px on 156 mm are 313 dots per inch. */
const scale = 3;

/** The picture, `pictureWidth` × `height` CSS pixels at three times the density. */
export function drawChart(option: EChartsOption, height: number): Buffer {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: pictureWidth, height });
  try {
    chart.setOption({ ...option, animation: false, backgroundColor: '#ffffff', tooltip: { show: false } });
    const picture = new Resvg(chart.renderToSVGString(), {
      fitTo: { mode: 'width', value: pictureWidth * scale },
      font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: pictureFont },
    });
    return picture.render().asPng();
  } finally {
    chart.dispose();
  }
}
