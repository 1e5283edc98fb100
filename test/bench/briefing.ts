// In: a published data directory, or none (the sample is published first); a period (`--period 2026-10`). Out: seconds of its briefing in each format: by the command line from start to end, then in one process, where the first loads what the format needs.
// Invariant: the real command, the real renderers; every file is made from the published warehouse anew.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { dataDir } from '../../datasets/data-dir.ts';
import { briefingFormats, buildBriefing, renderBriefing } from '../../server/briefing/index.ts';
import { Warehouse } from '../../server/warehouse.ts';
import { publish, root } from '../e2e/start.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { period: { type: 'string', default: '2026-10' } } });
const say = (line: string) => process.stdout.write(`${line}\n`);
const load = () => `load average ${loadavg().map((n) => n.toFixed(1)).join(' ')}`;
const home = mkdtempSync(join(tmpdir(), 'zhiwei-briefing-'));
const data = positionals[0] ?? join(home, 'data');
const seconds = async (work: () => unknown) => { const from = performance.now(); await work(); return ((performance.now() - from) / 1000).toFixed(2); };

function command(format: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'pipelines/zhiwei.js'), 'briefing', '--data', data, '--month', values.period, '--output', join(home, `briefing.${format}`)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

try {
  if (!positionals[0]) publish(join(root, 'datasets/sample'), data);
  say(`${values.period}; ${load()}`);
  for (const format of briefingFormats) say(`${format}\tcommand line, start to end: ${await seconds(() => command(format))} s, again ${await seconds(() => command(format))} s; ${load()}`);
  const warehouse = await Warehouse.open(dataDir(data));
  try {
    const build = () => warehouse.use((reader) => buildBriefing(reader, { period: values.period }));
    const briefing = await build();
    say(`content model, once made before: ${await seconds(build)} s`);
    for (const format of briefingFormats) {
      const render = () => renderBriefing(briefing, format);
      say(`${format}\tfile from its content in one process: first ${await seconds(render)} s, repeated ${await seconds(render)} s`);
    }
  } finally {
    warehouse.close();
  }
} finally {
  rmSync(home, { recursive: true });
}
