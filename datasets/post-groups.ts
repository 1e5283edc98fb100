// In: a post 岗位, trade 工种 or office 职务 as a ledger has it. Out: the group of posts it belongs to.
// Invariant: what is kept is one of these eight, never the words written: a rare post is a person.
// Source: 劳社部发〔2006〕24号 tells coal posts apart as 采掘工、辅助工、安检人员 and 管理技术人员; 《职业分类大典》 adds washing, surface and services.

export const postGroups = ['采煤掘进', '机电运输', '通风安全地测', '洗选与地面生产', '管理技术', '后勤服务', '离退人员及家属', '其他岗位'] as const;
export type PostGroup = (typeof postGroups)[number];

/** The first that fits; 综采队电工 is an electrician, 掘进队长 one of the management. */
const words: readonly (readonly [RegExp, PostGroup])[] = [
  [/退休|离休|内退|退养|离岗|离退|遗属|家属|配偶|子女/, '离退人员及家属'],
  [/食堂|餐|厨|面点|配菜|服务员|保洁|清扫|绿化|保安|门卫|保卫|宿舍|公寓|澡堂|浴|洗衣|灯房|医生|护士|医务|幼儿|物业|水暖|供暖|保管|仓库|库管|收发|班车|小车|后勤/, '后勤服务'],
  [/安全员|安检|安监|安全检查|瓦斯|瓦检|测风|测尘|通风|防尘|防突|防火|密闭|监测监控|监控员|探放水|防治水|地测|测量工|地质工/, '通风安全地测'],
  [/队长|区长|矿长|厂长|处长|科长|部长|段长|所长|经理|书记|主任|主管|科员|干事|工程师|总工|技术员|技术主管|技术管理|会计|出纳|文员|统计员|核算|调度|人事|劳资|党务|政工|机关|办公室|管理(?:人员|岗|层|技术)?$|干部/, '管理技术'],
  [/电工|电钳|钳工|机电|机修|维修|检修|泵|皮带|胶带|输送机|绞车|把钩|信号|单轨吊|无极绳|电机车|运输|运搬|提升|主扇|压风|主通风|变电|充电|轨道|井下辅助|电焊|焊工/, '机电运输'],
  [/采煤|综采|综放|综掘|掘进|采掘|炮掘|开拓|打眼|放炮|爆破|支护|支架|端头|喷浆|回采|割煤|煤机|巷修|锚杆|锚索|井下一线/, '采煤掘进'],
  [/洗选|选煤|选矸|洗煤|浮选|压滤|跳汰|重介|筛分|破碎|装车|过磅|化验|采样|制样|煤质|输煤|司炉|锅炉|汽机|集控|化水|水处理|值班员|巡检|铆工|车工|铣工|起重|天车|行车|吊车|硫化|炼胶|铁路|道口|调车|线路工|地面|操作工|仪表/, '洗选与地面生产'],
];

/** Group of a post; words that say nothing certain are 其他岗位. */
export function postGroupOf(text: string): PostGroup {
  const bare = text.normalize('NFKC').replace(/\s/g, '');
  return words.find(([pattern]) => pattern.test(bare))?.[1] ?? '其他岗位';
}

/** By what petitions are grouped. */
export const petitionGroupings = { post: '岗位', age_band: '年龄段' } as const;
export type PetitionGrouping = keyof typeof petitionGroupings;

export const ageBands = ['30岁以下', '30–39岁', '40–49岁', '50岁及以上'] as const;
export type AgeBand = (typeof ageBands)[number];

/** Band of an age in whole years. */
export const ageBandOf = (age: number): AgeBand => (age < 30 ? '30岁以下' : age < 40 ? '30–39岁' : age < 50 ? '40–49岁' : '50岁及以上');
