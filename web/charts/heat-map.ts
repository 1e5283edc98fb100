// In: one row per unit × topic with observed and expected. Out: a grid coloured by their ratio, the observed number written in each cell.
// Invariant: pure; teal is less than expected, grey as expected, amber more; cells that expect too little to judge, or nothing for want of texts, stay grey.
import type { EChartsOption } from 'echarts';
import { taxonomy, topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import type { Tokens } from '../tokens.ts';
import { base, fontSize, plain, type Size } from './axis.ts';

/** `expected`, `upper`: null where too few texts came to expect any number of them. */
export interface HeatCell { branch_id: string; topic: TopicCode; observed: number; expected: number | null; upper: number | null }
export interface HeatOptions { units: readonly { unit_id: string; name: string }[]; size?: Size }

/** Under both of these a ratio says nothing. */
const leastExpected = 5;

/** Step −3 (far less) … 0 (as expected) … 3 (far more). Where observed and expected are both small, 0. */
export function heatStep({ observed, expected }: Pick<HeatCell, 'observed' | 'expected'>): number {
  if (expected === null || observed < leastExpected && expected < leastExpected) return 0;
  const ratio = Math.log2((observed + 0.5) / (expected + 0.5));
  const size = Math.abs(ratio) < 0.26 ? 0 : Math.abs(ratio) < 0.58 ? 1 : Math.abs(ratio) < 1 ? 2 : 3;
  return size === 0 ? 0 : Math.sign(ratio) * size;
}

/** Ink or paper, whichever stands out more from a ground. */
function readable(ground: string, { ink, sheet }: Tokens): string {
  const light = (hex: string) => [1, 3, 5].reduce((sum, at, i) => sum + (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2 * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0.05);
  const apart = (hex: string) => Math.max(light(hex), light(ground)) / Math.min(light(hex), light(ground));
  return apart(ink) >= apart(sheet) ? ink : sheet;
}

/** Height in px that the chart needs. */
export const heatHeight = (units: number) => 48 + units * 28;

/** Every unit × topic in the order in which the chart holds them; what has no row is nought. */
export function heatCells(rows: readonly HeatCell[], units: HeatOptions['units']): HeatCell[] {
  const found = new Map(rows.map((r) => [`${r.branch_id} ${r.topic}`, r]));
  return units.flatMap(({ unit_id }) => topicCodes.map((topic) => found.get(`${unit_id} ${topic}`) ?? { branch_id: unit_id, topic, observed: 0, expected: 0, upper: 0 }));
}

export function heatMap(rows: readonly HeatCell[], tokens: Tokens, { units, size = 'wide' }: HeatOptions): EChartsOption {
  const narrow = size === 'narrow', isTight = narrow || size === 'print';
  const x = new Map(topicCodes.map((t, i) => [t, i]));
  const y = new Map(units.map((u, i) => [u.unit_id, i]));
  const cells = heatCells(rows, units);
  const wrap = (label: string) => (label.length > 2 ? `${label.slice(0, 2)}\n${label.slice(2)}` : label);
  return {
    ...base(tokens, size),
    grid: { left: 0, right: 0, top: 2, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category', position: 'top', data: topicCodes.map((t) => taxonomy[t].label), axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: tokens.ink2, interval: 0, lineHeight: 15, fontSize: narrow ? 11 : fontSize[size], formatter: (v: string) => (isTight ? wrap(v) : v) },
    },
    yAxis: {
      type: 'category', inverse: true, data: units.map((u) => u.name), axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: tokens.ink2, interval: 0, fontSize: narrow ? 11 : fontSize[size], width: narrow ? 64 : fontSize[size] * 12, overflow: 'truncate' as const },
    },
    tooltip: {
      ...base(tokens).tooltip, trigger: 'item',
      formatter: (item: unknown) => {
        const cell = cells[(item as { dataIndex: number }).dataIndex];
        if (!cell) return '';
        const name = units.find((u) => u.unit_id === cell.branch_id)?.name ?? '';
        const ratio = cell.expected ? `，为期望的 ${plain(cell.observed / cell.expected)} 倍` : '';
        return `${name} · ${taxonomy[cell.topic].label}\n${plain(cell.observed)} 条，${cell.expected === null ? '太少，不推算期望' : `期望 ${plain(cell.expected)}${ratio}`}`;
      },
    },
    visualMap: { show: false, type: 'continuous', min: -3, max: 3, dimension: 3, inRange: { color: [...tokens.diverging] } },
    series: [{
      type: 'heatmap',
      data: cells.map((cell) => {
        const step = heatStep(cell);
        return {
          value: [x.get(cell.topic) ?? 0, y.get(cell.branch_id) ?? 0, cell.observed, step],
          itemStyle: { borderColor: tokens.sheet, borderWidth: narrow ? 1 : 2 },
          label: { show: cell.observed > 0, formatter: plain(cell.observed), color: step === 0 ? tokens.ink2 : readable(tokens.diverging[step + 3] ?? tokens.sheet, tokens), fontWeight: Math.abs(step) >= 2 ? 'bold' as const : 'normal' as const, fontSize: narrow ? 10 : fontSize[size] },
        };
      }),
      emphasis: { itemStyle: { borderColor: tokens.ink, borderWidth: 2 } },
    }],
  };
}

/** The table behind the chart: observed / expected, observed alone where nothing is expected. */
export function heatMapTable(rows: readonly HeatCell[], units: HeatOptions['units']) {
  const cell = new Map(rows.map((r) => [`${r.branch_id} ${r.topic}`, r]));
  return {
    columns: ['单位', ...topicCodes.map((t) => taxonomy[t].label)],
    rows: units.map((u) => [u.name, ...topicCodes.map((t) => { const c = cell.get(`${u.unit_id} ${t}`); return c ? [c.observed, c.expected].flatMap((n) => (n === null ? [] : [plain(n)])).join(' / ') : '0'; })]),
  };
}
