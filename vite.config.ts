// In: web/. Out: dist/web, static files that the server serves.
// Invariant: no inline script or style, so that a strict CSP holds; ECharts in a chunk of its own, loaded when a chart is.
import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { light, paletteCss } from './web/tokens.ts';

/** Colours come from web/tokens.ts, the one source; `palette.css` is made of them. */
function palette(): Plugin {
  const id = 'virtual:palette.css';
  return {
    name: 'zhiwei-palette',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (resolved) => (resolved === `\0${id}` ? paletteCss() : undefined),
  };
}

/** What a phone needs to put the pages on its home screen: a manifest, and the mark as pictures. Nothing is kept offline: no petition text leaves with the phone. */
function installable(): Plugin {
  const sizes = [192, 512];
  return {
    name: 'zhiwei-installable', apply: 'build',
    generateBundle() {
      const mark = readFileSync(new URL('./web/mark.svg', import.meta.url), 'utf8');
      for (const size of sizes) this.emitFile({ type: 'asset', fileName: `mark-${size}.png`, source: new Resvg(mark, { fitTo: { mode: 'width', value: size } }).render().asPng() });
      this.emitFile({ type: 'asset', fileName: 'zhiwei.webmanifest', source: JSON.stringify({
        name: '知微', short_name: '知微', description: '信访与调查文字的分析与早期预警', lang: 'zh-CN', start_url: '/', scope: '/', display: 'standalone', background_color: light.paper, theme_color: light.paper,
        icons: sizes.map((size) => ({ src: `/mark-${size}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose: 'any maskable' })),
      }) });
    },
    transformIndexHtml: () => [{ tag: 'link', attrs: { rel: 'manifest', href: '/zhiwei.webmanifest' }, injectTo: 'head' }, { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '/mark-192.png' }, injectTo: 'head' }],
  };
}

/** What web/charts/parts brings; the rest of ECharts is one chunk, which packs better than the pieces that they share. */
const furtherParts = /zrender.lib.svg.(?!helper)|SVGRenderer|boxplot|whisker|component.(legend|brush|marker|visualMap|helper.Brush)|component.tooltip(\.|.(install|Tooltip[A-Z]))|heatmap|visual.visual|visual.VisualMapping|label.(LabelManager|installLabelLayout|labelGuide)|chart.helper.Line(Draw)?\.js/;
const isCoreOfCharts = (id: string) => /node_modules[\\/](echarts|zrender|tslib)[\\/]/.test(id) && !furtherParts.test(id);

export default defineConfig({
  root: 'web',
  publicDir: false,
  plugins: [palette(), installable(), svelte({ preprocess: vitePreprocess(), configFile: false })],
  build: {
    outDir: '../dist/web', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'echarts', test: isCoreOfCharts }], includeDependenciesRecursively: false } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
