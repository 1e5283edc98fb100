import * as echarts from 'echarts';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gallery } from '../../web/gallery/figures.ts';
import { dark, light } from '../../web/tokens.ts';

const notCharts = ['axis.ts', 'echarts-parts.ts'];
const drawn = gallery.flatMap((entry) => entry.states.map((state) => ({ entry, state, name: `${entry.label}, ${state}` })));

describe('web/gallery', () => {
  it('shows every chart there is', () => {
    const files = readdirSync(new URL('../../web/charts', import.meta.url)).filter((file) => file.endsWith('.ts') && !notCharts.includes(file));
    expect([...new Set(gallery.map(({ chart }) => `${chart}.ts`))].sort()).toEqual(files.sort());
  });
  it('shows each full, with one row and empty', () => {
    for (const { states } of gallery) expect(states).toEqual(expect.arrayContaining(['full', 'one', 'empty']));
  });
  it.each(drawn)('draws $name in both themes, without a number that is none', ({ entry, state }) => {
    for (const tokens of [light, dark]) {
      const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 360, height: entry.height(state) });
      chart.setOption(entry.draw(state, tokens, 'wide'));
      const svg = chart.renderToSVGString();
      chart.dispose();
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      if (state === 'full') expect(svg).toContain('<path');
    }
  });
});
