// In: texts/stories/*.txt. Out: the eight planted stories, text by text, and what truth.json says of them.
// Invariant: a story's texts are hand-written and used once each.
import { readFileSync } from 'node:fs';
import type { TopicCode } from '../../taxonomy.ts';

export interface StoryText { story: number; channel: string; day: string; unit: string; team: string | null; people: number; likes: number; text: string }

export interface Story {
  id: number; title: string; kind: 'series' | 'emergent' | 'critical' | 'not_news'; topic: TopicCode | null; units: string[];
  from: string; to: string;
  /** Day by which a watchful reader of the texts received so far would have noticed; null where nothing is to be noticed. */
  detect_by: string | null;
  file: string;
}

export const stories: readonly Story[] = [
  { id: 1, title: '西岭煤矿改结算办法后绩效拖欠', kind: 'series', topic: 'pay', units: ['西岭煤矿'], from: '2026-08-11', to: '2026-10-27', detect_by: '2026-09-13', file: '1-xiling-arrears' },
  { id: 2, title: '洗选中心粉尘投诉一季度里慢慢增多', kind: 'series', topic: 'health', units: ['洗选中心'], from: '2026-06-05', to: '2026-09-29', detect_by: '2026-09-06', file: '2-washing-dust' },
  { id: 3, title: '南沟煤矿冒顶伤人瞒报', kind: 'critical', topic: 'safety', units: ['南沟煤矿'], from: '2026-09-12', to: '2026-09-20', detect_by: '2026-09-12', file: '3-nangou-concealed' },
  { id: 4, title: '柳湾煤矿关井分流，波及四个单位', kind: 'series', topic: 'employment', units: ['柳湾煤矿', '北河煤矿', '机修总厂', '铁路运输公司'], from: '2026-07-06', to: '2026-10-28', detect_by: '2026-09-06', file: '4-liuwan-transfer' },
  { id: 5, title: '各矿七、八月高温诉求：年年如此', kind: 'not_news', topic: 'health', units: ['东山煤矿', '西岭煤矿', '南沟煤矿', '北河煤矿', '青石煤矿', '柳湾煤矿'], from: '2026-07-01', to: '2026-08-31', detect_by: null, file: '5-heat-season' },
  { id: 6, title: '坑口电厂食堂疑似食物中毒', kind: 'series', topic: 'welfare', units: ['坑口电厂'], from: '2025-11-06', to: '2025-11-19', detect_by: '2025-11-16', file: '6-power-canteen' },
  { id: 7, title: '铁路运输公司通勤车停运的模板信', kind: 'series', topic: 'living', units: ['铁路运输公司'], from: '2026-03-05', to: '2026-03-27', detect_by: '2026-03-22', file: '7-rail-commute' },
  { id: 8, title: '智能化工作面上线后的人脸考勤、定位卡争议', kind: 'emergent', topic: null, units: ['东山煤矿', '北河煤矿', '青石煤矿', '西岭煤矿', '机修总厂'], from: '2026-09-03', to: '2026-10-27', detect_by: '2026-09-20', file: '8-face-clock' },
];

const read = (file: string) => readFileSync(new URL(`../texts/stories/${file}.txt`, import.meta.url), 'utf8');

export const storyTexts: readonly StoryText[] = stories.flatMap(({ id, file }) => read(file).split(/^@ /m).slice(1).map((block) => {
  const [heading = '', ...lines] = block.trim().split('\n');
  const [channel = '', day = '', where = '', ...more] = heading.split('|');
  const [unit = '', team] = where.split('/');
  const stated = new Map(more.map((pair) => pair.split('=') as [string, string]));
  return { story: id, channel, day, unit, team: team ?? null, people: Number(stated.get('people') ?? 1), likes: Number(stated.get('likes') ?? 0), text: lines.join('\n') };
}));

/** Template letters 模板信: a pattern that many people send with small differences. */
export interface Template { story: number | null; unit: string; from: string; to: string; copies: number; pattern: string }

export const templates: readonly Template[] = [
  { story: 7, unit: '铁路运输公司', from: '2026-03-10', to: '2026-03-27', copies: 30, pattern: read('7-template').trim() },
  { story: null, unit: '生活服务公司', from: '2024-11-20', to: '2024-12-06', copies: 12, pattern: read('0-heating-template').trim() },
];
