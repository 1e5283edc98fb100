// In: metrics.ts, schema.ts and the figures of the models. Out: the tables of README.md between their marks; `npm run docs` writes them, a test holds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { metricNames, metrics, type Metric } from '../../datasets/metrics.ts';
import { readFigures, type QualitySection } from '../../datasets/quality.ts';
import { tableNames, tables } from '../../datasets/schema.ts';
import { labelKinds, readerNames } from '../../datasets/vocabulary.ts';

const sections: Record<QualitySection['name'], string> = { corpus: '矿上的话（按写信人分折）', messages: '真实来信' };
const headlines = ['topics micro-F1', 'polarity macro-F1', 'intent macro-F1', 'intensity accuracy', 'critical recall', 'critical precision'];

/** The headline figures of every reader on every set of texts, and how much of what is quoted carries its topic. */
function qualityTable(): string {
  const figures = readFigures();
  if (!figures) return '';
  const rows = figures.sections.flatMap((s) => s.readers.map((r) => `| ${sections[s.name]} ${s.texts} 条 | ${readerNames[r.reader]} | ${headlines.map((name) => {
    const f = r.overall.find((o) => o.name === name);
    return f ? `${f.value.toFixed(3)} [${f.low.toFixed(2)}–${f.high.toFixed(2)}]` : '–';
  }).join(' | ')} |`));
  const share = (n: number, of: number) => `${Math.round((100 * n) / of)}%`;
  const quotes = figures.sections.flatMap(({ name, quotes: q }) => (q === null ? [] : [`${sections[name]} ${q.texts} 条里引 ${q.quoted} 处，${share(q.carries, q.quoted)} 正在说那件事，${share(q.elsewhere, q.quoted)} 是同一条里别的话，${share(q.quoted - q.carries - q.elsewhere, q.quoted)} 文字里没有那项诉求`]));
  return [`${figures.made}，${figures.linear}${figures.encoder ? `，${figures.encoder}` : ''}；方括号内为 95% 区间；逐${labelKinds.topic}、逐标签的数字在“质量”页`, '', `| 文字 | 谁来读 | ${headlines.join(' | ')} |`, `| --- | --- |${headlines.map(() => ' --- |').join('')}`, ...rows, '', `引作依据的原话，与人逐句标的比：${quotes.join('；')}。`].join('\n');
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
