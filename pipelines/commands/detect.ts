// In: detect over a CSV of weekly series. Out: a CSV with what was to be expected each week, a bound, a score and an alarm.
// Invariant: week t is judged by earlier weeks alone; untidy rows are put in order or told by line; output appears whole or not at all.
import type { Command } from 'commander';
import { renameSync, writeFileSync } from 'node:fs';
import { ZhiweiError } from '../../datasets/errors.ts';
import { withData } from './options.ts';
import type { SeriesFile } from './read-series.ts';

interface DetectOptions { series: string; output: string; fromWeek?: string; budget: string; progress: 'text' | 'json' }

export function addDetectCommand(program: Command): void {
  withData(program.command('detect').description('逐周判断时间序列：series,week,count[,exposure] → series,week,expected,upper,score,alarm'))
    .requiredOption('--series <IN.csv>', '输入；week 为周序号（1、2、3…）或周一日期；缺的周按 0 计，行序不论')
    .requiredOption('--output <OUT.csv>', '输出')
    .option('--from-week <N>', '只输出此周起（含）的判断；此前各周仍用作历史')
    .option('--budget <N>', '每 100 个序列·周容许的误报数，由它定出报警的得分', '1')
    .option('--progress <text|json>', '进度的样子', 'text')
    .addHelpText('after', '\n例：zhiwei detect --series weekly.csv --output judged.csv --from-week 105\n各周只用更早的周来判断（前瞻）；得分越高越异常，可在序列之间比较')
    .action(async (options: DetectOptions) => {
      const budget = Number(options.budget);
      if (!(budget > 0 && budget <= 50)) throw new ZhiweiError('bad_request', `--budget：应为 0 到 50 之间的数，不是“${options.budget}”`);
      const { readSeries } = await import('./read-series.ts'), { judgeSeries } = await import('../detect/judge-series.ts'), { reporter, Stopwatch } = await import('../progress.ts');
      const series = readSeries(options.series, '--series');
      const from = firstWeek(options.fromWeek, series);
      const size = series.list.reduce((n, s) => n + s.counts.length, 0);
      const lines = await new Stopwatch(reporter(options.progress)).time('detect', size, (progress) => judgeSeries(series.list, budget, progress)
        .flatMap(({ name, judged, weeks }) => judged.flatMap((j, t) => ((weeks[t] ?? 0) < from ? [] : [`${quoted(name)},${series.write(weeks[t] ?? 0)},${j.expected.toFixed(4)},${j.upper},${j.score.toFixed(5)},${j.alarm ? 1 : 0}\n`]))));
      writeFileSync(`${options.output}.next`, ['series,week,expected,upper,score,alarm\n', ...lines].join(''));
      renameSync(`${options.output}.next`, options.output);
      process.stdout.write(`${series.list.length} 个序列，${size} 个序列·周${series.filled > 0 ? `（其中缺的 ${series.filled} 周按 0 计）` : ''}\n`);
    });
}

function firstWeek(given: string | undefined, { dated, read }: SeriesFile): number {
  if (given === undefined) return -Infinity;
  const week = read(given);
  if (week === null) throw new ZhiweiError('bad_request', `--from-week：应为${dated ? '日期，如 2026-01-05' : '周序号'}，不是“${given}”`);
  return week;
}

const quoted = (name: string) => (/[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
