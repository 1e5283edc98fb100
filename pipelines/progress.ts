// In: rows done out of all, stage by stage. Out: a line on a terminal, plain lines elsewhere, or JSON lines for the server.
// Invariant: what is told is true: rows counted, rate measured, time left only where the total is known.
import type { Manifest } from './publish.ts';
import type { Progress } from './records.ts';

export interface StageProgress { stage: string; done: number; total: number; rows_per_second: number; seconds_left: number | null }
export type Report = (progress: StageProgress) => void;

export const stageLabels: Record<string, string> = {
  wait: '等待另一个运行结束', ingest: '读入', deidentify: '去标识', deduplicate: '归并', segment: '分词', classify: '分类', aggregate: '汇总', detect: '发现热点', publish: '发布', train: '训练',
};

const minGapMs = 200;

/** Runs stages one by one, timing each and telling progress at most five times a second, and always at a stage's end. */
export class Stopwatch {
  readonly stages: Manifest['stages'] = [];
  constructor(private readonly report: Report) {}

  async time<T>(stage: string, rows: number, work: (progress: Progress) => T | Promise<T>): Promise<T> {
    const started = performance.now();
    let last = 0;
    const tell = (done: number, total: number, force = false) => {
      const now = performance.now();
      if (!force && now - last < minGapMs) return;
      last = now;
      const seconds = (now - started) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      this.report({ stage, done, total, rows_per_second: Math.round(rate), seconds_left: total > done && rate > 0 ? Math.round((total - done) / rate) : null });
    };
    tell(0, rows, true);
    let seen = rows;
    const result = await work((done, total) => { seen = Math.max(done, total); tell(done, total); });
    tell(seen, seen, true);
    this.stages.push({ stage, rows: seen, seconds: Math.round(performance.now() - started) / 1000 });
    return result;
  }
}

/** The reporter for standard error: JSON lines on demand, one redrawn line on a terminal, a line per finished stage elsewhere. */
export function reporter(format: 'json' | 'text', stream: NodeJS.WriteStream = process.stderr): Report {
  if (format === 'json') return (p) => stream.write(`${JSON.stringify(p)}\n`);
  return ({ stage, done, total, rows_per_second, seconds_left }) => {
    const finished = done >= total && total > 0;
    const label = stageLabels[stage] ?? stage;
    const text = `${label}  ${done}${total ? `/${total}` : ''} 行  ${rows_per_second} 行/秒${seconds_left === null ? '' : `  约剩 ${seconds_left} 秒`}`;
    if (stream.isTTY) stream.write(`\r\x1b[2K${text}${finished ? '\n' : ''}`);
    else if (finished) stream.write(`${text}\n`);
  };
}
