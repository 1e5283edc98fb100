// In: a text. Out: the sum of money 金额 that the matter is about, in its own words and in yuan.
// Invariant: the words are an exact part of the text; 1 to 1,000,000,000 yuan; a price by the piece is none.
import { allMatches } from '../../all-matches.ts';
import type { Told } from './durations.ts';
import { numberOf, numberSource } from './numbers.ts';

const withUnit = new RegExp(`(${numberSource})\\s?(?:元钱?|块钱?|圆|余元|多块|来块|人民币)`, 'g');
/** 八百多, 两万三, 一百五: a round number without 元 where money is spoken of. */
const bare = /((?=[零一二两三四五六七八九十几]+[多来余]?[百千万])[零一二两三四五六七八九十百千万几]+(?:[多来余][千万]?多?)?|[\d０-９]+(?:[.．][\d０-９]+)?万|[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:\.\d+)?)(?![元块圆\d０-９一二三四五六七八九十百千万])/g;
const notMoney = /^\s?(?:多|来|余|几)?(?:个|名|位|号|人|口|户|家|天|年|月|日|周|斤|公斤|吨|米|公里|里地|里|度|岁|字|份|张|次|趟|回|件|步|辆|条|根|台|套|双|间|平|亩|方|瓦|伏|只|把|袋|本|页|遍|层|米|寸|尺|车|头|万|亿|分贝|小时|分钟|秒|分[之贝]|多?[人户张条]|箱|棵|届|期|班|倍|%|％|号楼)/;
const spokenOf = /钱|费|薪|工资|奖|罚|扣|欠|花|贷|款|押金|补|津贴|差额|差出|掉了?|少[发给领开拿算]|捐|赔|垫|借|报销|稿费|待遇|每月|一月|一个月|给了|发了|发的|领|价|省|挣|拿|外面的|少$|全是自己的|按|出[了来]/;
const owed = /(?:共少|少[发给领开拿算]了?|[拖还]?欠[发着]?了?|扣[了掉走]?|罚了?|差[了出额]?[来了]?|垫了?|补发?|赔了?|追回?|退|没[发给结]|克扣|掉了?|差额)[^，。；！？,;!?\n]{0,10}$/;
const priced = /^(?:一|每|\/)(?:度|斤|吨|公里|张|次|盒|份|个|件|瓶|套|双|米|方|趟|顿|碗|节)|^(?:的?餐|以上|左右一)/;

/** The sum nearest to what is owed, short or fined; else the first. */
export function findSum(text: string): Told | null {
  let best: (Told & { worth: number }) | null = null;
  const offer = (start: number, written: string, end: number, sure: boolean) => {
    const value = numberOf(written);
    if (value === null || value < 1 || value > 1_000_000_000 || /^[一几整](?:块|元$)/.test(text.slice(start, end)) && !/^钱/.test(text.slice(end))) return;
    const left = text.slice(Math.max(0, start - 16), start), right = text.slice(end, end + 6);
    if (priced.test(right)) return;
    const clause = /[^，。；！？,;!?\n]*$/.exec(left)?.[0] ?? '';
    if (!sure && (notMoney.test(right) || /第$|编号|工号|〔|No/.test(left.slice(-3)) || !spokenOf.test(left.slice(-12) + right))) return;
    const worth = (owed.test(clause) ? 2 : 0) + (/[，、]?(?:共|合计|总共|一共)[^，。]{0,4}$/.test(left) ? 1 : 0) + (sure ? 0.5 : 0);
    if (best === null || worth > best.worth) best = { start, end, value, worth };
  };
  if (/[元块圆民]/.test(text)) for (const m of allMatches(text, withUnit)) offer(m.index, m[1] ?? '', m.index + m[0].length, true);
  if (/[百千万]|[\d０-９][,，]/.test(text)) for (const m of allMatches(text, bare)) offer(m.index, m[1] ?? '', m.index + m[0].length, false);
  return best;
}
