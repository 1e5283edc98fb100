// In: units and a year. Out: the answers of one yearly wave of the same questionnaire, as the platform exports them.
// Invariant: the questions are the same each year, so waves compare; only how multiple answers are laid out differs.
import type { TopicCode } from '../../taxonomy.ts';
import { addDays } from './calendar.ts';
import type { Composer } from './compose.ts';
import { person } from './people.ts';
import { headcountOf, situation } from './petitions.ts';
import { chance, type Chance } from './random.ts';
import { branches, type Branch } from './units.ts';

export interface Wave { year: number; first: string; days: number; respondents: number; layout: 'joined' | 'columns' }

export const waves: readonly Wave[] = [
  { year: 2024, first: '2024-05-13', days: 12, respondents: 462, layout: 'joined' },
  { year: 2025, first: '2025-05-12', days: 12, respondents: 438, layout: 'columns' },
  { year: 2026, first: '2026-05-11', days: 14, respondents: 517, layout: 'joined' },
];

export const aspects = ['工资收入', '安全管理', '职业健康防护', '培训与晋升', '食堂宿舍', '干部作风'] as const;
export const concerns = ['薪酬待遇', '安全生产', '职业健康', '技能提升与转岗', '社保福利', '子女教育', '住房与通勤', '干部作风'] as const;
const ways = ['直接找区队领导', '工会或职代会', '领导信箱、热线', '网上留言', '基本不反映'];
const answered = ['能，很及时', '一般能', '说不准', '多数没有回音'];

// Year by year: meals and lodging better, training and promotion worse, pay little changed.
const trend: Readonly<Record<(typeof aspects)[number], readonly [number, number, number]>> = {
  工资收入: [2.9, 2.95, 2.85], 安全管理: [3.6, 3.7, 3.75], 职业健康防护: [3.3, 3.3, 3.2], 培训与晋升: [3.2, 3.05, 2.85], 食堂宿舍: [3.0, 3.3, 3.55], 干部作风: [3.2, 3.25, 3.3],
};
const local = (unit: string, aspect: string, year: number): number => {
  if (unit === '柳湾煤矿') return year === 2026 ? (aspect === '培训与晋升' ? -0.9 : -0.4) : 0;
  if (unit === '洗选中心' && aspect === '职业健康防护') return (2024 - year) * 0.18 - 0.1;
  return unit === '坑口电厂' && aspect === '食堂宿舍' && year === 2026 ? -0.35 : 0;
};
const concernTopics: Readonly<Record<(typeof concerns)[number], TopicCode>> = { 薪酬待遇: 'pay', 安全生产: 'safety', 职业健康: 'health', 技能提升与转岗: 'skills', 社保福利: 'welfare', 子女教育: 'employment', 住房与通勤: 'living', 干部作风: 'governance' };

const score = (mean: number, luck: Chance) => Math.max(1, Math.min(5, Math.round(mean + (luck.next() + luck.next() + luck.next() - 1.5) * 1.9)));
const jobOf = (branch: Branch, luck: Chance): string => branch.kind === 'M' ? luck.weighted({ 井下一线: 42, 井下辅助: 30, 地面生产: 12, 机关管理: 9, 后勤服务: 7 }) : branch.kind === 'L' || branch.kind === 'H' ? luck.weighted({ 后勤服务: 75, 机关管理: 25 }) : luck.weighted({ 地面生产: 76, 机关管理: 14, 后勤服务: 10 });

