// In: a CSV of weekly series (series, week, count[, exposure]), or the data directory of a run over the sample.
// Out: scores for an evaluator and the speed; or which planted stories were found, after how many days, and false alarms a month.
// Run: npx tsx test/bench/detection.ts SERIES.csv SCORES.csv | npx tsx test/bench/detection.ts DATA_DIR
import { statSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '../../pipelines/detect/expect.ts';
import { judgeStories } from './detection-stories.ts';

const [, , input, output] = process.argv;
if (input && statSync(input).isDirectory()) await judgeStories(input);
else if (input && output) scoreSeries(input, output);
else { console.error('usage: detection.ts SERIES.csv SCORES.csv | detection.ts DATA_DIR'); process.exitCode = 2; }

function scoreSeries(input: string, output: string): void {
  const [header = '', ...lines] = readFileSync(input, 'utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  const at = (name: string) => columns.indexOf(name);
  const series = new Map<string, { weeks: string[]; counts: number[]; exposure: number[] }>();
  for (const line of lines) {
    const cells = line.split(',');
    const name = cells[at('series')] ?? '';
    const one = series.get(name) ?? { weeks: [], counts: [], exposure: [] };
    one.weeks.push(cells[at('week')] ?? '');
    one.counts.push(Number(cells[at('count')]));
    if (at('exposure') >= 0) one.exposure.push(Number(cells[at('exposure')]));
    series.set(name, one);
  }
  const start = performance.now();
  const rows = ['series,week,method,score'];
  let weeks = 0;
  for (const [name, { weeks: of, counts, exposure }] of series) {
    const result = expect(counts, exposure.length > 0 ? { exposure } : {});
    weeks += counts.length;
    for (const [i, { score }] of result.entries()) rows.push(`${name},${of[i] ?? ''},zhiwei,${score.toFixed(5)}`);
  }
  const seconds = (performance.now() - start) / 1000;
  writeFileSync(output, `${rows.join('\n')}\n`);
  console.log(`${series.size} series, ${weeks} series-weeks in ${seconds.toFixed(1)} s: ${Math.round(weeks / seconds)} series-weeks/s`);
}
