// In: deidentify and classify over JSON lines. Out: one JSON line per input line, in order.
// Invariant: a line that cannot be read stops the command, naming file and line; the output appears whole or not at all.
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { taxonomyFiles } from '../../datasets/own-taxonomy.ts';
import { readHouseSettings } from '../../datasets/settings.ts';
import { loadClassifier, readersOf } from '../classify.ts';
import { deidentifyText } from '../deidentify.ts';
import { reporter, Stopwatch } from '../progress.ts';
import { labelLines } from '../taxonomies/label-texts.ts';
import { loadTaxonomy } from '../taxonomies/model-file.ts';
import { ownLine } from '../taxonomies/labelled-line.ts';
import { SecondPair } from '../second-pair.ts';
import { classifyAll } from '../text-stages.ts';
import { readLines, writeLines } from './json-lines.ts';
import { openData, withData } from './options.ts';

interface TextOptions { data: string; input: string; output: string; progress: 'text' | 'json' }

export function addTextCommands(program: Command): void {
  jsonLines(program.command('deidentify').description('去除文字中的个人标识：{id,text} → {id,text,spans}'))
    .addHelpText('after', '\n例：zhiwei deidentify --input in.jsonl --output out.jsonl')
    .action(async (options: TextOptions) => {
      const rows = readLines(options.input, z.looseObject({ id: z.union([z.string(), z.number()]), text: z.string() }));
      const out = await new Stopwatch(reporter(options.progress)).time('deidentify', rows.length, (progress) => rows.map(({ id, text }, i) => {
        progress(i, rows.length);
        return { id, ...deidentifyText(text) };
      }));
      writeLines(options.output, out);
    });

  jsonLines(program.command('classify').description('判定诉求、情感、意图与紧急：{id,title?,text} → {id,topics,polarity,intensity,intent,critical}'))
    .addOption(new Option('--model <model>', '由谁来读：linear 只用线性模型，encoder 加语义模型；不给则依设置').choices(['linear', 'encoder']))
    .option('--taxonomy <NAME>', '用 zhiwei train 教过的分类：{id?,title?,text|words} → {id,labels:[{code,probability}]}')
    .addHelpText('after', '\n例：zhiwei classify --input in.jsonl --output out.jsonl --model linear')
    .action(async (options: TextOptions & { model?: 'linear' | 'encoder'; taxonomy?: string }) => {
      if (options.taxonomy !== undefined) {
        const model = loadTaxonomy(taxonomyFiles(openData(options), options.taxonomy, '--taxonomy'));
        const lines = readLines(options.input, ownLine);
        writeLines(options.output, await new Stopwatch(reporter(options.progress)).time('classify', lines.length, (progress) => labelLines(model, lines, progress)));
        return;
      }
      const rows = readLines(options.input, z.looseObject({ id: z.union([z.string(), z.number()]), title: z.string().nullish(), text: z.string() }));
      const classifier = await loadClassifier(readersOf(readHouseSettings(openData(options)), options.model));
      const second = classifier.plain ? SecondPair.for(rows.length) : null;
      const labels = await new Stopwatch(reporter(options.progress)).time('classify', rows.length, (progress) => classifyAll(rows.map(({ title, text }) => ({ title: title ?? null, text })), classifier, second, progress)).finally(() => { classifier.close(); second?.close(); });
      writeLines(options.output, rows.map(({ id }, i) => ({ id, ...labels[i] })));
    });
}

function jsonLines(command: Command): Command {
  return withData(command).requiredOption('--input <IN.jsonl>', '输入').requiredOption('--output <OUT.jsonl>', '输出').option('--progress <text|json>', '进度的样子', 'text');
}