/** Header and rows of one wave. */
export function surveyRows(wave: Wave, composer: Composer): (string | number)[][] {
  const luck = chance(`survey ${wave.year}`);
  const header = ['序号', '提交答卷时间', '所用时间', '来源', '来源详情', '来自IP', '1、您所在的单位', '2、您的年龄段', '3、您的岗位类别', '4、您对目前工作的总体满意程度（1-5分）',
    ...aspects.map((aspect) => `5、请对以下方面的满意程度打分—${aspect}`),
    ...(wave.layout === 'joined' ? ['6、您目前最关心的问题（可多选）【多选题】'] : concerns.map((concern) => `6、您目前最关心的问题（可多选）(${concern})`)),
    '7、遇到问题时，您一般怎样反映', '8、您反映的问题能得到及时答复吗', '9、您有多大可能推荐亲友来本单位工作（0-10分）', '10、您最希望单位解决的一件事', '11、对改进工作您还有什么意见和建议'];
  const weights = Object.fromEntries(branches.map(({ name }) => [name, headcountOf(name, `${wave.year}-05`)]));
  const answers = Array.from({ length: wave.respondents }, () => {
    const branch = branches.find(({ name }) => name === luck.weighted(weights)) ?? branches[0];
    if (!branch) throw new Error('no units');
    const at = addDays(wave.first, Math.min(wave.days - 1, Math.floor(-Math.log(1 - luck.next()) * 4)));
    return { branch, at: `${at.replaceAll('-', '/').replace(/\/0/g, '/')} ${luck.between(7, 22)}:${String(luck.between(0, 59)).padStart(2, '0')}:${String(luck.between(0, 59)).padStart(2, '0')}`, day: at };
  }).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const rows = answers.map(({ branch, at, day }, i) => {
    const mood = (luck.next() - 0.5) * 1.4;
    const means = aspects.map((aspect) => (trend[aspect][wave.year - 2024] ?? 3) + local(branch.name, aspect, wave.year) + mood);
    const scores = means.map((mean) => score(mean, luck));
    const worst = scores.reduce((sum, one) => sum + one, 0) / scores.length;
    const age = luck.weighted({ '30岁及以下': 19, '31-40岁': 31, '41-50岁': 29, '51岁及以上': 21 });
    const chosen = luck.shuffle(concerns).filter((concern) => luck.maybe({ 薪酬待遇: 0.68, 安全生产: 0.41, 职业健康: 0.33, 技能提升与转岗: branch.name === '柳湾煤矿' && wave.year === 2026 ? 0.72 : 0.2 + (wave.year - 2024) * 0.06, 社保福利: 0.37, 子女教育: 0.24, 住房与通勤: 0.25, 干部作风: 0.19 }[concern]));
    const picked = concerns.filter((concern) => chosen.includes(concern)).slice(0, 5);
    const topic = concernTopics[luck.pick(picked.length > 0 ? picked : concerns)];
    const s = situation(branch, luck.pick(branch.teams), day, person(luck, wave.year), luck);
    const open = (probability: number, other: TopicCode) => !luck.maybe(probability) ? '' : luck.maybe(0.09) ? luck.pick(['无', '没有', '暂无', '无意见']) : composer.compose({ register: '问卷', topic: other, people: 1 }, s).text;
    return [i + 1, at, `${luck.between(74, 420)}秒`, luck.weighted({ 微信: 82, 手机提交: 12, 链接: 6 }), 'N/A', `10.${luck.between(8, 31)}.${luck.between(0, 255)}.${luck.between(2, 250)}(内网)`,
      branch.name, age, jobOf(branch, luck), score(worst + 0.1, luck), ...scores,
      ...(wave.layout === 'joined' ? [picked.join('┋')] : concerns.map((concern) => (picked.includes(concern) ? 1 : 0))),
      luck.pick(worst < 2.8 ? [...ways, '基本不反映', '网上留言'] : ways), luck.pick(worst < 2.8 ? answered.slice(1) : answered), Math.max(0, Math.min(10, Math.round(worst * 2.1 + (luck.next() - 0.5) * 4))),
      open(0.58, topic), open(0.24, luck.weighted({ governance: 2, welfare: 2, skills: 2, other: 2, safety: 1 }))];
  });
  return [header, ...rows];
}

export const surveyTitle = (year: number) => `${year}年度职工满意度与思想动态问卷调查`;
