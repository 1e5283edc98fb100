// In: metrics.ts, schema.ts and the figures of the models. Out: the tables of README.md between their marks; `npm run docs` writes them, a test holds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { metricNames, metrics, type Metric } from '../../datasets/metrics.ts';
import { readFigures, type QualitySection } from '../../datasets/quality.ts';
import { tableNames, tables } from '../../datasets/schema.ts';
import { labelKinds, readerNames } from '../../datasets/vocabulary.ts';

const sections: Record<QualitySection['name'], string> = { corpus: '矿上的话（按写信人分折）', messages: '真实来信' };
const headlines = ['topics micro-F1', 'polarity macro-F1', 'intent macro-F1', 'intensity accuracy', 'critical recall', 'critical precision'];

/** The headline figures of every reader on every set of texts, and the topics one by one for the best reader. */
function qualityTable(): string {
  const figures = readFigures();
  if (!figures) return '';
  const rows = figures.sections.flatMap((s) => s.readers.map((r) => `| ${sections[s.name]} ${s.texts} 条 | ${readerNames[r.reader]} | ${headlines.map((name) => {
    const f = r.overall.find((o) => o.name === name);
    return f ? `${f.value.toFixed(3)} [${f.low.toFixed(2)}–${f.high.toFixed(2)}]` : '–';
  }).join(' | ')} |`));
  return [`${figures.made}，${figures.linear}${figures.encoder ? `，${figures.encoder}` : ''}；方括号内为 95% 区间；逐${labelKinds.topic}、逐标签的数字在“质量”页`, '', `| 文字 | 谁来读 | ${headlines.join(' | ')} |`, `| --- | --- |${headlines.map(() => ' --- |').join('')}`, ...rows].join('\n');
}

const generated: Record<string, () => string> = {
  metrics: () => ['| 指标 | 名称 | 单位 | 定义 |', '| --- | --- | --- | --- |', ...metricNames.map((name) => {
    const m: Metric = metrics[name];
    return `| ${m.label} | \`${name}\` | ${m.unit} | ${m.description} |`;
  })].join('\n'),
  quality: qualityTable,
  tables: () => ['| 表 | 一行是 | 列 |', '| --- | --- | --- |', ...tableNames.map((name) => `| \`${name}\` | ${tables[name].grain.replace(/^每行是/, '')} | ${Object.keys(tables[name].columns).join(', ')} |`)].join('\n'),
};

/** README with its generated parts made anew. */
export function withGenerated(readme: string): string {
  return Object.entries(generated).reduce((text, [name, make]) => text.replace(new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`), (_, open: string, close: string) => `${open}${make()}${close}`), readme);
}

if (process.argv[1] === import.meta.filename) writeFileSync('README.md', withGenerated(readFileSync('README.md', 'utf8')));
