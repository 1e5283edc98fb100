// In: chance. Out: invented people: names, phones, ID numbers, staff numbers.
// Invariant: ID numbers carry area codes that no place has (1499xx), landlines an area code that no place has (0399).
import type { Chance } from './random.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'];
const maleGiven = [...'建国军强伟民峰平华东明刚勇志永生福贵海波辉斌杰涛超鹏飞林龙山根宝成良忠义祥顺清立庆新春学文广德富胜凯宇浩'];
const femaleGiven = [...'秀英兰芳梅玲霞红艳丽娟敏静燕萍云凤琴香桂珍淑月莲巧慧洁倩雪婷颖欣怡春花荣爱'];

export interface Person { name: string; female: boolean; age: number; phone: string; idCard: string; staffNo: string }

export const givenName = (female: boolean, length: number, luck: Chance) =>
  Array.from({ length }, () => luck.pick(female ? femaleGiven : maleGiven)).join('');

export const looksFemale = (name: string) => [...name].slice(1).some((letter) => '秀英兰芳梅玲霞艳丽娟敏静燕萍凤琴香桂珍淑莲巧慧洁倩雪婷颖娥花'.includes(letter));

export const digits = (length: number, luck: Chance) => Array.from({ length }, () => luck.between(0, 9)).join('');

export function mobile(luck: Chance): string {
  return luck.pick(['131', '132', '135', '136', '137', '138', '139', '150', '151', '152', '155', '158', '159', '176', '178', '182', '186', '187', '188', '189']) + digits(8, luck);
}

/** An ID number with a right check digit (GB 11643) and an area code that does not exist. */
export function idCard(birthYear: number, female: boolean, luck: Chance): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const body = `1499${two(luck.between(51, 64))}${birthYear}${two(luck.between(1, 12))}${two(luck.between(1, 28))}${digits(2, luck)}${luck.between(0, 4) * 2 + (female ? 0 : 1)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

export function person(luck: Chance, year: number, female = luck.maybe(0.24)): Person {
  const age = luck.between(23, 62);
  return {
    name: luck.pick(surnames) + givenName(female, luck.maybe(0.82) ? 2 : 1, luck), female, age,
    phone: mobile(luck), idCard: idCard(year - age, female, luck), staffNo: `HY${digits(6, luck)}`,
  };
}
