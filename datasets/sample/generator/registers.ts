// In: a body (facts, details, request). Out: the same as a letter, a call note, a visit note, a post, a talk note would put it.
// Invariant: what is said comes from the body; a register only opens, joins and closes.
import { fill, type Situation } from './words.ts';

export type Register = '来信' | '来访' | '热线' | '网上' | '谈话' | '问卷';
export interface Body { said: string[]; request: string | null; people: number }

const letterOpenings = ['', '', '', '尊敬的领导：', '信访办的同志：', '各位领导好。', '集团领导：您好。', '{unit}领导：', '领导您好，', '写这封信犹豫了很久。', '信访办并转有关部门：', '有件事压在心里，还是想说一说。', '冒昧打扰了。'];
const introductions = ['', '', '', '我是{team}的{post}，今年{age}。', '本人{name}，{team}{post}。', '我在{team}干了{years}年{post}。', '我叫{name}，{since}年进的{unit}，现在{team}。', '替家里人写的，他在{team}当{post}。', '我是一名普通{post}，', '我们家两代人都在{unit}，', '{team}，{post}，干了{years}年。'];
const letterClosings = ['', '', '', '盼复。', '望给个答复。', '谢谢。', '{team} {name}', '一名{post}', '{name}，电话{phone}', '{team}职工 {date}', '给您添麻烦了。', '此致 敬礼 {name}', '我的电话是{phone}。', '知道的就这些。', '不当之处请谅解。'];
const callOpenings = ['来电人称，', '来电反映：', '{clock} 来电：', '{team}职工来电，', '职工家属来电，说', '匿名来电，', '来电人{surname}{called}，{team}{post}。', '{name}来电，', '来电者自称{post}，', '家属代问：', '一位{team}的老职工来电。', '来电人不愿留姓名。', '接夜间热线：'];
const callClosings = ['', '', '', '请回电{phone}。', '已登记转办。', '来电人希望尽快有回音。', '号码已留。', '情绪较急，答应再等几天。', '语气平和。', '联系电话{phone}。', '已告知办理时限。', '不要求回电。', '留号{phone}，白天方便。'];
const visitOpenings = ['来访人{name}，{team}{post}，反映：', '{name}来访，', '来访人（{age}岁，{post}）说，', '夫妻两人同来，', '来访人自述，', '{team}{name}来访。', '来访人带来材料若干，', '来访职工讲，', '{surname}某，{team}{post}，', '第一次来访。', '来访人{age}岁，在{team}干了{years}年，', '上午接待，'];
const visitClosings = ['', '', '', '接谈后已登记。', '要求书面答复。', '留电话{phone}。', '已当面解释政策，来访人表示理解，仍盼早办。', '情绪平稳。', '身份证号{id}。', '来访人愿意等。', '告知其十五日内答复。', '材料复印件留存。'];
const postOpenings = ['', '', '', '', '', '', '', '问一句，', '有没有人管管，', '说个事，', '路过吐个槽，', '坐标{team}，', '{unit}的看过来，', '憋了好久，', '不吐不快：', '领导看看吧，', '替我们班说一句，', '家里人在{unit}，', '刚下班，', '忍不住了，', '各位同事，', '弱弱地问，', '发个牢骚，', '{team}的，', '又来了，', '说句公道话，'];
const postClosings = ['', '', '', '', '', '别删。', '求转给能管事的。', '🙏', '😮‍💨', '懂的都懂。', '散会。', '在线等。', '说完了。', '{post}，不留名。', '……', '就这样吧'];
const talkOpenings = ['与{team}{post}谈心。', '谈话对象{name}，{age}岁，{post}。', '班前座谈，', '家访。', '{team}走访谈话，', '谈话中提到：', '与{name}谈话，', '职工{surname}某表示，', '支部谈心，', '回访谈话。', '下班组听意见，', '午休时和几名{post}聊，'];
const talkClosings = ['', '', '', '已向区队反馈。', '建议工会跟进。', '情绪平稳。', '下月回访。', '已记录并转{office}。', '本人无其他要求。', '思想稳定，需留意。', '建议近期上门解释一次。'];
const tried = ['找过{who}{cn2-4}回，[回回说研究|一句准话没有|都让再等等]', '给{office}打过电话，[说转了|让等通知|没人接]', '到{office}问，[让找{who}|说不归他们]；回来找{who}，[又让去{office}|人不在]', '跟班里几个人一起去问过，没问出名堂', '写过一份情况说明交给{who}，[石沉大海|至今没见回话]', '[意见箱里投过条子|班前会上提过]，[没回音|记是记了]', ''];
const joined = ['另外', '还有一件事', '顺带提一句', '再说一个'];

