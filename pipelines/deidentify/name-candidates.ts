// In: a folded text as UTF-16 codes. Out: every stretch that could be a personal name 姓名: surname + given name, or a transliterated name.
// Invariant: a candidate is only a possibility; name-model.ts decides. Same text, same candidates, in order of start.
import { compoundSurnames, givenTiers, surnameTiers, transliterationTiers } from '../../datasets/lexicons/surnames.ts';

/** A possible name: `surname` and `length` in characters of the name itself, `end` after any blanks inside it. */
export interface Candidate { start: number; end: number; surname: 0 | 1 | 2; length: number; characters: [number, number, number, number] }

const tierOf = (tiers: readonly string[]): Uint8Array => {
  const table = new Uint8Array(65536);
  tiers.forEach((characters, tier) => {
    for (const character of characters) {
      const code = character.charCodeAt(0);
      if (table[code] === 0) table[code] = tier + 1;
    }
  });
  return table;
};

/** 1 common … 3 rare surname, 0 none; by UTF-16 code. */
export const surnameTier = tierOf(surnameTiers);
/** 1 mostly in names, 2 also elsewhere, 0 neither; by UTF-16 code. */
export const givenTier = tierOf(givenTiers);

const compound = new Set(compoundSurnames.map((name) => (name.charCodeAt(0) << 16) | name.charCodeAt(1)));
const compoundFirst = new Set(compoundSurnames.map((name) => name.charCodeAt(0)));
/** 1 where a character mostly transliterates names of other nationalities, 2 where it also does. */
export const transliterates = tierOf(transliterationTiers);
const announced = /(?:[我俺名他她]叫|姓名|本名|真名|[访电系映诉人表议报办]人|户名|户主|签名|落款|名字|工友|同乡|[:：、])[:：“" ]{0,2}$/;

const neverInNames = new Set([...'的了着么吗呢吧们这那哪是我你他她它个把被让给很也都却村屯庄队厂矿局处科室部镇县省区街巷某'].map((character) => character.charCodeAt(0)));
/** With what words that announce a name end, and what may follow them. */
const announcing = tierOf(['叫名人主落签款字友乡:：、“" ']);
const twoOf = (a: number, b: number) => a * 0x10000 + b;
const titles = new Set(['女士', '先生', '大娘', '大爷', '大姐', '大哥', '大嫂', '大妈', '大叔', '师傅', '同志', '主任', '队长', '书记', '班长', '矿长', '科长', '区长', '经理', '老师', '大夫', '医生', '老板', '老汉', '老太', '会计', '总工', '护士', '阿姨'].map((title) => twoOf(title.charCodeAt(0), title.charCodeAt(1))));

/** What may stand right before a name that begins like a word (经手人毕竟成). */
const leads = new Set([...'人叫名:'].map((character) => character.charCodeAt(0)));

const shortTitles = new Set([...'工总哥姐嫂叔婶姨爷奶氏科队处局头子班师'].map((character) => character.charCodeAt(0)));
const words = new Set('麻烦 方便 方法 时候 时间 平时 安全 常年 常常 万一 万元 任何 何时 何况 经常 经理 应该 应当 向上 向纪 向您 向矿 满意 满天 满月 满屋 成天 成立 成本 于是 关于 从来 由于 凑钱 印大 敬书 拜上 恭请 敬请 派人 派工 谈心 谈话 班里 班组 班长 储运 房屋 房子 车间 车队 车上 车辆 水泵 水沟 水管 井下 井口 井楼 顶楼 盖章 盖土 单位 单身 单独 党委 党员 党支 工会 金额 温度 高温 高压 党总 支部 支架 支护 门岗 门卫 门口 门诊 钱的 别人 别公 别说 别打 别再 别往 银行 来电 来访 来显 来信 来人 养老 养羊 养殖 解决 解释 申请 申诉 申报 劳动 劳资 管理 查处 严重 严格 边上 能不 能否 通知 通风 通勤 强烈 强制 都是 曾经 简直 简单 冷水 祝愿 祝您 路上 路灯 白天 白班 黑白 毛病 毕竟 毕业 尤其 容易 凡是 相关 相信 项目 陪护 计划 计件 年底 年年 元旦 国家 公司 公示 公积 生产 生活 干部 干活 台账 才能 但是 鲁环 鲁能 鲁煤 鲁安 晋煤 晋环 晋安 鲁西 鲁南 鲁中 鲁北 晋北 晋南 晋中 晋东 冀南 冀北 冀东 冀中 苏北 苏南 皖北 皖南 云贵 查考 查一 查到 查出 查清 查查 过储 储备 那趟 那天 那个 那些 修图 谢意 花多 米见 简章 包机 章程 白手 白校'.split(' ').map((word) => (word.charCodeAt(0) << 16) | word.charCodeAt(1)));

/** A Chinese character other than 某, which stands for a name that is not told. */
export const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fa5 && code !== 0x67d0;

/** UTF-16 codes of a text, with two zeros behind so that looking ahead needs no check. */
export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length + 4);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return codes;
}

const at = (codes: Uint16Array, i: number): number => codes[i] ?? 0;

