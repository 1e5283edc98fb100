// In: run, import, status, versions, rollback, hotspots and their options. Out: what they print.
// Invariant: with --json the last thing on standard output is the result; progress goes to standard error.
import type { Command } from 'commander';
import { join } from 'node:path';
import { readPointer } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { inputFiles, openData, printJson, printTable, withData } from './options.ts';

// Loaded by the command that needs them: whoever asks for help, or mistypes, need not wait for all.
const ingesting = () => import('../ingest.ts'), publishing = () => import('../publish.ts');

interface RunOptions { data: string; input?: string[]; mapping?: string; json?: boolean; progress: 'text' | 'json' }

export function addBatchCommands(program: Command): void {
  withData(program.command('run').description('导入文件（如有）并运行全部流程，发布新版本'))
    .option('--input <FILE_OR_DIR...>', '要导入的文件或文件夹；不给则重新标注并发布已有数据')
    .option('--mapping <FILE>', '列映射（JSON）：{kind?, sheet?, columns: {字段: 列名}}')
    .option('--json', '结果以 JSON 输出').option('--progress <text|json>', '进度的样子', 'text')
    .addHelpText('after', '\n例：zhiwei run --input 2026年10月信访台账.xlsx --data ./data')
    .action(async (options: RunOptions) => {
      const inputs = inputFiles(options.input ?? []);
      const dir = openData(options), mapping = options.mapping && (await ingesting()).readMapping(options.mapping);
      const { runPipeline } = await import('../pipeline.ts'), { reporter } = await import('../progress.ts');
      const result = await runPipeline(dir, { inputs, ...(mapping && { mapping }) }, reporter(options.progress));
      if (options.json) return printJson(result);
      printTable(['文件', '工作表', '类别', '接受', '退回', ''], result.sources.map((s) => [s.file, s.sheet, s.kind, s.accepted, s.rejected, s.unchanged ? '已导入过，未变' : '']));
      process.stdout.write(`版本 ${result.version}，用时 ${result.seconds} 秒\n`);
    });

  withData(program.command('import').description('查看文件会怎样导入：列映射、接受与退回；不写入任何数据'))
    .requiredOption('--input <FILE_OR_DIR...>', '要查看的文件或文件夹').option('--dry-run', '只查看（导入请用 run）')
    .option('--mapping <FILE>', '列映射（JSON）').option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei import --dry-run --input 台账.xlsx')
    .action(async (options: { data: string; input: string[]; dryRun?: boolean; mapping?: string; json?: boolean }) => {
      if (!options.dryRun) throw new ZhiweiError('bad_request', 'import 只用于查看，请加 --dry-run；要导入请用 zhiwei run --input …');
      const dir = openData(options), { describeFile, readMapping } = await ingesting();
      const sheets = [];
      for (const file of inputFiles(options.input)) sheets.push(...await describeFile(file, { dir, version: 0, ...(options.mapping && { mapping: readMapping(options.mapping) }) }));
      if (options.json) return printJson({ sheets });
      for (const s of sheets) {
        process.stdout.write(`\n${s.file} · ${s.sheet} · ${s.kind}：${s.rows} 行，接受 ${s.accepted}，退回 ${s.rejected}\n`);
        printTable(['列', '字段', '依据'], s.mapping.map((m) => [m.column, m.field ?? '—', m.how]));
        if (s.rejects.length > 0) printTable(['行', '列', '值', '原因', '怎样改'], s.rejects.map((r) => [r.source_row, r.column_name, r.value_class, r.reason, r.remedy]));
      }
    });

  withData(program.command('status').description('现在发布的是什么')).option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei status --data ./data')
    .action(async (options: { data: string; json?: boolean }) => {
      const { versions } = await publishing();
      const current = versions(openData(options)).find((v) => v.current) ?? null;
      if (options.json) return printJson(current);
      process.stdout.write(current ? `版本 ${current.version}，数据截至 ${current.as_of}，文字 ${current.documents} 条，退回 ${current.rejects} 行\n` : '还没有发布过数据；请运行 zhiwei run --input 文件\n');
    });

  withData(program.command('versions').description('列出保留的版本')).option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei versions --data ./data')
    .action(async (options: { data: string; json?: boolean }) => {
      const { versions } = await publishing();
      const all = versions(openData(options));
      if (options.json) return printJson({ versions: all });
      printTable(['版本', '时间', '数据截至', '文字', '退回', ''], all.map((v) => [v.version, v.started_at, v.as_of, v.documents, v.rejects, v.current ? '当前' : '']));
    });

  withData(program.command('rollback').description('回退到较早的版本')).argument('[version]', '版本号；不给则回退一版').option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei rollback 3 --data ./data')
    .action(async (version: string | undefined, options: { data: string; json?: boolean }) => {
      if (version !== undefined && !/^\d+$/.test(version)) throw new ZhiweiError('bad_request', `版本号应为数字，不是“${version}”`);
      const served = (await publishing()).rollback(openData(options), version === undefined ? undefined : Number(version));
      if (options.json) return printJson({ version: served });
      process.stdout.write(`现在发布的是版本 ${served}\n`);
    });

  withData(program.command('hotspots').description('列出热点、苗头与紧急事项，最紧要的在前')).option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei hotspots --data ./data --json')
    .action(async (options: { data: string; json?: boolean }) => {
      const hotspots = await listHotspots(openData(options));
      if (options.json) return printJson({ hotspots });
      printTable(['类别', '得分', '起', '止', '观测', '期望', '说明'], hotspots.map((h) => [h.kind, h.score.toFixed(1), h.from, h.to, h.observed, h.expected.toFixed(1), h.title]));
    });
}

/** Hotspots of the served version, hottest first; members are registration numbers, or document ids where there are none. */
async function listHotspots(dir: ReturnType<typeof openData>) {
  const pointer = readPointer(dir);
  if (!pointer) throw new ZhiweiError('not_found', '还没有发布过数据；请运行 zhiwei run --input 文件');
  const { readTables } = await import('../warehouse.ts');
  const t = await readTables(join(dir.warehouse, pointer.file), ['hotspot', 'hotspot_member', 'petition', 'unit']);
  const numbers = new Map(t.petition.map((p) => [p.document_id, p.registration_no]));
  const names = new Map(t.unit.map((u) => [u.unit_id, u.name]));
  const members = new Map<string, string[]>(t.hotspot.map((h) => [h.hotspot_id, []]));
  for (const m of t.hotspot_member) members.get(m.hotspot_id)?.push(numbers.get(m.document_id) ?? m.document_id);
  return t.hotspot.sort((a, b) => b.score - a.score || (a.hotspot_id < b.hotspot_id ? -1 : 1)).map((h) => ({
    kind: h.kind, title: h.title, terms: h.terms, unit: names.get(h.unit_id) ?? h.unit_id, topic: h.topic, from: h.from_date, to: h.to_date,
    observed: h.observed, expected: h.expected, score: h.score, members: members.get(h.hotspot_id) ?? [],
  }));
}
