// In: units, headcounts, frames, stories. Out: every registered petition 信访件 of the 36 months, in the order of registration.
// Invariant: how many come from a unit follows its headcount, the season and the trend; a story only adds to that.
import { topicCodes, type TopicCode } from '../../taxonomy.ts';
import { addDays, asOf, dayIn, daysBetween, months, monthOf, yearOf } from './calendar.ts';
import { Composer } from './compose.ts';
import { handle, type Handling } from './handling.ts';
import { person, type Person } from './people.ts';
import { chance, type Chance } from './random.ts';
import type { Register } from './registers.ts';
import { storyTexts, templates } from './stories.ts';
import { branches, branchOf, headcounts, type Branch } from './units.ts';
import { fill, postsOf, type Situation } from './words.ts';

export interface Petition extends Handling {
  number: string; received: string; registered: string; writer: Person; named: boolean;
  unit: string; team: string; channel: string; people: number; purpose: string; text: string;
  repeat: boolean; escalated: boolean; responsible: string; restricted: boolean;
  story: number | null; template: number | null; topic: TopicCode; frame: string;
  /** Petitions about the same matter by the same person share it. */
  matter: number;
}

const topicWeights: Readonly<Record<TopicCode, number>> = { safety: 11, pay: 20, health: 10, skills: 8, welfare: 15, employment: 13, living: 8, environment: 4, governance: 9, other: 4 };
const byKind: Readonly<Record<string, Partial<Record<TopicCode, number>>>> = {
  M: { safety: 1.7, environment: 0.9 }, W: { health: 0.8, environment: 1.6 }, P: { environment: 2, skills: 1.1 }, R: { health: 1.2, environment: 1.5 }, T: { safety: 1.2 },
  S: { safety: 0.4, health: 0.5 }, H: { safety: 0.3, welfare: 1.4, environment: 0.2 }, L: { living: 7, safety: 0.3, skills: 0.4, environment: 1.2 },
};
const season: Readonly<Record<string, Partial<Record<number, number>>>> = {
  pay: { 12: 1.25, 1: 1.45, 2: 1.2 }, health: { 3: 1.2, 4: 1.35, 5: 1.2 }, living: { 11: 1.7, 12: 1.5, 1: 1.4, 2: 1.1 }, employment: { 6: 1.15, 7: 1.2, 8: 1.1 }, skills: { 9: 1.15, 10: 1.15 },
};

/** Weights of the topics that a unit writes about in a month. */
export function weightsOf(branch: Branch, month: number): Record<TopicCode, number> {
  return Object.fromEntries(topicCodes.map((topic) => [topic, topicWeights[topic] * (byKind[branch.kind]?.[topic] ?? 1) * (season[topic]?.[month] ?? 1)])) as Record<TopicCode, number>;
}

const total = (weights: Record<string, number>) => Object.values(weights).reduce((sum, weight) => sum + weight, 0);
const size = new Map(headcounts().map(({ unit, month, headcount }) => [`${unit} ${month}`, headcount]));
export const headcountOf = (unit: string, month: string) => size.get(`${unit} ${month}`) ?? 0;

const delays = { same: 56, soon: 21, week: 13, later: 8, late: 2 } as const;
const delay = (luck: Chance): number => ({ same: 0, soon: luck.between(1, 2), week: luck.between(3, 7), later: luck.between(8, 20), late: luck.between(21, 40) })[luck.weighted(delays)];

const channelsIn = (year: number): Record<string, number> => ({ 来信: 27 - (year - 2023) * 2, 来访: 27 - (year - 2023) * 2.5, 热线: 21, 网上: 20 + (year - 2023) * 5, 领导信箱: 3, 接待日: 2 });
const registerOf = (channel: string): Register => ({ 领导信箱: '来信', 接待日: '来访', 集体访: '来访' } as Record<string, Register>)[channel] ?? (channel as Register);
const teamFor = (branch: Branch, luck: Chance) => luck.pick(branch.teams);

export function situation(branch: Branch, team: string, day: string, writer: Person, luck: Chance): Situation {
  return { day, unit: branch.name, kind: branch.kind, team, post: luck.pick(postsOf(team, branch.kind)), writer, luck };
}

/** `core` is what a returning petitioner says again; empty where nobody comes back. */
type Draft = Omit<Petition, 'number' | 'matter' | keyof Handling> & { core: string };