const chains: Readonly<Record<Register, readonly [openings: readonly string[], closings: readonly string[]]>> = {
  来信: [letterOpenings, letterClosings], 热线: [callOpenings, callClosings], 来访: [visitOpenings, visitClosings],
  网上: [postOpenings, postClosings], 谈话: [talkOpenings, talkClosings], 问卷: [[''], ['']],
};

const jointOpenings: Partial<Record<Register, readonly string[]>> = {
  来信: ['我们是{team}的{count}名职工，联名反映：', '{count}个人商量着写了这封信。', '以下情况由{team}{count}人共同反映。'],
  来访: ['{count}人一同来访，推选{cn2-4}名代表，反映：', '{team}职工{count}人集体来访。', '{count}名职工到访，由{name}代表发言，'],
};

/** Puts a body into a register; sentences are ended, requests asked as that register asks. */
export function speak(register: Register, body: Body, s: Situation): string {
  const { luck } = s;
  const [openings, closings] = chains[register];
  const joint = body.people > 1 ? jointOpenings[register] : undefined;
  const opening = joint ? luck.pick(joint).replace('{count}', String(body.people)) : luck.pick(openings);
  const introduction = register === '来信' && !joint ? luck.pick(introductions) : '';
  const effort = register !== '问卷' && luck.maybe(0.3) ? luck.pick(tried) : '';
  const said = [...body.said, effort].filter((part) => part !== '');
  const request = body.request === null ? '' : ask(register, body.request, s);
  const text = opening + introduction + said.map((part) => sentence(part, s)).join('') + request + luck.pick(closings);
  return fill(text, s).replace(/([，：])(?=[，。：])/g, '').replace(/，$/, '。').trim();
}

const sentence = (part: string, s: Situation) => /[。？！…：，]$/.test(part) ? part : part + s.luck.weighted({ '。': 14, '！': 0.6 });

function ask(register: Register, request: string, s: Situation): string {
  const lead: Readonly<Record<Register, readonly [string, string][]>> = {
    来信: [['恳请', '。'], ['希望', '。'], ['请', '。'], ['能不能', '？'], ['盼望', '。'], ['只求', '。']],
    热线: [['要求', '。'], ['希望', '。'], ['问能不能', '。'], ['请求', '。']],
    来访: [['要求', '。'], ['希望', '。'], ['请求', '。'], ['其诉求是', '。']],
    网上: [['能不能', '？'], ['求求了，', '。'], ['就想', '。'], ['建议', '。'], ['啥时候能', '？']],
    谈话: [['希望', '。'], ['建议', '。'], ['盼着', '。'], ['提出', '。']],
    问卷: [['希望', '。'], ['建议', '。'], ['', '。'], ['能不能', '？']],
  };
  const [word, end] = s.luck.pick(lead[register]);
  return word + request + end;
}

/** Two matters in one text: the second is joined on by a short word. */
export const alsoSay = (second: string, s: Situation) => `${s.luck.pick(joined)}，${second}`;

const ends: Readonly<Record<Register, readonly string[]>> = {
  来信: ['请派人来看一看。', '盼着有人给句准话。', '恳请核实处理。', '到底归谁管，请明确一下。', '拖了这么久，总该有个说法。', '如有不实，愿意当面对质。', '请领导过问。'],
  来访: ['要求尽快核实。', '希望有人到现场看看。', '来访人要一份书面答复。', '其不愿多说，只求解决。', '请责任单位限期答复。'],
  热线: ['请转有关单位核实。', '来电人盼回复。', '要求给个时间。', '已登记，转主管部门。', '来电人说不解决还会再打。'],
  网上: ['有人管吗？', '求回复。', '希望不是石沉大海。', '等一个说法。', '说多了都是泪。', '麻烦转给能拍板的。'],
  谈话: ['建议尽快回应。', '本人希望保密。', '已向{office}反馈。', '希望有人听一听。', '拟下周再谈一次。'],
  问卷: ['望重视。', '希望改进。', '就这一条。'],
};

/** How a text that has said what it had to say ends; now and then with what was tried before. */
export const conclude = (register: Register, s: Situation) => fill((register !== '问卷' && s.luck.maybe(0.35) ? `${s.luck.pick(tried.filter((one) => one !== ''))}。` : '') + s.luck.pick(ends[register]), s);
