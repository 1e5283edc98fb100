// In: metrics.ts and schema.ts. Out: the tables of README.md between their marks; `npm run docs` writes them, a test holds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { metricNames, metrics, type Metric } from '../../datasets/metrics.ts';
import { tableNames, tables } from '../../datasets/schema.ts';

const generated: Record<string, () => string> = {
  metrics: () => ['| 指标 | 名称 | 单位 | 定义 |', '| --- | --- | --- | --- |', ...metricNames.map((name) => {
    const m: Metric = metrics[name];
    return `| ${m.label} | \`${name}\` | ${m.unit} | ${m.description} |`;
  })].join('\n'),
  tables: () => ['| 表 | 一行是 | 列 |', '| --- | --- | --- |', ...tableNames.map((name) => `| \`${name}\` | ${tables[name].grain.replace(/^每行是/, '')} | ${Object.keys(tables[name].columns).join(', ')} |`)].join('\n'),
};

/** README with its generated parts made anew. */
export function withGenerated(readme: string): string {
  return Object.entries(generated).reduce((text, [name, make]) => text.replace(new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`), (_, open: string, close: string) => `${open}${make()}${close}`), readme);
}

if (process.argv[1] === import.meta.filename) writeFileSync('README.md', withGenerated(readFileSync('README.md', 'utf8')));
