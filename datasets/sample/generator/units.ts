// In: nothing. Out: the fictional group 华岳能源集团: units, 区队/车间, kinds, aliases and monthly headcounts.
// Invariant: every name, code and number here is invented.
import { months } from './calendar.ts';
import { chance } from './random.ts';

export type Kind = 'M' | 'W' | 'P' | 'R' | 'T' | 'J' | 'S' | 'H' | 'L';

export const kindNames: Readonly<Record<Kind, string>> = {
  M: '矿井', W: '洗选', P: '电厂', R: '制造', T: '运输', J: '制造', S: '物资', H: '医疗', L: '后勤',
};

export interface Branch {
  code: string; name: string; kind: Kind; aliases: string[]; teams: string[]; headcount: number;
  /** Petitions per head against the group's mean. */
  rate: number;
}

const mineTeams = ['综采一队', '综采二队', '掘进一队', '掘进二队', '通防工区', '机电区', '运搬区'];

export const group = { code: 'HY', name: '华岳能源集团' } as const;

const declared: readonly Omit<Branch, 'code'>[] = [
  { name: '东山煤矿', kind: 'M', aliases: ['东山矿', '东山'], teams: mineTeams, headcount: 4200, rate: 1 },
  { name: '西岭煤矿', kind: 'M', aliases: ['西岭矿', '西岭'], teams: [...mineTeams, '洗煤车间'], headcount: 3900, rate: 1.05 },
  { name: '南沟煤矿', kind: 'M', aliases: ['南沟矿', '南沟'], teams: mineTeams, headcount: 3600, rate: 0.95 },
  { name: '北河煤矿', kind: 'M', aliases: ['北河矿', '北河'], teams: mineTeams, headcount: 3300, rate: 0.95 },
  { name: '青石煤矿', kind: 'M', aliases: ['青石矿', '青石'], teams: mineTeams, headcount: 2900, rate: 0.9 },
  { name: '柳湾煤矿', kind: 'M', aliases: ['柳湾矿', '柳湾'], teams: ['综采一队', '综采二队', '掘进一队', '通风队', '机电队', '后勤队'], headcount: 2600, rate: 1.1 },
  { name: '洗选中心', kind: 'W', aliases: ['洗选', '洗煤厂'], teams: ['原煤车间', '准备车间', '主洗车间', '储装车间', '机电车间'], headcount: 2300, rate: 0.85 },
  { name: '坑口电厂', kind: 'P', aliases: ['电厂'], teams: ['运行部', '检修部', '燃料部', '化水车间'], headcount: 1700, rate: 0.85 },
  { name: '橡胶制品公司', kind: 'R', aliases: ['橡胶公司', '橡胶厂'], teams: ['密炼车间', '成型车间', '硫化车间', '质检科'], headcount: 1500, rate: 0.95 },
  { name: '铁路运输公司', kind: 'T', aliases: ['铁运公司', '铁运处'], teams: ['车务段', '机务段', '工务段', '电务段'], headcount: 1400, rate: 0.95 },
  { name: '机修总厂', kind: 'J', aliases: ['机修厂', '总厂'], teams: ['结构车间', '液压车间', '机加车间', '电气车间'], headcount: 1800, rate: 0.95 },
  { name: '物资供应公司', kind: 'S', aliases: ['物资公司', '供应公司'], teams: ['采购部', '仓储部', '配送部'], headcount: 700, rate: 0.8 },
  { name: '职工总医院', kind: 'H', aliases: ['总医院', '职工医院'], teams: ['内科', '外科', '职业病科', '后勤保障部'], headcount: 1300, rate: 0.8 },
  { name: '生活服务公司', kind: 'L', aliases: ['生活公司', '后勤公司'], teams: ['物业部', '餐饮部', '供暖部', '车队', '园林环卫部'], headcount: 1500, rate: 2.1 },
];

const two = (n: number) => String(n).padStart(2, '0');

export const branches: readonly Branch[] = declared.map((branch, i) => ({ code: `HY${two(i + 1)}`, ...branch }));

export function branchOf(name: string): Branch {
  const found = branches.find((branch) => branch.name === name);
  if (!found) throw new Error(`no unit is called ${name}`);
  return found;
}

/** Monthly headcounts 在岗人数: slow change everywhere; 柳湾 shrinks from 2026 on, and three units take its people in. */
export function headcounts(): { unit: string; month: string; headcount: number }[] {
  return branches.flatMap((branch) => {
    const luck = chance(`headcount ${branch.code}`);
    const drift = -0.0004 - luck.next() * 0.0012;
    let wave = 0;
    return months.map((month, i) => {
      wave = 0.8 * wave + (luck.next() - 0.5) * 0.004;
      const late = Math.max(0, i - 25);
      const closing = branch.name === '柳湾煤矿' ? -late * 105 : 0;
      const taking = i < 33 ? 0 : (i - 32) * ({ 北河煤矿: 75, 机修总厂: 42, 铁路运输公司: 18 }[branch.name] ?? 0);
      return { unit: branch.name, month, headcount: Math.round(branch.headcount * (1 + drift * i + wave)) + closing + taking };
    });
  });
}

/** Rows of the unit tree 单位树: code, name, parent, kind, aliases. */
export function unitRows(): (string | null)[][] {
  return [
    [group.code, group.name, null, '集团', '华岳集团、集团'],
    ...branches.flatMap((branch) => [
      [branch.code, branch.name, group.code, kindNames[branch.kind], branch.aliases.join('、')],
      ...branch.teams.map((team, i) => [`${branch.code}${two(i + 1)}`, team, branch.code, branch.kind === 'M' ? '区队' : '车间', null]),
    ]),
  ];
}
