// In: the 2,600 texts of datasets/corpus/mine-language.jsonl. Out: texts fit for a unit, a month and a writer.
// Invariant: every identifier in a text is replaced by an invented one of the same shape; critical texts stay out.
import { readFileSync } from 'node:fs';
import type { TopicCode } from '../../taxonomy.ts';
import { monthOf, yearOf } from './calendar.ts';
import { digits, givenName, idCard, looksFemale, mobile } from './people.ts';
import type { Chance } from './random.ts';
import type { Kind } from './units.ts';
import type { Situation } from './words.ts';

interface Line { id: string; channel: string; text: string; topics: TopicCode[]; polarity: string; intent: string; critical: boolean; pii: string[] }

export interface BaseText { id: string; channel: string; text: string; topic: TopicCode; intent: string; positive: boolean; negative: boolean; pii: string[]; kinds: string; months: number[] | null }

const kindWords: readonly (readonly [RegExp, string])[] = [
  [/洗煤|选煤|洗选|煤泥|浮选|手选|矸石手选|压滤|重介/, 'W'], [/电厂|锅炉|汽机|化水|脱硫|集控/, 'P'], [/橡胶|密炼|硫化|炼胶|胶带厂/, 'R'],
  [/机车|铁路|道口|道岔|火车|车务|站场/, 'T'], [/机修|镗|铆焊|大修厂|电机绕组/, 'J'], [/护士|病房|急诊|科室|医生值班|护工/, 'H'], [/仓库|物资|采购/, 'S'],
  [/井下|掘进|采煤|综采|综掘|顺槽|迎头|下井|升井|瓦斯|顶板|支架|皮带巷|绞车|罐笼|矿灯|入井|通风区|开拓|区队|队长|矿上|窑|巷/, 'M'],
];
const seasons: readonly (readonly [RegExp, number[]])[] = [
  [/高温|三伏|伏天|绿豆汤|中暑|暑天|蚊子|西瓜|藿香/, [6, 7, 8, 9]], [/供暖|暖气|取暖|采暖|下雪|结冰|寒冬|零下|腊月/, [11, 12, 1, 2, 3]],
  [/春节|过年|年关|年三十|正月|年货/, [1, 2]], [/年底|年终/, [11, 12, 1]], [/端午|粽子/, [5, 6]], [/中秋|月饼|重阳/, [9, 10]], [/国庆/, [10]], [/高考/, [5, 6, 7]], [/汛期|暴雨/, [6, 7, 8]],
];
const realPlaces: readonly (readonly [string, string])[] = [['枣庄', '华原'], ['枣矿', '华岳'], ['济宁', '宁原'], ['滕州', '方原'], ['薛城', '岳城'], ['微山', '微岭'], ['邹城', '周原'], ['柴里', '柳园'], ['蒋庄', '吴庄'], ['大坞镇', '大坪镇'], ['0632', '0399'], ['0537', '0399'], ['零六三二', '零三九九'], ['高庄', '高原'], ['王集煤矿', '东山煤矿'], ['鸿运矿', '南沟矿']];

const fictional = (text: string) => realPlaces.reduce((all, [real, name]) => all.replaceAll(real, name), text);

const han = /^[\u4e00-\u9fa5\s]+$/;
const replaceable = (pii: string) => /[\d０-９@＠]/.test(pii) || (han.test(pii) && pii.replace(/\s/g, '').length <= 3 && !/[零幺〇]/.test(pii));

function base({ id, channel, text, topics, polarity, intent, pii }: Line): BaseText {
  const kinds = kindWords.filter(([pattern]) => pattern.test(text)).map(([, kind]) => kind);
  const season = seasons.find(([pattern]) => pattern.test(text));
  return { id, channel, text, topic: topics[0] ?? 'other', intent, positive: polarity === 'positive', negative: polarity === 'negative', pii, kinds: kinds.find((kind) => kind !== 'M') ?? kinds[0] ?? '*', months: season?.[1] ?? null };
}

// Matters that the planted stories tell; left to them, so that a story's numbers are its own.
const storied = /人脸|刷脸|定位卡|食物中毒|拉肚子|取消.{0,6}(?:班车|通勤)|瞒报|想死|不想活|跳楼|遗书|自杀|寻短|同归于尽|集体上访|去集团门口/;

/** Texts that may be used: identifiers all replaceable, nothing critical, nothing that a story tells. */
export const baseTexts: readonly BaseText[] = readFileSync(new URL('../../corpus/mine-language.jsonl', import.meta.url), 'utf8')
  .trim().split('\n').map((line) => JSON.parse(line) as Line)
  .filter(({ critical, pii, text }) => !critical && pii.every(replaceable) && !storied.test(text) && !/王 ?某某/.test(text)).map(base);

export const fits = (text: BaseText, kind: Kind, month: number) => (text.kinds === '*' || text.kinds.includes(kind)) && (text.months === null || text.months.includes(month));

