// In: a file of labelled texts and a name. Out: a classification of the office's own, saved under the data directory, and its figures on unseen texts.
// Invariant: what is printed is what is saved beside the model; nothing of a text is printed.
import type { Command } from 'commander';
import type { Evaluation, Figure } from '../../datasets/own-taxonomy.ts';
import { openData, printJson, printTable, withData } from './options.ts';

interface TrainOptions { data: string; labels: string; name: string; json?: boolean; progress: 'text' | 'json' }

export function addTrainCommand(program: Command): void {
  withData(program.command('train').description('用自己的标注教知微自己的分类，交叉验证后存入数据目录'))
    .requiredOption('--labels <L.jsonl>', '标注：每行 {text 或 words, label 或 labels, id?}；也可以是有 text、label 两列的 xlsx 或 csv')
    .requiredOption('--name <NAME>', '分类的名称；同名的会被替换')
    .option('--json', '结果以 JSON 输出').option('--progress <text|json>', '进度的样子', 'text')
    .addHelpText('after', '\n例：zhiwei train --labels 标注.jsonl --name 本单位分类\n然后：zhiwei classify --taxonomy 本单位分类 --input in.jsonl --output out.jsonl')
    .action(async (options: TrainOptions) => {
      const { taxonomyFiles } = await import('../../datasets/own-taxonomy.ts'), { readLabels } = await import('./read-labels.ts');
      const files = taxonomyFiles(openData(options), options.name, '--name');
      const texts = await readLabels(options.labels, '--labels');
      const { trainTaxonomy, fewTexts } = await import('../taxonomies/train-taxonomy.ts'), { saveTaxonomy } = await import('../taxonomies/model-file.ts'), { reporter, Stopwatch } = await import('../progress.ts');
      const { model, evaluation } = await new Stopwatch(reporter(options.progress)).time('train', 0, (progress) => trainTaxonomy(files.name, texts, progress));
      saveTaxonomy(files, model, evaluation);
      if (options.json) printJson(evaluation);
      else printEvaluation(evaluation, fewTexts);
    });
}

const percent = (v: number) => `${(v * 100).toFixed(1)}`;
const told = (f: Figure) => `${percent(f.value)}（${percent(f.low)}–${percent(f.high)}）`;

function printEvaluation(e: Evaluation, fewTexts: number): void {
  const say = (line: string) => { process.stdout.write(`${line}\n`); };
  say(`分类“${e.name}”已学会：${e.texts} 条文字，${e.classes.length} 个类别${e.several ? '，一条可有几类' : ''}，版本 ${e.version}`);
  say(`\n${e.folds} 折交叉验证（每条由没有见过它的模型来判），%，括号内为 95% 区间`);
  printTable(['宏平均 F1', '微平均 F1', e.several ? '全对率' : '正确率'], [[told(e.macroF1), told(e.microF1), told(e.accuracy)]]);
  say('');
  printTable(['类别', '条数', '精确率', '召回率', 'F1'], e.classes.map((c) => [c.code, c.texts, told(c.precision), told(c.recall), told(c.f1)]));
  say('\n混淆矩阵：行是标注，列是判定');
  const heads = [...e.classes.map((c) => c.code), '（无）'];
  const shown = [...heads.keys()].filter((c) => c < e.classes.length || e.confusion.some((row, r) => (r === c ? row : [row[c]]).some((n) => (n ?? 0) > 0)));
  printTable(['', ...shown.map((c) => heads[c] ?? '')], shown.map((g) => [heads[g], ...shown.map((s) => e.confusion[g]?.[s] ?? 0)]));
  if (e.few.length > 0) say(`\n这些类别不足 ${fewTexts} 条，难以学好，请再标一些：${e.few.map((c) => `${c.code}（${c.texts} 条）`).join('、')}`);
}
