// In: a pattern with [a|b] choices and {slots}. Out: a sentence, filled for a writer, a unit and a day.
// Invariant: a slot that is not known throws; nothing unfilled ever reaches a text.
import { monthOf, yearOf } from './calendar.ts';
import type { Person } from './people.ts';
import type { Chance } from './random.ts';
import type { Kind } from './units.ts';

export interface Situation { day: string; unit: string; kind: Kind; team: string; post: string; writer: Person; luck: Chance }

const numerals = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];
const chineseMonths = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

const posts: Readonly<Record<Kind, readonly string[]>> = {
  M: ['支架工', '采煤机司机', '打眼工', '支护工', '皮带司机', '绞车司机', '电工', '机修钳工', '瓦斯检查员', '测风员', '信号把钩工', '泵站工', '单轨吊司机', '矿灯工', '放炮员'],
  W: ['选矸工', '破碎司机', '浮选工', '压滤工', '皮带司机', '电工', '装车工', '采样工'],
  P: ['锅炉运行工', '汽机运行工', '电气检修工', '输煤工', '化水值班员', '脱硫运行工'],
  R: ['密炼工', '成型工', '硫化工', '质检员', '叉车司机', '维修工'],
  T: ['调车员', '机车司机', '线路工', '道口工', '信号工', '车站值班员'],
  J: ['焊工', '车工', '钳工', '铆工', '电机修理工', '天车司机'],
  S: ['保管员', '采购员', '叉车司机', '装卸工'],
  H: ['护士', '药剂员', '检验员', '护工', '收费员'],
  L: ['水暖工', '食堂面点工', '保洁员', '班车司机', '绿化工', '司炉工', '宿舍管理员'],
};
const teamPosts: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^综采/, ['支架工', '采煤机司机', '泵站工', '皮带司机', '端头支护工', '检修电工']], [/^掘进/, ['打眼工', '支护工', '放炮员', '综掘机司机', '喷浆工']],
  [/^通/, ['瓦斯检查员', '测风员', '防尘工', '密闭工']], [/^机电[区队]/, ['电工', '机修钳工', '矿灯工', '主扇司机', '压风机司机']], [/^运搬/, ['绞车司机', '信号把钩工', '单轨吊司机', '皮带司机']],
  [/^洗煤/, ['选矸工', '浮选工', '压滤工']], [/^后勤队/, ['澡堂管理员', '灯房工', '仓库保管员']], [/^餐饮/, ['面点工', '配菜工', '服务员']], [/^供暖/, ['水暖工', '司炉工']], [/^车队/, ['班车司机', '修理工']],
  [/^物业/, ['保洁员', '维修工', '宿舍管理员']], [/^园林/, ['绿化工', '清扫工']], [/^化水/, ['化水值班员', '化验员']], [/^燃料/, ['输煤工', '采样工']],
];

/** Posts 岗位 that a team has. */
export const postsOf = (team: string, kind: Kind): readonly string[] => teamPosts.find(([pattern]) => pattern.test(team))?.[1] ?? posts[kind];

const places: Readonly<Record<Kind, readonly string[]>> = {
  M: ['主斜井皮带巷', '东翼回风巷', '西二采区', '2103工作面', '1206运顺', '井底车场', '南翼轨道巷', '采区变电所', '三部皮带机头', '北风井', '井口广场', '压风机房'],
  W: ['原煤转载点', '破碎楼', '主厂房三楼', '压滤车间', '浮选平台', '装车楼', '201皮带走廊'],
  P: ['输煤栈桥', '磨煤机零米', '锅炉十二米平台', '灰库', '汽机房', '氨站旁边'],
  R: ['密炼机台', '硫化罐区', '炼胶楼二层', '溶剂库', '成品库'],
  T: ['三号道口', '编组场', '检修库', '集配站', '五公里处'],
  J: ['铆焊棚', '喷漆房', '清洗间', '天车下面', '电镀间'],
  S: ['三号库', '油脂库', '装卸站台', '料场'],
  H: ['住院部后楼', '洗衣房', '药库', '检验科走廊'],
  L: ['换热站', '大食堂后厨', '停车场', '浴池', '垃圾中转站'],
};
const chiefs: Readonly<Record<Kind, readonly string[]>> = {
  M: ['队长', '区长', '书记', '带班的', '跟班副队长'], W: ['车间主任', '班长', '值班主任'], P: ['值长', '部长', '班长'], R: ['车间主任', '班长', '工段长'],
  T: ['段长', '工长', '值班站长'], J: ['车间主任', '工段长', '班长'], S: ['部长', '库长'], H: ['科主任', '护士长'], L: ['部长', '项目经理', '班长'],
};
const offices = ['劳资科', '人力部', '工会', '区队办公室', '财务', '信访办', '企管科', '后勤'];
const estates = ['东风小区', '矿工新村', '柳园小区', '北苑', '安康里', '南工房', '向阳村', '西岭家园', '石桥家属院', '团结里', '青石花园', '老平房区', '铁西小区', '和平里'];
const ranges: Readonly<Record<string, (low: number, high: number, luck: Chance) => string>> = {
  n: (low, high, luck) => String(low >= 40 ? Math.round(luck.between(low, high) / (high >= 100 ? 10 : 5)) * (high >= 100 ? 10 : 5) : luck.between(low, high)),
  yr: (low, high, luck) => { const n = luck.between(low, high); return n <= 10 && luck.maybe(0.5) ? numerals[n] ?? String(n) : String(n); },
  cn: (low, high, luck) => numerals[luck.between(low, high)] ?? '三',
  m: (low, high, luck) => money(luck.between(low, high), luck),
};