function draft(composer: Composer, branch: Branch, day: string, channel: string, topic: TopicCode, luck: Chance, frame?: string): Draft {
  const writer = person(luck, yearOf(day));
  const team = teamFor(branch, luck);
  const joint = luck.maybe(channel === '来访' ? 0.09 : channel === '来信' ? 0.05 : 0);
  const people = joint ? (luck.maybe(0.7) ? luck.between(5, 16) : luck.between(17, 40)) : luck.maybe(0.05) ? luck.between(2, 4) : 1;
  const s = situation(branch, team, day, writer, luck);
  const made = composer.compose({ register: registerOf(channel), topic, people: joint ? people : 1, accuse: frame === undefined && luck.maybe(0.057), ...(frame === undefined ? {} : { frame }) }, s);
  const restricted = made.purpose === '检举控告';
  const who = made.writer === null ? writer : { ...writer, name: made.writer, phone: made.phone ?? writer.phone };
  return {
    received: day, registered: addDays(day, delay(luck)), writer: made.phone === null ? who : { ...who, phone: made.phone },
    named: made.writer !== null || made.text.includes(writer.name) || !(/匿名|不留名|不敢留名|未留名|不愿留/.test(made.text) || luck.maybe(channel === '网上' ? 0.18 : 0.06)),
    unit: branch.name, team, channel: joint && channel === '来访' && people >= 5 ? '集体访' : channel, people,
    purpose: made.purpose, text: made.text, repeat: false, escalated: luck.maybe(restricted ? 0.14 : 0.055),
    responsible: restricted ? '集团纪委' : luck.maybe(0.93) ? branch.name : luck.pick(['生活服务公司', '职工总医院', '机修总厂', '物资供应公司']),
    restricted, story: made.frame === 'heat' && branch.kind === 'M' ? 5 : null, template: null, topic: made.topic, frame: made.frame, core: made.complaint && !['heat', 'hotshop', 'heating'].includes(made.frame) ? made.core : '',
  };
}

const again: Readonly<Record<string, readonly string[]>> = {
  来信: ['第二次反映：', '这是第二封信。', '上次写信之后没有结果，再说一遍。', '还是前面登记过的那件事。', '您好，又来打扰了。'], 来访: ['来访人第二次来，', '重复来访。', '此前登记过一次。仍反映', '来访人说上回没解决，'],
  热线: ['再次来电。', '来电人第二次反映，', '重复来电，', '催办：'], 网上: ['第二次反映，', '还是上回那件事。', '又来了，', '再发一遍，'],
};
const since = ['{office}回过一次话，说[在研究|正走流程]，之后再没动静', '当时答应[一个月内|尽快]给结果，[日子早过了|眼下还是老样子]', '[有人来问过情况|打过一个电话]，[材料也收走了|记了两页纸]，[至今没有下文|然后就没有然后了]', '答复写的是“已办结”，[可什么都没变|实际一样没动]', '{who}说[不归他管|要等上面]，[等到今天|等了这么久]', '回访问满不满意，[事情没解决怎么满意|只好说不满意]'];

/** The same person, the same matter, 30 to 150 days later 重复信访. */
function repeated(first: Draft, composer: Composer, luck: Chance): Draft | null {
  const received = addDays(first.received, luck.between(30, 150));
  if (received > asOf) return null;
  const s = situation(branchOf(first.unit), first.team, received, first.writer, luck);
  const channel = first.channel === '集体访' || luck.maybe(0.55) ? first.channel : luck.pick(['来信', '来访', '热线', '网上']);
  const text = fill(`${luck.pick(again[registerOf(channel)] ?? again.来信 ?? [])}${first.core}${luck.pick(since)}。${luck.pick(['请给个准话。', '盼解决。', '要求书面答复。', '再拖下去不是办法。', '还得麻烦你们。', '希望这次有结果。'])}`, s);
  composer.note(text);
  return { ...first, received, registered: addDays(received, delay(luck)), channel, text, repeat: true, escalated: luck.maybe(0.11), story: null };
}

