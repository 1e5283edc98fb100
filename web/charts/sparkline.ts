// In: a short run of numbers, oldest first. Out: a line without axes, its last point marked.
// Invariant: pure; counts keep a zero baseline, rates use the space they have.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';

export function sparkline(values: readonly (number | null)[], tokens: Tokens, options: { zero?: boolean; provisional?: number } = {}): EChartsOption {
  const { zero = true, provisional = 0 } = options;
  const last = values.length - 1;
  const settled = values.length - provisional;
  const known = values.filter((v) => v !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return {
    animation: false,
    grid: { left: 2, right: 5, top: 5, bottom: 3, outerBoundsMode: 'none' },
    xAxis: { type: 'category', show: false, boundaryGap: false, data: values.map((_, i) => i) },
    yAxis: { type: 'value', show: false, min: zero || known.length === 0 ? 0 : low - (high - low) * 0.1, max: known.length === 0 ? 1 : high || 1 },
    series: [
      { type: 'line', silent: true, symbol: 'none', data: values.map((v, i) => (i < settled ? v : null)), lineStyle: { color: tokens.data, width: 1.5 }, ...(zero ? { areaStyle: { color: tokens.band } } : {}) },
      ...(provisional > 0 ? [{ type: 'line' as const, silent: true, symbol: 'none', data: values.map((v, i) => (i >= settled - 1 ? v : null)), lineStyle: { color: tokens.data, width: 1.5, type: 'dotted' as const } }] : []),
      { type: 'scatter', silent: true, symbolSize: 5, itemStyle: { color: tokens.data }, data: values.map((v, i) => (i === last ? v : null)) },
    ],
  };
}
