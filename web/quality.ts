// In: figures of the automatic labels. Out: the words by which a reader who knows no statistics can use them.
// Invariant: pure; a share of few texts is called uncertain, never exact.
import type { LabelFigures, Mistake, QualityFigures, QualitySection, QuoteFigures, Share } from '../datasets/quality.ts';
import { taxonomy, topicCodes } from '../datasets/taxonomy.ts';
import { polarities, type LabelKind, type ReaderName } from '../datasets/vocabulary.ts';

/** Under this many texts a share is not told as a number out of a hundred. */
const few = 10;
const hundred = (v: number) => Math.round(v * 100);

/** The name of a label: 薪酬, 负面, 求决, 强度 2, 紧急. */
export function labelName(kind: LabelKind, code: string): string {
  if (kind === 'topic') return topicCodes.flatMap((t) => (t === code ? [taxonomy[t].label] : []))[0] ?? code;
  if (kind === 'polarity') return Object.entries(polarities).find(([c]) => c === code)?.[1] ?? code;
  if (kind === 'intensity') return code === '0' ? '无负面' : `强度 ${code}`;
  return kind === 'critical' ? '紧急' : code;
}

/** `约 74 条（70–78）`, or that there are too few texts to say. */
export function outOfHundred({ value, low, high }: Share, of: number): string {
  if (of < few) return `只有 ${of} 条，说不准`;
  return `约 ${hundred(value)} 条（${hundred(low)}–${hundred(high)}）`;
}

/** The reader whose labels the served version shows: both models where the version names both. */
export function servedReader(section: QualitySection, model: string | null): ReaderName {
  const combined = section.readers.some((r) => r.reader === 'combined');
  return combined && (model === null || model.includes('+')) ? 'combined' : 'linear';
}

/** The page's title: of a hundred topic labels given, how many are right, and how many that ought to be there are. */
export function qualityFinding(labels: readonly LabelFigures[]): string {
  const topics = labels.filter((l) => l.kind === 'topic');
  const [hit, said, real] = [topics.reduce((n, l) => n + l.hit, 0), topics.reduce((n, l) => n + l.said, 0), topics.reduce((n, l) => n + l.real, 0)];
  if (said === 0 || real === 0) return '还没有量过自动标签准不准';
  return `每 100 个自动标的诉求，约 ${hundred(hit / said)} 个是对的；该标的 100 个，标出约 ${hundred(hit / real)} 个`;
}

/** The label that is most often right, and the one that is least, among those of enough texts. */
export function bestAndWorst(labels: readonly LabelFigures[]): string {
  const topics = labels.filter((l) => l.kind === 'topic' && l.real >= 30 && l.code !== 'other').sort((a, b) => b.f1.value - a.f1.value);
  const [best, worst] = [topics[0], topics.at(-1)];
  return best && worst && best !== worst ? `最准的是${labelName(best.kind, best.code)}，最容易错的是${labelName(worst.kind, worst.code)}。` : '';
}

/** `应为薪酬，标成了安全` */
export function mistakeWords(m: Mistake): string {
  const names = (codes: readonly string[]) => codes.map((c) => labelName('topic', c)).join('、');
  if (m.kind === 'critical') return m.mistake === 'missed' ? '应报紧急，没有报' : '不紧急，却报了紧急';
  if (m.kind === 'polarity') return m.mistake === 'missed' ? '应为负面，判成了正面' : '应为正面，判成了负面';
  return `应为${names(m.topics)}，标成了${names(m.given)}`;
}

export const sectionNames: Readonly<Record<QualitySection['name'], string>> = { corpus: '矿上的话', messages: '真实来信' };

/** How a section was measured. */
export function measuredHow({ name, texts }: QualitySection): string {
  return name === 'corpus'
    ? `${texts.toLocaleString('zh-CN')} 条按矿上职工口吻编写、写时标好的话（编写和标注借助语言模型）；判一位写信人的话时，模型没有学过他的任何一条。`
    : `${texts.toLocaleString('zh-CN')} 条市民给政府信箱的真实来信，两人各标一遍、有分歧的第三人定；模型没有学过这些信。`;
}

/** Models and the day of the figures. */
export const madeWords = ({ made, linear, encoder, taxonomy: scheme }: QualityFigures) => `${made} 量，线性模型 ${linear}${encoder ? `，语义模型 ${encoder}` : ''}，诉求分类 ${scheme}`;

/** How much of what is quoted tells of its topic, how much something else of the same text, and how much stands beside a topic that the text does not have; in that order, as shares in words. */
export function quoteRows({ quoted, carries, elsewhere }: QuoteFigures): [string, string][] {
  const share = (n: number) => `${n.toLocaleString('zh-CN')} / ${quoted.toLocaleString('zh-CN')}，约 ${hundred(n / Math.max(1, quoted))}%`;
  return [['正是说这件事的话', share(carries)], ['是同一条文字里别的话', share(elsewhere)], ['文字里没有这项诉求', share(quoted - carries - elsewhere)]];
}