function storyDrafts(composer: Composer): Draft[] {
  const luck = chance('stories');
  const common = { repeat: false, escalated: false, restricted: false, named: true, frame: 'story', core: '' } as const;
  const told = storyTexts.filter(({ channel }) => !['论坛', '谈话', '座谈'].includes(channel)).map((one): Draft => {
    composer.note(one.text);
    const branch = branchOf(one.unit);
    const writer = person(luck, yearOf(one.day), /女|妻|母|妈|岳母|大姐|我男人|我爱人/.test(one.text));
    return {
      ...common, received: one.day, registered: addDays(one.day, one.day > '2026-10-25' ? luck.between(0, 2) : luck.pick([0, 0, 0, 1, 1, 2, 4])), writer,
      named: !/匿名|不敢写名字|不愿报名字|不肯留/.test(one.text), unit: one.unit, team: one.team ?? teamFor(branch, luck), channel: one.people >= 5 && one.channel === '来访' ? '集体访' : one.channel,
      people: one.people, purpose: /^建议：/.test(one.text) ? '建议意见' : '申诉求决', text: one.text, responsible: one.unit, story: one.story, template: null, topic: 'other',
      escalated: one.people >= 20 && luck.maybe(0.4),
    };
  });
  const copied = templates.flatMap(({ story, unit, from, to, copies, pattern }, template) => Array.from({ length: copies }, (): Draft => {
    const branch = branchOf(unit);
    const day = addDays(from, luck.between(0, daysBetween(from, to)));
    const writer = person(luck, yearOf(day));
    const team = teamFor(branch, luck);
    const text = fill(pattern.replace('{sign}', luck.pick(['{name}', '{team} {name}', '签名：{name} 电话{phone}', '职工 {name} {date}', '{name}（{post}）'])), situation(branch, team, day, writer, luck));
    composer.note(text);
    return { ...common, received: day, registered: addDays(day, luck.between(0, 3)), writer, unit, team, channel: luck.pick(['来信', '来信', '网上']), people: 1, purpose: '申诉求决', text, responsible: unit, story, template, topic: 'living' };
  }));
  return [...told, ...copied];
}

/** All petitions, numbered as registered; what was registered after the data's last day is not among them. */
export function petitions(composer: Composer): Petition[] {
  const drafts = storyDrafts(composer);
  const luck = chance('petitions');
  months.forEach((month, i) => {
    for (const branch of branches) {
      const weights = weightsOf(branch, monthOf(`${month}-01`));
      const plain = total(weightsOf({ ...branch, kind: 'S' }, 9));
      const mean = (headcountOf(branch.name, month) / 1000) * 3.33 * branch.rate * (total(weights) / plain) * (1 + i * 0.0022) * (/-02$/.test(month) ? 0.85 : 1);
      for (let n = luck.poisson(mean); n > 0; n -= 1) {
        const channel = luck.weighted(channelsIn(Number(month.slice(0, 4))));
        drafts.push(draft(composer, branch, dayIn(month, channel === '网上', luck), channel, luck.weighted(weights), luck));
      }
      if (branch.kind === 'M' && /-0[78]$/.test(month)) {
        for (let n = luck.poisson((headcountOf(branch.name, month) / 1000) * 1.25); n > 0; n -= 1) {
          const channel = luck.weighted({ 来信: 3, 来访: 3, 热线: 4, 网上: 4 });
          drafts.push(draft(composer, branch, dayIn(month, channel === '网上', luck), channel, 'health', luck, 'heat'));
        }
      }
    }
  });
  const comingBack = drafts.filter(({ core, named }) => core !== '' && named);
  const repeats = luck.shuffle(comingBack).slice(0, Math.round(drafts.length * 0.15)).map((first) => repeated(first, composer, luck)).filter((one) => one !== null);
  const matters = new Map(drafts.map(({ writer }, i) => [writer.idCard, i + 1]));
  const counters = new Map<number, number>();
  return [...drafts, ...repeats].filter(({ registered }) => registered <= asOf)
    .map((one, order) => ({ one, order })).sort((a, b) => (a.one.registered < b.one.registered ? -1 : a.one.registered > b.one.registered ? 1 : a.order - b.order))
    .map(({ one }) => {
      const year = yearOf(one.registered);
      const count = (counters.get(year) ?? 0) + 1;
      counters.set(year, count);
      const { core: _, ...kept } = one;
      return { ...kept, matter: matters.get(one.writer.idCard) ?? 0, ...handle(one.registered, one.responsible, luck, one.restricted), number: `HY${year}-${String(count).padStart(5, '0')}` };
    });
}
