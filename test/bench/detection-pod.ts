// In: weekly series with known outbreaks, scores of each week, a budget of false alarms per 100 series-weeks.
// Out: probability of detection and delay, as the evaluator of the development set computes them.
// Invariant: an alarm from the first to the last week of an outbreak, and one week after, detects it; any other alarm is false.
import { readFileSync } from 'node:fs';
import { readSeries } from '../../pipelines/commands/read-series.ts';
import { judgeSeries } from '../../pipelines/detect/judge-series.ts';

interface Known { evaluated: Set<number>; outbreak: number[] }
export interface Detection { budget: number; pod: number; median: number; p90: number; outbreaks: number }

const missed = 9;

/** Detection at each budget; `scores` are by series and week. */
export function detection(known: ReadonlyMap<string, Known>, scores: ReadonlyMap<string, ReadonlyMap<number, number>>, budgets: readonly number[]): Detection[] {
  const windows = [...known].filter(([, k]) => k.outbreak.length > 0).map(([name, k]) => ({ name, from: Math.min(...k.outbreak), to: Math.max(...k.outbreak) + 1 }));
  const windowOf = new Map(windows.map((w) => [w.name, w]));
  const quiet: number[] = [];
  for (const [name, k] of known) for (const week of k.evaluated) {
    const w = windowOf.get(name), score = scores.get(name)?.get(week);
    if (score !== undefined && !(w && w.from <= week && week <= w.to)) quiet.push(score);
  }
  quiet.sort((a, b) => b - a);
  return budgets.map((budget) => {
    const threshold = quiet[Math.floor((quiet.length * budget) / 100)] ?? -Infinity;
    const delays = windows.map(({ name, from, to }) => {
      for (let week = from; week <= to; week++) if (known.get(name)?.evaluated.has(week) && (scores.get(name)?.get(week) ?? -Infinity) > threshold) return week - from;
      return missed;
    }).sort((a, b) => a - b);
    const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? missed;
    return { budget, pod: delays.filter((d) => d < missed).length / delays.length, median: at(0.5), p90: at(0.9), outbreaks: delays.length };
  });
}

/** Scores a file of series with ours and prints detection at 1, 2 and 5 false alarms per 100 weeks, for all and for halves of the series. */
export function printDetection(file: string, reference: string | undefined): void {
  const { list } = readSeries(file, 'SERIES.csv');
  const start = performance.now();
  const judged = judgeSeries(list, 1), seconds = (performance.now() - start) / 1000;
  const weeks = list.reduce((n, s) => n + s.counts.length, 0);
  const scores = new Map(judged.map((s) => [s.name, new Map(s.weeks.map((week, t) => [week, s.judged[t]?.score ?? 0]))]));
  const known = readKnown(file), names = [...known.keys()];
  console.log(`${'method'.padEnd(22)} budget    POD  med  P90  n=${[...known.values()].filter((k) => k.outbreak.length > 0).length}`);
  const print = (label: string, of: ReadonlyMap<string, Known>) => {
    for (const d of detection(of, scores, [1, 2, 5])) console.log(`${label.padEnd(22)} ${String(d.budget).padStart(6)} ${d.pod.toFixed(3).padStart(6)} ${String(d.median).padStart(4)} ${String(d.p90).padStart(4)}`);
  };
  print('zhiwei', known);
  print('zhiwei, odd series', new Map(names.filter((_, i) => i % 2 === 0).map((n) => [n, known.get(n) ?? { evaluated: new Set(), outbreak: [] }])));
  print('zhiwei, even series', new Map(names.filter((_, i) => i % 2 === 1).map((n) => [n, known.get(n) ?? { evaluated: new Set(), outbreak: [] }])));
  if (reference) for (const line of readFileSync(reference, 'utf8').trimEnd().split('\n').slice(1)) console.log(line);
  console.log(`${list.length} series, ${weeks} series-weeks in ${seconds.toFixed(1)} s: ${Math.round(weeks / seconds)} series-weeks/s`);
}

function readKnown(file: string): Map<string, Known> {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = header.split(','), known = new Map<string, Known>();
  for (const line of lines) {
    const cells = line.split(','), of = (name: string) => cells[columns.indexOf(name)] ?? '';
    if (of('evaluated') !== '1') continue;
    const own = known.get(of('series')) ?? { evaluated: new Set(), outbreak: [] };
    own.evaluated.add(Number(of('week')));
    if (Number(of('outbreak')) > 0) own.outbreak.push(Number(of('week')));
    known.set(of('series'), own);
  }
  return known;
}
