// In: units, headcounts, stories. Out: online posts 网络留言 and talk and meeting notes 谈话座谈记录.
// Invariant: a story's posts and notes stand among the others and carry its number.
import { dayIn, months, monthOf, yearOf } from './calendar.ts';
import type { Composer } from './compose.ts';
import { person } from './people.ts';
import { headcountOf, situation, weightsOf } from './petitions.ts';
import { chance, type Chance } from './random.ts';
import { storyTexts } from './stories.ts';
import { branches } from './units.ts';

export interface Post { id: string; at: string; user: string; unit: string; title: string | null; text: string; likes: number; comments: number; story: number | null }
export interface Note { at: string; unit: string; team: string; form: string; subject: string; by: string; text: string; story: number | null }

const handles = ['井下的光', '夜班老李', '煤海一粟', '矿嫂日记', '黑脸汉子', '三班倒', '半截粉笔', '一盏矿灯', '北山风', '吃土少年', '皮带上的风', '退休老钳工', '锅炉旁', '小镇青年', '石头会说话', '柴油味', '雨夜带伞', '四点起床', '想吃羊汤', '绞车手', '老班长', '螺丝钉', '青椒炒肉', '下井不带手机', '抬头见月', '矿二代', '蓝工装', '道口的灯', '山里娃', '糊涂账'];
const handle = (luck: Chance) => luck.pick(handles) + (luck.maybe(0.45) ? String(luck.between(2, 99)) : '');
const clock = (luck: Chance, online: boolean) => `${String(online ? luck.pick([0, 1, 6, 7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 22, 23]) : luck.between(8, 17)).padStart(2, '0')}:${String(luck.between(0, 59)).padStart(2, '0')}`;

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** About 1,500 posts, numbered by time. */
export function postsOf(composer: Composer): Post[] {
  const luck = chance('posts');
  const told = storyTexts.filter(({ channel }) => channel === '论坛').map((one) => {
    composer.note(one.text);
    return { at: `${one.day} ${clock(luck, true)}`, user: handle(luck), unit: one.unit, title: null, text: one.text, likes: one.likes, comments: luck.between(3, 30), story: one.story };
  });
  const others = months.flatMap((month, i) => branches.flatMap((branch) => Array.from({ length: luck.poisson((headcountOf(branch.name, month) / 1000) * (0.95 + i * 0.02)) }, () => {
    const day = dayIn(month, true, luck);
    const s = situation(branch, luck.pick(branch.teams), day, person(luck, yearOf(day)), luck);
    const { text, gist } = composer.compose({ register: '网上', topic: luck.weighted(weightsOf(branch, monthOf(day))), people: 1 }, s);
    return { at: `${day} ${clock(luck, true)}`, user: handle(luck), unit: branch.name, title: luck.maybe(0.45) ? gist : null, text, likes: Math.floor(-Math.log(1 - luck.next() * 0.998) * (luck.maybe(0.12) ? 28 : 5)), comments: luck.between(0, 6), story: null };
  })));
  return [...told, ...others].sort((a, b) => order(a.at + a.text, b.at + b.text)).map((post, i) => ({ id: `XS${String(i + 1).padStart(5, '0')}`, ...post }));
}

/** About 700 notes of talks and meetings. */
export function notesOf(composer: Composer): Note[] {
  const luck = chance('notes');
  const told = storyTexts.filter(({ channel }) => channel === '谈话' || channel === '座谈').map((one) => {
    composer.note(one.text);
    return { at: one.day, unit: one.unit, team: one.team ?? '', form: one.channel === '座谈' ? '座谈会' : '谈心谈话', subject: person(luck, yearOf(one.day)).name, by: person(luck, yearOf(one.day)).name, text: one.text, story: one.story };
  });
  const others = months.flatMap((month) => branches.flatMap((branch) => Array.from({ length: luck.poisson((headcountOf(branch.name, month) / 1000) * 0.6) }, () => {
    const day = dayIn(month, false, luck);
    const s = situation(branch, luck.pick(branch.teams), day, person(luck, yearOf(day)), luck);
    const { text, writer } = composer.compose({ register: '谈话', topic: luck.weighted(weightsOf(branch, monthOf(day))), people: 1 }, s);
    return { at: day, unit: branch.name, team: s.team, form: /座谈|班前/.test(text) ? '座谈会' : '谈心谈话', subject: writer ?? s.writer.name, by: person(luck, yearOf(day)).name, text, story: null };
  })));
  return [...told, ...others].sort((a, b) => order(a.at + a.text, b.at + b.text));
}
