// In: the metric, the column and the derivation of a figure of a briefing. Out: what it is called.
// Invariant: pure; a metric has the name that its definition gives it.
import { metrics, type Metric } from './metrics.ts';

/** Columns that are no metric's. */
const columnNames: Readonly<Record<string, string>> = {
  observed: '观测', expected: '期望', upper: '上界', weeks: '周数', weeks_over: '超出上界的周数', hotspots: '热点、苗头与紧急事项数', units: '涉及单位数', headcount: '当月在岗人数', response_rate: '应答率',
};
const sides: Readonly<Record<string, string>> = { previous: '上期', year: '上年同期', num: '分子', den: '分母', low: '95%区间下限', high: '95%区间上限' };
const derivations: Readonly<Record<string, string>> = { difference: '增减', growth: '增幅', share: '占比' };
const compared: Readonly<Record<string, string>> = { previous: '环比', year: '同比' };

/** `信访总量`, `信访总量（上期）`, `信访总量（环比增减）`, `平均分（95%区间下限）`. */
export function figureName({ metric, column, how, base }: { metric: string; column: string; how?: string; base?: { column: string } }): string {
  const name = (metrics as Record<string, Metric>)[metric]?.label ?? columnNames[metric] ?? metric;
  const told = how === undefined ? sides[column.split('__')[1] ?? ''] : `${compared[base?.column.split('__')[1] ?? ''] ?? ''}${derivations[how] ?? how}`;
  return told === undefined ? name : `${name}（${told}）`;
}
