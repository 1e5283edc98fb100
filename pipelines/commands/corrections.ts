// In: nothing but the data directory. Out: the texts that readers corrected, as labelled lines that `zhiwei train` learns from.
// Invariant: de-identified texts alone; one that is restricted by now is left out.
import type { Command } from 'commander';
import { join } from 'node:path';
import { readPointer } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { openData, withData } from './options.ts';

export function addCorrectionsCommand(program: Command): void {
  withData(program.command('corrections').description('导出人工改过标注的文字（已去标识），可作 zhiwei train 的标注'))
    .requiredOption('--output <OUT.jsonl>', '输出：{id,title,text,labels,subtopics,polarity,intensity,intent,critical}')
    .addHelpText('after', '\n例：zhiwei corrections --output 改正.jsonl\n然后：zhiwei train --labels 改正.jsonl --name 本单位分类')
    .action(async (options: { data: string; output: string }) => {
      const dir = openData(options), pointer = readPointer(dir);
      if (!pointer) throw new ZhiweiError('not_found', '还没有发布过数据；请先运行 zhiwei run --input 文件');
      const { readCorrections } = await import('../../datasets/corrections.ts'), { readTables } = await import('../warehouse.ts'), { writeLines } = await import('./json-lines.ts');
      const given = readCorrections(dir);
      const { document } = await readTables(join(dir.warehouse, pointer.file), ['document']);
      const rows = document.flatMap(({ document_id, title, text, restricted }) => {
        const labels = given.get(document_id)?.labels;
        if (!labels || restricted || text === null) return [];
        const { topics, ...rest } = labels;
        return [{ id: document_id, title, text, labels: topics.map((t) => t.code), subtopics: topics.map((t) => t.subtopic), ...rest }];
      });
      writeLines(options.output, rows);
      process.stdout.write(rows.length ? `已写入 ${options.output}（${rows.length} 条）\n` : `还没有人改过标注；已写入空文件 ${options.output}\n`);
    });
}
