// In: the values of one column. Out: how many are missing, how many differ, from where to where, the most frequent, a small histogram.
// Invariant: pure; counts add up to the rows given.
import { cellText } from '../../datasets/csv.ts';
import { isNumeric, isTime, numberOf, ranks } from './cells.ts';

export interface Profile {
  rows: number; nulls: number; distinct: number; low: unknown; high: unknown;
  mean: number | null; median: number | null;
  top: { value: string; rows: number }[];
  /** Rows in each of at most 16 equal parts from the lowest to the highest; empty where there is no scale. */
  bins: number[];
}
const mostTop = 5, mostBins = 16;

export function profile(values: readonly unknown[], type: string): Profile {
  const present = values.filter((value) => value !== null && value !== undefined);
  const counts = new Map<string, number>();
  for (const value of present) { const text = cellText(value); counts.set(text, (counts.get(text) ?? 0) + 1); }
  const ordered = isNumeric(type) || isTime(type) ? [...ranks(present, type).keys()] : [];
  const scale = isNumeric(type) ? present.map(numberOf) : isTime(type) ? present.map((value) => { const at = Date.parse(String(value)); return Number.isNaN(at) ? null : at; }) : [];
  const places = scale.filter((at): at is number => at !== null).sort((a, b) => a - b);
  const middle = (places.length - 1) / 2;
  return {
    rows: values.length, nulls: values.length - present.length, distinct: counts.size, low: ordered[0] ?? null, high: ordered.at(-1) ?? null,
    mean: isNumeric(type) && places.length ? places.reduce((sum, at) => sum + at, 0) / places.length : null,
    median: isNumeric(type) && places.length ? ((places[Math.floor(middle)] ?? 0) + (places[Math.ceil(middle)] ?? 0)) / 2 : null,
    top: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostTop).map(([value, rows]) => ({ value, rows })),
    bins: binned(places),
  };
}

function binned(places: readonly number[]): number[] {
  const [low, high] = [places[0], places.at(-1)];
  if (low === undefined || high === undefined || low === high) return [];
  const bins = new Array<number>(Math.min(mostBins, Math.max(2, new Set(places).size))).fill(0);
  for (const at of places) { const bin = Math.min(bins.length - 1, Math.floor(((at - low) / (high - low)) * bins.length)); bins[bin] = (bins[bin] ?? 0) + 1; }
  return bins;
}
