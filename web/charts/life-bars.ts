// In: the texts of a matter by week, and the weeks in which its stage changed. Out: bars from zero with the changes named above them.
// Invariant: pure; every week from the first to the last has its place, so that quiet shows.
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, plain, roundUp, timeAxis, valueAxis, type Size } from './axis.ts';

export interface LifeWeek { week: string; documents: number; likes: number; stage: string }
/** A change to name: a week and a word. */
export interface LifeChange { week: string; label: string }

export function lifeBars(weeks: readonly LifeWeek[], changes: readonly LifeChange[], tokens: Tokens, { size = 'wide' }: { size?: Size } = {}): EChartsOption {
  const names = new Map(changes.map((c) => [c.week, c.label])), apart = Math.ceil(weeks.length / (size === 'narrow' ? 6 : 14));
  const top = roundUp(Math.max(4, ...weeks.map((w) => w.documents)) * 1.15);
  let free = -1;
  const named = weeks.map((w, i) => { const label = names.get(w.week); if (label === undefined || i < free) return ''; free = i + apart; return label; });
  return {
    ...base(tokens, size),
    grid: { left: 4, right: 12, top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: timeAxis(weeks.map((w) => w.week), tokens, size === 'narrow' ? 5 : 12),
    yAxis: valueAxis(tokens, top),
    tooltip: {
      ...base(tokens).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: tokens.wash, opacity: 0.6 } },
      formatter: (items: unknown) => {
        const w = weeks[(items as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        return w ? `${w.week} 起一周${w.stage ? `　${w.stage}` : ''}\n${plain(w.documents)} 条${w.likes > 0 ? `，点赞 ${plain(w.likes)}` : ''}` : '';
      },
    },
    series: [
      { type: 'bar', name: '文字', barCategoryGap: '24%', barMaxWidth: 28, z: 2, itemStyle: { color: tokens.data2 }, data: weeks.map((w) => w.documents) },
      { type: 'bar', name: '情形', silent: true, barGap: '-100%', barMaxWidth: 28, itemStyle: { color: 'transparent' }, data: weeks.map((w, i) => ({ value: Math.max(w.documents, 0.01), label: { show: named[i] !== '', position: 'top' as const, formatter: named[i] ?? '', color: tokens.ink2, fontSize: 12 } })) },
    ],
  };
}

/** The table behind the chart. */
export const lifeBarsTable = (weeks: readonly LifeWeek[]) => ({ columns: ['周（周一）', '文字', '点赞', '情形'], rows: weeks.map((w) => [w.week, w.documents, w.likes, w.stage]) });
