// In: weeks of a unit × topic with observed, expected and upper bound. Out: the observed line before a soft band of what is normal.
// Invariant: pure; cinnabar only where the observed value is over its bound and inside an alert; provisional weeks hatched and dashed.
import { mondayOf } from '../../datasets/calendar.ts';
import type { EChartsOption } from 'echarts';
import type { Tokens } from '../tokens.ts';
import { base, hatch, plain, roundUp, timeAxis, valueAxis, type Size } from './axis.ts';

/** `week` is the Monday; `expected` and `upper` are null before there is a past to learn from. */
export interface CurvePoint { week: string; observed: number; expected: number | null; upper: number | null; provisional: boolean }
/** An alert 预警 to annotate: days inclusive. */
export interface CurveAlert { from: string; to: string; label: string }
/** Something done on a day, drawn as a thin upright line. */
export interface CurveMark { day: string; label: string }

export function expectedCurve(rows: readonly CurvePoint[], tokens: Tokens, options: { alerts?: readonly CurveAlert[]; marks?: readonly CurveMark[]; size?: Size; unit?: string } = {}): EChartsOption {
  const { alerts = [], marks = [], size = 'wide', unit = '条' } = options;
  const weeks = rows.map((r) => r.week);
  const top = roundUp(Math.max(4, ...rows.map((r) => Math.max(r.observed, r.upper ?? 0))) * 1.08);
  const firstProvisional = rows.findIndex((r) => r.provisional);
  const settled = (i: number) => firstProvisional < 0 || i < firstProvisional;
  const inAlert = (week: string) => alerts.some((a) => week >= mondayOf(a.from) && week <= a.to);
  /** An alert's label stands over its middle week. */
  const titles = new Map(alerts.flatMap((a) => {
    const inside = weeks.filter((w) => w >= mondayOf(a.from) && w <= a.to);
    const middle = inside[Math.floor((inside.length - 1) / 2)];
    return middle ? [[middle, a.label] as const] : [];
  }));
  const done = markLines(marks, weeks);
  const labelled = size !== 'narrow';
  const last = rows.at(-1);
  /** End labels keep apart: the higher line's label goes up, the other's down. */
  const up = (last?.observed ?? 0) >= (last?.expected ?? 0) ? -8 : 8;
  return {
    ...base(tokens, size),
    grid: { left: 4, right: labelled ? 48 : 8, top: 28, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: timeAxis(weeks, tokens, size === 'narrow' ? 6 : 12),
    yAxis: valueAxis(tokens, top),
    tooltip: {
      ...base(tokens).tooltip, trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: tokens.line2, type: 'solid' } },
      formatter: (items: unknown) => {
        const row = rows[(items as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        if (!row) return '';
        const norm = row.expected === null ? '' : `\n期望 ${plain(row.expected)}，上界 ${plain(row.upper ?? 0)}`;
        return `${row.week} 起一周${row.provisional ? '（暂定）' : ''}\n${plain(row.observed)} ${unit}${norm}`;
      },
    },
    series: [
      {
        type: 'line', name: '常态范围', silent: true, symbol: 'none', step: 'middle', data: rows.map((r) => r.upper), lineStyle: { width: 0 }, areaStyle: { color: tokens.band, opacity: 1 }, z: 1,
      },
      { type: 'line', name: '期望', silent: true, symbol: 'none', data: rows.map((r) => r.expected), lineStyle: { color: tokens.line2, width: 1.5 }, z: 2, endLabel: { show: labelled, formatter: '期望', color: tokens.ink3, distance: 6, offset: [0, -up] } },
      {
        type: 'line', name: '观测', data: rows.map((r, i) => (settled(i) ? r.observed : null)), lineStyle: { color: tokens.data, width: 2 }, z: 3, symbol: 'circle',
        showAllSymbol: true, symbolSize: (_: unknown, p: { dataIndex: number }) => { const r = rows[p.dataIndex]; return r && r.upper !== null && r.observed > r.upper ? 7 : 0; },
        itemStyle: { color: tokens.data }, endLabel: { show: labelled && firstProvisional < 0, formatter: '观测', color: tokens.data, fontWeight: 'bold', distance: 6, offset: [0, up] },
        markPoint: { silent: true, symbol: 'circle', symbolSize: 9, itemStyle: { color: tokens.alert }, label: { show: false }, data: rows.filter((r) => r.upper !== null && r.observed > r.upper && inAlert(r.week)).map((r) => ({ name: '', coord: [r.week, r.observed] })) },
        markLine: { silent: true, symbol: 'none', animation: false, lineStyle: { color: tokens.ink2, width: 1, type: 'dotted' }, label: { color: tokens.ink2, position: 'insideEndTop', rotate: 0, distance: 4, offset: [-4, 24] }, data: done.map(({ week, label }) => ({ xAxis: week, label: { formatter: label, align: 'right', rotate: 0 } })) },
      },
      {
        type: 'line', name: '观测（暂定）', symbol: 'none', z: 3, lineStyle: { color: tokens.data, width: 2, type: 'dashed' }, itemStyle: { color: tokens.data },
        data: rows.map((r, i) => (firstProvisional >= 0 && i >= firstProvisional - 1 ? r.observed : null)), endLabel: { show: labelled && firstProvisional >= 0, formatter: '观测', color: tokens.data, fontWeight: 'bold', distance: 6, offset: [0, up] },
      },
      {
        type: 'bar', name: '预警', silent: true, barWidth: '104%', barGap: '-100%', z: 0, itemStyle: { color: tokens.alertWash },
        data: weeks.map((week) => (inAlert(week) ? { value: top, label: { show: titles.has(week), formatter: titles.get(week) ?? '', position: 'top', color: tokens.alert, fontWeight: 'bold' as const } } : null)),
      },
      { type: 'bar', name: '暂定', silent: true, barWidth: '100%', barGap: '-100%', z: 0, itemStyle: { color: 'transparent', decal: hatch(tokens.line2) }, data: rows.map((r) => (r.provisional ? top : null)) },
    ],
  };
}

/** One line for each week in which something was done; what lies outside the curve is left out. */
export function markLines(marks: readonly CurveMark[], weeks: readonly string[]): { week: string; label: string }[] {
  const byWeek = new Map<string, string[]>();
  for (const { day, label } of marks) {
    const week = mondayOf(day);
    if (weeks.includes(week)) byWeek.set(week, [...(byWeek.get(week) ?? []), label]);
  }
  return [...byWeek].map(([week, labels]) => ({ week, label: [...new Set(labels)].join('、') }));
}

/** The table behind the chart. */
export const expectedCurveTable = (rows: readonly CurvePoint[]) => ({
  columns: ['周（周一）', '观测', '期望', '上界', ''],
  rows: rows.map((r) => [r.week, r.observed, r.expected === null ? null : Math.round(r.expected * 10) / 10, r.upper === null ? null : Math.round(r.upper * 10) / 10, r.provisional ? '暂定' : r.upper !== null && r.observed > r.upper ? '超出上界' : '']),
});
