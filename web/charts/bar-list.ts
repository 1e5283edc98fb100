// In: labelled values. Out: horizontal bars from zero, longest first unless told otherwise, each with its name and number.
// Invariant: pure; at most one bar is drawn as an alert.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, fontSize, nameAxis, plain, type Size } from './axis.ts';

/** `note` follows the number, small (a change, a share). */
export interface Bar { label: string; value: number; note?: string; color?: string }

/** Height in px that the chart needs. */
export const barListHeight = (bars: number) => bars * 32 + 4;

export function barList(rows: readonly Bar[], tokens: Tokens, options: { unit?: string; size?: Size; sort?: boolean; digits?: number } = {}): EChartsOption {
  const { unit = '', size = 'wide', sort = true, digits } = options;
  const write = (value: number) => (digits === undefined ? plain(value) : value.toFixed(digits));
  const bars = sort ? [...rows].sort((a, b) => b.value - a.value) : [...rows];
  const most = Math.max(1, ...bars.map((b) => b.value));
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 8, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0, max: most * 1.35, show: false },
    yAxis: nameAxis(bars.map((b) => b.label), tokens, size),
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (p: unknown) => { const b = bars[(p as { dataIndex: number }).dataIndex]; return b ? `${b.label}\n${write(b.value)} ${unit}${b.note ? `，${b.note}` : ''}` : ''; } },
    series: [{
      type: 'bar', barWidth: 14,
      data: bars.map((b) => ({
        value: b.value, itemStyle: { color: b.color ?? tokens.data },
        label: { show: true, position: 'right', formatter: `{n|${write(b.value)}}${b.note ? ` {s|${b.note}}` : ''}`, rich: { n: { color: tokens.ink, fontFamily: tokens.font, fontSize: fontSize[size] }, s: { color: tokens.ink3, fontFamily: tokens.font, fontSize: fontSize[size] - 1 } } },
      })),
    }],
  };
}

/** The table behind the chart. */
export const barListTable = (rows: readonly Bar[], name: string, unit: string) => ({
  columns: [name, unit, ''], rows: [...rows].sort((a, b) => b.value - a.value).map((b) => [b.label, b.value, b.note ?? '']),
});