/** A sum as people write it: rounded, in figures or in words (2300 → 两千三). */
export function money(amount: number, luck: Chance): string {
  const rounded = amount >= 1000 ? Math.round(amount / 100) * 100 : amount >= 100 ? Math.round(amount / 10) * 10 : amount;
  if (rounded >= 1000 && luck.maybe(0.07)) return String(amount);
  if (luck.maybe(0.6) || rounded < 100 || rounded >= 10_000) return rounded >= 10_000 ? `${rounded / 10_000}万`.replace(/(\.\d)\d*/, '$1') : String(rounded);
  const [big, word] = rounded >= 1000 ? [1000, '千'] : [100, '百'];
  const rest = (rounded % big) / (big / 10);
  const tail = rest === 0 ? '' : rest === 2 ? '二' : numerals[rest] ?? '';
  return `${numerals[Math.floor(rounded / big)] ?? ''}${word}${tail}`;
}

function slot(name: string, s: Situation): string {
  const { luck, writer } = s;
  const range = /^(n|yr|cn|m)(\d+)(?:-(\d+))?$/.exec(name);
  if (range?.[1]) return ranges[range[1]]?.(Number(range[2]), Number(range[3] ?? range[2]), luck) ?? '';
  if (/^d[\d.]+$/.test(name)) return (Number(name.slice(1)) * (0.92 + luck.next() * 0.16)).toFixed(name.includes('.') && name.split('.')[1]?.length === 1 ? 1 : 2);
  switch (name) {
    case 'unit': return s.unit;
    case 'team': return s.team;
    case 'post': return s.post;
    case 'place': return luck.pick(places[s.kind]);
    case 'face': return `${luck.pick(['1', '2', '3'])}${luck.between(1, 4)}${String(luck.between(1, 12)).padStart(2, '0')}${luck.pick(['面', '工作面', '综采面'])}`;
    case 'who': return luck.pick(chiefs[s.kind]);
    case 'office': return luck.pick(offices);
    case 'estate': return luck.pick(estates);
    case 'lm': return lastMonth(s.day, luck);
    case 'am': return luck.pick(['上个月', `今年${chineseMonths[luck.between(0, Math.max(0, monthOf(s.day) - 2))]}月`, '去年年底', '前一阵', `去年${chineseMonths[luck.between(3, 10)]}月`]);
    case 'day': return luck.pick(['十号', '15号', '二十号', '月底', '每月12号', '二十五号之前']);
    case 'name': return writer.name;
    case 'surname': return writer.name.slice(0, 1);
    case 'called': return writer.female ? luck.pick(['女士', '大姐']) : luck.pick(['先生', '师傅']);
    case 'age': return String(writer.age);
    case 'id': return writer.idCard;
    case 'phone': return spacedPhone(writer.phone, luck);
    case 'years': return String(Math.max(2, Math.min(writer.age - 21, luck.between(3, 30))));
    case 'since': return String(yearOf(s.day) - Math.max(2, Math.min(writer.age - 21, luck.between(3, 30))));
    case 'clock': return `${luck.between(8, 20)}:${String(luck.between(0, 59)).padStart(2, '0')}`;
    case 'date': return luck.maybe(0.5) ? `${monthOf(s.day)}月${Number(s.day.slice(8))}日` : `${yearOf(s.day)}年${monthOf(s.day)}月`;
    default: throw new Error(`unknown slot {${name}}`);
  }
}

const lastMonth = (day: string, luck: Chance) => {
  const index = (monthOf(day) + 10) % 12;
  return luck.pick(['上个月', '上月', `${chineseMonths[index]}月份`, `${index + 1}月`]);
};

const spacedPhone = (phone: string, luck: Chance) => luck.maybe(0.7) ? phone : luck.maybe(0.5) ? phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3') : phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1-$2-$3');

/** Chooses among [a|b|c] and fills {slots}. */
export function fill(pattern: string, s: Situation): string {
  const chosen = pattern.replace(/\[([^[\]]*)\]/g, (_, options: string) => s.luck.pick(options.split('|')));
  return chosen.replace(/\{([a-z]+[\d.]*(?:-\d+)?)\}/g, (_, name: string) => slot(name, s));
}
