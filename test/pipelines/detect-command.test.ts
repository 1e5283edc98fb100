// In: CSV files of weekly series, tidy and untidy. Out: whether zhiwei detect judges them, or says by line what is wrong.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'zhiwei-detect-'));
afterAll(() => { rmSync(dir, { recursive: true, force: true }); });
const input = join(dir, 'in.csv'), output = join(dir, 'out.csv');
const command = (...more: string[]) => ['pipelines/zhiwei.js', 'detect', '--series', input, '--output', output, ...more];
const judge = (csv: string, ...more: string[]) => {
  writeFileSync(input, csv);
  execFileSync(process.execPath, command(...more), { stdio: 'pipe' });
  return readFileSync(output, 'utf8').trim().split('\n');
};
const weeks = (count: (t: number) => number, n = 90, name = 'a') => Array.from({ length: n }, (_, t) => `${name},${t + 1},${count(t)}`);
const step = (t: number) => (t === 85 ? 30 : 4 + (t % 3));

describe('zhiwei detect', () => {
  it('writes one judged row per week, and alarms the week that stands out alone', () => {
    const [header, ...rows] = judge(['series,week,count', ...weeks(step)].join('\n'));
    expect(header).toBe('series,week,expected,upper,score,alarm');
    expect(rows.length).toBe(90);
    expect(rows.filter((r) => r.endsWith(',1')).map((r) => r.split(',')[1])).toContain('86');
    expect(rows.slice(20, 85).filter((r) => r.endsWith(',1'))).toEqual([]);
  });

  it('gives a week the same judgement whatever comes later, in whatever order rows and columns are', () => {
    const whole = judge(['series,week,count', ...weeks(step)].join('\n'));
    const shuffled = judge(['note,count,week,series', ...weeks(step).map((r) => { const [s, w, c] = r.split(','); return `x,${c},${w},${s}`; }).reverse()].join('\r\n'));
    expect(shuffled).toEqual(whole);
    expect(judge(['series,week,count', ...weeks(step, 60)].join('\n'))).toEqual(whole.slice(0, 61));
    expect(judge(['series,week,count', ...weeks(step)].join('\n'), '--from-week', '80').slice(1)).toEqual(whole.slice(80));
  });

  it('counts a missing week as nought, and writes days where days were given', () => {
    expect(judge('series,week,count\na,2026-01-19,3\na,2026-01-05,1\n').slice(1).map((r) => r.split(',')[1])).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
  });

  it.each([
    { csv: 'series,week,count\na,1,2\na,x,3', told: '第 3 行 week 列应为周序号' },
    { csv: 'series,week\na,1', told: '缺少列 count' },
    { csv: 'series,week,count\na,1,-2', told: '第 2 行 count 列应为不小于 0 的数' },
    { csv: 'series,week,count\na,1,2\na,1,3', told: '第 3 行：序列 a 的第 1 周已出现过' },
    { csv: 'series,week,count,exposure\na,1,2,0', told: '第 2 行 exposure 列应为大于 0 的数' },
    { csv: '', told: '缺少列 series' },
  ])('says “$told” and writes nothing', ({ csv, told }) => {
    writeFileSync(input, csv);
    rmSync(output, { force: true });
    const { status, stderr } = spawnSync(process.execPath, command(), { encoding: 'utf8' });
    expect([status, stderr.includes(told), existsSync(output)]).toEqual([1, true, false]);
  });
});