const asWritten = (shape: string, fresh: string) => {
  let at = 0;
  return shape.replace(/[\d０-９Xx]/g, (old) => {
    const digit = fresh[at++] ?? '0';
    return /[０-９]/.test(old) && /\d/.test(digit) ? String.fromCodePoint((digit.codePointAt(0) ?? 48) + 0xfee0) : digit;
  });
};

function invented(pii: string, luck: Chance, year: number): string {
  if (han.test(pii)) {
    const bare = pii.replace(/\s/g, '');
    const given = [...givenName(looksFemale(bare), bare.length - 1, luck)];
    let at = -1;
    return pii.replace(/[\u4e00-\u9fa5]/g, (letter) => (++at === 0 ? letter : given[at - 1] ?? letter));
  }
  const plain = pii.normalize('NFKC').replace(/[^\dXx]/g, '');
  if (/[@＠]|\(at\)/.test(pii)) return pii.replace(/^[^@＠(]+/, `${luck.pick(['lan', 'shan', 'he', 'ming', 'yu', 'qing', 'song', 'hai'])}${luck.pick(['feng', 'long', 'mei', 'jun', 'bo', 'lin'])}${digits(3, luck)}`);
  if (plain.length === 18 && /^\d{17}[\dXx]$/.test(plain)) return asWritten(pii, idCard(Number(plain.slice(6, 10)) || year - 40, Number(plain[16]) % 2 === 0, luck));
  if (/^1\d{10}$/.test(plain) && plain.length === 11) return asWritten(pii, mobile(luck));
  if (/^0\d{9,11}$/.test(plain)) return asWritten(pii, `0399${luck.between(2, 8)}${digits(plain.length - 5, luck)}`);
  if (/[号楼单元排室村里苑区院]/.test(pii)) return pii.replace(/\d+/g, (n) => String(n.length >= 3 ? luck.between(1, 6) * 100 + luck.between(1, 4) : luck.between(1, 28)));
  let first = true;
  return pii.replace(/[\d０-９]/g, (old) => { const digit = first ? String(luck.between(1, 9)) : String(luck.between(0, 9)); first = false; return asWritten(old, digit); });
}

const monthNames = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const monthWord = /(?<![\d年第每个一二三四五六七八九十])(十[一二]|[二三四五六七八九十]|1[0-2]|[2-9])月(?=[初底末上中下份]|\d|[一二三四五六七八九十]|[^里饼光球亮薪嫂子])/g;

/** Moves the months and years that a text names, so that they lie before the day on which it was received. */
function timely(text: string, day: string): string {
  const named = [...text.matchAll(monthWord)].map(([, word = '']) => monthNames.indexOf(word) >= 0 ? monthNames.indexOf(word) + 1 : Number(word));
  const latest = named.at(-1);
  const shift = latest === undefined ? 0 : monthOf(day) - 1 - latest;
  const moved = text.replace(monthWord, (whole, word: string) => {
    const index = ((monthNames.indexOf(word) >= 0 ? monthNames.indexOf(word) : Number(word) - 1) + shift + 24) % 12;
    return whole.replace(word, /\d/.test(word) ? String(index + 1) : monthNames[index] ?? word);
  });
  return moved.replace(/20[2-3]\d(?=[年.\-/])/g, (year) => String(Math.min(Number(year), yearOf(day) - (latest === undefined ? 1 : 0))));
}

const teamWord = /(?:综采|综掘|掘进|采煤|机掘|开拓|运搬|运输|通防|通风|机电|准备)[一二三四五六七八]?(?:队|区队|工区|区)/g;

/** A text with invented identifiers, this unit's team and timely months; `writer` is the name that it signs with, if any. */
export function renew({ text, pii }: BaseText, s: Situation): { text: string; writer: string | null; phone: string | null } {
  let writer: string | null = null;
  let phone: string | null = null;
  const order = pii.map((one, i) => ({ one, i })).sort((a, b) => b.one.length - a.one.length);
  const marked = fictional(order.reduce((all, { one, i }) => all.replaceAll(one, `\u0001${i}\u0002`), text));
  const teams = new Set(marked.match(teamWord) ?? []);
  const own = teams.size === 1 && s.kind === 'M' ? marked.replace(teamWord, s.team) : marked;
  const moved = timely(own, s.day);
  const fresh = pii.map((one) => fictional(invented(one, s.luck, yearOf(s.day))));
  fresh.forEach((one, i) => {
    const plain = one.replace(/\s/g, '');
    const at = moved.indexOf(`\u0001${i}\u0002`);
    if (han.test(one)) {
      const signs = at <= 12 || at > moved.length - 14 || /(?:我叫|本人|我是|来电人|来访人|登记：?|姓名：?)$/.test(moved.slice(Math.max(0, at - 4), at));
      if (signs && writer === null) writer = plain;
    } else if (/^1\d{10}$/.test(plain.normalize('NFKC').replace(/[^\d]/g, '')) && phone === null) phone = plain.normalize('NFKC').replace(/[^\d]/g, '');
  });
  return { text: fresh.reduce((all, one, i) => all.replaceAll(`\u0001${i}\u0002`, one), moved), writer, phone };
}
