// In: web/. Out: dist/web, static files that the server serves.
// Invariant: no inline script or style, so that a strict CSP holds; ECharts in a chunk of its own, loaded when a chart is.
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { paletteCss } from './web/tokens.ts';

/** Colours come from web/tokens.ts, the one source; `palette.css` is made of them. */
function palette(): Plugin {
  const id = 'virtual:palette.css';
  return {
    name: 'zhiwei-palette',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (resolved) => (resolved === `\0${id}` ? paletteCss() : undefined),
  };
}

export default defineConfig({
  root: 'web',
  publicDir: false,
  plugins: [palette(), svelte({ preprocess: vitePreprocess(), configFile: false })],
  build: {
    outDir: '../dist/web', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
