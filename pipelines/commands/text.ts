// In: deidentify and classify and their options. Out: what read-texts.ts makes of them.
// Invariant: the readers and their models are loaded only when one of the commands is called.
import { Option, type Command } from 'commander';
import { withData } from './options.ts';
import type { ClassifyOptions, TextOptions } from './read-texts.ts';

const reading = () => import('./read-texts.ts');

export function addTextCommands(program: Command): void {
  jsonLines(program.command('deidentify').description('去除文字中的个人标识：{id,text} → {id,text,spans}'))
    .addHelpText('after', '\n例：zhiwei deidentify --input in.jsonl --output out.jsonl')
    .action(async (options: TextOptions) => { await (await reading()).deidentifyLines(options); });

  jsonLines(program.command('classify').description('判定诉求、情感、意图与紧急：{id,title?,text} → {id,topics,polarity,intensity,intent,critical}'))
    .addOption(new Option('--model <model>', '由谁来读：linear 只用线性模型，encoder 加语义模型；不给则依设置').choices(['linear', 'encoder']))
    .option('--taxonomy <NAME>', '用 zhiwei train 教过的分类：{id?,title?,text|words} → {id,labels:[{code,probability}]}')
    .addHelpText('after', '\n例：zhiwei classify --input in.jsonl --output out.jsonl --model linear')
    .action(async (options: ClassifyOptions) => {
      const { classifyLines, classifyByOwn } = await reading();
      await (options.taxonomy === undefined ? classifyLines(options) : classifyByOwn(options, options.taxonomy));
    });
}

function jsonLines(command: Command): Command {
  return withData(command).requiredOption('--input <IN.jsonl>', '输入').requiredOption('--output <OUT.jsonl>', '输出').option('--progress <text|json>', '进度的样子', 'text');
}
