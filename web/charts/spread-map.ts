// In: units in the order they were reached, with their texts by week. Out: a map of the spread: units down, weeks along, a dot as large as its texts are many.
// Invariant: pure; the area of a dot is in proportion to its texts; the first text of each unit is ringed, so that colour alone tells nothing.
import type { EChartsOption } from 'echarts';
import { addDays } from '../../datasets/calendar.ts';
import type { Tokens } from '../tokens.ts';
import { base, fontSize, plain, timeAxis, type Size } from './axis.ts';

export interface SpreadRow { unit_name: string; first_date: string; documents: number; weeks: readonly { week: string; documents: number }[] }

const rowHeight = 26, mostRows = 16, largest = 18, smallest = 5;

/** Height in pixels that the map needs. */
export const spreadMapHeight = (rows: readonly SpreadRow[]) => 44 + Math.min(mostRows, rows.length) * rowHeight;

function weeksOf(rows: readonly SpreadRow[]): string[] {
  const all = rows.flatMap((r) => r.weeks.map((w) => w.week)).sort();
  const weeks: string[] = [];
  for (let week = all[0]; week !== undefined && week <= (all.at(-1) ?? ''); week = addDays(week, 7)) weeks.push(week);
  return weeks;
}

export function spreadMap(rows: readonly SpreadRow[], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const shown = rows.slice(0, mostRows), weeks = weeksOf(shown);
  const most = Math.max(1, ...shown.flatMap((r) => r.weeks.map((w) => w.documents)));
  const dots = shown.flatMap((r, y) => r.weeks.map((w, i) => ({ r, w, first: i === 0, value: [weeks.indexOf(w.week), y] })));
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: timeAxis(weeks, tokens, size === 'narrow' ? 4 : 12),
    yAxis: { type: 'category', inverse: true, data: shown.map((r) => r.unit_name), axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: tokens.line } }, axisLabel: { color: tokens.ink2, fontSize: fontSize[size], width: size === 'narrow' ? 96 : 160, overflow: 'truncate' } },
    tooltip: { ...base(tokens).tooltip, trigger: 'item', formatter: (item: unknown) => {
      const dot = dots[(item as { dataIndex: number }).dataIndex];
      return dot ? `${dot.r.unit_name}\n${dot.w.week} 起一周 ${plain(dot.w.documents)} 条${dot.first ? `\n${dot.r.first_date} 到这里` : ''}` : '';
    } },
    series: [{
      type: 'scatter', name: '文字', data: dots.map(({ value, first }) => ({ value, itemStyle: { color: tokens.data2, borderColor: first ? tokens.ink : tokens.paper, borderWidth: first ? 2 : 1 } })),
      symbolSize: (_: unknown, item: { dataIndex: number }) => Math.max(smallest, largest * Math.sqrt((dots[item.dataIndex]?.w.documents ?? 0) / most)),
    }],
  };
}

/** The table behind the map: every unit, in the order it was reached. */
export const spreadMapTable = (rows: readonly SpreadRow[]) => ({ columns: ['单位', '首次', '文字'], rows: rows.map((r) => [r.unit_name, r.first_date, r.documents]) });
