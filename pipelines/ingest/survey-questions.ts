// In: the columns of a survey export and all its rows. Out: its questions: which columns, of what type, with what options.
// Invariant: a type is decided by the answers; titles only settle what answers leave open. Columns about persons are no question.
import type { Row } from '../../datasets/schema.ts';
import type { SheetRow } from '../readers/sheet.ts';
import type { Column } from './find-header.ts';
import { questionNumber } from './normalise-header.ts';
import { parseScore } from './parse-number.ts';
import type { Cell } from '../readers/sheet.ts';
import { answerText, optionText, scaleScore, splitOptions } from './survey-values.ts';

export interface Part { index: number; name: string }
export interface Question {
  title: string;
  type: Row<'question'>['type'];
  is_group: boolean;
  is_unit: boolean;
  parts: Part[];
  options: string[];
  /** What joins several choices in one cell; '' where each option has its own column. */
  joiner: string;
}

/** Columns of the platform, never a question: who, when, from where, how long. */
const platform = /^(?:序号|编号|答卷编号|答卷id|提交答卷时间|提交时间|提交日期|答题时间|填写时间|填报时间|开始时间|结束时间|开始答题时间|结束答题时间|所用时间|答题时长|用时|来源|来源详情|来源渠道|来自ip|ip|ip地址|省份?|城市|地理位置.*|地区|定位|总分|得分|标签|备注|状态|用户.*|微信.*|昵称|open_?id|设备.*|浏览器|操作系统|清洗.*|扩展属性|自定义字段|填写者.*|填表人|respondent.*)$/i;
const personal = /(?:姓名|电话|手机号?码?|联系方式|身份证|证件号|工号|员工编号|微信号?|qq号?|邮箱|住址|家庭地址)/i;
const demographic = /年龄|性别|学历|文化程度|工龄|司龄|岗位|工种|职务|职称|职级|身份|用工形式|用工性质|政治面貌|民族|婚姻|班次|工作年限|入职|参加工作|出生|收入水平|技能等级|人员类别/;
const unitTitle = /^(?:请选择|请填写|请问|您的|您|你的|你)*(?:所在|所属|现|目前)*(?:的)*(?:工作)?(?:单位|部门|矿井?|矿厂|公司|二级单位|基层单位|单位部门|单位名称|单位是|单位为)(?:名称|是哪个|是什么|是)?[?:]*$/;
/** Titles that ask for one's own words. */
const ownWords = /(?:建议|意见|想法|心里话|诉求)[?？。]*$|还有什么|想说|请(?:填|写)|写下|谈谈/;
/** Titles whose numbers are degrees. */
const degree = /满意|评价|评分|打分|程度|认可|认同|同意|推荐|感受|\d\s*[-~–—至到]\s*\d+|分值|得分|几分/;
const openTitle = /建议|意见|请填|请写|填写|说明|原因|简述|谈谈|其他想|希望|诉求|什么问题|哪些问题|留言|心里话|想说/;

/** Questions in the order of their columns. */
export function findQuestions(columns: readonly Column[], rows: readonly SheetRow[], skip: ReadonlySet<number>): Question[] {
  const groups = new Map<string, { column: Column; title: string }[]>();
  for (const column of columns) {
    const numbered = questionNumber(column.label);
    const title = (numbered?.rest ?? column.label).trim();
    if (skip.has(column.index) || (!numbered && platform.test(title.normalize('NFKC').replace(/\s/g, '')))) continue;
    if (personal.test(title) && title.length <= 24) continue;
    const base = numbered ? `#${numbered.number}` : split(title)?.base ?? `@${column.index}`;
    groups.set(base, [...(groups.get(base) ?? []), { column, title }]);
  }
  const coded = columns.some(({ index, label }) => isCoded(label, rows.map((row) => row.cells[index] ?? null)));
  return [...groups.values()].flatMap((members) => describe(members, rows, coded));
}

/** `题目(选项)`, `题目—行`, `题目:行`, `(选项)`; null where the title has no part. */
function split(title: string): { base: string; part: string } | null {
  const text = title.normalize('NFKC').replace(/[—–－]+/g, '—');
  const match = /^(.*?)\s*\(([^()]+(?:\([^()]*\)[^()]*)?)\)$/s.exec(text) ?? /^(.+?[?？]?)\s*[—_:]\s*([^—_:]+)$/s.exec(text) ?? /^(.{4,}?)-([^-]+)$/s.exec(text);
  return match?.[2] ? { base: (match[1] ?? '').trim(), part: match[2].trim() } : null;
}

/** Sex, post or unit given as 1, 2, 3: then the whole export holds numbers of options, and only degrees are scores. */
function isCoded(label: string, cells: readonly Cell[]): boolean {
  if (!(demographic.test(label) || unitTitle.test(questionNumber(label)?.rest ?? label)) || /年龄|工龄|司龄|年限|入职|参加工作|出生|收入/.test(label)) return false;
  const given = cells.filter((cell) => answerText(cell) !== null);
  return given.length > 0 && given.every((cell) => /^\d{1,2}$/.test(answerText(cell) ?? ''));
}

