// In: a CSV with the columns series, week, count and, if there, exposure; in any order, among others. Out: complete weekly series.
// Invariant: weeks are in order without gaps; a week that is missing counts nought; what cannot be read is told by line and column.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { WeeklySeries } from '../detect/judge-series.ts';

export interface SeriesFile {
  list: WeeklySeries[];
  /** Weeks are written as days, not numbers. */
  dated: boolean;
  /** Weeks that the file left out. */
  filled: number;
  /** A week as the file writes it. */
  write: (week: number) => string;
  /** The number of a week written as the file writes it; null when it is not. */
  read: (week: string) => number | null;
}

const weekMs = 7 * 86_400_000, longest = 20_000;

/** Reads a file of weekly series; `option` names it in messages. */
export function readSeries(file: string, option: string): SeriesFile {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ZhiweiError('bad_request', `${option}：读不到 ${file}`, undefined, { cause });
  }
  const rows = records(content, file);
  const header = (rows[0]?.cells ?? []).map((c) => c.trim().toLowerCase());
  const at = (name: string) => header.indexOf(name);
  const missing = ['series', 'week', 'count'].filter((name) => at(name) < 0);
  if (missing.length > 0) throw new ZhiweiError('bad_file', `${file} 缺少列 ${missing.join('、')}；第一行应为列名 series,week,count（exposure 可有可无）`);

  const found = new Map<string, Map<number, { count: number; exposure: number | null }>>();
  let dated: boolean | null = null, phase = 0;
  for (const { cells, line } of rows.slice(1)) {
    const bad = (column: string, expected: string) => new ZhiweiError('bad_file', `${file} 第 ${line} 行 ${column} 列应为${expected}`);
    const name = cells[at('series')]?.trim() ?? '', week = cells[at('week')]?.trim() ?? '';
    if (name === '') throw bad('series', '序列名，现为空');
    const day = /^\d{4}-\d{2}-\d{2}$/.test(week) ? Date.parse(week) : null;
    if (day === null ? !/^\d{1,9}(\.0+)?$/.test(week) : Number.isNaN(day)) throw bad('week', '周序号（如 12）或日期（如 2026-01-05）');
    if (dated !== null && dated !== (day !== null)) throw bad('week', dated ? '日期，与前面各行一致' : '周序号，与前面各行一致');
    if (dated === null && day !== null) phase = ((day % weekMs) + weekMs) % weekMs;
    dated = day !== null;
    const count = numberIn(cells[at('count')]), exposure = at('exposure') < 0 ? null : numberIn(cells[at('exposure')]);
    if (count === null || count < 0) throw bad('count', '不小于 0 的数');
    if (at('exposure') >= 0 && (exposure === null || exposure <= 0)) throw bad('exposure', '大于 0 的数');
    const weeks = found.get(name) ?? new Map();
    const number = day === null ? Number(week) : Math.floor((day - phase) / weekMs);
    if (weeks.has(number)) throw new ZhiweiError('bad_file', `${file} 第 ${line} 行：序列 ${name} 的第 ${week} 周已出现过；每个序列每周应只有一行`);
    weeks.set(number, { count, exposure });
    found.set(name, weeks);
  }
  let filled = 0;
  const list = [...found].map(([name, known]): WeeklySeries => {
    const first = [...known.keys()].reduce((a, b) => Math.min(a, b)), last = [...known.keys()].reduce((a, b) => Math.max(a, b));
    if (last - first >= longest) throw new ZhiweiError('bad_file', `${file}：序列 ${name} 从第 ${first} 周到第 ${last} 周，太长了；请检查 week 列`);
    const one: WeeklySeries = { name, weeks: [], counts: [], exposure: at('exposure') < 0 ? null : [] };
    for (let week = first; week <= last; week++) {
      const row = known.get(week);
      if (!row) filled++;
      one.weeks.push(week);
      one.counts.push(row?.count ?? 0);
      one.exposure?.push(row?.exposure ?? one.exposure.at(-1) ?? 1);
    }
    return one;
  });
  const read = (week: string) => {
    const number = dated ? Math.floor((Date.parse(week) - phase) / weekMs) : Number(week.trim() || NaN);
    return Number.isFinite(number) ? number : null;
  };
  return { list, dated: dated ?? false, filled, read, write: (week) => (dated ? new Date(week * weekMs + phase).toISOString().slice(0, 10) : String(week)) };
}

function records(content: string, file: string): { cells: string[]; line: number }[] {
  try {
    const rows = parse(content, { bom: true, relax_column_count: true, skip_empty_lines: true, info: true }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (cause) {
    const line = cause instanceof Error && 'lines' in cause ? ` 第 ${String(cause.lines)} 行` : '';
    throw new ZhiweiError('bad_file', `${file}${line} 不是合法的 CSV：多半是双引号不成对`, undefined, { cause });
  }
}

const numberIn = (cell: string | undefined): number | null => {
  const text = cell?.trim() ?? '';
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
};
