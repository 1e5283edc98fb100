// In: de-identified texts. Out: one short whole sentence worth quoting, or none; and a check that refuses any quote that is not what it says.
// Invariant: a quote is an exact substring of an unrestricted text and names nobody.
import { ZhiweiError } from '../../datasets/errors.ts';
import { identifierMarks } from '../../datasets/vocabulary.ts';
import type { Briefing, Part, QuotePart } from './content.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

export interface Quotable { readonly document_id: string; readonly text: string; readonly polarity: string; readonly intensity: number }

const shortest = 12;
const longest = 60;

/** Structured identifiers that may have been left in a text. */
const leftOver = [
  /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/, /(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/, /(?<!\d)\d{17}[\dXx](?!\d)/, /(?<!\d)\d{15,19}(?!\d)/,
  /[\w.]+@[\w.]+\.\w+/, /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新渝][A-Z][·\s]?[A-Z0-9]{5,6}/, /(?:微信|QQ|工号)[号:：\s]*[\w-]{4,}/i,
];
const surname = '[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳唐罗薛雷贺汤殷郝安常于傅皮卞齐康伍余元顾孟黄穆萧尹姚邵汪毛米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房解应宗丁宣邓洪包左石崔吉龚程裴陆翁荀甄曲封储靳段焦侯全班秋仲伊宫宁仇武刘景龙叶白蒲乔苍牛燕尚温庄晏柴阎慕连习艾易廖耿文寇东欧沃利师巩聂晁敖冷辛那简饶曾沙丰关相查游]';
/** Words that point at a person: marks, 我叫…, 王队长, 小刘, 老李, 张某. */
const person = new RegExp(`我叫|我是.{0,12}的?${surname}|名叫|(?<!\\[)姓名|${surname}[一-龥]{0,2}(?:某|师傅|同志|队长|区长|矿长|主任|科长|部长|书记|班长|经理|厂长|总工|老板|工长)|[小老]${surname}`);

/** Whether a sentence may be printed at all: no left-over identifier. */
export const holdsIdentifier = (text: string) => leftOver.some((pattern) => pattern.test(text.normalize('NFKC')));

const marks: readonly string[] = Object.values(identifierMarks);
/** A sentence with a mark in it is quoted only where there is no other. */
const markPenalty = 100;

/** The sentence that says most about the terms; shorter offsets first where two say the same. */
export function chooseQuote(documents: readonly Quotable[], terms: readonly string[]): QuotePart | null {
  let best: { quote: QuotePart; score: number } | null = null;
  for (const document of documents) {
    for (const { start, end } of sentences(document.text)) {
      const text = document.text.slice(start, end);
      if (end - start < shortest || end - start > longest || person.test(text) || holdsIdentifier(text) || /[\p{Cc}\p{Cf}<>{}]/u.test(text)) continue;
      const hits = terms.filter((t) => text.includes(t)).length;
      const score = hits * 1.5 + (document.polarity === 'negative' ? 1 : 0) + document.intensity * 0.75 + Math.min(end - start, 40) / 40 - (marks.some((m) => text.includes(m)) ? markPenalty : 0);
      if (terms.length > 0 && hits === 0) continue;
      if (best === null || score > best.score) best = { quote: { type: 'quote', document_id: document.document_id, start, end, text }, score };
    }
  }
  return best?.quote ?? null;
}

/** What stands before a sentence proper: space and 各位领导，您好： */
const salutation = /^\s*(?:[^。，,：:]{0,12}(?:领导|您好|你好)[，,：:]\s*){0,2}/;

/** Offsets of whole sentences, closing mark included. */
function* sentences(text: string): Generator<{ start: number; end: number }> {
  for (const match of text.matchAll(/[^。！？!?；;\n\r]+[。！？!?；;]/g)) {
    const lead = salutation.exec(match[0])?.[0].length ?? 0;
    yield { start: match.index + lead, end: match.index + match[0].length };
  }
}

/** All parts of a briefing, wherever they stand. */
export function* partsOf(briefing: Pick<Briefing, 'sections' | 'tables'>): Generator<Part> {
  for (const block of [...briefing.sections.flatMap((s) => s.blocks), ...briefing.tables]) {
    if (block.type === 'paragraph') yield* block.parts;
    if (block.type === 'table') for (const row of block.rows) for (const parts of row) yield* parts;
  }
}

/** Refuses (`failed`) a briefing in which a quote is not an exact substring of a de-identified, unrestricted text, or holds an identifier. */
export async function checkQuotes(briefing: Pick<Briefing, 'sections' | 'tables'>, warehouse: WarehouseReader): Promise<void> {
  for (const part of partsOf(briefing)) {
    if (part.type !== 'quote') continue;
    const [row] = await warehouse.query('SELECT text, restricted FROM document WHERE document_id = ?', [part.document_id]);
    const refuse = (why: string) => new ZhiweiError('failed', `月报中的一处引文未能核对（文书 ${part.document_id}）：${why}。请重新生成月报`);
    if (row === undefined) throw refuse('没有这份文书');
    if (row.restricted !== false) throw refuse('出自受限件');
    if (typeof row.text !== 'string' || part.start < 0 || part.end <= part.start || row.text.slice(part.start, part.end) !== part.text) throw refuse('与去标识原文不符');
    if (holdsIdentifier(part.text)) throw refuse('含有未去除的个人标识');
  }
}
