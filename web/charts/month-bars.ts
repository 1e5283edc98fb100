// In: one row per month, with last year's value. Out: bars from zero, provisional months hatched, last year as a short tick.
// Invariant: pure; the months told of are labelled, and the highest.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, dateLines, hatch, monthLabel, plain, timeAxis, valueAxis, type DateMark, type Size } from './axis.ts';

/** `month` is the first day, `YYYY-MM-DD`; `lastYear` is the same month a year earlier; `told` are the months that it is about, the newest where none is. */
export interface MonthBar { month: string; value: number; lastYear?: number | null; provisional?: boolean; told?: boolean }

export function monthBars(rows: readonly MonthBar[], tokens: Tokens, options: { unit: string; size?: Size; notes?: readonly DateMark[] }): EChartsOption {
  const { unit, size = 'wide', notes = [] } = options;
  const highest = rows.reduce((best, row, i) => (row.value > (rows[best]?.value ?? -1) ? i : best), 0);
  const some = rows.some((r) => r.told), told = (i: number) => (some ? rows[i]?.told === true : i === rows.length - 1);
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 4, top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: timeAxis(rows.map((r) => r.month), tokens, size === 'narrow' ? 6 : 13),
    yAxis: valueAxis(tokens),
    tooltip: {
      ...base(tokens).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: tokens.wash, opacity: 0.6 } },
      formatter: (items: unknown) => {
        const row = rows[(items as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        if (!row) return '';
        const year = row.lastYear === null || row.lastYear === undefined ? '' : `\n上年同月 ${plain(row.lastYear)} ${unit}`;
        return `${row.month.slice(0, 4)} 年 ${Number(row.month.slice(5, 7))} 月${row.provisional ? '（暂定）' : ''}\n${plain(row.value)} ${unit}${year}`;
      },
    },
    series: [
      {
        type: 'bar', name: unit, barCategoryGap: '32%', barMaxWidth: size === 'wall' ? 120 : 64, z: 2, markLine: dateLines(notes, rows.map((r) => r.month), (day) => `${day.slice(0, 7)}-01`, tokens),
        data: rows.map((row, i) => ({
          value: row.value,
          label: { show: i === highest || told(i), position: 'top', color: told(i) ? tokens.ink : tokens.ink3, fontWeight: told(i) ? 'bold' : 'normal', formatter: plain(row.value) },
          itemStyle: row.provisional
            ? { color: tokens.band, borderColor: tokens.data, borderWidth: 1, decal: hatch(tokens.data) }
            : { color: told(i) ? tokens.data : tokens.data2 },
        })),
      },
      {
        type: 'scatter', name: '上年同月', silent: true, symbol: 'rect', symbolSize: [size === 'narrow' ? 14 : 22, 2], z: 3,
        itemStyle: { color: tokens.ink },
        data: rows.map((row) => row.lastYear ?? null),
      },
    ],
  };
}

/** The table behind the chart. */
export const monthBarsTable = (rows: readonly MonthBar[], unit: string) => ({
  columns: ['月份', unit, '上年同月', ''],
  rows: rows.map((r) => [`${r.month.slice(0, 4)} 年 ${monthLabel(r.month).endsWith('月') ? monthLabel(r.month) : '1月'}`, r.value, r.lastYear ?? null, r.provisional ? '暂定' : '']),
});