function describe(members: { column: Column; title: string }[], rows: readonly SheetRow[], coded: boolean): Question[] {
  const [only] = members;
  if (members.length === 1 && only) return [single(only.title, only.column.index, rows, coded)];
  const pieces = members.map(({ column, title }, i) => ({ index: column.index, piece: split(title), title, fallback: `${i + 1}` }));
  const base = pieces.map(({ piece }) => piece?.base ?? '').find((text) => text !== '') ?? only?.title ?? '';
  const parts = pieces.map(({ index, piece, title, fallback }) => ({ index, name: optionText(piece?.part ?? (title === base ? fallback : title.replace(base, '').trim() || fallback)) }));
  const cells = parts.flatMap(({ index, name }) => rows.map((row) => ({ name, cell: row.cells[index] ?? null }))).filter(({ cell }) => answerText(cell) !== null);
  const chosen = ({ name, cell }: (typeof cells)[number]) => /^(?:[01]|√|✓|是|否|true|false)$/.test(answerText(cell) ?? '') || optionText(answerText(cell) ?? '') === name || answerText(cell)?.startsWith(name) === true;
  const about = { title: cleanTitle(base), is_group: false, is_unit: false, parts, joiner: '' };
  if (cells.length > 0 && cells.every(chosen)) return [{ ...about, type: 'multiple', options: parts.map(({ name }) => name) }];
  if (cells.length > 0 && cells.filter(({ cell }) => scaleScore(cell) !== null).length >= cells.length * 0.9) return [{ ...about, type: 'scale', options: parts.map(({ name }) => name) }];
  return members.map(({ column, title }) => single(title, column.index, rows, coded));
}

const cleanTitle = (title: string) => title.replace(/\s+/g, ' ').replace(/[\[【(（](?:单选|多选|单选题|多选题|填空题|量表题|矩阵[^\])】）]*|必答|可多选|选填)[\]】)）]/g, '').replace(/[*:：]+$/, '').trim().slice(0, 300);

function single(raw: string, index: number, rows: readonly SheetRow[], codes: boolean): Question {
  const title = cleanTitle(raw);
  const texts = rows.map((row) => answerText(row.cells[index])).filter((text) => text !== null);
  const is_unit = unitTitle.test(title.normalize('NFKC').replace(/\s/g, ''));
  const is_group = is_unit || (demographic.test(title) && title.length <= 20);
  const about = { title, is_group, is_unit, parts: [{ index, name: '' }], joiner: '', options: [] };
  if (is_group) return { ...about, type: 'single' };
  const joiner = ['┋', '┃', '｜', '|', '；', ';', '\n'].find((mark) => joins(texts, mark));
  if (joiner) return { ...about, type: 'multiple', joiner, options: tally(texts.flatMap((text) => splitOptions(text, joiner))) };
  const cells = rows.map((row) => row.cells[index] ?? null).filter((cell) => answerText(cell) !== null);
  const numbers = cells.map((cell) => parseScore(cell)).filter((value) => typeof value === 'number');
  if (numbers.length > 0 && numbers.length >= cells.length * 0.9) {
    const most = Math.max(...numbers);
    if (numbers.every((value) => value >= 0 && value <= 10) && /推荐|nps/i.test(title)) return { ...about, type: 'nps' };
    const coded = (codes && !degree.test(title)) || /哪|是否|什么|有没有|会不会|您的(?!满意|评价|评分|打分)/.test(title) && !/满意|评价|评分|打分|程度|认可/.test(title);
    if (most <= 10 && Math.min(...numbers) >= 0 && !coded) return { ...about, type: 'scale' };
    return { ...about, type: 'single', options: tally(texts) };
  }
  if (cells.length > 0 && cells.filter((cell) => scaleScore(cell) !== null).length >= cells.length * 0.9) return { ...about, type: 'scale' };
  const options = new Set(texts.map(optionText));
  const mean = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
  const repeats = texts.length >= 2 * options.size || (/^\s*[A-Z][.、．]/.test(texts[0] ?? '') && options.size <= 12);
  const asked = ownWords.test(title) && !/哪|是否|有没有/.test(title) && texts.some((text) => text.length >= 5);
  const closed = !asked && options.size <= 30 && mean <= 25 && repeats && !(openTitle.test(title) && mean > 8 && options.size > 10);
  return closed ? { ...about, type: 'single', options: tally(texts.map(optionText)) } : { ...about, type: 'open' };
}

/** ┋ always joins; other marks only where their pieces form a small set that repeats. */
function joins(texts: readonly string[], mark: string): boolean {
  const joined = texts.filter((text) => text.includes(mark));
  if (joined.length === 0) return false;
  if (mark === '┋' || mark === '┃') return true;
  const pieces = texts.flatMap((text) => text.split(mark));
  const kinds = new Set(pieces);
  return kinds.size <= 20 && pieces.length >= 3 * kinds.size && [...kinds].every((piece) => piece.length <= 20);
}

/** Distinct options, the most chosen first, ties by wording. */
export function tally(options: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const option of options) counts.set(option, (counts.get(option) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([option]) => option);
}