function push(out: Candidate[], codes: Uint16Array, start: number, surname: 0 | 1 | 2, length: number): void {
  for (let k = surname === 0 ? 0 : surname; k < length; k++) if (neverInNames.has(at(codes, start + k))) return;
  // 主任满意, 找过孟科长: the title's own character, or a verb before a surname with its title.
  if (surname > 0 && at(codes, start) === 0x4efb && at(codes, start - 1) === 0x4e3b) return;
  if (surname === 1 && length === 2 && surnameTier[at(codes, start + 1)] === 1 && surnameTier[at(codes, start)] !== 1 && titles.has(twoOf(at(codes, start + 2), at(codes, start + 3)))) return;
  if (surname === 1 && length === 2 && shortTitles.has(at(codes, start + 1))) return;
  if (surname === 1 && words.has((at(codes, start) << 16) | at(codes, start + 1)) && (length === 2 || !leads.has(at(codes, start - 1)))) return;
  if (surname > 0 && titles.has(twoOf(at(codes, start + surname), at(codes, start + surname + 1)))) return;
  out.push({ start, end: start + length, surname, length, characters: [at(codes, start), at(codes, start + 1), length > 2 ? at(codes, start + 2) : 0, length > 3 ? at(codes, start + 3) : 0] });
}

/** All candidates of a text. */
export function candidatesOf(text: string, codes: Uint16Array): Candidate[] {
  const out: Candidate[] = [];
  for (let i = 0; i < text.length; i++) {
    const first = at(codes, i);
    if (!isHan(first)) continue;
    const second = at(codes, i + 1);
    if (surnameTier[first] !== 0) {
      if (isHan(second)) {
        push(out, codes, i, 1, 2);
        if (isHan(at(codes, i + 2))) push(out, codes, i, 1, 3);
      } else if (second === 32) spaced(out, codes, i);
    }
    if (compoundFirst.has(first) && compound.has((first << 16) | second) && isHan(at(codes, i + 2))) {
      push(out, codes, i, 2, 3);
      if (isHan(at(codes, i + 3))) push(out, codes, i, 2, 4);
    }
    if (transliterates[first] !== 0 || surnameTier[first] === 0) foreign(out, text, codes, i);
  }
  return out;
}

/** 张 三, 王 小 明, 苏 合 巴 特 尔: blanks between all characters and none of them beside another Chinese character. */
function spaced(out: Candidate[], codes: Uint16Array, i: number): void {
  const found = [i];
  for (let j = i; found.length < 5;) {
    let k = j + 1;
    while (at(codes, k) === 32 && k - j < 4) k++;
    if (k === j + 1 || !isHan(at(codes, k)) || isHan(at(codes, k + 1)) || neverInNames.has(at(codes, k))) break;
    found.push(k);
    j = k;
  }
  const [first = i, second = 0, third = 0, fourth = 0] = found;
  const characters: Candidate['characters'] = [at(codes, first), at(codes, second), found.length > 2 ? at(codes, third) : 0, found.length > 3 ? at(codes, fourth) : 0];
  if (found.length >= 4 && found.every((k) => transliterates[at(codes, k)] === 1)) {
    out.push({ start: i, end: (found[found.length - 1] ?? i) + 1, surname: 0, length: Math.min(found.length, 5), characters });
    return;
  }
  const isLabel = (k: number) => at(codes, k + 1) === 58;
  if (found.length >= 2) out.push({ start: i, end: second + 1, surname: 1, length: 2, characters: [characters[0], characters[1], 0, 0] });
  if (found.length >= 3 && !found.some(isLabel)) out.push({ start: i, end: third + 1, surname: 1, length: 3, characters: [characters[0], characters[1], characters[2], 0] });
}

function foreign(out: Candidate[], text: string, codes: Uint16Array, i: number): void {
  let sounds = 0, sure = 0;
  while (sounds < 6 && transliterates[at(codes, i + sounds)] === 1) sounds++;
  if (sounds >= 3 && transliterates[at(codes, i - 1)] === 1) return;
  let mixed = 0;
  for (; mixed < 5 && transliterates[at(codes, i + mixed)] !== 0; mixed++) {
    if (transliterates[at(codes, i + mixed)] === 1) sure++;
    if (mixed >= 3 && mixed >= sounds && sure * 2 > mixed) push(out, codes, i, 0, mixed + 1);
  }
  // 司机朝鲁师傅: two sounds are a name only before a word of address.
  if (sounds === 2 && transliterates[at(codes, i - 1)] !== 1 && titles.has(twoOf(at(codes, i + 2), at(codes, i + 3)))) push(out, codes, i, 0, 2);
  if (sounds >= 3) for (let length = 3; length <= Math.min(6, sounds); length++) push(out, codes, i, 0, length);
  else if (announcing[at(codes, i - 1)] !== 0 && announced.test(text.slice(Math.max(0, i - 6), i))) {
    for (let length = 2; length <= 4; length++) {
      if (!isHan(at(codes, i + length - 1))) break;
      if (length > 2 || sounds > 0 || surnameTier[at(codes, i)] === 0) push(out, codes, i, 0, length);
    }
  }
}
