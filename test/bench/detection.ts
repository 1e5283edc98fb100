// In: nothing; or a CSV of series with known outbreaks and, beside it, a table of what others reach; or the data of a run over the sample.
// Out: which planted stories are found and how soon, with false alarms a month; or probability of detection at equal budgets.
// Run: npm run bench:detection [-- SERIES.csv [REFERENCE.txt] | -- DATA_DIR [DAYS_BETWEEN_RUNS]]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDir } from '../../datasets/data-dir.ts';
import { inputFiles } from '../../pipelines/commands/options.ts';
import { runPipeline } from '../../pipelines/pipeline.ts';
import { printDetection } from './detection-pod.ts';
import { judgeStories } from './detection-stories.ts';

const [, , input, second] = process.argv;
if (!input) {
  const root = mkdtempSync(join(tmpdir(), 'zhiwei-bench-'));
  try {
    await runPipeline(dataDir(root), { inputs: inputFiles([fileURLToPath(new URL('../../datasets/sample', import.meta.url))]) }, () => undefined);
    await judgeStories(root);
  } finally { rmSync(root, { recursive: true, force: true }); }
} else if (statSync(input).isDirectory()) await judgeStories(input, Number(second ?? 1));
else printDetection(input, second);
