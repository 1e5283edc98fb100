// In: deidentify and classify over JSON lines. Out: one JSON line per input line, in order.
// Invariant: a line that cannot be read stops the command, naming file and line; the output appears whole or not at all.
import { Option, type Command } from 'commander';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { readHouseSettings } from '../../datasets/settings.ts';
import { loadClassifier, readersOf } from '../classify.ts';
import { deidentifyText } from '../deidentify.ts';
import { reporter, Stopwatch } from '../progress.ts';
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
    .addHelpText('after', '\n例：zhiwei classify --input in.jsonl --output out.jsonl --model linear')
    .action(async (options: TextOptions & { model?: 'linear' | 'encoder' }) => {
      const rows = readLines(options.input, z.looseObject({ id: z.union([z.string(), z.number()]), title: z.string().nullish(), text: z.string() }));
      const classifier = await loadClassifier(readersOf(readHouseSettings(openData(options)), options.model));
      const labels = await new Stopwatch(reporter(options.progress)).time('classify', rows.length, (progress) => classifier.classify(rows.map(({ title, text }) => ({ title: title ?? null, text })), progress)).finally(() => classifier.close());
      writeLines(options.output, rows.map(({ id }, i) => ({ id, ...labels[i] })));
    });
}

function jsonLines(command: Command): Command {
  return withData(command).requiredOption('--input <IN.jsonl>', '输入').requiredOption('--output <OUT.jsonl>', '输出').option('--progress <text|json>', '进度的样子', 'text');
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ZhiweiError('bad_request', `--input：读不到 ${file}`, undefined, { cause });
  }
  return content.replace(/^\ufeff/, '').split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new ZhiweiError('bad_file', `${file} 第 ${i + 1} 行不是 JSON；每行应是一个对象`, undefined, { cause });
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new ZhiweiError('bad_file', `${file} 第 ${i + 1} 行缺少字段或类型不对：${parsed.error.issues.map((issue) => issue.path.join('.')).join('、')}`);
    return [parsed.data];
  });
}

function writeLines(file: string, rows: unknown[]): void {
  writeFileSync(`${file}.next`, rows.map((r) => `${JSON.stringify(r)}\n`).join(''));
  renameSync(`${file}.next`, file);
}
